import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// The sum of temporary relief: by the standard upto the limit, or what is decided case by case (一事一议).
struct ReliefSum {
    /// What the household receives, in whole fen.
    let relief: Formula
    /// Whether that is anything. What is decided case by case is, though nobody has said how much.
    let givesAnything: Formula
    /// What people have to do about it.
    let tasks: [ManualCheck]

    init(for size: Formula, in context: PolicyContext) {
        let section = TemporaryReliefTerms.section
        _ = context.term(section, "base", nation: ("standard", context.yardstick("standard")))
        _ = context.term(section, "persons", nation: ("n", size))
        var sum = context.term(section, "amount")
        var rule = "amount"
        if let cap = context.value(section, "cap").map(context.formula) {
            context.bind("cap", to: cap.node)
            sum = sum.atMost(cap)
            rule = "min(amount, cap)"
        }
        var isCaseByCase = context.truth(false)
        if let when = context.value(section, "case-by-case.when").map(context.formula) {
            isCaseByCase = when
            sum = context.term(section, "case-by-case.amount").when(when, otherwise: sum)
            rule = "case-by-case.when: case-by-case.amount; otherwise: " + rule
        }
        relief = context.step(
            "relief", Label("临时救助金", "relief"), .yuan, rule: rule,
            context.formula(context.rounded(sum.node, "nearest fen", .yuan)))
        givesAnything = isCaseByCase || context.zero(.yuan) < relief
        let text = Label("一事一议,集体研究确定救助金额", "the sum is decided case by case")
        let origin = context.origin(of: section, "case-by-case.when")
        tasks =
            origin.map {
                [ManualCheck(id: "case-by-case", text: text, applies: isCaseByCase.node, origin: $0)]
            } ?? []
    }
}
