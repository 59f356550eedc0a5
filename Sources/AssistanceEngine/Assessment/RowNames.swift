import AssistanceCore
import AssistanceExpressions

/// How rows of a batch are spoken of: `members[1].income.wages`, 成员2(配偶)工资性收入. Never by name or number.
struct RowNames {
    private let batch: FactBatch
    private let relation: Int?

    init(_ batch: FactBatch) {
        self.batch = batch
        relation = batch.schema.place(.member, "relation")
    }

    /// Where a key stands in a household file.
    func path(_ owner: FactOwner, _ row: Int, _ key: String) -> String {
        guard let list = owner.listKey, let above = owner.parent else { return key }
        let (local, parent) = batch.place(of: row, owner)
        return path(above, parent, "\(list)[\(local)].\(key)")
    }

    /// The path of what is lacking; nil for what is no name.
    func path(_ lacking: Lacking) -> String? {
        switch lacking {
        case .fact(let reference):
            let fact = batch.schema.facts[reference.place]
            return path(fact.owner, reference.row, fact.key)
        case .list(let owner, let parent):
            guard let key = owner.listKey, let above = owner.parent else { return nil }
            return path(above, parent, key)
        case .term(let name): return name
        case .arithmetic: return "arithmetic"
        }
    }

    /// What it is called.
    func label(_ owner: FactOwner, _ row: Int, _ label: Label) -> Label {
        switch owner {
        case .household: return label
        case .member:
            let who = member(row)
            return Label(who.chinese + "的" + label.chinese, who.english + ": " + label.english)
        case .obligor, .plot, .bill, .loss:
            let (local, parent) = batch.place(of: row, owner)
            let inner = Label(
                "\(owner.label.chinese)\(local + 1)的\(label.chinese)",
                "\(owner.label.english) \(local + 1): \(label.english)")
            return owner.parent.map { self.label($0, parent, inner) } ?? inner
        }
    }

    /// What a member is to the head, with its number from 1.
    func member(_ row: Int) -> Label {
        let number = batch.place(of: row, .member).local + 1
        guard let relation, case .code(let list) = batch.schema.facts[relation].type,
            let code = batch.value(relation, row: row).flatMap({ list[Int($0)] })
        else { return Label("成员\(number)", "member \(number)") }
        return Label("成员\(number)(\(code.label.chinese))", "member \(number) (\(code.label.english))")
    }
}
