import AssistanceCore
import CJiuzhu
import Testing

@testable import AssistanceArrow

/// What became of streams that were read: the parts, or why they could not be.
struct Reading {
    var parts: [HouseholdPart.Contents] = []
    var warnings: [String] = []
    /// What was wrong, a line each.
    var problems: [String] = []

    static let date = CalendarDate(iso: "2026-06-01") ?? .earliest

    /// Reads streams to their end; afterwards everything has been released.
    init(
        _ households: [TestColumn], members: [TestColumn]? = nil, schema columns: TestColumn? = nil,
        partSize: Int = 8_192, ending: Int32 = 0, _ schema: FactSchema = .national
    ) {
        let tally = Tally()
        read(households, members, columns, partSize, ending, schema, tally)
        #expect(tally.isClear)
    }

    private mutating func read(
        _ households: [TestColumn], _ members: [TestColumn]?, _ columns: TestColumn?, _ partSize: Int, _ ending: Int32,
        _ schema: FactSchema, _ tally: Tally
    ) {
        var first = TestStream.stream(households, schema: columns, tally, ending: ending)
        var second = members.map { TestStream.stream($0, tally) }
        guard let source = ArrowSource(taking: &first, named: "households") else { return }
        #expect(first.release == nil && ArrowSource(taking: &first, named: "households") == nil)
        let inner = members == nil ? nil : second.flatMap { _ in Self.take(&second) }
        do {
            let feed = try HouseholdFeed(households: source, members: inner, schema: schema, partSize: partSize)
            warnings = feed.warnings.map(\.description)
            while let parts = try feed.next() {
                for part in parts {
                    let contents = part.read(schema, on: Self.date) { _ in nil }
                    problems += contents.findings.map { "\($0.message) [\($0.code.rawValue)]" }
                    self.parts.append(contents)
                }
            }
        } catch let problem as ArrowProblem {
            switch problem {
            case .structure(let message): problems.append(message)
            case .findings(let findings): problems += findings.map(\.description)
            }
        } catch let flaw as ArrowFlaw {
            problems.append(flaw.message)
        } catch {
            problems.append("\(error)")
        }
    }

    private static func take(_ stream: inout ArrowArrayStream?) -> ArrowSource? {
        guard var taken = stream else { return nil }
        defer { stream = taken }
        return ArrowSource(taking: &taken, named: "members")
    }

    /// The stored values of a fact of the only part.
    func values(_ owner: FactOwner, _ key: String) -> [Int64?] {
        guard let batch = parts.first?.batch, parts.count == 1, let place = batch.schema.place(owner, key) else {
            return []
        }
        return (0..<batch.table(owner).count).map { batch.value(place, row: $0) }
    }
}

extension Reading {
    /// One column of households.
    init(_ column: TestColumn) { self.init([.rows(Int(column.length), [column])]) }

    /// One column of members, one for each household.
    init(member column: TestColumn) {
        let count = Int(column.length)
        self.init([
            .rows(count, [.lists("members", Array(repeating: 1, count: count), { _ in .rows(count, [column]) })])
        ])
    }
}
