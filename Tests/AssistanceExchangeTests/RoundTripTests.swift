import AssistanceCore
import AssistancePopulation
import AssistanceStorage
import Foundation
import Testing

@testable import AssistanceExchange

@Suite("Households that are written are read again")
struct RoundTripTests {
    private let folder: TemporaryFolder
    private static let date = CalendarDate(iso: "2026-06-01") ?? .earliest

    init() throws { folder = try TemporaryFolder() }

    private static func batch(_ households: Int) -> FactBatch {
        let areas = ["230102", "231025"].compactMap { DivisionCode($0) }
        return SyntheticPopulation(areas: areas, seed: 11, households: households, schema: .national)
            .batch(0..<households)
    }

    /// All values of a batch, by fact and row.
    private static func values(_ batch: FactBatch) -> [[Int64?]] {
        batch.schema.facts.indices.map { place in
            (0..<batch.table(batch.schema.facts[place].owner).count).map { batch.value(place, row: $0) }
        }
    }

    @Test(
        "In every format, with every fact",
        arguments: [(ExchangeFormat.jsonl, "f.jsonl"), (.csv, "f/"), (.sqlite, "f.db")])
    func format(_ format: ExchangeFormat, _ name: String) throws {
        let batch = Self.batch(120)
        let path = folder.path + "/" + name
        let writer = try HouseholdFileWriter(path, format, like: batch)
        try writer.add(writer.form.households(batch, from: 1))
        #expect(!FileManager.default.fileExists(atPath: path))
        try writer.commit()

        let source = try HouseholdSource(path, format, .utf8, .national)
        var records: [HouseholdRecord] = []
        while let record = try source.next() { records.append(record) }
        #expect(try source.next() == nil)
        let (file, findings) = try source.reader.read(records, schema: .national, date: Self.date)
        #expect(findings.allSatisfy { $0.isEmpty }, "\(findings.first { !$0.isEmpty } ?? [])")
        #expect(file.households.map(\.id) == (1...120).map(String.init))
        #expect(Self.values(file.batch) == Self.values(batch))
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            for row in 0..<batch.table(parent).count {
                #expect(file.batch.rows(owner, of: row) == batch.rows(owner, of: row))
                #expect(file.batch.isListed(owner, of: row) == batch.isListed(owner, of: row))
            }
        }
    }

    @Test("Some households of a batch have the facts and lists that they had")
    func someOfABatch() throws {
        let batch = Self.batch(40)
        let some = batch.households([3, 7, 39, 40])
        #expect(some.count == 3)
        let text = HouseholdText(batch)
        for (new, old) in [3, 7, 39].enumerated() {
            #expect(text.document(some, new, id: "x") == text.document(batch, old, id: "x"))
        }
    }

    @Test("A text that is cut within a household is refused, and a broken line refuses that household alone")
    func cutText() throws {
        func read(_ text: String) throws -> [[Diagnostic]] {
            let source = try HouseholdSource(try folder.write(text, to: "f.jsonl"), .jsonl, .utf8, .national)
            var records: [HouseholdRecord] = []
            while let record = try source.next() { records.append(record) }
            return try source.reader.read(records, schema: .national, date: Self.date).findings
        }
        let broken = try read("{\"id\": \"a\"}\n{\"id\": b}\n\n[]\n{\"vehicles\": 1}")
        #expect(broken.map { $0.map(\.code) } == [[], [.jsonSyntax], [.wrongType], []])
        #expect(broken[1].first?.position == SourcePosition(line: 2, column: 8))
        #expect(broken[2].first?.position == SourcePosition(line: 4, column: 1))
        let found = folder.finding { _ = try read("{\"id\": \"a\"}\n{\"id\": \"b\", \"vehi") }
        #expect(
            found?.hasPrefix("f.jsonl:2:13: error: the file ends in the middle of a household; get it whole: ") == true)
        #expect(found?.hasSuffix("[cut-off]") == true)
    }

    @Test("A file that is no database, and a database without households, say so")
    func databases() throws {
        let path = try folder.write("no database at all, but some text that is long enough", to: "f.db")
        #expect(
            folder.finding { _ = try HouseholdSource(path, .sqlite, .utf8, .national) }
                == "f.db: error: the database cannot be read or written: file is not a database")
        let empty = try folder.write("", to: "e.db")
        #expect(
            folder.finding { _ = try HouseholdSource(empty, .sqlite, .utf8, .national) }
                == "e.db: error: a table 'households' was expected in the database, and there is none")
    }

    @Test("The format follows from the name")
    func formats() {
        #expect(ExchangeFormat(path: "a/b.csv") == .csv)
        #expect(ExchangeFormat(path: "b.jsonl") == .jsonl)
        #expect(ExchangeFormat(path: "b.sqlite") == .sqlite)
        #expect(ExchangeFormat(path: "b.d/c") == nil)
        #expect(ExchangeFormat(path: "csv") == nil)
    }

    @Test("Results of parts come in their order, and what one throws ends the others")
    func pipeline() async throws {
        var (next, taken): (Int, [Int]) = (0, [])
        try await Pipeline.run(
            next: {
                next += 1
                return next <= 40 ? next : nil
            },
            work: { part in
                usleep(UInt32(part % 3 * 500))
                return part * 10
            }, take: { taken.append($0) })
        #expect(taken == (1...40).map { $0 * 10 })
        await #expect(throws: ExchangeProblem.self) {
            try await Pipeline.run(
                next: { 1 }, work: { _ throws -> Int in throw ExchangeProblem.stopped }, take: { _ in })
        }
    }
}
