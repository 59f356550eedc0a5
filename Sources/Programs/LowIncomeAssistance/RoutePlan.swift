import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit

/// One route of low income (救助路径), with its conditions and what it gives.
struct RoutePlan {
    /// What is paid is whole fen, whatever else a place says.
    static let wholeFen = "nearest fen"

    let route: Route
    let checks: CheckList
    let holds: Formula
    /// Whether it is the one that is taken; set once all routes are known.
    private(set) var taken: Formula
    /// Which members it pays.
    let recipients: Formula
    /// What each of them is given, exact.
    let each: Formula
    /// What the household is given, rounded.
    let sum: Formula
    let paysSupplements: Bool
    let period: PlannedPeriod?

    /// The plan of a route; nil where the place does not offer it or the stage has no use for it.
    init?(_ route: Route, _ means: Means, _ line: Formula, _ context: PolicyContext) {
        let section = LowIncomeTerms.section
        guard context.isOffered(section, route.path), route != .grace || context.stage == .review else { return nil }
        self.route = route
        recipients = route == .single ? Self.persons(means, context) : means.paid

        var income = means.perCapita
        var checks = CheckList()
        switch route {
        case .household, .single: break
        case .expenditure:
            // 支出型: the range is of the income before deductions, the gap of the income after them.
            income = means.income(for: route.rawValue).perCapita
            let reason = Label("扣减刚性支出后家庭人均月收入不低于保障线", "per-capita income after deductions is not below the line")
            checks.add(context.range(section, route.path + ".after", of: income.node, id: "after", reason))
        case .grace: checks.add(Self.monthsLeft(context))
        }
        if route == .single {
            let reason = Label("家庭中没有符合单人保条件的成员", "no member meets the conditions of individual coverage")
            checks.add(
                Condition(
                    id: PlannedRoute.addressees, holds: recipients.any(over: .member).node, reason: reason, origin: nil)
            )
        } else {
            let measured = route == .expenditure ? means.grossPerCapita : means.perCapita
            let reason = Label(
                "家庭人均月收入不符合\(route.label.chinese)的收入条件",
                "per-capita income is outside the range of the \(route.label.english)")
            checks.add(
                context.range(section, route.path + ".income", of: measured.node, id: "income", reason), first: true)
        }
        checks.add(Self.property(route, means, context))
        checks.add(context.checks(section, route.path + ".checks"))
        let nobody = Label("家庭中没有可享受保障的成员", "no member can be paid")
        checks.add(Condition(id: "members", holds: means.paid.any(over: .member).node, reason: nobody, origin: nil))
        self.checks = checks
        holds = context.all(checks)
        taken = holds

        let gap = Self.gap(below: line, income, route, context)
        let exact: Formula
        if let whole = context.value(section, route.path + ".whole") {
            exact = context.formula(whole)
            each = exact.share(of: recipients.counted(over: .member))
        } else {
            each = context.value(section, route.path + ".each").map(context.formula) ?? gap
            exact = each.summed(over: .member, where: recipients)
        }
        sum = Self.rounded(exact, route, context)
        paysSupplements =
            !context.isFilled(section, route.path + ".supplements")
            || context.isOffered(section, route.path + ".supplements")
        period = Self.period(route, context)
    }

    /// The route as the engine knows it.
    var planned: PlannedRoute {
        PlannedRoute(
            id: route.rawValue, label: route.label, holds: holds.node, taken: taken.node, checks: checks,
            period: period)
    }

    /// The first route whose conditions hold; at review the running one, if they still do.
    static func choose(among routes: inout [RoutePlan], _ context: PolicyContext) {
        let running = context.stage == .review ? context.fact(.household, "running.route") : nil
        let staying = routes.map { route in
            running.map { $0.isCode(route.route.rawValue) && route.holds } ?? context.truth(false)
        }
        let stays = staying.reduce(context.truth(false)) { $0 || $1 }
        var earlier = context.truth(false)
        for place in routes.indices {
            let route = routes[place].route
            routes[place].taken = context.step(
                "route_" + route.rawValue,
                Label("适用" + route.label.chinese, "the " + route.label.english + " applies"), .none,
                staying[place] || (!stays && !earlier && routes[place].holds))
            earlier = earlier || routes[place].holds
        }
    }

