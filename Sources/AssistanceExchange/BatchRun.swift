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

        fileprivate mutating func read(_ read: HouseholdStream.Progress) {
            (households, refused, fraction) = (read.households, read.refused, read.fraction)
        }
    }

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
        let stream = try HouseholdStream(input, engine.library, on: date)
        let decisions = try DecisionFileWriter(output.path, output.format, output.encoding)
        let refusals = try PendingFile(rejects)
        let job = BatchJob(engine: engine, date: date, knownOn: knownOn, stage: stage, format: output.format)
        var progress = Progress()
        let done = try await stream.run(
            refusals: refusals, work: { try job.decide($0) },
            take: { part, read in
                try decisions.add(part.decisions, text: part.text)
                progress.read(read)
                for (program, statuses) in part.statuses {
                    progress.decided[program, default: [:]].merge(statuses, uniquingKeysWith: +)
                }
                try report(progress)
            })
        progress.read(done)
        try decisions.commit()
        try refusals.commit()
        return progress
    }
}

/// What decides parts of a file; it may be shared between threads.
private final class BatchJob: Sendable {
    private let format: ExchangeFormat
    private let programs: BulkPrograms

    /// What became of a part.
    struct Part: Sendable {
        let decisions: [BulkDecision]
        let text: [UInt8]
        var statuses: [String: [Status: Int]] = [:]
    }

    init(engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage, format: ExchangeFormat) {
        self.format = format
        programs = BulkPrograms(engine, date: date, knownOn: knownOn, stage: stage)
    }

    func decide(_ part: HouseholdPart) throws -> Part {
        var decisions = [BulkDecision?](repeating: nil, count: part.lines.count)
        for group in part.groups {
            let assessor = BulkAssessor(try program(of: group.area), over: group.batch)
            let totals = assessor.run()
            for (place, row) in group.rows.enumerated() {
                decisions[row] = BulkDecision(
                    line: part.lines[row], id: part.ids[row], area: group.area,
                    programs: assessor.plans.indices.map { assessor.outcome(totals, plan: $0, household: place) })
            }
        }
        let decided = decisions.compactMap { $0 }
        var done = Part(decisions: decided, text: DecisionFileWriter.text(of: decided, format))
        for program in decided.flatMap(\.programs) {
            done.statuses[program.plan, default: [:]][program.status, default: 0] += 1
        }
        return done
    }

    private func program(of area: DivisionCode) throws -> BulkProgram {
        do throws(PolicyProblem) {
            return try programs.program(of: area)
        } catch {
            throw ExchangeProblem.policy(error.findings)
        }
    }
}
