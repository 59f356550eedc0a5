import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Means (家庭经济状况): who counts, what is the income, is there property. One mechanism for all programmes.
///
/// National rule: 最低生活保障审核确认办法 (民发〔2021〕57号), members, income and property; every figure, exemption and
/// limit is an open term of the section `means`.
public struct Means {
    /// The open terms.
    public static let section = SectionDeclaration(
        "means", Label("家庭经济状况", "means"),
        [
            TermDeclaration("counted", .condition, of: .member, unfilled: .nation, "计入共同生活的家庭成员", "member who counts"),
            TermDeclaration("paid", .condition, of: .member, unfilled: .nation, "享受保障的成员", "member who is paid"),
            TermDeclaration(
                "window", .value(.month), unfilled: .nation, "收入核算期", "window over which income is counted"),
            TermDeclaration("excluded", .incomeCodes, unfilled: .nation, "不计入家庭收入的项目", "incomes that do not count"),
            TermDeclaration(
                "income.items", .items(.yuanPerYear), unfilled: .optional, "按标准核算的收入", "income assessed by rate"),
            TermDeclaration(
                "income.rounding.total", .rounding, unfilled: .nation, "年收入取整", "rounding of the year's income"),
            TermDeclaration(
                "income.rounding.per_capita", .rounding, unfilled: .optional, "人均收入取整", "rounding of per-capita income"),
            TermDeclaration(
                "imputed", .items(.yuanPerMonth), of: .member, unfilled: .optional, "推定收入", "imputed income"),
            TermDeclaration(
                "maintenance", .value(.yuanPerMonth), of: .obligor, unfilled: .optional, "赡养、抚养、扶养费认定",
                "maintenance assessed"),
            TermDeclaration("deductions", .items(.yuanPerYear), unfilled: .optional, "收入扣减", "deductions from income"),
            TermDeclaration("property", .checks, unfilled: .undetermined, "家庭财产状况", "property"),
        ])

    /// Whether each member counts.
    public let counted: Formula
    /// Whether each member is paid.
    public let paid: Formula
    /// How many members count.
    public let size: Formula
    /// The income of the household (家庭收入), rounded as policy says.
    public let income: Formula
    /// The income of each who counts (家庭人均收入).
    public let perCapita: Formula
    /// What each member earns and is taken to earn in a year (本人收入), before it is put together.
    public let own: Formula
    /// What each member has that does not count (不计入项目).
    public let excludedIncome: Formula
    /// The conditions of property.
    public let property: CheckList
    /// The window over which income is counted.
    public let window: DateWindow?

    private let context: PolicyContext
    private let gross: Formula

    /// The means of a household under a policy.
    ///
    /// - Parameters:
    ///   - purpose: What they are asked for; terms and items may serve one purpose only.
    ///   - special: Which members are special-poverty persons, who leave the family's base; nil for those of the standing.
    public init(in context: PolicyContext, purpose: String, leavingOut special: Formula? = nil) {
        self.context = context
        let section = Self.section
        context.bind(
            Standings.specialPoverty.name, to: special?.node ?? context.standing(Standings.specialPoverty))
        counted = context.condition(section, "counted")
        context.bind("counted", to: counted.node)
        paid = context.step("paid", Label("享受保障", "paid"), .none, counted && context.condition(section, "paid"))
        size = context.step(
            "n", Label("共同生活的家庭成员人数", "members who count"), Unit("person", .none),
            rule: "household.members.filter(m, counted).size()", counted.counted(over: .member))

        let months = context.value(section, "window").flatMap { context.builder.constantValue($0) }
        window = Self.window(before: context.date, months: months)
        let excluded = context.incomeCodes(section, "excluded", purpose: purpose)
        let household: Formula
        (own, household) = Means.earned(
            in: context, counted: counted, purpose: purpose, months: months, excluded: excluded)
        gross = context.step(
            "gross_income", Label("扣减前家庭年收入", "household income before deductions"), .yuanPerYear,
            rule: "sum(household.members.filter(m, counted))", own.summed(over: .member, where: counted) + household)
        excludedIncome = context.step(
            "excluded_income", Label("不计入家庭收入的项目", "income that does not count"), .yuanPerYear,
            origin: excluded.first?.origin, rule: "", Means.sum(of: excluded.map(\.code), in: context))
        property = context.checks(section, "property", purpose: purpose)
        (income, perCapita) = Means.net(
            in: context, gross: gross, counted: counted, size: size, purpose: purpose, suffix: "")
    }

    /// Income and per-capita income for another purpose, which may have deductions of its own.
    public func income(for purpose: String) -> (income: Formula, perCapita: Formula) {
        Means.net(in: context, gross: gross, counted: counted, size: size, purpose: purpose, suffix: "_" + purpose)
    }

