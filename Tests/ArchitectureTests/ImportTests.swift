import Testing

@Suite("Who imports whom")
struct ImportTests {
    @Test("Every dependency of a target in Package.swift is one that the house allows")
    func declaredDependencies() throws {
        let targets = try Package.targets.get()
        #expect(targets.count > 8)
        for target in targets where !target.isTest {
            #expect(House.floor(of: target.name) != nil, "\(target.name) needs a place in ARCHITECTURE.md and here")
            for dependency in target.dependencies {
                let objection = House.objection(target.name, importing: dependency)
                #expect(objection == nil, "\(objection ?? "")")
            }
            for product in target.products {
                #expect(
                    House.outside[product]?.contains(target.name) == true,
                    "\(target.name) uses \(product), a package from outside that is not for it")
            }
        }
    }

    @Test("Every import in Sources is declared in Package.swift, and none is full Foundation")
    func writtenImports() throws {
        let targets = try Package.targets.get()
        var seen = 0
        for target in targets where !target.isTest && target.type != "system-target" {
            let allowed = House.platform.union(target.dependencies).union(target.products)
                .union(House.toolchain.filter { $0.value.contains(target.name) }.keys)
            for file in try Package.files(below: target.path, ending: ["swift"]) {
                for module in Imports.modules(of: file.text) {
                    seen += 1
                    #expect(allowed.contains(module), "\(file.path): \(target.name) does not declare \(module)")
                }
            }
        }
        #expect(seen > 50)
    }

    @Test("No source reads or writes JSON with Foundation, whose reader traps and loses figures")
    func noFoundationJSON() throws {
        for file in try Package.files(below: "Sources", ending: ["swift"]) {
            for name in ["JSONDecoder", "JSONEncoder", "JSONSerialization"] {
                #expect(!file.text.contains(name), "\(file.path) names \(name)")
            }
        }
    }

    @Test(
        "The house objects to what it must",
        arguments: [
            ("AssistanceCore", "AssistanceExpressions", "no arrow leads from AssistanceCore to AssistanceExpressions"),
            (
                "AssistancePolicy", "AssistanceEngine",
                "AssistancePolicy (floor 1) imports upward: AssistanceEngine (floor 3)"
            ),
            (
                "MedicalAssistance", "LowIncomeAssistance",
                "a programme imports another: MedicalAssistance → LowIncomeAssistance"
            ),
            (
                "AssistanceReporting", "AssistanceCasework",
                "no arrow leads from AssistanceReporting to AssistanceCasework"
            ),
            ("AssistanceEngine", "CYAML", "AssistanceEngine imports CYAML, which is for AssistancePolicy alone"),
            ("PluginKit", "AssistanceCore", "no arrow leads from PluginKit to AssistanceCore"),
            ("JiuzhuCommand", "JiuzhuC", "no arrow leads from JiuzhuCommand to JiuzhuC"),
            ("Newcomer", "AssistanceCore", "Newcomer has no place in the house"),
        ])
    func objections(target: String, other: String, expected: String) {
        #expect(House.objection(target, importing: other) == expected)
    }

    @Test(
        "The house allows what is drawn, along arrows and down the floors",
        arguments: [
            ("AssistanceProgramKit", "AssistanceCore"), ("AssistanceFunding", "AssistanceEngine"),
            ("AssistanceEngine", "LowIncomeAssistance"), ("JiuzhuCommand", "AssistanceCore"), ("PluginKit", "CJiuzhu"),
        ])
    func permissions(target: String, other: String) {
        #expect(House.objection(target, importing: other) == nil)
    }

    @Test("An import is found however it is written")
    func findsImports() {
        let text = """
            import A
            @testable import B
            public import struct C.Thing
              @_implementationOnly internal import D
            // import E
            let important = 1
            """
        #expect(Imports.modules(of: text) == ["A", "B", "C", "D"])
    }
}

/// The import lines of a Swift text.
enum Imports {
    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]

    static func modules(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            var words = line.split(separator: " ")[...]
            while let first = words.first, first.hasPrefix("@") || access.contains(first) { words.removeFirst() }
            guard words.popFirst() == "import" else { return nil }
            if let first = words.first, kinds.contains(first) { words.removeFirst() }
            return words.first.map { String($0.prefix { $0 != "." && $0 != ";" }) }
        }
    }
}
