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
}
