import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit
import Synchronization

/// Assesses households under a policy. The 9+1 framework: all programmes, one graph an area, day and stage.
///
/// May be shared between threads; the compiled policies of some hundred areas and days are kept and reused.
public final class Engine: Sendable {
    /// The version in receipts and outputs.
    public static let version = "0.1.0"

    /// The policy.
    public let library: PolicyLibrary
    /// The programmes that are known, in the order of the results.
    public let programs: [any AssistanceProgram]
    /// The ids of those that are asked for; nil for all that the area offers.
    public let run: Set<String>?
    /// SHA-256 over the canonical bytes of the policy's pack.
    public let policyDigest: String
    /// How many compiled policies are kept at most: about a fifth of a megabyte each.
    private static let kept = 512
    private let compiled = Mutex<[Key: Compiled]>([:])

    /// A policy with what was found while it was made, which is reported whenever it is asked for.
    private struct Compiled {
        let policy: CompiledPolicy
        let findings: [Diagnostic]
    }

    private struct Key: Hashable {
        let area: DivisionCode
        let date: CalendarDate
        let knownOn: CalendarDate?
        let stage: Stage
    }

    /// The sections that policy files may have for these programmes.
    public static func sections(of programs: [any AssistanceProgram]) -> [SectionDeclaration] {
        [Means.section, Exclusions.section] + PolicyLibrary.caseSections + programs.map(\.section)
    }

    /// An engine over a loaded policy.
    ///
    /// - Parameters:
    ///   - programs: All that are known, in the order of the results. They are computed in the order in which they read
    ///     each other.
    ///   - run: The ids of those that are asked for; nil for all that the area offers. What one of them reads of
    ///     another that is not asked for is what the household's file states.
    public init(_ library: PolicyLibrary, programs: [any AssistanceProgram], run: Set<String>? = nil) {
        self.library = library
        self.programs = programs
        self.run = run
        policyDigest = library.pack.digest
    }

    /// The ids of all plans that an area may have on any day, in the order of the results.
    public var planIDs: [String] {
        programs.filter { run?.contains($0.id) ?? true }.flatMap { $0.planIDs(in: library) }
    }

    /// The policy of an area and day. Mistakes found on the way go to `findings`.
    public func policy(
        area: DivisionCode, date: CalendarDate, knownOn: CalendarDate? = nil, stage: Stage, _ findings: Findings
    ) -> CompiledPolicy {
        let key = Key(area: area, date: date, knownOn: knownOn, stage: stage)
        if let known = compiled.withLock({ $0[key] }) {
            findings.report(known.findings)
            return known.policy
        }
        // Expressions are compiled as deep as they nest.
        let made = LargeStack.run {
            let own = Findings()
            let context = PolicyContext(library, area: area, date: date, knownOn: knownOn, stage: stage, own)
            return Compiled(policy: CompiledPolicy(context, programs, run: run), findings: own.sorted)
        }
        findings.report(made.findings)
        compiled.withLock { kept in
            // A host that runs for years asks for a new day every day: what is old is made again when it is asked for.
            if kept.count >= Self.kept { kept.removeAll() }
            kept[key] = made
        }
        return made.policy
    }
}
