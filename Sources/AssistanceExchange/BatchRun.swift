import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceStorage

/// Decides all households of a file under a policy, for totals, and writes the decisions in the order of the file.
///
/// Memory does not grow with the file. What is wrong with a household refuses that one; what is wrong with the file as
/// a whole (a text that is cut, of another encoding, or whose tables do not go together) ends the run, and nothing is
/// written.
public struct BatchRun: Sendable {
    /// A file and how it is written.
    public struct File: Sendable {
        let path: String
        let format: ExchangeFormat
        let encoding: TextEncoding

        /// A file of a path.
        public init(_ path: String, _ format: ExchangeFormat, _ encoding: TextEncoding = .utf8) {
            (self.path, self.format, self.encoding) = (path, format, encoding)
        }
    }

    /// How far a run is, and at its end what came of it.
    public struct Progress: Sendable {
        /// Households read.
        public fileprivate(set) var households = 0
        /// Households refused.
        public fileprivate(set) var refused = 0
        /// For each programme how many households it decided as eligible, ineligible, undetermined.
        public fileprivate(set) var decided: [String: [Status: Int]] = [:]
        /// How much of the file has been read, from 0 to 1; nil where that is not known.
        public fileprivate(set) var fraction: Double?
    }

    /// How many households are decided together.
    private static let chunk = 2_048

    private let engine: Engine
    private let date: CalendarDate
    private let knownOn: CalendarDate?
    private let stage: Stage

    /// A run under the policy of an engine, on a day.
    public init(_ engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage) {
        (self.engine, self.date, self.knownOn, self.stage) = (engine, date, knownOn, stage)
    }

    /// Decides the households of `input`.
    ///
    /// - Parameters:
    ///   - output: Where the decisions go.
    ///   - rejects: The path of a text with what is wrong with households that are refused, a finding a line.
    ///   - report: Told from time to time how far it is; where it throws, the run ends and nothing is written.
    /// - Throws: `ExchangeProblem`, a `Diagnostic` about the file, or a `StorageProblem`.
    public func run(
        _ input: File, to output: File, rejects: String, report: (Progress) throws -> Void
    ) async throws -> Progress {
        let source = try HouseholdSource(input.path, input.format, input.encoding, engine.library.schema)
        let decisions = try DecisionFileWriter(output.path, output.format, output.encoding)
        let refusals = try PendingFile(rejects)
        let job = BatchJob(
            engine: engine, date: date, knownOn: knownOn, stage: stage, reader: source.reader, format: output.format)
        var progress = Progress()
        try await Pipeline.run(
            next: {
                var records: [HouseholdRecord] = []
                while records.count < Self.chunk, let record = try source.next() { records.append(record) }
                progress.fraction = source.fraction
                return records.isEmpty ? nil : records
            },
            work: { try job.decide($0) },
            take: { part in
                try decisions.add(part.decisions, text: part.text)
                if !part.refusals.isEmpty {
                    try refusals.write(Array((part.refusals.map(\.description).joined(separator: "\n") + "\n").utf8))
                }
                progress.households += part.households
                progress.refused += part.households - part.decided
                for (program, statuses) in part.statuses {
                    progress.decided[program, default: [:]].merge(statuses, uniquingKeysWith: +)
                }
                try report(progress)
            })
        try decisions.commit()
        try refusals.commit()
        return progress
    }
}

/// What decides parts of a file; it may be shared between threads.
private final class BatchJob: Sendable {
    private let engine: Engine
    private let date: CalendarDate
    private let reader: RecordReader
    private let format: ExchangeFormat
    private let areas: HouseholdAreas
    private let programs: BulkPrograms

    /// What became of a part.
    struct Part: Sendable {
        var decisions: [BulkDecision] = []
        var text: [UInt8] = []
        var refusals: [Diagnostic] = []
        var households = 0
        var decided = 0
        var statuses: [String: [Status: Int]] = [:]
    }

    init(
        engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage, reader: RecordReader,
        format: ExchangeFormat
    ) {
        (self.engine, self.date, self.reader, self.format) = (engine, date, reader, format)
        programs = BulkPrograms(engine, date: date, knownOn: knownOn, stage: stage)
        areas = HouseholdAreas(engine.library, on: date, file: reader.file)
    }

    func decide(_ records: [HouseholdRecord]) throws -> Part {
        var (file, findings) = try reader.read(records, schema: engine.library.schema, date: date)
        var rows: [DivisionCode: [Int]] = [:]
        for (row, header) in file.households.enumerated() where findings[row].isEmpty {
            let area = header.area ?? engine.library.jurisdiction
            if let problem = areas.problem(with: area) {
                findings[row] = [
                    Diagnostic(
                        problem.code, file: reader.file,
                        at: SourcePosition(line: records[row].line, column: 1), "area: \(problem.message)")
                ]
            } else {
                rows[area, default: []].append(row)
            }
        }
        var part = Part()
        part.households = records.count
        part.refusals = findings.flatMap { $0 }
        var decisions = [BulkDecision?](repeating: nil, count: records.count)
        for (area, rows) in rows.sorted(by: { $0.key < $1.key }) {
            let assessor = BulkAssessor(try program(of: area), over: file.batch.households(rows))
            let totals = assessor.run()
            for (place, row) in rows.enumerated() {
                decisions[row] = BulkDecision(
                    line: records[row].line, id: file.households[row].id, area: area,
                    programs: assessor.plans.indices.map { assessor.outcome(totals, plan: $0, household: place) })
            }
        }
        part.decisions = decisions.compactMap { $0 }
        part.decided = part.decisions.count
        for decision in part.decisions {
            for program in decision.programs {
                part.statuses[program.plan, default: [:]][program.status, default: 0] += 1
            }
        }
        part.text = DecisionFileWriter.text(of: part.decisions, format)
        return part
    }

    private func program(of area: DivisionCode) throws -> BulkProgram {
        do throws(PolicyProblem) {
            return try programs.program(of: area)
        } catch {
            throw ExchangeProblem.policy(error.findings)
        }
    }
}
