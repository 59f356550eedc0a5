import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// Why streams of households cannot be assessed at all.
public enum ArrowProblem: Error, Sendable {
    /// What a producer handed over contradicts itself.
    case structure(String)
    /// What is wrong with the columns.
    case findings([Diagnostic])
}

/// An assessment of households that come as a stream of record batches, whose answer is a stream too.
public struct ArrowAssessment: Sendable {
    /// What a row of the answer is.
    public enum Rows: Sendable {
        /// A household, with the status and the sums of every plan.
        case households
        /// A benefit of a household, or a plan without any.
        case benefits
    }

    private let engine: Engine
    private let reader: PartReader
    private let rows: any AnswerRows
    /// The most households that are decided together.
    var partSize: Int
    private let threads: Int

    /// An assessment under the policy of an engine.
    ///
    /// - Parameter threads: How many threads work on a record batch; 0 and 1: the one that pulls alone.
    public init(
        _ engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage, rows: Rows, threads: Int
    ) {
        self.engine = engine
        reader = PartReader(engine, date: date, knownOn: knownOn, stage: stage)
        switch rows {
        case .households: (self.rows, partSize) = (HouseholdRows(engine.planIDs), 8_192)
        // Their rows are many.
        case .benefits: (self.rows, partSize) = (BenefitRows(), 1_024)
        }
        self.threads = max(1, threads)
    }

    /// Begins to assess, and makes the stream of the answer.
    ///
    /// - Parameters:
    ///   - members: Where members are a stream of their own, sorted by household as the households are.
    ///   - progress: Asked before each record batch of the answer is handed out, with the households so far; where it
    ///     says false, the run ends there. It is called from the thread that pulls.
    ///   - out: What is filled; its consumer releases it.
    /// - Returns: What is worth knowing of the columns.
    public func begin(
        households: ArrowSource, members: ArrowSource?, progress: @escaping (UInt64) -> Bool,
        into out: UnsafeMutablePointer<ArrowArrayStream>
    ) throws(ArrowProblem) -> [Diagnostic] {
        let feed = try HouseholdFeed(
            households: households, members: members, schema: engine.library.schema, partSize: partSize)
        let stream = AnswerStream(feed, reader, rows, threads: threads, progress: progress)
        stream.handOver(to: out)
        return feed.warnings
    }
}
