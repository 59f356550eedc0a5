import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// In which layer of the low-income population each member falls (低收入人口), and which groups are helped first.
///
/// 国办发〔2023〕39号: one person, one layer. Which layers there are, and in which order they are asked, a place says.
struct PopulationLayers {
    /// Each member's layer, as a code.
    let layer: Formula
    /// Layer and groups, as the engine knows them.
    let planned: [PlannedStanding]

    /// The population by the standings that low income decides; nil where the place has no layers.
    init?(_ decided: [String: NodeID], in context: PolicyContext) {
        let section = LowIncomeTerms.section
        guard context.isFilled(section, "population.layer") else { return nil }
        // Whoever is registered already stays so.
        for standing in LowIncomeTerms.told {
            if let node = decided[standing.name] { context.bind(standing.name, to: context.keeping(node, standing)) }
        }
        guard let code = context.value(section, "population.layer").map(context.formula) else { return nil }
        let label = Label("低收入人口", "low-income population")
        layer = context.step("population", Label("低收入人口类别", "layer of the low-income population"), .none, code)
        let belongs = (!layer.isCode("none")).any(over: .member)
        let standing = PlannedStanding(
            id: "population", label: label, holds: context.step("of_low_income", label, .none, belongs).node,
            layer: layer.node, months: nil, checks: CheckList())
        let groups = context.eachWord(section, "population.groups").map { name, label, word in
            (PlannedGroup(id: name, label: label, holds: word.node), word.any(over: .member))
        }
        guard !groups.isEmpty else {
            planned = [standing]
            return
        }
        var first = PlannedStanding(
            id: "priority_groups", label: Label("重点救助群体", "groups helped first"),
            holds: groups.reduce(context.truth(false)) { $0 || $1.1 }.node, layer: nil, months: nil,
            checks: CheckList())
        first.groups = groups.map(\.0)
        planned = [standing, first]
    }
}