    // MARK: Conditions

    /// The members whom individual coverage is for (单人保), by their words and the range of income that holds for each.
    private static func persons(_ means: Means, _ context: PolicyContext) -> Formula {
        let section = LowIncomeTerms.section
        var who = means.paid && context.words(section, Route.single.path + ".who")
        let reason = Label("家庭人均月收入超过单人保上限", "per-capita income exceeds the limit of individual coverage")
        let path = Route.single.path + ".income"
        if let income = context.range(section, path, of: means.perCapita.node, id: "income", reason) {
            who = who && context.formula(income.holds)
        }
        return context.step("single_persons", Label("单人保对象", "persons for individual coverage"), .none, who)
    }

    /// A family already in gradual exit (渐退) stays there until its months are over.
    private static func monthsLeft(_ context: PolicyContext) -> Condition {
        let until = context.fact(.household, "running.grace_until")
        let running = context.fact(.household, "running.route").isCode(Route.grace.rawValue)
        let today = context.formula(context.builder.day(context.date))
        let reason = Label("渐退期已满", "the months of gradual exit are over")
        return Condition(id: "grace", holds: (!running || today < until).node, reason: reason, origin: nil)
    }

    private static func property(_ route: Route, _ means: Means, _ context: PolicyContext) -> CheckList {
        if context.isFilled(LowIncomeTerms.section, route.path + ".property") {
            return context.checks(LowIncomeTerms.section, route.path + ".property")
        }
        // Whoever applies alone comes from an edge family, and its property is measured as one.
        return route == .single
            ? context.checks(Means.section, "property", purpose: Standing.edge.rawValue) : means.property
    }

    // MARK: Amounts

    /// What each person lacks to the line (补差), exact; expressions of this route name it `gap`.
    private static func gap(below line: Formula, _ income: Formula, _ route: Route, _ context: PolicyContext) -> Formula
    {
        let isAfter = route == .expenditure
        let gap = context.step(
            isAfter ? "gap_expenditure" : "gap",
            isAfter ? Label("每人差额(扣减后)", "gap of each person after deductions") : Label("每人差额", "gap of each person"),
            .yuanPerMonth, rule: "line - per_capita_income, at least 0",
            (line - income).atLeast(context.zero(.yuanPerMonth)))
        context.bind("gap", to: gap.node)
        return gap
    }

    private static func rounded(_ exact: Formula, _ route: Route, _ context: PolicyContext) -> Formula {
        let (section, path) = (LowIncomeTerms.section, route.path + ".rounding")
        let unrounded = context.step(
            route.rawValue + "_exact", Label(route.label.chinese + "取整前金额", "exact sum of the " + route.label.english),
            .yuanPerMonth, exact)
        let sum = context.rounded(unrounded.node, section, path, .yuanPerMonth, otherwise: wholeFen)
        return context.step(
            route.rawValue + "_sum", Label(route.label.chinese + "金额", "sum of the " + route.label.english),
            .yuanPerMonth, rule: "rounding: " + (context.text(section, path)?.text ?? wholeFen), context.formula(sum))
    }

    /// The months of gradual exit; the other routes have no end of their own.
    private static func period(_ route: Route, _ context: PolicyContext) -> PlannedPeriod? {
        guard route == .grace else { return nil }
        let months = context.value(LowIncomeTerms.section, route.path + ".months")
        let first = context.firstDay(LowIncomeTerms.section, route.path + ".starts") ?? context.date.firstOfNextMonth
        return PlannedPeriod(from: first ?? context.date, months: months)
    }
}
