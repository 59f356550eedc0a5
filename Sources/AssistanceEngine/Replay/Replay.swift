import AssistanceCore
import AssistancePolicy

/// A value that a replay found to be another than the recorded one.
public struct ReplayDifference: Hashable, Sendable {
    /// What it is the value of: `low-income.benefits.base.amount`, `low-income.steps.income`.
    public let path: String
    /// The recorded value; nil where the record has none, or where it was not known.
    public let recorded: String?
    /// The value found now; nil where there is none, or where it is not known.
    public let found: String?

    /// A difference between two values.
    public init(path: String, recorded: String?, found: String?) {
        self.path = path
        self.recorded = recorded
        self.found = found
    }
}

/// What became of making a recorded decision again (重算结果).
public enum ReplayOutcome: Hashable, Sendable {
    /// All that was recorded is decided again.
    case same
    /// Something else is decided.
    case differs([ReplayDifference])
    /// It cannot be made again.
    case cannot(ReplayObstacle)
}

/// Why a recorded decision cannot be made again.
public enum ReplayObstacle: Hashable, Sendable {
    /// The policy of this digest is not at hand.
    case policy(recorded: String)
    /// A plugin that took part is not at hand.
    case plugin(PluginIdentity)
    /// The facts of the household are others than those it was decided on.
    case facts(recorded: String, found: String)
    /// The file of households has none that the record is about.
    case household
}

/// Makes recorded decisions again under the policy of their day (重算).
///
/// Neither the words of a decision nor its bytes are compared, but what it decides: statuses, sums, reasons, what is
/// missing, and the steps where they were recorded. Not safe to share between threads.
public final class Replay {
    private let engine: Engine?
    /// Engines that run only some programmes, as they did when a decision was made.
    private var narrowed: [Set<String>: Engine] = [:]

    /// A replay under a policy, or under none where it is not at hand.
    public init(_ engine: Engine?) { self.engine = engine }

    /// Makes a decision again from the households of a file, which is read only where the policy is at hand.
    ///
    /// What is wrong with the policy or the household's area goes to `findings`; the outcome must then not be used.
    ///
    /// - Parameters:
    ///   - place: The decision's place in the record.
    ///   - file: The name that findings about the households carry.
    ///   - read: Reads the households, by the facts that the policy knows.
    public func run(
        _ record: RecordedAssessment, at place: Int, file: String, _ findings: Findings,
        households read: (FactSchema) throws -> HouseholdFile
    ) rethrows -> ReplayOutcome {
        let receipt = record.receipt
        guard let whole = engine, whole.policyDigest == receipt.policyDigest else {
            return .cannot(.policy(recorded: receipt.policyDigest))
        }
        let present = Set(whole.programs.compactMap(\.plugin?.sha256))
        if let lost = receipt.plugins.first(where: { !present.contains($0.sha256) }) { return .cannot(.plugin(lost)) }
        // A programme may decide about several things, each under its name: `allowances.old-age`.
        let decided = Set(record.programs.map { String($0.prefix { $0 != "." }) })
        let run = decided.intersection(whole.programs.map(\.id))
        let engine = narrowed[run] ?? Engine(whole.library, programs: whole.programs, run: run)
        narrowed[run] = engine
        let households = try read(engine.library.schema)
        guard let row = Self.row(of: record, at: place, in: households.households) else { return .cannot(.household) }
        let facts = Digest.facts(households.batch, household: row)
        guard facts == receipt.factsDigest else {
            return .cannot(.facts(recorded: receipt.factsDigest, found: facts))
        }
        var problems: [Diagnostic] = []
        let areas = HouseholdAreas(engine.library, on: receipt.date, file: file)
        let area = areas.areas(of: [households.households[row]], &problems).first ?? engine.library.jurisdiction
        findings.report(problems)
        let policy = engine.policy(
            area: area, date: receipt.date, knownOn: receipt.knownOn, stage: record.stage, findings)
        let assessment = Assessor(engine, policy, over: households.batch)
            .assess(household: row, id: record.id, knownOn: receipt.knownOn, explain: record.isExplained)
        // Written and read again, so that both are taken apart in the same way.
        let text = AssessmentJSON.text(of: [assessment], .compact, explains: record.isExplained)
        guard let again = RecordedAssessment.read(Array(text.utf8), file: file, findings).first else {
            return .differs([])
        }
        let differences = record.decisions.differences(to: again.decisions)
        return differences.isEmpty ? .same : .differs(differences)
    }

    /// The household of a record: of the same id, or at the same place where it has none.
    private static func row(of record: RecordedAssessment, at place: Int, in households: [HouseholdFile.Header]) -> Int?
    {
        if households.indices.contains(place), households[place].id == record.id { return place }
        return record.id.flatMap { id in households.firstIndex { $0.id == id } }
    }
}
