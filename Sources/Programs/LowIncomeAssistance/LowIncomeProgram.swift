import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// Low income, the minimum living allowance (最低生活保障).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第九条至第十三条; 最低生活保障审核确认办法 (民发〔2021〕57号).
/// Means → routes in order → each person's amount → supplements → limit → standings.
public struct LowIncomeProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `low-income`
    public let id = "low-income"
    /// 最低生活保障
    public var label: Label { LowIncomeTerms.section.label }
    /// Its open terms.
    public var section: SectionDeclaration { LowIncomeTerms.section }

    /// The plan of an area and day.
    public func plan(in context: PolicyContext) -> ProgramPlan {
        let means = Means(in: context, purpose: id)
        let line = context.formula(
            context.value(section, "line") ?? context.yardstick("standard").node)
        context.bind("line", to: line.node)
        let gap = context.formula(
            context.step(
                "gap", Label("每人差额", "gap of each person"), .yuanPerMonth, rule: "line - per_capita_income, at least 0",
                (line - means.perCapita).atLeast(context.zero(.yuanPerMonth)).node))

        context.bind("plain_gap", to: gap.node)
        var routes = Route.allCases.compactMap { RoutePlan($0, means, gap, context) }
        RoutePlan.choose(among: &routes, context)
        let eligible = context.formula(
            context.step(
                "low_income", Label("符合最低生活保障条件", "eligible for low income"), .none,
                routes.reduce(context.truth(false)) { $0 || $1.taken }.node))

        let grant = Grant(routes, means, context)
        // A family with one member on individual coverage is an edge family still; on any other route it is not.
        let covered = routes.filter { $0.route != .single }.reduce(context.truth(false)) { $0 || $1.taken }
        let standings = Standing.allCases.compactMap { plan($0, means, covered, context) }
        let review = context.value(section, "review.class").map { classCode in
            context.bind("class", to: classCode)
            return (classCode: classCode, months: context.value(section, "review.every"))
        }
        return ProgramPlan(
            program: id, label: label, eligible: eligible.node,
            routes: routes.map {
                PlannedRoute(
                    id: $0.route.rawValue, label: $0.route.label, holds: $0.holds.node, taken: $0.taken.node,
                    checks: $0.checks)
            },
            benefits: grant.benefits, standings: standings, counted: means.counted.node, paid: grant.paid.node,
            size: means.size.node,
            review: review, periods: routes.compactMap(\.period), trail: [means.perCapita.node, grant.total.node],
            remarks: [means.excludedIncome.node], window: means.window)
    }

    /// Edge and rigid-expenditure families: neither low income as a family, and in this order.
    private func plan(_ standing: Standing, _ means: Means, _ covered: Formula, _ context: PolicyContext)
        -> PlannedStanding?
    {
        let path = "standings." + standing.rawValue
        guard context.isOffered(section, path) else { return nil }
        var checks = context.checks(Means.section, "property", purpose: standing.rawValue)
        let other = context.checks(section, path + ".checks")
        checks.conditions += other.conditions
        checks.manual += other.manual
        if let income = context.range(
            section, path + ".income", of: means.perCapita.node, id: "income",
            Label(
                "家庭人均月收入不在\(standing.label.chinese)范围内",
                "per-capita income is outside the range of an \(standing.label.english)"))
        {
            checks.conditions.insert(income, at: 0)
        }
        if standing == .rigid, let condition = context.value(section, path + ".condition") {
            checks.conditions.append(
                Condition(
                    id: "condition", holds: condition,
                    reason: Label("刚性支出未达到规定比例", "rigid expenditure does not reach the required share"), origin: nil))
        }
        var holds = !covered
        if standing == .rigid, let edge = context.step(named: "edge") { holds = holds && !context.formula(edge) }
        for condition in checks.conditions { holds = holds && context.formula(condition.holds) }
        let node = context.step(standing.rawValue, standing.label, .none, holds.node)
        return PlannedStanding(
            id: standing.rawValue, label: standing.label, holds: node, layer: context.value(section, path + ".layers"),
            months: context.value(section, path + ".months"), checks: checks)
    }
}

/// One route of low income, with its conditions and what it gives.
struct RoutePlan {
    let route: Route
    let checks: CheckList
    let holds: Formula
    /// Set once all routes are known.
    var taken: Formula
    /// Which members it pays.
    let recipients: Formula
    /// What each of them is given, exact.
    let each: Formula
    /// What the household is given, rounded.
    let sum: Formula
    let paysSupplements: Bool
    let period: PlannedPeriod?
    /// What is paid is whole fen, whatever else a place says.
    static let wholeFen = "nearest fen"

