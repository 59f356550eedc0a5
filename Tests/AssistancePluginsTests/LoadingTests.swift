import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Foundation
import Jiuzhu
import Testing

@testable import AssistancePlugins

/// What is loaded is what was expected, and nothing else.
@Suite("Loading plugins")
struct LoadingTests {
    private static func refusal(_ path: String, sha256: String? = nil) throws -> PluginRefusal {
        let plugins = PluginSet(beside: assistancePrograms)
        let digest = try sha256 ?? PluginBuild.digest(path)
        let refusal = try #require(throws: PluginRefusal.self) { try plugins.load(path, sha256: digest) }
        #expect(plugins.plugins.isEmpty && plugins.programs.count == assistancePrograms.count)
        // The report says the same.
        let json = plugins.report.json(.compact)
        #expect(json.contains(#""outcome":"refused","reason":"\#(refusal.reason.rawValue)""#))
        return refusal
    }

    // MARK: Tables and entries

    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let source: String
        let reason: PluginRefusal.Reason
        let message: String
        var expected: String?
        var found: String?

        var testDescription: String { name }
    }

    private static func descriptor(_ change: String) -> String {
        Source.entry(
            """
            static jzp_descriptor d = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "wrong", "1.0.0", 1, programs, 0, NULL,
                                        0, NULL };
            \(change)
            return &d;
            """,
            before: """
                static int32_t plan(const jzp_program *self, const jzp_host *host, jzp_plan *plan)
                {
                    (void)self; (void)host; (void)plan;
                    return JZP_OK;
                }
                static jzp_term terms[2] = { { sizeof(jzp_term), "each", JZP_TERM_VALUE, JZP_HOUSEHOLD,
                                               JZP_UNFILLED_UNDETERMINED, "yuan/year", "标准", "each" },
                                             { sizeof(jzp_term), "days", JZP_TERM_NUMBER, JZP_HOUSEHOLD,
                                               JZP_UNFILLED_OPTIONAL, NULL, "天数", "days" } };
                static jzp_code codes[2] = { { "a", "甲", "a" }, { "b", "乙", "b" } };
                static jzp_fact facts[2] = { { sizeof(jzp_fact), JZP_MEMBER, "stay_days", JZP_FACT_COUNT, 0, NULL, 0, 366,
                                               NULL, "住院天数", "days in hospital" },
                                             { sizeof(jzp_fact), JZP_MEMBER, "ward", JZP_FACT_CODE, 2, NULL, 0, 0, codes,
                                               "病区", "ward" } };
                static jzp_standing standings[1] = { { sizeof(jzp_standing), JZP_MEMBER, "insured", NULL, "参保",
                                                       "insured" } };
                static jzp_program p = { sizeof(jzp_program), 0, "meals", "餐", "meals", 2, facts, 2, terms, 1, standings,
                                         0, NULL, plan, NULL };
                static const jzp_program *programs[1] = { &p };
                """)
    }

    static let wrong: [Wrong] = [
        Wrong(
            name: "no entry", source: "int other_function(void);\nint other_function(void) { return 1; }",
            reason: .noEntry, message: "it has no function 'jiuzhu_plugin', which every plugin exports",
            expected: "jiuzhu_plugin"),
        Wrong(
            name: "refuses the host", source: Source.entry("return NULL;"), reason: .refused,
            message: "it refuses this host, whose interface is 1", found: "interface 1"),
        Wrong(
            name: "wrong magic", source: descriptor("d.magic = 1;"), reason: .magic,
            message: "what its entry answers is no descriptor: it does not begin with JZP_MAGIC",
            expected: "4a5a504c5547494e", found: "1"),
        Wrong(
            name: "old interface", source: descriptor("d.abi = 0;"), reason: .abi,
            message: "it was written against interface 0, which this host no longer has; build it anew",
            expected: "1 to 1", found: "0"),
        Wrong(
            name: "newer interface", source: descriptor("d.abi = 2;"), reason: .abi,
            message: "it was written against interface 2, and this host has 1; use a newer host", expected: "1 to 1",
            found: "2"),
        Wrong(
            name: "small descriptor", source: descriptor("d.struct_size = 16;"), reason: .table,
            message: "the descriptor: its struct_size is wrong", expected: "80 or more", found: "16"),
        Wrong(
            name: "absurd descriptor", source: descriptor("d.struct_size = 0xffffffff;"), reason: .table,
            message: "the descriptor: its struct_size is wrong", expected: "80 or more", found: "4294967295"),
        Wrong(
            name: "nameless", source: descriptor("d.name = NULL;"), reason: .table,
            message: "the descriptor: name is NULL"),
        Wrong(
            name: "bad name", source: descriptor("d.name = \"../evil\";"), reason: .table,
            message:
                "the descriptor: name is no name: 64 small letters, digits and - at most, the first of them a letter"),
        Wrong(
            name: "endless text",
            source: descriptor("static char big[2000]; for (int i = 0; i < 1999; i++) big[i] = 'a'; d.version = big;"),
            reason: .table, message: "the descriptor: version has more than 1000 bytes, or no end"),
        Wrong(
            name: "nothing", source: descriptor("d.program_count = 0;"), reason: .table,
            message: "the descriptor: it provides nothing: no programme, data source or payment channel"),
        Wrong(
            name: "absurd count", source: descriptor("d.program_count = (size_t)-1;"), reason: .table,
            message: "the descriptor: it has too many programs", expected: "at most 64", found: "18446744073709551615"),
        Wrong(
            name: "no array", source: descriptor("d.programs = NULL;"), reason: .table,
            message: "the descriptor: programs is NULL, and 1 were announced"),
        Wrong(
            name: "hole in an array", source: descriptor("programs[0] = NULL;"), reason: .table,
            message: "the descriptor: programs[0] is NULL"),
        Wrong(
            name: "small programme", source: descriptor("p.struct_size = 8;"), reason: .table,
            message: "programs[0]: its struct_size is wrong", expected: "112 or more", found: "8"),
        Wrong(
            name: "unknown flag", source: descriptor("p.flags = 2;"), reason: .table,
            message: "the programme 'meals': it has flags that this host does not know", expected: "1", found: "2"),
        Wrong(
            name: "no plan", source: descriptor("p.plan = NULL;"), reason: .table,
            message: "the programme 'meals': plan is NULL"),
        Wrong(
            name: "not UTF-8", source: descriptor("p.label_zh = \"\\xff\";"), reason: .table,
            message: "the programme 'meals': label_zh is not valid UTF-8"),
        Wrong(
            name: "built-in's id", source: descriptor("p.id = \"low-income\";"), reason: .taken,
            message: "there is a section 'low-income' of policy already"),
        Wrong(
            name: "a file's key", source: descriptor("p.id = \"facts\";"), reason: .taken,
            message: "there is a section 'facts' of policy already"),
        Wrong(
            name: "small term", source: descriptor("terms[0].struct_size = 56;"), reason: .table,
            message: "the programme 'meals', terms[0]: its struct_size is wrong", expected: "56 or more",
            found: "48"),
        Wrong(
            name: "terms of two sizes", source: descriptor("terms[1].struct_size = 64;"), reason: .table,
            message: "the programme 'meals': the structs of terms are not of one size", expected: "56", found: "64"),
        Wrong(
            name: "bad path", source: descriptor("terms[0].path = \"each..day\";"), reason: .table,
            message:
                "the programme 'meals', the term 'each..day': a path is one to four names with dots between, of small letters, digits, _ and -"
        ),
        Wrong(
            name: "reserved path", source: descriptor("terms[0].path = \"rates.from\";"), reason: .table,
            message: "the programme 'meals', the term 'rates.from': 'from' has a meaning of its own in every section"),
        Wrong(
            name: "term below a term", source: descriptor("terms[1].path = \"each.days\";"), reason: .table,
            message: "the programme 'meals': the term 'each.days' stands below 'each', which is a term itself"),
        Wrong(
            name: "term twice", source: descriptor("terms[1].path = \"each\";"), reason: .table,
            message: "the programme 'meals': the term 'each' stands twice"),
        Wrong(
            name: "shape", source: descriptor("terms[1].shape = 17;"), reason: .table,
            message: "the programme 'meals', the term 'days': its shape is none", expected: "0 to 3", found: "17"),
        Wrong(
            name: "unit of a number", source: descriptor("terms[1].unit = \"day\";"), reason: .table,
            message: "the programme 'meals', the term 'days': a value has a unit, and nothing else has"),
        Wrong(
            name: "no unit", source: descriptor("terms[0].unit = \"yuan/week\";"), reason: .table,
            message: "the programme 'meals', the term 'each': 'yuan/week' is no unit",
            expected: "a unit such as yuan/year"),
        Wrong(
            name: "owner of a term", source: descriptor("terms[0].owner = JZP_BILL;"), reason: .table,
            message: "the programme 'meals', the term 'each': owner is none that is possible here",
            expected: "0 (household), 1 (member)", found: "4"),
        Wrong(
            name: "the nation's fact", source: descriptor("facts[0].key = \"study\";"), reason: .table,
            message: "the programme 'meals', the fact 'study': there is a fact 'member.study' already"),
        Wrong(
            name: "fact twice", source: descriptor("facts[1].key = \"stay_days\";"), reason: .table,
            message: "the programme 'meals', the fact 'stay_days': there is a fact 'member.stay_days' already"),
        Wrong(
            name: "a word of the language", source: descriptor("facts[0].key = \"in\";"), reason: .table,
            message: "the programme 'meals', the fact 'in': the key is a word of the language of expressions"),
        Wrong(
            name: "turned range", source: descriptor("facts[0].least = 400;"), reason: .table,
            message: "the programme 'meals', the fact 'stay_days': its range is none",
            expected: "least <= most, from -10000000000 to 10000000000", found: "400 to 366"),
        Wrong(
            name: "endless range", source: descriptor("facts[0].least = INT64_MIN; facts[0].most = INT64_MAX;"),
            reason: .table, message: "the programme 'meals', the fact 'stay_days': its range is none",
            expected: "least <= most, from -10000000000 to 10000000000",
            found: "-9223372036854775808 to 9223372036854775807"),
        Wrong(
            name: "codes announced", source: descriptor("facts[1].codes = NULL;"), reason: .table,
            message: "the programme 'meals', the fact 'ward': codes is NULL, and 2 were announced"),
        Wrong(
            name: "too many codes", source: descriptor("facts[1].code_count = 63;"), reason: .table,
            message: "the programme 'meals', the fact 'ward': it has too many codes", expected: "at most 62",
            found: "63"),
        Wrong(
            name: "code twice", source: descriptor("codes[1].name = \"a\";"), reason: .table,
            message: "the programme 'meals', the fact 'ward': the code 'a' stands twice"),
        Wrong(
            name: "a standing of another", source: descriptor("standings[0].name = \"low_income\";"), reason: .taken,
            message: "the programme 'meals': there is a standing 'low_income' already"),
        Wrong(
            name: "owner of a standing", source: descriptor("standings[0].owner = -1;"), reason: .table,
            message: "the programme 'meals', the standing 'insured': owner is none that is possible here",
            expected: "0 (household), 1 (member)", found: "-1"),
    ]

    @Test("A plugin with a wrong entry or table is refused, with what was expected and found", arguments: wrong)
    func tables(_ wrong: Wrong) throws {
        let build = try PluginBuild()
        let source = wrong.name == "small term" ? wrong.source.replacing("= 56;", with: "= 48;") : wrong.source
        let refusal = try Self.refusal(try build.library("wrong", source))
        #expect(refusal.reason == wrong.reason && refusal.message == wrong.message)
        #expect(refusal.expected == wrong.expected && refusal.found == wrong.found)
    }

    @Test("What stands unchanged in that source is right")
    func right() throws {
        let build = try PluginBuild()
        let path = try build.library("right", Self.descriptor(""))
        let plugin = try PluginSet(beside: assistancePrograms).load(path, sha256: PluginBuild.digest(path))
        #expect(plugin.identity.name == "wrong" && plugin.programs.map(\.id) == ["meals"])
        #expect(plugin.programs.first?.section.facts.map(\.key) == ["stay_days", "ward"])
        #expect(plugin.programs.first?.section.terms.map(\.path) == ["each", "days"])
    }

    @Test("Data sources and payment channels are read and checked")
    func others() throws {
        let build = try PluginBuild()
        func source(_ change: String) -> String {
            Source.entry(
                """
                static const char *facts[1] = { "member.vehicles" };
                static jzp_source s = { sizeof(jzp_source), 0, "vehicle-registry", "车辆登记", "vehicles", "公安部门", 1, facts,
                                        NULL, query, NULL, NULL };
                static jzp_channel c = { sizeof(jzp_channel), 0, "bank-csv", "银行文件", "bank's file", payments, NULL, NULL };
                static const jzp_source *const sources[1] = { &s };
                static const jzp_channel *const channels[1] = { &c };
                static const jzp_descriptor d = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "others", "2.0", 0, NULL, 1,
                                                  sources, 1, channels };
                \(change)
                return &d;
                """,
                before: """
                    static int32_t query(const jzp_source *self, const jzp_host *host, void *handle, const jzp_person *persons,
                                         size_t count, jzp_answers *answers)
                    {
                        (void)self; (void)host; (void)handle; (void)persons; (void)count; (void)answers;
                        return JZP_NOT_PROVIDED;
                    }
                    static int32_t payments(const jzp_channel *self, const jzp_host *host, const jzp_batch_info *batch,
                                            const jzp_payment *list, size_t count, jzp_file *file)
                    {
                        (void)self; (void)host; (void)batch; (void)list; (void)count; (void)file;
                        return JZP_NOT_PROVIDED;
                    }
                    """)
        }
        let path = try build.library("others", source(""))
        let plugins = PluginSet(beside: assistancePrograms)
        let plugin = try plugins.load(path, sha256: PluginBuild.digest(path))
        #expect(plugin.sources.map(\.id) == ["vehicle-registry"] && plugin.sources.first?.facts == ["member.vehicles"])
        #expect(plugin.sources.first?.department == "公安部门")
        #expect(plugin.channels.map(\.id) == ["bank-csv"] && plugin.channels.first?.readsReturns == false)
        #expect(
            plugins.report.json(.compact)
                == #"{"schema":1,"plugins":[{"path":"\#(path)","outcome":"loaded","reason":null,"message":null,"expected":null,"found":null,"name":"others","version":"2.0","sha256":"\#(plugin.identity.sha256)","programs":[],"sources":["vehicle-registry"],"channels":["bank-csv"]}]}"#
        )
        for (change, message) in [
            ("s.query = NULL;", "the data source 'vehicle-registry': query is NULL"),
            ("facts[0] = \"vehicles\";", "the data source 'vehicle-registry': 'vehicles' is no fact with its owner"),
            ("s.fact_count = 0;", "the data source 'vehicle-registry': it confirms no fact"),
            ("c.payments = NULL;", "the payment channel 'bank-csv': payments is NULL"),
            ("c.struct_size = 1;", "channels[0]: its struct_size is wrong"),
        ] {
            #expect(try Self.refusal(try build.library("wrong", source(change))).message == message)
        }
    }

    // MARK: Files

    @Test("Only a regular file with the expected bytes is taken")
    func files() throws {
        let build = try PluginBuild()
        let good = try build.library("good", Source.meals)
        let digest = try PluginBuild.digest(good)
        func refusal(_ path: String) throws -> PluginRefusal { try Self.refusal(path, sha256: digest) }

        let missing = try refusal(build.path + "/none.so")
        #expect(missing.reason == .unreadable)
        #expect(missing.message == "the file cannot be opened: No such file or directory")
        let link = build.path + "/link.so"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: good)
        #expect(try refusal(link).reason == .notAFile)
        #expect(try refusal(link).message == "it is a symbolic link, or reached by too many; name the file itself")
        let folder = try refusal(build.path)
        #expect(folder.message == "it is no regular file" && folder.found == "a folder")
        #expect(mkfifo(build.path + "/pipe", 0o600) == 0)
        #expect(try refusal(build.path + "/pipe").found == "a device, pipe or socket")
        #expect(try refusal("/dev/null").found == "a device, pipe or socket")
        let empty = try refusal(build.file("empty.so", []))
        #expect(empty.reason == .notALibrary && empty.message == "the file is empty")
        let large = try build.file("large.so", [1])
        #expect(truncate(large, off_t(64 << 20) + 1) == 0)
        #expect(try refusal(large).reason == .tooLarge && refusal(large).expected == "at most 67108864 bytes")
        #expect(try refusal("a\0b").message == "the path has a NUL in it")

        let other = try Self.refusal(good, sha256: String(repeating: "0", count: 64))
        #expect(other.reason == .digest && other.expected == String(repeating: "0", count: 64) && other.found == digest)
        #expect(other.message == "its SHA-256 is another than the one expected: it is another file, or was changed")
        for text in ["", "12", digest + "0", String(digest.dropLast()) + "g"] {
            let none = try Self.refusal(good, sha256: text)
            #expect(none.message == "what is expected is no SHA-256" && none.found == text)
        }
        let plugin = try PluginSet(beside: assistancePrograms).load(good, sha256: digest.uppercased())
        #expect(plugin.identity.sha256 == digest)
    }

    @Test("What is no library for this machine, or brings others along, is refused before any of it runs")
    func libraries() throws {
        let build = try PluginBuild()
        let good = try PluginBuild.bytes(try build.library("good", Source.meals))
        func refusal(_ bytes: [UInt8]) throws -> PluginRefusal { try Self.refusal(try build.file("changed.so", bytes)) }
        #expect(
            try refusal(Array("#!/bin/sh\necho no\n".utf8)).message
                == "the file is no shared library: it does not begin as ELF files do")
        #expect(try refusal(Array(good.prefix(4))).reason == .notALibrary)
        var machine = good
        machine[18] = 8
        let found = try refusal(machine)
        #expect(found.message == "the library is not for this machine" && found.found == "machine 8")
        var narrow = good
        narrow[4] = 1
        #expect(try refusal(narrow).expected == "64 bits, the least byte first")
        var program = good
        program[16] = 2
        #expect(try refusal(program).message == "the file is a program or a part of one, and no shared library")
        for size in [20, 60, 64, 100, 300, 1_000] {
            #expect(try refusal(Array(good.prefix(size))).reason == .notALibrary, "\(size) bytes")
        }

        let rpath = try build.library("rpath", Source.plan("rpath", Source.everyone), flags: ["-Wl,-rpath,/opt/x"])
        let runpath = try Self.refusal(rpath)
        #expect(runpath.reason == .libraryPath && runpath.found == "/opt/x")
        let named = try build.library(
            "soname", Source.plan("soname", Source.everyone), flags: ["-Wl,-soname,/proc/self/fd/9"])
        #expect(try Self.refusal(named).found == "/proc/self/fd/9")

        // A library that lies nowhere in the system's folders: by its name, and by its path.
        let outer = try build.library("libouter", "int outer(void);\nint outer(void) { return 1; }")
        let call = Source.plan(
            "outer", Source.everyone, besides: "int outer(void);\n#undef JZP_OK\n#define JZP_OK (outer() - 1)")
        let byPath = try Self.refusal(try build.library("by-path", call, flags: [outer]))
        #expect(byPath.reason == .libraryPath && byPath.found == outer)
        #expect(byPath.message == "it needs a library by its path; only those of the system's folders may be needed")
        _ = try build.library(
            "libouter", "int outer(void);\nint outer(void) { return 1; }", flags: ["-Wl,-soname,libouter.so"])
        let path = try build.library("by-name", call, flags: ["-L" + build.path, "-louter"])
        let byName = try Self.refusal(path)
        #expect(byName.reason == .linker)
        #expect(
            byName.message
                == "the system's linker refuses it: libouter.so: cannot open shared object file: No such file or directory"
        )
        let unbound = try Self.refusal(try build.library("unbound", call))
        #expect(unbound.reason == .linker && unbound.message.hasSuffix("unbound.so: undefined symbol: outer"))
    }

    // MARK: The sealed copy

    @Test("A file that is exchanged after it was opened is not looked at again")
    func exchanged() throws {
        let build = try PluginBuild()
        let path = try build.library("first", Source.plan("first", Source.everyone))
        let other = try build.library("second", Source.plan("second", Source.everyone))
        let digest = try PluginBuild.digest(path)
        let file = try PluginFile(path)
        #expect(rename(other, path) == 0)
        let image = try SealedImage(copying: file)
        #expect(image.digest == digest)
        // What lies there now is another plugin, and is refused.
        #expect(try Self.refusal(path, sha256: digest).reason == .digest)
        let plugin = try PluginSet(beside: assistancePrograms).load(image, sha256: digest, from: path)
        #expect(plugin.identity.name == "first")
    }

    @Test("A file that is overwritten after it was copied counts for nothing, and nobody can write to the copy")
    func overwritten() throws {
        let build = try PluginBuild()
        let path = try build.library("first", Source.plan("first-copy", Source.everyone))
        let digest = try PluginBuild.digest(path)
        let image = try SealedImage(copying: PluginFile(path))
        let other = try PluginBuild.bytes(try build.library("second", Source.plan("second-copy", Source.everyone)))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        handle.write(Data(other))
        try handle.close()
        #expect(try PluginBuild.digest(path) != digest)

        let writer = open(image.path, O_RDWR)
        #expect(writer >= 0)
        #expect(write(writer, "x", 1) == -1 && errno == EPERM)
        #expect(ftruncate(writer, 0) == -1 && errno == EPERM)
        close(writer)

        let plugins = PluginSet(beside: assistancePrograms)
        let plugin = try plugins.load(image, sha256: digest, from: path)
        #expect(plugin.identity.name == "first-copy" && plugin.identity.sha256 == digest)
        #expect(try Province(plugins).decision(#"{"members": [{}]}"#).status == .eligible)
    }

    @Test("Where the system lends no memory for it, nothing is loaded")
    func forbidden() throws {
        let build = try PluginBuild()
        let path = try build.library("first", Source.plan("forbidden", Source.everyone))
        let refusal = try #require(throws: PluginRefusal.self) {
            _ = try SealedImage(
                copying: PluginFile(path),
                into: { _ in
                    errno = EACCES
                    return -1
                })
        }
        #expect(refusal.reason == .forbidden)
        #expect(
            refusal.message
                == "this system does not let plugins be executed from sealed memory, and there is no other way to load them: no memory file can be made: Permission denied"
        )
        // A kernel that does not know the flag for execution is asked without it.
        var asked: [UInt32] = []
        let image = try SealedImage(copying: PluginFile(path)) { flags in
            asked.append(flags)
            guard asked.count > 1 else {
                errno = EINVAL
                return -1
            }
            return SealedImage.systemMemoryFile(flags)
        }
        #expect(asked == [0x13, 0x3])
        #expect(try image.digest == PluginBuild.digest(path))
        // A file that cannot be sealed will not do either.
        let plain = try build.file("plain", [])
        let unsealed = try #require(throws: PluginRefusal.self) {
            _ = try SealedImage(copying: PluginFile(path)) { _ in open(plain, O_RDWR) }
        }
        #expect(unsealed.reason == .forbidden && unsealed.message.contains("a memory file cannot be sealed: "))
    }

    @Test("Two plugins of one name for the linker answer as themselves, whichever is asked")
    func inTurn() throws {
        let build = try PluginBuild()
        func plugin(_ name: String, _ fen: String) throws -> PluginSet {
            let lines = """
                jzp_node each = host->greatest(plan, host->term(plan, "each"), host->zero(plan, "yuan/year"));
                host->benefit(plan, "\(name)", "餐", "\(name)", \(fen), each);
                """
            let path = try build.library(
                name, Source.plan(name, lines), flags: ["-Wl,-soname,plugin.so"])
            let set = PluginSet(beside: assistancePrograms)
            try set.load(path, sha256: PluginBuild.digest(path))
            return set
        }
        let (first, second) = (try plugin("breakfast", "JZP_YEARLY"), try plugin("supper", "JZP_MONTHLY"))
        for (set, name, fen) in [(second, "supper", 8_333), (first, "breakfast", 100_000), (second, "supper", 8_333)] {
            let benefit = try #require(try Province(set).decision(#"{"members": [{}]}"#).benefits.first)
            #expect(benefit.id == name && benefit.amount.known == Money(fen: Int64(fen)))
        }
    }

    @Test("The same bytes are one plugin, whose entry is called once; another of its name is refused")
    func twice() throws {
        let build = try PluginBuild()
        let source = Source.plan("once", Source.everyone).replacing(
            #"JZP_PLUGIN("once", "1.0.0", programs)"#,
            with: """
                JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi);
                JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi)
                {
                    static const jzp_descriptor d = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "once", "1.0.0", 1,
                                                      programs, 0, NULL, 0, NULL };
                    static int calls;
                    return host_abi == 1 && calls++ == 0 ? &d : NULL;
                }
                """)
        let path = try build.library("once", source)
        let digest = try PluginBuild.digest(path)
        let copy = try build.file("copy.so", PluginBuild.bytes(path))
        let plugins = PluginSet(beside: assistancePrograms)
        try plugins.load(path, sha256: digest)
        try plugins.load(copy, sha256: digest)
        #expect(plugins.plugins.count == 1 && plugins.report.entries.count == 2)
        #expect(try PluginSet(beside: assistancePrograms).load(path, sha256: digest).identity.name == "once")
        let namesake = try build.library("namesake", Source.plan("once", "usleep(1);" + Source.everyone))
        let refusal = try #require(throws: PluginRefusal.self) {
            try plugins.load(namesake, sha256: PluginBuild.digest(namesake))
        }
        #expect(refusal.reason == .taken && refusal.message == "another plugin is called 'once'")
        let rival = try build.library("rival", Source.plan("rival", Source.everyone))
        let section = try #require(throws: PluginRefusal.self) {
            try plugins.load(rival, sha256: PluginBuild.digest(rival))
        }
        #expect(section.message == "there is a section 'school-meals' of policy already")
    }

    @Test("A list of plugins is read with paths from its folder, and with all its mistakes")
    func list() {
        let findings = Findings()
        let entries = PluginListFile.read(
            Array("- {path: meals.so, sha256: 00}\n- {path: /opt/a.so, sha256: 11}\n".utf8), file: "etc/plugins.yaml",
            findings)
        #expect(findings.sorted.isEmpty)
        #expect(entries.map(\.path) == ["etc/meals.so", "/opt/a.so"] && entries.map(\.sha256) == ["00", "11"])
        let wrong = Findings()
        _ = PluginListFile.read(
            Array("- {path: meals.so, sha265: 00}\n- meals.so\n".utf8), file: "plugins.yaml", wrong)
        #expect(
            wrong.sorted.map(\.description) == [
                "plugins.yaml:1:3: error: the key 'sha256' is missing [missing-key]",
                "plugins.yaml:1:20: error: a plugin has no key 'sha265'; did you mean 'sha256'? [unknown-key]",
                "plugins.yaml:2:3: error: a plugin is a mapping here, not text [wrong-shape]",
            ])
        let none = Findings()
        _ = PluginListFile.read(Array("path: meals.so\n".utf8), file: "plugins.yaml", none)
        #expect(none.sorted.first?.message == "a list such as [{path: meals.so, sha256: …}] was expected")
    }
}
