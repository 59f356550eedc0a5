import AssistanceCore
import Testing

@Suite("Lists that must be complete")
struct CompletenessTests {
    /// What is written in the sources of the facts: `static let wages = income("wages", …)`.
    struct DeclaredFact {
        let name: String
        let owner: FactOwner
        let key: String
    }

    static func declaredFacts() throws -> [DeclaredFact] {
        var declared: [DeclaredFact] = []
        for file in try Package.files(below: "Sources/AssistanceCore/Facts", ending: ["swift"])
        where file.path.split(separator: "/").last?.hasPrefix("Fact+") == true {
            // Declarations may run over lines.
            let text = file.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for found in text.matches(of: /static let (\w+) = (\w+)\( ?(?:\.(\w+), )?"([^"]+)"/) {
                let owner: FactOwner?
                var key = String(found.4)
                switch found.2 {
                case "Fact": owner = FactOwner.allCases.first { "\($0)" == found.3 ?? "" }
                case "income":
                    owner = .member
                    key = "income." + key
                default: owner = nil
                }
                let known = try #require(owner, "\(file.path): this test cannot read how \(found.1) is made")
                declared.append(DeclaredFact(name: String(found.1), owner: known, key: key))
            }
            // Every constant was read, but for the lists of them.
            let constants = text.matches(of: /static let (\w+)(?! ?: ?\[Fact\])[ :]/).count
            let read = text.matches(of: /static let (\w+) = (\w+)\( ?(?:\.(\w+), )?"([^"]+)"/).count
            #expect(constants == read, "\(file.path) has \(constants) constants, and \(read) could be read as facts")
        }
        return declared
    }

    @Test("The schema holds every declared fact")
    func schemaIsComplete() throws {
        let declared = try Self.declaredFacts()
        #expect(declared.count > 50)
        for fact in declared {
            #expect(
                FactSchema.national.place(fact.owner, fact.key) != nil,
                "Fact.\(fact.name) (\(fact.owner.word).\(fact.key)) is declared and not in the schema")
        }
        #expect(FactSchema.national.facts.count == declared.count)
    }

    @Test("No owner has two facts of one key")
    func keysAreUnique() {
        var seen: Set<String> = []
        for fact in FactSchema.national.facts {
            let name = "\(fact.owner.word).\(fact.key)"
            #expect(seen.insert(name).inserted, "\(name) stands twice in the schema")
        }
    }

    @Test("Every fact has a name in Chinese and in English")
    func factsAreNamed() {
        for fact in FactSchema.national.facts {
            #expect(!fact.label.chinese.isEmpty && !fact.label.english.isEmpty, "\(fact.key) has no name")
        }
    }

    @Test("Every code of a finding is produced by a test")
    func codesAreTested() throws {
        var inSwift: Set<String> = []
        for file in try Package.files(below: "Tests", ending: ["swift"])
        where !file.path.hasPrefix("Tests/ArchitectureTests/") {
            inSwift.formUnion(Self.words(of: file.text))
        }
        var inData: Set<String> = []
        for file in try Package.files(below: "Tests", ending: ["yaml", "yml", "json", "txt"]) {
            inData.formUnion(Self.words(of: file.text))
        }
        let untested = DiagnosticCode.allCases.filter { code in
            let written = [".\(code)", "\"\(code.rawValue)", "[\(code.rawValue)"]
            return inSwift.isDisjoint(with: written) && inData.isDisjoint(with: [code.rawValue, "[\(code.rawValue)"])
        }
        .map(\.rawValue)
        #expect(untested == [], "no test produces these codes")
    }

    /// The words of a text, each with the dot, quote or bracket right before it.
    private static func words(of text: String) -> Set<String> {
        var words: Set<String> = []
        var word: [UInt8] = []
        var mark: UInt8?
        for byte in Array(text.utf8) + [UInt8(ascii: "\n")] {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                word.append(byte)
            default:
                if !word.isEmpty { words.insert(String(decoding: (mark.map { [$0] } ?? []) + word, as: UTF8.self)) }
                word = []
                mark = [UInt8(ascii: "."), UInt8(ascii: "\""), UInt8(ascii: "[")].contains(byte) ? byte : nil
            }
        }
        return words
    }
}