    /// The plan of a route; nil where the place does not offer it or the stage has no use for it.
    init?(_ route: Route, _ means: Means, _ gap: Formula, _ context: PolicyContext) {
        let section = LowIncomeTerms.section
        let path = "routes." + route.rawValue
        guard context.isOffered(section, path), route != .grace || context.stage == .review else { return nil }
        self.route = route
        var checks = means.property
        if context.isFilled(section, path + ".property") {
            checks = context.checks(section, path + ".property")
        } else if route == .single {
            // Whoever applies alone comes from an edge family, and its property is measured as one.
            checks = context.checks(Means.section, "property", purpose: Standing.edge.rawValue)
        }
        let others = context.checks(section, path + ".checks")
        checks.conditions += others.conditions
        checks.manual += others.manual
        var recipients = means.paid
        var subject = means.perCapita
        var gap = gap
        switch route {
        case .household: break
        case .single:
            recipients = RoutePlan.persons(means, context, section, path)
            let reason = Label("家庭中没有符合单人保条件的成员", "no member meets the conditions of individual coverage")
            checks.conditions.append(
                Condition(
                    id: PlannedRoute.addressees, holds: recipients.any(over: .member).node, reason: reason, origin: nil)
            )
        case .expenditure:
            subject = means.grossPerCapita
            let after = means.income(for: route.rawValue).perCapita
            let reason = Label("扣减刚性支出后家庭人均月收入不低于保障线", "per-capita income after deductions is not below the line")
            if let condition = context.range(section, path + ".after", of: after.node, id: "after", reason) {
                checks.conditions.insert(condition, at: 0)
            }
            if let line = context.step(named: "line") {
                gap = context.formula(
                    context.step(
                        "gap_expenditure", Label("每人差额(扣减后)", "gap of each person after deductions"), .yuanPerMonth,
                        rule: "line - per_capita_income_expenditure, at least 0",
                        (context.formula(line) - after).atLeast(context.zero(.yuanPerMonth)).node))
            }
        case .grace:
            let until = context.fact(.household, "running.grace_until")
            let running = context.fact(.household, "running.route").isCode(Route.grace.rawValue)
            let today = context.formula(context.builder.day(context.date))
            let reason = Label("渐退期已满", "the months of gradual exit are over")
            checks.conditions.append(
                Condition(id: "grace", holds: (!running || today < until).node, reason: reason, origin: nil))
        }
        if route != .single,
            let income = context.range(
                section, path + ".income", of: subject.node, id: "income",
                Label(
                    "家庭人均月收入不符合\(route.label.chinese)的收入条件",
                    "per-capita income is outside the range of the \(route.label.english)"))
        {
            checks.conditions.insert(income, at: 0)
        }
        let anyone = means.paid.any(over: .member)
        checks.conditions.append(
            Condition(
                id: "members", holds: anyone.node,
                reason: Label("家庭中没有可享受保障的成员", "no member can be paid"), origin: nil))
        self.checks = checks
        self.recipients = recipients
        holds = checks.conditions.reduce(context.truth(true)) { $0 && context.formula($1.holds) }
        taken = holds
        paysSupplements =
            !context.isFilled(section, path + ".supplements") || context.isOffered(section, path + ".supplements")

        let exact: Formula
        if let whole = context.value(section, path + ".whole") {
            exact = context.formula(whole)
            each = exact.share(of: recipients.counted(over: .member))
        } else {
            let names = route == .expenditure
            if names { context.bind("gap", to: gap.node) }
            each = context.formula(context.value(section, path + ".each") ?? gap.node)
            exact = each.summed(over: .member, where: recipients)
            if names, let plain = context.step(named: "plain_gap") { context.bind("gap", to: plain) }
        }
        let unrounded = context.step(
            route.rawValue + "_exact", Label(route.label.chinese + "取整前金额", "exact sum of the " + route.label.english),
            .yuanPerMonth, exact.node)
        let rounding = path + ".rounding"
        sum = context.formula(
            context.step(
                route.rawValue + "_sum", Label(route.label.chinese + "金额", "sum of the " + route.label.english),
                .yuanPerMonth, rule: "rounding: " + (context.text(section, rounding)?.text ?? Self.wholeFen),
                context.rounded(unrounded, section, rounding, .yuanPerMonth, otherwise: Self.wholeFen)))
        period = RoutePlan.period(route, context, section, path)
    }