    /// Per-capita income before anything is deducted.
    public var grossPerCapita: Formula {
        context.step(
            "gross_per_capita_income", Label("扣减前人均月收入", "per-capita income before deductions"), .yuanPerMonth,
            rule: "gross_income / n", gross.atLeast(context.zero(.yuanPerMonth)).share(of: size))
    }

    // MARK: Steps

    /// What each member earns, is taken to earn, and is owed; and what the household itself does.
    private static func earned(
        in context: PolicyContext, counted: Formula, purpose: String, months: Rational?,
        excluded: [(code: String, origin: Origin)]
    ) -> (own: Formula, household: Formula) {
        var own = declared(in: context, months: months, excluded: excluded)
        if let imputed = context.items(section, "imputed", purpose: purpose, recipients: counted.node, share: own.node)
        {
            own = own + context.formula(imputed.perMember)
        }
        if let maintenance = context.value(section, "maintenance") {
            let owed = context.make(at: context.place(of: section, "maintenance")) { () throws(GraphError) in
                try context.builder.aggregate(.sum, over: .obligor, maintenance, where: context.builder.truth(true))
            }
            let label = Label("应得赡养费", "maintenance owed")
            own = own + context.step("maintenance_income", label, .yuanPerMonth, context.formula(owed))
        }
        var household = context.zero(.yuanPerYear)
        if let items = context.items(
            section, "income.items", purpose: purpose, recipients: counted.node, share: own.node)
        {
            own = own + context.formula(items.perMember)
            household = context.formula(items.household)
        }
        return (own, household)
    }

    /// What a member's file states, without what does not count, as a year's worth.
    private static func declared(
        in context: PolicyContext, months: Rational?, excluded: [(code: String, origin: Origin)]
    ) -> Formula {
        let codes = (context.builder.schema.group(.member, "income")?.fields ?? []).map(\.name)
            .filter { code in !excluded.contains { $0.code == code } }
        var own = sum(of: codes, in: context)
        if !context.isFilled(section, "excluded") {
            // Which incomes count is not known, so none is taken for counted.
            let label = section["excluded"]?.label ?? section.label
            own = own + context.formula(context.unfilled("means.excluded", .quantity(.yuanPerYear), label: label))
        }
        // Files state the sum over the window; the steps speak of a year.
        if let months, months > .zero, months != Rational(12), let windows = Rational(12).divided(by: months) {
            own = own * context.share(windows)
        }
        let origin = excluded.first.map { first in
            Origin(
                file: first.origin.file, position: first.origin.position, citation: first.origin.citation,
                text: "excluded: [" + excluded.map(\.code).joined(separator: ", ") + "]")
        }
        let label = Label("成员申报收入(不含不计入项目)", "declared income that counts")
        return context.step("declared_income", label, .yuanPerYear, origin: origin, own)
    }

    /// The sum of some kinds of income of a member.
    private static func sum(of codes: [String], in context: PolicyContext) -> Formula {
        codes.reduce(context.zero(.yuanPerYear)) { $0 + context.fact(.member, "income." + $1) }
    }

    private static func net(
        in context: PolicyContext, gross: Formula, counted: Formula, size: Formula, purpose: String, suffix: String
    ) -> (Formula, Formula) {
        var net = gross
        if let items = context.items(
            section, "deductions", purpose: purpose, recipients: counted.node, share: gross.node)
        {
            let members = context.formula(items.perMember).summed(over: .member, where: counted)
            net =
                net
                - context.step(
                    "deducted" + suffix, Label("扣减合计", "deductions"), .yuanPerYear,
                    members + context.formula(items.household))
        }
        // Deductions and losses do not make an income negative: nobody is paid for owing money.
        net = net.atLeast(context.zero(.yuanPerYear))
        let year = context.rounded(net.node, section, "income.rounding.total", .yuanPerYear, otherwise: "none")
        let income = context.step(
            "income" + suffix, Label("家庭年收入", "household income of a year"), .yuanPerYear,
            rule: "gross_income - deducted\(suffix), at least 0", context.formula(year))
        let share = context.rounded(
            income.share(of: size).node, section, "income.rounding.per_capita", .yuanPerMonth, otherwise: "none")
        let perCapita = context.step(
            "per_capita_income" + suffix, Label("家庭人均月收入", "per-capita income of a month"), .yuanPerMonth,
            rule: "income\(suffix) / n", context.formula(share))
        return (income, perCapita)
    }

    private static func window(before date: CalendarDate, months: Rational?) -> DateWindow? {
        guard let months, months.isInteger, let count = Int(exactly: months.reduced.numerator),
            let from = date.firstOfMonth.adding(months: -count, endOfMonth: .clamp)
        else { return nil }
        return DateWindow(from: from, until: date.firstOfMonth)
    }
}

extension PolicyContext {
    /// A declared yes/no term; unknown where nothing fills it.
    public func condition(_ section: SectionDeclaration, _ path: String) -> Formula {
        formula(value(section, path) ?? builder.truth(false))
    }
}
