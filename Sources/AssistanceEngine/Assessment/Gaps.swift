import AssistanceCore
import AssistanceExpressions

/// What a value lacks, by names: facts of a household's file, and figures of policy.
struct Gaps {
    private let policy: CompiledPolicy
    private let names: RowNames
    private let schema: FactSchema

    init(_ policy: CompiledPolicy, _ names: RowNames, _ schema: FactSchema) {
        (self.policy, self.names, self.schema) = (policy, names, schema)
    }

    /// What some values lack, each once: of one value after the other, policy first; empty where all are known.
    func missing(_ values: [Value], _ evaluator: Evaluator) -> [Missing] {
        var seen: Set<Lacking> = []
        return values.filter { !$0.isKnown }.flatMap { value in
            evaluator.lacking(value).filter { seen.insert($0).inserted }.compactMap(describe)
                .sorted { ($0.isPolicy ? 0 : 1, $0.path) < ($1.isPolicy ? 0 : 1, $1.path) }
        }
    }

    private func describe(_ lacking: Lacking) -> Missing? {
        switch lacking {
        case .fact(let reference):
            let fact = schema.facts[reference.place]
            return Missing(
                path: names.path(fact.owner, reference.row, fact.key),
                label: names.label(fact.owner, reference.row, fact.label), isPolicy: false, owner: fact.owner,
                row: reference.row, fact: reference.place)
        case .list(let owner, let parent):
            guard let key = owner.listKey, let above = owner.parent else { return nil }
            return Missing(
                path: names.path(above, parent, key),
                label: names.label(above, parent, Label(owner.label.chinese + "名单", "list of \(key)")), isPolicy: false,
                owner: above, row: parent)
        case .term(let name):
            return Missing(path: name, label: policy.gapLabels[name] ?? Label(name, name), isPolicy: true)
        case .arithmetic:
            return Missing(path: "arithmetic", label: Label("计算超出范围", "the computation left its range"), isPolicy: true)
        }
    }
}
