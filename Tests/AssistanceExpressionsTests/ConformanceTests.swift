import AssistanceCore
import Foundation
import Testing

@testable import AssistanceExpressions

/// The cases of the Common Expression Language's own conformance suite, from a file beside the package.
///
/// Each is accepted with exactly the value that the suite expects, or rejected with a position: never another value.
/// Which are accepted is a committed list of names, so that none is lost, or won, unnoticed.
@Suite("Conformance with CEL")
struct ConformanceTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    static let casesFile = folder.appending(path: "../../../shared/cel-conformance.jsonl")
    static let acceptedFile = folder.appending(path: "accepted-cel-cases.txt")

    @Test("What is accepted has CEL's value, and is what the list says")
    func cases() throws {
        guard FileManager.default.fileExists(atPath: Self.casesFile.path) else {
            print("CEL conformance: skipped, cel-conformance.jsonl is not present")
            return
        }
        let cases = try Self.readCases()
        let listed = Set(try Self.acceptedCases())
        var accepted: Set<String> = []
        var counts: [String: (accepted: Int, all: Int)] = [:]
        for item in cases {
            counts[item.file, default: (0, 0)].all += 1
            switch item.judged() {
            case .accepted:
                accepted.insert(item.id)
                counts[item.file, default: (0, 0)].accepted += 1
            case .rejected(let error):
                let size = item.text.unicodeScalars.count
                #expect(
                    error.offset >= 0 && error.length >= 0 && error.offset + error.length <= size,
                    "\(item.id) is rejected at \(error.offset)+\(error.length), outside its \(size) characters")
                #expect(!error.message.isEmpty, "\(item.id) is rejected without a reason")
            case .wrong(let value):
                let expected = item.expected.map { "\($0)" } ?? "an error"
                Issue.record("\(item.id): \(item.text) gives \(value), not \(expected)")
            }
        }
        let lost = listed.subtracting(accepted).sorted()
        let won = accepted.subtracting(listed).sorted()
        if !lost.isEmpty {
            Issue.record("\(lost.count) are listed but no longer accepted:\n\(lost.joined(separator: "\n"))")
        }
        if !won.isEmpty {
            Issue.record("\(won.count) are newly accepted; add them to the list:\n\(won.joined(separator: "\n"))")
        }
        for (file, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("CEL conformance: \(file): \(count.accepted) of \(count.all) accepted")
        }
        print("CEL conformance: \(accepted.count) of \(cases.count) accepted, all others rejected with a position")
        #expect(cases.count >= 647)
    }

    @Test("The list of accepted cases is sorted and without repetition")
    func list() throws {
        let lines = try Self.acceptedCases()
        #expect(lines == Set(lines).sorted())
    }

    // MARK: Reading

    private static func acceptedCases() throws -> [String] {
        try String(contentsOf: acceptedFile, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func readCases() throws -> [ConformanceCase] {
        var seen: [String: Int] = [:]
        var cases: [ConformanceCase] = []
        for line in try String(contentsOf: casesFile, encoding: .utf8).split(separator: "\n") {
            let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let file = try #require(record["file"] as? String)
            let section = try #require(record["section"] as? String)
            let name = try #require(record["name"] as? String)
            let path = "\(file)/\(section)/\(name)"
            seen[path, default: 0] += 1
            let expected = try (record["value"] as? [String: Any]).map(Outcome.init(json:))
            #expect((expected == nil) == (record["error"] as? Bool == true), "\(path) has one of value and error")
            cases.append(
                ConformanceCase(
                    id: "\(path)#\(seen[path, default: 1])", file: file,
                    text: try #require(record["expr"] as? String), expected: expected))
        }
        return cases
    }
}

/// One case: a text, and the value it has, or nil where it is an error.
private struct ConformanceCase {
    let id: String
    let file: String
    let text: String
    let expected: Outcome?

    enum Judgement {
        case accepted
        case rejected(ExpressionError)
        case wrong(Outcome)
    }

    /// What our compiler makes of it.
    func judged() -> Judgement {
        let schema = FactSchema(facts: [])
        let builder = GraphBuilder(schema: schema, date: .latest)
        do throws(ExpressionError) {
            let compiled = try ExpressionCompiler(into: builder, names: NameScope(.household)).compile(text)
            var batch = FactBatch(schema: schema)
            batch.add(.household)
            let evaluator = Evaluator(builder.finished(), over: batch)
            evaluator.evaluate(household: 0)
            let value = Outcome(compiled, in: evaluator)
            return value == expected ? .accepted : .wrong(value)
        } catch {
            return .rejected(error)
        }
    }
}

/// A value with its type, as CEL knows them. Texts are compared by their Unicode scalars, as CEL compares them.
private enum Outcome: Equatable {
    case integer(Rational)
    case decimal(Rational)
    case truth(Bool)
    case text([Unicode.Scalar])
    case list([Outcome])
    case null
    /// An expected value of a type, or of a size, that this language does not have: equal to nothing that it computes.
    case foreign(String)
    /// A computed value that CEL does not have: equal to nothing that a case expects.
    case ours(String)

    init(json: [String: Any]) throws {
        let (type, value) = try #require(json.first)
        switch (type, value) {
        case ("int", let text as String): self = Self.exactly(text).map { .integer($0) } ?? .foreign(text)
        case ("double", let text as String): self = Self.exactly(text).map { .decimal($0) } ?? .foreign(text)
        case ("bool", let value as Bool): self = .truth(value)
        case ("string", let text as String): self = .text(Array(text.unicodeScalars))
        case ("list", let values as [[String: Any]]): self = .list(try values.map(Outcome.init(json:)))
        case ("null", _): self = .null
        default: self = .foreign("\(type) \(value)")
        }
    }

    init(_ compiled: Compiled, in evaluator: Evaluator) {
        switch compiled {
        case .string(let text): self = .text(Array(text.unicodeScalars))
        case .list(let values): self = .list(values.map { Outcome($0, in: evaluator) })
        case .null: self = .null
        case .entries: self = .ours("entries of a list")
        case .node(let id):
            guard let value = evaluator.value(id).known else {
                self = .ours("unknown")
                return
            }
            switch evaluator.graph[id].kind {
            case .bool: self = .truth(!value.isZero)
            case .number(let number) where number.flavour == .integer: self = .integer(value)
            case .number(let number) where number.flavour == .decimal: self = .decimal(value)
            case let kind: self = .ours("\(kind.name) \(value)")
            }
        }
    }

    /// The exact value of a decimal text such as `-9.2e18`, or nil where 128 bits do not hold it.
    static func exactly(_ text: String) -> Rational? {
        let parts = text.split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, var exponent = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let digits = Int128(halves.joined()) else { return nil }
        if halves.count == 2 { exponent -= halves[1].count }
        var value: Rational? = Rational(digits)
        let ten = Rational(10)
        for _ in 0..<exponent.magnitude {
            value = exponent < 0 ? value?.reduced.divided(by: ten) : value?.multiplied(by: ten)
        }
        return value
    }
}
