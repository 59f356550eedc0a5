import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Exclusions between benefits (待遇互斥): rows that are settled after all programmes, for each person.
///
/// `exclusions: [{id: nursing, among: [allowances.nursing, special-poverty.care], keep: higher}]`
public enum Exclusions {
    /// The rows.
    public static let section = SectionDeclaration(
        "exclusions", Label("待遇互斥", "exclusions between benefits"),
        [TermDeclaration("", .exclusions, unfilled: .optional, "待遇互斥", "which of several benefits is kept")])

    /// Takes from the benefits of plans what the rows in force exclude.
    ///
    /// A row that decides by a benefit comes after those that take it away, in whichever order they are written.
    ///
    /// - Parameter programs: all that are known; a name of one that is not in the run is passed over.
    public static func settle(
        _ plans: inout [ProgramPlan], among programs: [any AssistanceProgram], in context: PolicyContext
    ) {
        let names = BenefitNames(plans, programs, context)
        let rows = context.exclusions(section).compactMap { Exclusion($0, names, plans, context) }
        for row in ordered(rows, context) {
            ExclusionSettlement(row, context).settle(&plans)
        }
    }

    private static func ordered(_ rows: [Exclusion], _ context: PolicyContext) -> [Exclusion] {
        func precedes(_ a: Int, _ b: Int) -> Bool {
            guard a != b, !rows[a].losers.isDisjoint(with: rows[b].deciders) else { return false }
            // Two rows that both keep the higher weigh what the other leaves: the one written first comes first.
            return a < b || !(rows[a].isMutual && rows[b].isMutual)
        }
        var waiting = Array(rows.indices)
        var result: [Exclusion] = []
        while let next = waiting.first(where: { row in !waiting.contains { precedes($0, row) } }) {
            result.append(rows[next])
            waiting.removeAll { $0 == next }
        }
        // What merely comes after a circle is no part of it.
        while let last = waiting.first(where: { row in !waiting.contains { precedes(row, $0) } }) {
            waiting.removeAll { $0 == last }
        }
        if let first = waiting.first {
            let ids = waiting.map { "'\(rows[$0].row.id)'" }.joined(separator: ", ")
            context.findings.report(
                rows[first].row.place.error(
                    .circular, "the exclusions \(ids) go in a circle: what one keeps another takes away"))
        }
        return result
    }
}

/// A benefit of a plan, by the places of both.
struct BenefitPlace: Hashable {
    let plan: Int
    let benefit: Int
}

/// What policy may call the benefits of a run.
struct BenefitNames {
    private let plans: [ProgramPlan]
    private let programs: [any AssistanceProgram]
    private let context: PolicyContext

    init(_ plans: [ProgramPlan], _ programs: [any AssistanceProgram], _ context: PolicyContext) {
        self.plans = plans
        self.programs = programs
        self.context = context
    }

    /// The benefits that a name means, of a whole programme or of one benefit; none where its programme is not in the run
    /// or does not offer it here and now. A name that means nothing anywhere is an error.
    func benefits(_ node: YAMLNode) -> [BenefitPlace] {
        guard let name = node.text else { return [] }
        let whole = plans.indices.filter { plans[$0].program == name || plans[$0].program.hasPrefix(name + ".") }
        if !whole.isEmpty {
            return whole.flatMap { plan in
                plans[plan].benefits.indices.map { BenefitPlace(plan: plan, benefit: $0) }
            }
        }
        for (place, plan) in plans.enumerated() where name.hasPrefix(plan.program + ".") {
            let id = String(name.dropFirst(plan.program.count + 1))
            if let benefit = plan.benefits.firstIndex(where: { $0.id == id }) {
                return [BenefitPlace(plan: place, benefit: benefit)]
            }
            if !context.isEverListed(id, in: plan.program + ".items") { report(node, name) }
            return []
        }
        if !mayBeMeant(name) { report(node, name) }
        return []
    }

