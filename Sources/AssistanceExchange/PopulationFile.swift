import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceStorage

/// The households of a file, for something that is done with all of them (测算用人口).
///
/// Memory does not grow with the file. What is wrong with a household refuses that one; what is wrong with the file as a
/// whole ends the run.
public struct PopulationFile: Sendable {
    /// How far it is, and at its end how many there were.
    public struct Progress: Sendable {
        /// Households read.
        public let households: Int
        /// Households refused.
        public let refused: Int
        /// How much of the file has been read, from 0 to 1; nil where that is not known.
        public let fraction: Double?

        init(_ progress: HouseholdStream.Progress) {
            (households, refused, fraction) = (progress.households, progress.refused, progress.fraction)
        }
    }

    private let input: BatchRun.File
    private let library: PolicyLibrary
    private let date: CalendarDate

    /// The households of a file, which live in the areas of a policy on a day.
    public init(_ input: BatchRun.File, _ library: PolicyLibrary, on date: CalendarDate) {
        (self.input, self.library, self.date) = (input, library, date)
    }

    /// Works on the households, those of one area at a time, and takes the outcomes in the order of the file.
    ///
    /// - Parameters:
    ///   - rejects: The path of a text with what is wrong with households that are refused, a finding a line. It is
    ///     written only where any is.
    ///   - work: Done on several threads at the same time.
    ///   - report: Told from time to time how far it is; where it throws, the run ends.
    /// - Throws: `ExchangeProblem`, a `Diagnostic` about the file (also where it has no household that is right), a
    ///   `StorageProblem`, or what the closures throw.
    public func run<Outcome: Sendable>(
        rejects: String, work: @escaping @Sendable (DivisionCode, FactBatch) throws -> Outcome,
        take: (Outcome) -> Void, report: (Progress) throws -> Void, isolation: isolated (any Actor)? = #isolation
    ) async throws -> Progress {
        let stream = try HouseholdStream(input, library, on: date)
        let refusals = try PendingFile(rejects)
        let done = try await stream.run(
            refusals: refusals, work: { part in try part.groups.map { try work($0.area, $0.batch) } },
            take: { outcomes, progress in
                outcomes.forEach(take)
                try report(Progress(progress))
            })
        if done.refused > 0 { try refusals.commit() }
        guard done.households > done.refused else {
            throw Diagnostic(
                .emptyInput, file: input.path, at: SourcePosition(line: 1, column: 1),
                done.refused == 0
                    ? "the file has no household; of nobody nothing can be said"
                    : "every household of the file is refused, and of nobody nothing can be said; '\(rejects)' says what is wrong"
            )
        }
        return Progress(done)
    }
}