    /// The members whom individual coverage is for, by their words and the range of income that holds for each.
    private static func persons(
        _ means: Means, _ context: PolicyContext, _ section: SectionDeclaration, _ path: String
    ) -> Formula {
        var who = means.paid && context.words(section, path + ".who")
        let reason = Label("家庭人均月收入超过单人保上限", "per-capita income exceeds the limit of individual coverage")
        if let income = context.range(section, path + ".income", of: means.perCapita.node, id: "income", reason) {
            who = who && context.formula(income.holds)
        }
        return context.formula(
            context.step("single_persons", Label("单人保对象", "persons for individual coverage"), .none, who.node))
    }

    private static func period(
        _ route: Route, _ context: PolicyContext, _ section: SectionDeclaration, _ path: String
    ) -> PlannedPeriod? {
        guard route == .grace else { return nil }
        let months = context.value(section, path + ".months")
        let starts = context.text(section, path + ".starts")
        let first: CalendarDate
        switch starts?.text {
        case "this month": first = context.date.firstOfMonth
        case "next month", nil: first = context.date.firstOfNextMonth ?? context.date
        default:
            if let node = starts?.node {
                context.findings.report(node.error(.badValue, "'starts' is 'next month' or 'this month'"))
            }
            first = context.date
        }
        return PlannedPeriod(route: route.rawValue, from: first, months: months)
    }

    /// The first route whose conditions hold; at review the running one, if they still do.
    static func choose(among routes: inout [RoutePlan], _ context: PolicyContext) {
        var stays = context.truth(false)
        var staying: [Formula] = routes.map { _ in context.truth(false) }
        if context.stage == .review {
            let running = context.fact(.household, "running.route")
            staying = routes.map { running.isCode($0.route.rawValue) && $0.holds }
            stays = staying.reduce(stays) { $0 || $1 }
        }
        var earlier = context.truth(false)
        for place in routes.indices {
            let route = routes[place]
            let first = staying[place] || (!stays && !earlier && route.holds)
            routes[place].taken = context.formula(
                context.step(
                    "route_" + route.route.rawValue,
                    Label("适用" + route.route.label.chinese, "the " + route.route.label.english + " applies"), .none,
                    first.node))
            earlier = earlier || route.holds
        }
    }
}

/// What low income pays: the base of the route taken, and the category supplements.
struct Grant {
    let benefits: [PlannedBenefit]
    let total: Formula
    /// Who receives something by the route taken.
    let paid: Formula

    init(_ routes: [RoutePlan], _ means: Means, _ context: PolicyContext) {
        let section = LowIncomeTerms.section
        let zero = context.zero(.yuanPerMonth)
        var sum = zero
        var share = zero
        var supplemented = context.truth(false)
        var paid = context.truth(false)
        for route in routes.reversed() {
            paid = paid || (route.taken && route.recipients)
            sum = route.sum.when(route.taken, otherwise: sum)
            share = route.each.when(route.taken && route.recipients, otherwise: share)
            if route.paysSupplements { supplemented = supplemented || (route.taken && route.recipients) }
        }
        self.paid = paid
        let own = context.formula(
            context.step("own", Label("本人应得份额", "own share"), .yuanPerMonth, share.node))
        context.bind("grant", to: sum.node)
        context.bind("base", to: sum.node)

        var extra = zero
        var each = zero
        if let items = context.items(section, "supplements", recipients: supplemented.node, share: own.node) {
            each = context.formula(
                context.step(
                    "supplement", Label("本人分类施保金", "own category supplement"), .yuanPerMonth,
                    context.rounded(
                        context.formula(items.perMember).when(supplemented, otherwise: zero).node, "nearest fen",
                        .yuanPerMonth)))
            let given = routes.reduce(context.truth(false)) { $0 || $1.taken }
            extra =
                each.summed(over: .member, where: context.truth(true))
                + context.formula(items.household).when(given, otherwise: zero)
        }
        if let cap = context.value(section, "cap").map(context.formula) {
            sum = sum.atMost(cap)
            extra = extra.atMost(cap - sum)
        }
        let base = context.formula(
            context.step("base", Label("基础保障金", "base grant"), .yuanPerMonth, sum.node))
        let supplements = context.formula(
            context.step("supplements", Label("分类施保金", "category supplements"), .yuanPerMonth, extra.node))
        total = context.formula(
            context.step(
                "total", Label("月保障金合计", "monthly grant in all"), .yuanPerMonth, rule: "base + supplements",
                (base + supplements).node))
        benefits = [
            PlannedBenefit(
                id: "base", label: Label("基础保障金", "base grant"), period: .monthly, amount: base.node, shares: own.node),
            PlannedBenefit(
                id: "supplements", label: Label("分类施保金", "category supplements"), period: .monthly,
                amount: supplements.node, shares: each.node),
        ]
    }
}
