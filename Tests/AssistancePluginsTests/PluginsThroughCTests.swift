import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Jiuzhu
import JiuzhuC
import Testing

/// Plugins as hosts in C load them.
@Suite("Plugins through the C interface")
struct PluginsThroughCTests {
    private static let nul = -1

    private static func text(_ buffer: OpaquePointer?) -> String {
        let view = jz_buffer_view(buffer)
        return view.data.map { String(cString: $0) } ?? ""
    }

    /// What an error says, which is freed.
    private static func said(_ error: inout OpaquePointer?) -> String {
        let text = jz_error_message(error).data.map { String(cString: $0) } ?? ""
        jz_error_free(error)
        error = nil
        return text
    }

    private static func pack() -> [UInt8] {
        PolicyPack(jurisdiction: "x", files: Province.files(Province.section)).bytes
    }

    @Test("A loaded plugin takes part in the policies that are loaded with its set, and in no other")
    func takesPart() throws {
        let build = try PluginBuild()
        let path = try build.library("meals", Source.meals)
        var (plugins, policy, answer, error): (OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer?)
        #expect(jz_plugins_new(&plugins, &error) == JZ_OK)
        let digest = try PluginBuild.digest(path)
        #expect(jz_plugin_load(plugins, path, Self.nul, digest, Self.nul, &error) == JZ_OK)

        var options = jz_policy_options()
        options.struct_size = UInt32(MemoryLayout<jz_policy_options>.size)
        options.plugins = plugins
        let bytes = Self.pack()
        #expect(jz_policy_load_pack(bytes, bytes.count, &options, &policy, &error) == JZ_OK)
        jz_plugins_free(plugins)

        let household = #"{"residence": "rural", "members": [{"study": "primary", "canteen": true}]}"#
        var day = jz_assess_options()
        day.struct_size = UInt32(MemoryLayout<jz_assess_options>.size)
        day.date = 20_250_310
        #expect(jz_assess_json(policy, household, Self.nul, &day, &answer, &error) == JZ_OK)
        #expect(Self.text(answer).contains(#""program":"school-meals""#))
        #expect(Self.text(answer).contains(#""yearly":"1000.00""#))
        #expect(Self.text(answer).contains(#""plugins":[{"name":"school-meals","version":"1.2.0""#))
        jz_buffer_free(answer)
        #expect(jz_describe(policy, &answer, &error) == JZ_OK)
        #expect(Self.text(answer).contains(#""id":"school-meals""#))
        #expect(Self.text(answer).contains(#""name":"member.canteen""#))
        jz_buffer_free(answer)
        jz_policy_free(policy)

        // A struct of the first version, which ended before the plugins; and one that names none.
        options.struct_size = 24
        #expect(jz_policy_load_pack(bytes, bytes.count, &options, &policy, &error) == JZ_E_POLICY)
        #expect(
            Self.said(&error) == "x/meals.yaml:4:1: error: a policy file has no key 'school-meals' [unknown-key]")
        #expect(jz_policy_load_pack(bytes, bytes.count, nil, &policy, &error) == JZ_E_POLICY)
        jz_error_free(error)
    }

    @Test("What is not loaded is an error and stands in the report")
    func refused() throws {
        let build = try PluginBuild()
        let path = try build.library("meals", Source.meals)
        var (plugins, report, error): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
        #expect(jz_plugins_new(&plugins, &error) == JZ_OK)
        let zeros = String(repeating: "0", count: 64)
        #expect(jz_plugin_load(plugins, path, Self.nul, zeros, Self.nul, &error) == JZ_E_PLUGIN)
        #expect(jz_error_class(error) == JZ_CLASS_POLICY)
        #expect(
            Self.said(&error)
                == "\(path):1:1: error: its SHA-256 is another than the one expected: it is another file, or was changed [plugin]"
        )
        #expect(jz_plugin_load(plugins, nil, Self.nul, zeros, Self.nul, &error) == JZ_E_ARGUMENT)
        #expect(Self.said(&error) == "path is NULL")
        #expect(jz_plugin_load(nil, path, Self.nul, zeros, Self.nul, &error) == JZ_E_ARGUMENT)
        #expect(Self.said(&error) == "the set of plugins is NULL")
        #expect(jz_plugins_report(plugins, &report, &error) == JZ_OK)
        let digest = try PluginBuild.digest(path)
        #expect(
            Self.text(report)
                == #"{"schema":1,"plugins":[{"path":"\#(path)","outcome":"refused","reason":"digest","message":"its SHA-256 is another than the one expected: it is another file, or was changed","expected":"\#(zeros)","found":"\#(digest)","name":null,"version":null,"sha256":null,"programs":[],"sources":[],"channels":[]}]}"#
        )
        jz_buffer_free(report)
        #expect(jz_plugins_report(nil, &report, &error) == JZ_E_ARGUMENT)
        jz_error_free(error)
        jz_plugins_free(plugins)
        jz_plugins_free(nil)
    }

    /// A set with the plugins of sources built in a folder.
    private static func set(_ build: PluginBuild, _ libraries: [String]) throws -> OpaquePointer? {
        var plugins: OpaquePointer?
        #expect(jz_plugins_new(&plugins, nil) == JZ_OK)
        for path in libraries {
            #expect(jz_plugin_load(plugins, path, nul, try PluginBuild.digest(path), nul, nil) == JZ_OK)
        }
        return plugins
    }

    @Test("A data source is asked about persons, and says what it does not know")
    func source() throws {
        let build = try PluginBuild()
        let path = try build.library(
            "vehicles", Source.example("vehicle-registry/vehicle-registry.cpp"), by: ["c++", "-std=c++17"],
            language: "cpp")
        let plugins = try Self.set(build, [path])
        defer { jz_plugins_free(plugins) }
        let extract = try build.file(
            "extract.csv",
            Array("citizen_number,plate,value,day\n11010519491231002X,A,35000,2026-06-01\n".utf8))
        var (answer, error): (OpaquePointer?, OpaquePointer?)
        func ask(
            _ persons: String, source: String = "vehicle-registry", setting: String? = nil, policy: OpaquePointer? = nil
        ) -> Int32 {
            let size = setting == nil ? 0 : Self.nul
            return jz_source_query(
                plugins, policy, source, Self.nul, setting, size, persons, Self.nul, &answer, &error)
        }
        let persons =
            #"[{"citizen_number": "11010519491231002X", "name": "张三"}, {"citizen_number": "110101199003070759"}]"#
        #expect(ask(persons, setting: extract) == JZ_OK)
        #expect(
            Self.text(answer)
                == #"{"schema":1,"source":"vehicle-registry","findings":[{"person":0,"outcome":"value","fact":"household.vehicles","value":"1","day":"2026-06-01","confidence":100},{"person":0,"outcome":"value","fact":"household.vehicles_value","value":"35000","day":"2026-06-01","confidence":80},{"person":1,"outcome":"unknown-person","fact":null,"value":null,"day":null,"confidence":null}]}"#
        )
        jz_buffer_free(answer)
        #expect(ask("[]", setting: extract) == JZ_OK)
        jz_buffer_free(answer)

        #expect(ask("[]") == JZ_E_PLUGIN && answer == nil)
        #expect(
            Self.said(&error)
                == "the plugin 'vehicle-registry' 1.0.0, the data source 'vehicle-registry': the setting is the path of the extract, and there is none"
        )
        #expect(ask("[]", source: "vehicle-registri") == JZ_E_NAME)
        #expect(
            Self.said(&error)
                == "there is no data source 'vehicle-registri' among those of the loaded plugins; did you mean 'vehicle-registry'?"
        )
        #expect(ask(#"[{"citizen_number": "110105194912310021"}]"#, setting: extract) == JZ_E_INPUT)
        #expect(
            Self.said(&error)
                == ":1:21: error: persons[0].citizen_number: the last character of the citizen number does not agree with the others; check it against the identity card [bad-citizen-number]"
                .dropFirst())
        #expect(ask(#"[{"citizennumber": "1"}]"#, setting: extract) == JZ_E_INPUT)
        #expect(
            Self.said(&error).contains(
                "persons[0]: there is no key 'citizennumber' here; did you mean 'citizen_number'?"))
        #expect(ask("{}", setting: extract) == JZ_E_INPUT)
        #expect(Self.said(&error).contains("persons: a list of objects was expected [wrong-type]"))
        #expect(ask("[", setting: extract) == JZ_E_INPUT)
        jz_error_free(error)
        #expect(ask("[]", setting: extract, policy: plugins) == JZ_E_HANDLE)
        jz_error_free(error)
        #expect(
            jz_source_query(nil, nil, "a", Self.nul, nil, 0, "[]", Self.nul, &answer, &error) == JZ_E_ARGUMENT)
        #expect(Self.said(&error) == "the set of plugins is NULL")
        #expect(
            jz_source_query(plugins, nil, nil, Self.nul, nil, 0, "[]", Self.nul, &answer, &error) == JZ_E_ARGUMENT)
        #expect(Self.said(&error) == "source is NULL")
    }

    @Test("A payment channel writes a batch and reads what comes back")
    func channel() throws {
        let build = try PluginBuild()
        let path = try build.library("bank", Source.example("bank-csv/bank-csv.c"))
        let plugins = try Self.set(build, [path])
        defer { jz_plugins_free(plugins) }
        var (answer, error): (OpaquePointer?, OpaquePointer?)
        func batch(_ fen: String) -> String {
            #"{"id": "B1", "payer": "例县财政局", "day": "2026-11-20", "payments": [{"id": "P1", "name": "张三", "account": "62", "fen": \#(fen), "purpose": "低保金"}]}"#
        }
        #expect(
            jz_channel_write(plugins, "bank-csv", Self.nul, batch("71000"), Self.nul, &answer, &error) == JZ_OK)
        #expect(jz_buffer_view(answer).size == 379)
        jz_buffer_free(answer)
        for (text, said) in [
            (batch("0"), "payment 1 ('P1'): its sum is 0.00 yuan, and more than nothing was expected [bad-value]"),
            (batch("1.5"), "payments[0].fen: a whole number was expected [wrong-type]"),
            (batch("\"71000\""), "payments[0].fen: a whole number was expected [wrong-type]"),
            (#"{"id": "B1"}"#, "payments is missing [missing-key]"),
            ("[]", "an object was expected [wrong-type]"),
        ] {
            #expect(
                jz_channel_write(plugins, "bank-csv", Self.nul, text, Self.nul, &answer, &error) == JZ_E_INPUT)
            #expect(Self.said(&error).hasSuffix(said))
        }
        #expect(jz_channel_write(plugins, "bank", Self.nul, batch("1"), Self.nul, &answer, &error) == JZ_E_NAME)
        #expect(
            Self.said(&error).hasPrefix("there is no payment channel 'bank' among those of the loaded plugins"))
        #expect(
            jz_channel_read(plugins, "bank-csv", Self.nul, "R", 1, nil, 0, &answer, &error) == JZ_E_PLUGIN)
        #expect(
            Self.said(&error)
                == "line 1: the plugin 'bank-csv' 1.0.0, the payment channel 'bank-csv': the line is not of the kind or length that was expected here"
        )
        #expect(
            jz_channel_read(plugins, "bank-csv", Self.nul, nil, 7, nil, 0, &answer, &error) == JZ_E_ARGUMENT)
        #expect(Self.said(&error) == "file is NULL")
        #expect(
            jz_channel_read(plugins, "bank-csv", Self.nul, "R", 1, "{}", Self.nul, &answer, &error) == JZ_E_INPUT)
        jz_error_free(error)
    }
}
