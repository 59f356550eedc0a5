import PluginKit

/// Nursing insurance in hospital for special-poverty persons (特困人员住院护理保险): for each day in hospital the standard of
/// the person's ability to care for oneself, up to a limit of the year. What a day is worth, and the limit, places say.
struct NursingInsurance: Program {
    let id = "nursing-insurance"
    let label = Label("特困人员住院护理保险", "nursing insurance in hospital")
    let reads = ["special-poverty"]
    // Hundredths of a day, to a leap year's.
    let facts = [
        Fact(
            .member, "hospital_days", .amount(0...36_600, unit: "day/year"),
            Label("本年住院天数", "days in hospital this year"))
    ]
    let terms = [
        Term(
            "daily", .value(unit: "yuan/day"), of: .member, unfilled: .undetermined,
            Label("住院护理日标准", "standard of a day in hospital")),
        Term(
            "cap", .value(unit: "yuan/year"), of: .member, unfilled: .optional,
            Label("年度最高赔付额", "most that is paid in a year")),
    ]

    func plan(_ plan: Plan) {
        plan.check(
            "special-poverty", plan.standing("special_poverty"),
            otherwise: Label("不是特困供养人员", "no special-poverty person"))
        var due = plan.step(
            "nursing_cost", Label("住院护理费", "cost of nursing in hospital"), unit: "yuan/year",
            rule: "daily * hospital_days", plan.term("daily") * plan.fact(.member, "hospital_days"))
        if plan.isFilled("cap") { due = due.atMost(plan.term("cap")) }
        plan.benefit("nursing", Label("住院护理保险金", "nursing insurance"), .yearly, due)
    }
}

/// The entry of the plugin.
@c(jiuzhu_plugin)
public func entry(_ host: UInt32) -> UnsafeRawPointer? {
    exportPlugin("nursing-insurance", version: "1.0.0", to: host, programs: [NursingInsurance()])
}
