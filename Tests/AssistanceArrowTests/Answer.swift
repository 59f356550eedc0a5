import AssistanceArrow
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistancePopulation
import CJiuzhu
import Jiuzhu
import Testing

@testable import AssistanceArrow

/// The rows of an answer, each column by its name, as text; nil where it is null.
struct Answer {
    var rows: [[String: String]] = []
    /// The rows of each record batch.
    var batches: [Int] = []
    var names: [String] = []
    /// What get_next answered at the end, and what get_last_error said.
    var number: Int32 = 0
    var message: String?

    /// Pulls a stream to its end, and releases it.
    init(_ stream: inout ArrowArrayStream) {
        let columns = Self.columns(&stream)
        names = columns.map(\.name)
        while true {
            let held = HeldArray()
            number = stream.get_next?(&stream, held.array) ?? -1
            message = stream.get_last_error?(&stream).map { String(cString: $0) }
            guard number == 0, held.array.pointee.release != nil else { break }
            do {
                let batch = try ArrowBatch(held, columns)
                batches.append(batch.count)
                for row in 0..<batch.count {
                    var cells: [String: String] = [:]
                    for (field, column) in zip(columns, batch.columns) where column.isKnown(row) {
                        cells[field.name] = Self.cell(column, field.type, row)
                    }
                    rows.append(cells)
                }
            } catch {
                message = "\(error)"
            }
        }
        stream.release?(&stream)
        #expect(stream.release == nil)
    }

    private static func columns(_ stream: inout ArrowArrayStream) -> [ArrowField] {
        var schema = ArrowSchema()
        guard stream.get_schema?(&stream, &schema) == 0 else { return [] }
        defer { schema.release?(&schema) }
        return (try? ArrowSchemaReader.columns(of: &schema)) ?? []
    }

    private static func cell(_ column: ArrowColumn, _ type: ArrowType, _ row: Int) -> String? {
        switch (type, column.content) {
        case (.integer(let width), .values(let data)): return width.load(data, column.start + row).map { String($0) }
        case (_, .lists(let lists, let entries)):
            return lists[column.start + row].compactMap { (try? entries.string($0)) ?? "?" }.joined(separator: ";")
        default: return (try? column.string(row)) ?? nil
        }
    }
}

/// The policy of 黑龙江, and households of two of its counties.
enum Heilongjiang {
    static let date = CalendarDate(iso: "2026-06-01") ?? .earliest

    static let root =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/Policies"

    static let engine: Engine = {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang", in: root, sections: Engine.sections(of: assistancePrograms), findings)
        return Engine(library, programs: assistancePrograms)
    }()

    static func population(_ households: Int, seed: UInt64 = 5) -> FactBatch {
        let areas = ["230102", "231025"].compactMap { DivisionCode($0) }
        return SyntheticPopulation(areas: areas, seed: seed, households: households, schema: engine.library.schema)
            .batch(0..<households)
    }

    /// Some facts of some households are not known; sums of others follow from these.
    static func withGaps(_ batch: FactBatch) -> FactBatch {
        var batch = batch
        for (place, column) in batch.columns.enumerated() {
            let key = batch.schema.facts[place].key
            guard let column, key != "area", !key.hasSuffix(".total") else { continue }
            batch.set(place) { row in (row * 31 + place) % 67 == 0 ? nil : column[row] }
        }
        return batch
    }

    static func assessment(_ rows: ArrowAssessment.Rows, threads: Int = 1) -> ArrowAssessment {
        ArrowAssessment(engine, date: date, knownOn: nil, stage: .application, rows: rows, threads: threads)
    }

    /// The answer to streams, after which everything has been released.
    static func answer(
        _ households: [TestColumn], members: [TestColumn]? = nil, _ rows: ArrowAssessment.Rows = .households,
        threads: Int = 1, partSize: Int? = nil, progress: @escaping (UInt64) -> Bool = { _ in true }
    ) throws -> Answer {
        let tally = Tally()
        defer { #expect(tally.isClear) }
        var assessment = assessment(rows, threads: threads)
        if let partSize { assessment.partSize = partSize }
        return try answer(assessment, households, members, progress, tally)
    }

    private static func answer(
        _ assessment: ArrowAssessment, _ households: [TestColumn], _ members: [TestColumn]?,
        _ progress: @escaping (UInt64) -> Bool, _ tally: Tally
    ) throws -> Answer {
        var out = ArrowArrayStream()
        try begin(assessment, households, members: members, tally, progress: progress, into: &out)
        return Answer(&out)
    }

    static func begin(
        _ assessment: ArrowAssessment, _ households: [TestColumn], members: [TestColumn]? = nil, _ tally: Tally,
        progress: @escaping (UInt64) -> Bool = { _ in true }, into out: inout ArrowArrayStream
    ) throws {
        var first = TestStream.stream(households, tally)
        let source = try #require(ArrowSource(taking: &first, named: "households"))
        var inner: ArrowSource?
        if let members {
            var second = TestStream.stream(members, tally)
            inner = ArrowSource(taking: &second, named: "members")
        }
        let warnings = try assessment.begin(
            households: source, members: inner, progress: progress, into: &out)
        #expect(warnings.isEmpty)
    }
}
