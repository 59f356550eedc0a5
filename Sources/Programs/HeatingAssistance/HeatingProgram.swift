import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Heating aid (取暖救助), the ninth of Heilongjiang's "9+1".
///
/// National rule: none; 县级以上政府根据实际情况确定. A place writes for whom, by which way of heating, and how much.
public struct HeatingProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `heating`
    public let id = "heating"
    /// 取暖救助
    public var label: Label { section.label }
    /// Low-income families and special-poverty persons are whom it is for in the first place.
    public let reads = ["low-income", "special-poverty"]
    /// Its open terms.
    public let section = SectionDeclaration(
        "heating", Label("取暖救助", "heating aid"),
        [
            TermDeclaration(
                "snapshot", .dayOfYear, unfilled: .required, "身份认定基准日", "day on which the standing is read"),
            TermDeclaration(
                "covered_area", .value(.squareMetre), unfilled: .optional, "救助面积", "area that the aid covers"),
        ] + GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        let snapshot = context.lastDay(section, "snapshot")
        if let snapshot { context.bind("snapshot", to: context.builder.day(snapshot)) }
        let beyond = self.beyond(in: context)
        let program = GenericProgram(section, in: context, tasks: verification(of: snapshot, in: context))
        var plan = program.plan(id, label)
        plan.remarks = beyond.map { [$0.node] } ?? []
        return [plan]
    }

    /// The cost of the area above the covered one, which stays with the family; nil where policy limits no area, or
    /// nobody knows a price.
    private func beyond(in context: PolicyContext) -> Formula? {
        guard let covered = context.value(section, "covered_area") else { return nil }
        context.bind("covered_area", to: covered)
        guard let price = context.figure("heat_price") else { return nil }
        let area = context.step(
            "uncovered_area", Label("超出救助面积的部分", "area beyond the covered one"), .squareMetre,
            rule: "household.heated_area - covered_area, at least 0",
            (context.fact(.household, "heated_area") - context.formula(covered)).atLeast(context.zero(.squareMetre)))
        return context.step(
            "uncovered_cost", Label("超面积部分由家庭自负", "cost beyond the covered area, borne by the household"), .yuan,
            rule: "uncovered_area * heat_price", area * context.formula(price))
    }

    /// Who has a standing today may not have had it on the day that counts.
    private func verification(of snapshot: CalendarDate?, in context: PolicyContext) -> [ManualCheck] {
        guard snapshot != context.date, let origin = context.origin(of: section, "snapshot") else { return [] }
        let text =
            snapshot.map { Label("核实 \($0.iso) 的在册身份", "verify the standing as of \($0.iso)") }
            ?? Label("核实在册身份(基准日未见公布)", "verify the standing (on a day that is not published)")
        return [ManualCheck(id: "snapshot", text: text, applies: nil, origin: origin)]
    }
}
