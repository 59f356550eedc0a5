import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceStorage

/// Households of a file that are worked on together, by the areas whose policy holds for them.
struct HouseholdPart: Sendable {
    /// The households of one area, in the order of the file.
    struct Group: Sendable {
        let area: DivisionCode
        let batch: FactBatch
        /// The place of each among all that were read.
        let rows: [Int]
    }

    let groups: [Group]
    /// Of all that were read the line or row that each begins in, and its id; those that are refused are among them.
    let lines: [Int]
    let ids: [String?]
    /// What is wrong with those that are refused, in the order of the file.
    let refusals: [Diagnostic]

    var refused: Int { lines.count - groups.reduce(0) { $0 + $1.rows.count } }
}

/// Reads all households of a file in parts, and writes down what is wrong with those it refuses. Memory does not grow with
/// the file.
struct HouseholdStream {
    /// How far it is.
    struct Progress {
        /// Households read.
        var households = 0
        /// Households refused.
        var refused = 0
        /// How much of the file has been read, from 0 to 1; nil where that is not known.
        var fraction: Double?
    }

    /// How many households make a part.
    private static let chunk = 2_048

    private let source: HouseholdSource
    private let library: PolicyLibrary
    private let date: CalendarDate

    /// The households of a file, for a policy on a day.
    init(_ input: BatchRun.File, _ library: PolicyLibrary, on date: CalendarDate) throws {
        source = try HouseholdSource(input.path, input.format, input.encoding, library.schema)
        self.library = library
        self.date = date
    }

    /// Works on the parts of the file, several at the same time, and takes the outcomes in its order.
    ///
    /// - Parameter refusals: Where what is wrong with a household goes, a finding a line.
    /// - Throws: `ExchangeProblem`, a `Diagnostic` about the file, a `StorageProblem`, or what `work` and `take` throw.
    func run<Outcome: Sendable>(
        refusals: PendingFile, work: @escaping @Sendable (HouseholdPart) throws -> Outcome,
        take: (Outcome, Progress) throws -> Void, isolation: isolated (any Actor)? = #isolation
    ) async throws -> Progress {
        let division = HouseholdDivision(source.reader, library, on: date)
        var progress = Progress()
        try await Pipeline.run(
            next: {
                var records: [HouseholdRecord] = []
                while records.count < Self.chunk, let record = try source.next() { records.append(record) }
                progress.fraction = source.fraction
                return records.isEmpty ? nil : records
            },
            work: { records in
                let part = try division.part(records)
                return (part.lines.count, part.refused, part.refusals, try work(part))
            },
            take: { (households, refused, findings, outcome) in
                if !findings.isEmpty {
                    try refusals.write(Array((findings.map(\.description).joined(separator: "\n") + "\n").utf8))
                }
                progress.households += households
                progress.refused += refused
                try take(outcome, progress)
            })
        return progress
    }
}

/// Reads records and divides them by area. It may be shared between threads.
private struct HouseholdDivision: Sendable {
    private let reader: RecordReader
    private let library: PolicyLibrary
    private let date: CalendarDate
    private let areas: HouseholdAreas

    init(_ reader: RecordReader, _ library: PolicyLibrary, on date: CalendarDate) {
        (self.reader, self.library, self.date) = (reader, library, date)
        areas = HouseholdAreas(library, on: date, file: reader.file)
    }

    func part(_ records: [HouseholdRecord]) throws -> HouseholdPart {
        var (file, findings) = try reader.read(records, schema: library.schema, date: date)
        var rows: [DivisionCode: [Int]] = [:]
        for (row, header) in file.households.enumerated() where findings[row].isEmpty {
            let area = header.area ?? library.jurisdiction
            if let problem = areas.problem(with: area) {
                let place = SourcePosition(line: records[row].line, column: 1)
                findings[row] = [
                    Diagnostic(problem.code, file: reader.file, at: place, "area: \(problem.message)")
                ]
            } else {
                rows[area, default: []].append(row)
            }
        }
        return HouseholdPart(
            groups: rows.sorted { $0.key < $1.key }.map {
                HouseholdPart.Group(area: $0.key, batch: file.batch.households($0.value), rows: $0.value)
            },
            lines: records.map(\.line), ids: file.households.map(\.id), refusals: findings.flatMap { $0 })
    }
}
