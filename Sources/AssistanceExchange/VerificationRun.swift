import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceStorage
import AssistanceVerification

/// Verifies all households of a file, a few thousand at a time: each registry is asked once about all of a part.
///
/// Memory does not grow with the file. What is wrong with a household refuses that one; what is wrong with the file, the
/// policy or the answer of a registry ends the run, and nothing is written.
public struct VerificationRun: Sendable {
    /// How far a run is, and at its end what came of it.
    public struct Progress: Sendable {
        /// Households read.
        public fileprivate(set) var households = 0
        /// Households refused.
        public fileprivate(set) var refused = 0
        /// Households of which a registry holds something else than was declared.
        public fileprivate(set) var differing = 0
        /// Households of which that changes a decision.
        public fileprivate(set) var changed = 0
        /// How much of the file has been read, from 0 to 1; nil where that is not known.
        public fileprivate(set) var fraction: Double?
    }

    private let engine: Engine
    private let verifier: Verifier
    private let date: CalendarDate
    private let knownOn: CalendarDate?
    private let stage: Stage

    /// A run under the policy of an engine, on a day.
    public init(_ engine: Engine, _ verifier: Verifier, date: CalendarDate, knownOn: CalendarDate?, stage: Stage) {
        (self.engine, self.verifier, self.date, self.knownOn, self.stage) = (engine, verifier, date, knownOn, stage)
    }

    /// What became of a part.
    private struct Part: Sendable {
        var text: [UInt8] = []
        var differing = 0
        var changed = 0
    }

    /// Verifies the households of `input`.
    ///
    /// - Parameters:
    ///   - output: The path of the verifications, one in JSON a line, in the order of the file.
    ///   - rejects: The path of a text with what is wrong with households that are refused, a finding a line.
    ///   - report: Told from time to time how far it is; where it throws, the run ends and nothing is written.
    /// - Throws: `ExchangeProblem`, a `SourceProblem`, a `Diagnostic` about the file, or a `StorageProblem`.
    public func run(
        _ input: BatchRun.File, to output: String, rejects: String, report: (Progress) throws -> Void
    ) async throws -> Progress {
        let stream = try HouseholdStream(input, engine.library, on: date)
        let verifications = try PendingFile(output, isPrivate: true)
        let refusals = try PendingFile(rejects)
        var progress = Progress()
        let done = try await stream.run(
            refusals: refusals, work: { try verify($0) },
            take: { part, read in
                try verifications.write(part.text)
                progress.differing += part.differing
                progress.changed += part.changed
                progress.households = read.households
                progress.refused = read.refused
                progress.fraction = read.fraction
                try report(progress)
            })
        (progress.households, progress.refused) = (done.households, done.refused)
        try verifications.commit()
        try refusals.commit()
        return progress
    }

    private func verify(_ part: HouseholdPart) throws -> Part {
        var verifications = [Verification?](repeating: nil, count: part.lines.count)
        for group in part.groups {
            let findings = Findings()
            let policy = engine.policy(area: group.area, date: date, knownOn: knownOn, stage: stage, findings)
            guard !findings.hasErrors else { throw ExchangeProblem.policy(findings.sorted) }
            let ids = group.rows.map { part.ids[$0] }
            for (row, verification) in zip(group.rows, try verifier.verify(group.batch, ids: ids, under: policy)) {
                verifications[row] = verification
            }
        }
        var done = Part()
        for verification in verifications.compactMap({ $0 }) {
            var json = JSONWriter(.compact)
            verification.write(to: &json)
            done.text += json.takeBytes() + [UInt8(ascii: "\n")]
            if verification.facts.contains(where: { $0.outcome == .contradicted }) { done.differing += 1 }
            if verification.decisions.contains(where: \.isChanged) { done.changed += 1 }
        }
        return done
    }
}
