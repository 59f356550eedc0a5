import AssistanceEngine
import Foundation
import Testing

@Suite("The C interface")
struct CInterfaceTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Package.root.appending(path: path), encoding: .utf8)
    }

    /// The functions of a header, each with the heading of the section it stands in.
    private static func functions(of header: String) -> [(name: String, section: String)] {
        var section = ""
        var isComment = false
        return header.split(separator: "\n").compactMap { line in
            if let heading = line.wholeMatch(of: /\ \* (\d+\. .*)/) { section = String(heading.1) }
            if line.hasPrefix("/*") { isComment = true }
            defer { if line.hasSuffix("*/") { isComment = false } }
            guard !isComment, let found = line.firstMatch(of: /^[a-z]\w*(?: [a-z]\w*)* \*?(jz_\w+)\(/) else {
                return nil
            }
            return (String(found.1), section)
        }
    }

    /// The numbers that a header defines.
    private static func numbers(of header: String) -> [String: Int32] {
        header.matches(of: /#define (JZ_\w+) (\d+)u?\b/).reduce(into: [:]) { $0[String($1.1)] = Int32($1.2) }
    }

    /// The functions of a version script, with the version of the library that first had each.
    private static func versions(of script: String) -> [(name: String, since: String)] {
        var since = ""
        return script.split(separator: "\n").compactMap { line in
            if let node = line.firstMatch(of: /^JIUZHU_([0-9.]+) \{/) { since = String(node.1) }
            return line.wholeMatch(of: /\s+(jz_\w+);/).map { (String($0.1), since) }
        }
    }

    @Test("The version script names the functions of the header, each once")
    func scriptIsComplete() throws {
        let functions = Self.functions(of: try Self.text("include/jiuzhu.h")).map(\.name)
        let script = Self.versions(of: try Self.text("Packaging/libjiuzhu.map")).map(\.name)
        #expect(functions.count >= 50)
        #expect(Set(functions).count == functions.count)
        #expect(script.sorted() == functions.sorted())
    }

    @Test("Every function of the header is implemented in public, and nothing else has a name in C")
    func functionsAreImplemented() throws {
        var implemented: [String] = []
        for file in try Package.files(below: "Sources/JiuzhuC", ending: ["swift"]) {
            let found = file.text.matches(of: /@_cdecl\("(\w+)"\) @implementation\s+public func (\w+)\(/)
            for function in found { #expect(function.1 == function.2, "\(file.path)") }
            implemented += found.map { String($0.1) }
            #expect(file.text.matches(of: /@_cdecl|@c\b/).count == found.count, "\(file.path) exports in another way")
        }
        let functions = Self.functions(of: try Self.text("include/jiuzhu.h")).map(\.name)
        #expect(implemented.sorted() == functions.sorted())
    }

    @Test("The version of the header is that of the engine")
    func versionIsOne() throws {
        let header = try Self.text("include/jiuzhu.h")
        #expect(header.contains("#define JZ_VERSION \"\(Engine.version)\"\n"))
        let parts = Engine.version.split(separator: ".").compactMap { Int32($0) }
        try #require(parts.count == 3)
        #expect(Self.numbers(of: header)["JZ_VERSION_NUMBER"] == parts[0] * 1_000_000 + parts[1] * 1_000 + parts[2])
    }

    @Test("What the engine says of a failure has the numbers of the header, and every number has its class")
    func failuresAreNumbered() throws {
        let numbers = Self.numbers(of: try Self.text("include/jiuzhu.h"))
        #expect(CallFailure.limit == numbers["JZ_E_LIMIT"])
        #expect(CallFailure.policy == numbers["JZ_E_POLICY"])
        #expect(CallFailure.input == numbers["JZ_E_INPUT"])
        #expect(CallFailure.area == numbers["JZ_E_AREA"])
        let classes = [
            "JZ_CLASS_PROGRAM": 1, "JZ_CLASS_LIMIT": 10, "JZ_CLASS_POLICY": 20, "JZ_CLASS_INPUT": 30,
            "JZ_CLASS_INTERNAL": 90,
        ]
        for (name, code) in classes { #expect(CallFailure(Int32(code), "").category == numbers[name], "\(name)") }
    }

    @Test("jz_describe lists every number of an error")
    func errorsAreDescribed() throws {
        let numbers = Self.numbers(of: try Self.text("include/jiuzhu.h"))
        let described = Set(
            try Self.text("Sources/JiuzhuC/Describe.swift").matches(of: /\((JZ_\w+), "(\w+)"\)/).map { found in
                #expect(found.1 == found.2)
                return String(found.1)
            })
        #expect(described == Set(numbers.keys.filter { $0.hasPrefix("JZ_E_") || $0 == "JZ_OK" }))
    }

    /// With `JIUZHU_RECORD=1` the page is written anew where it shows another table.
    @Test("The page about the binary interface has the functions of the header, with the version that first had each")
    func pageIsComplete() throws {
        let since = Dictionary(
            Self.versions(of: try Self.text("Packaging/libjiuzhu.map")).map { ($0.name, $0.since) },
            uniquingKeysWith: { first, _ in first })
        let rows = Self.functions(of: try Self.text("include/jiuzhu.h")).map { function in
            "| `\(function.name)` | \(since[function.name] ?? "?") | \(function.section) |\n"
        }
        let table = "| function | since | section of the header |\n|---|---|---|\n" + rows.joined()
        let (path, begin, end) = ("docs/c-abi.md", "<!-- symbols -->\n", "<!-- end -->")
        let page = try Self.text(path)
        let start = try #require(page.range(of: begin)?.upperBound)
        let stop = try #require(page.range(of: end, range: start..<page.endIndex)?.lowerBound)
        guard ProcessInfo.processInfo.environment["JIUZHU_RECORD"] == "1" else {
            #expect(page[start..<stop] == table, "JIUZHU_RECORD=1 writes \(path) anew")
            return
        }
        let whole = page.replacingCharacters(in: start..<stop, with: table)
        try whole.write(to: Package.root.appending(path: path), atomically: true, encoding: .utf8)
    }

    @Test("Functions, numbers and versions are found as they are written")
    func form() {
        let header = """
            /* int32_t jz_not_this(void); */
            /* ====
             * 4. Policies
             * ====
             *   jz_example(policy);
             */
            #define JZ_E_LIMIT 10
            #define JZ_EXPLAIN 1u /* every step */
            const char *jz_version(void);
            int32_t jz_policy_load(const char *folder,
                                   jz_error **error);
            jz_view jz_buffer_view(const jz_buffer *buffer);
            typedef int32_t (*jz_progress)(void *user_data);
            """
        let functions = Self.functions(of: header)
        #expect(functions.map(\.name) == ["jz_version", "jz_policy_load", "jz_buffer_view"])
        #expect(functions.allSatisfy { $0.section == "4. Policies" })
        #expect(Self.numbers(of: header) == ["JZ_E_LIMIT": 10, "JZ_EXPLAIN": 1])
        let script = """
            JIUZHU_0.1 {
                global:
                    jz_a;
                local:
                    *;
            };
            JIUZHU_0.2 {
                global:
                    jz_b;
            } JIUZHU_0.1;
            """
        #expect(Self.versions(of: script).map { "\($0.name) \($0.since)" } == ["jz_a 0.1", "jz_b 0.2"])
    }
}