    /// Whether a name could be one of a programme that is not in the run, or of what a place offers on another day.
    private func mayBeMeant(_ name: String) -> Bool {
        let parts = name.split(separator: ".").map(String.init)
        guard let program = programs.first(where: { $0.id == parts.first }) else { return false }
        guard parts.count > 1, program.section.terms.contains(where: \.isOfOwnMaking) else {
            let running = plans.filter { $0.program == program.id || $0.program.hasPrefix(program.id + ".") }
            // A programme with a plan for each of its ways may not offer this way here and now.
            let hasWays = running.allSatisfy { $0.program != program.id }
            return running.isEmpty || (hasWays && parts.count > 1 && program.section[parts[1]] != nil)
        }
        return context.library.names(in: program.section.key).contains {
            $0 == parts[1] || $0.hasPrefix(parts[1] + ".")
        }
    }

    private func report(_ node: YAMLNode, _ name: String) {
        let known =
            programs.map(\.id) + plans.map(\.program)
            + plans.flatMap { plan in plan.benefits.map { plan.program + "." + $0.id } }
        context.findings.report(
            node.error(
                .unknownName, "there is no benefit or programme '\(name)'",
                suggestion: closestName(to: name, among: known)))
    }
}

/// A row with the benefits that its names mean.
struct Exclusion {
    let row: ExclusionRow
    /// The benefits of each name.
    let parties: [[BenefitPlace]]
    /// The party that is kept, where the row names it.
    let kept: Int?

    /// The row; nil where fewer than two of its names are in the run, or it takes nothing away.
    init?(_ row: ExclusionRow, _ names: BenefitNames, _ plans: [ProgramPlan], _ context: PolicyContext) {
        self.row = row
        let all = row.among.map { (name: $0.text, benefits: names.benefits($0)) }
        let parties = all.filter { !$0.benefits.isEmpty }
        self.parties = parties.map(\.benefits)
        guard parties.count > 1 else { return nil }
        switch row.rule {
        case .both: return nil
        case .higher: kept = nil
        case .difference:
            // Where the first is not paid here, there is nothing to take from.
            guard parties.first?.name == row.among.first?.text else { return nil }
            kept = nil
        case .keep(let node):
            guard let place = parties.firstIndex(where: { $0.name == node.text }) else { return nil }
            kept = place
        }
        let benefits = self.parties.joined()
        guard Set(benefits).count == benefits.count else {
            context.findings.report(
                row.place.error(.badValue, "one of the benefits is named twice, or as part of another"))
            return nil
        }
        guard kept != nil || isComparable(plans, context) else { return nil }
    }

    /// Whether it weighs all against each other.
    var isMutual: Bool { if case .higher = row.rule { true } else { false } }

    /// The benefits that it may take away from.
    var losers: Set<BenefitPlace> {
        if let kept { return Set(parties.enumerated().filter { $0.offset != kept }.flatMap(\.element)) }
        return Set(isMutual ? Array(parties.joined()) : parties.first ?? [])
    }

    /// The benefits by which it decides.
    var deciders: Set<BenefitPlace> {
        if let kept, parties.indices.contains(kept) { return Set(parties[kept]) }
        return Set(isMutual ? Array(parties.joined()) : Array(parties.dropFirst().joined()))
    }

    /// Only sums of one period can be weighed against each other.
    private func isComparable(_ plans: [ProgramPlan], _ context: PolicyContext) -> Bool {
        let benefits = parties.joined().map { (plans[$0.plan].program, plans[$0.plan].benefits[$0.benefit]) }
        func name(_ benefit: (String, PlannedBenefit)) -> String { "'\(benefit.0).\(benefit.1.id)'" }
        // Of what could not be read nobody knows how often it is paid, and its mistake is told already.
        guard !benefits.contains(where: { context.builder[$0.1.amount].kind == .poison }) else { return false }
        if let gift = benefits.first(where: { $0.1.gift != nil }) {
            context.findings.report(
                row.place.error(
                    .mixedPeriods,
                    "\(name(gift)) is given in kind and cannot be weighed against a sum; name the one that is kept"))
            return false
        }
        guard let first = benefits.first, let other = benefits.first(where: { $0.1.period != first.1.period }) else {
            return true
        }
        context.findings.report(
            row.place.error(
                .mixedPeriods,
                "\(name(first)) is paid in \(first.1.period.unit.text) and \(name(other)) in \(other.1.period.unit.text): they cannot be weighed against each other; name the one that is kept"
            ))
        return false
    }
}
