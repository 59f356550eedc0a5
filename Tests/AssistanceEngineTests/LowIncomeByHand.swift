import AssistanceCore

/// Low income as three places have it, computed by hand: written from the text of their policy files, with nothing of
/// the engine but the calendar. Every fact must be given.
struct LowIncomeByHand {
    enum Place: CaseIterable, Sendable {
        /// 林口县: heilongjiang/mudanjiang/linkou*.yaml.
        case linkou
        /// 哈尔滨市道里区: heilongjiang/harbin.
        case harbin
        /// A city that has nothing of its own: heilongjiang.
        case province
    }

    let place: Place
    let date: CalendarDate
    /// Fen a month.
    let urban: Int64
    let rural: Int64

    /// What is decided.
    struct Decision: Equatable {
        var counted = 0
        /// Who receives something.
        var paid: Int?
        /// Fen a year.
        var income: Int64 = 0
        var route: String?
        /// Fen a month.
        var base: ClosedRange<Int64> = 0...0
        var supplements: Int64 = 0
        var edge = false
        var layer: String?
        /// None in gradual exit, which ends by itself.
        var reviewClass: String?
    }

    // MARK: Words (china/words.yaml)

    private func code(_ key: String, _ name: String) -> Int64 { SampleFacts.code(key, name) }

    private func isOne(_ member: SampleMember, _ key: String, of names: [String]) -> Bool {
        names.contains { code(key, $0) == member[key] }
    }

    private func years(since day: Int64) -> Int {
        guard let from = CalendarDate(days: Int(day)), from <= date else { return 0 }
        let reached = (date.month, date.day) >= (from.month, from.day)
        return date.year - from.year - (reached ? 0 : 1)
    }

    private func age(_ member: SampleMember) -> Int { years(since: member["birth"]) }
    private func isMinor(_ member: SampleMember) -> Bool { age(member) < 18 }
    private func isElder(_ member: SampleMember) -> Bool { age(member) >= 60 }

    private func isSevere(_ member: SampleMember) -> Bool {
        let grade = member["disability_grade"]
        let isMind = isOne(member, "disability_kind", of: ["intellectual", "mental"])
        return grade == 1 || grade == 2 || (grade == 3 && isMind) || member["illness"] & 1 == 1
    }

    private func isLabour(_ member: SampleMember) -> Bool { age(member) >= 18 && member["can_work"] == 1 }

    // MARK: Means (china/means.yaml)

    func isCounted(_ member: SampleMember) -> Bool {
        if member["special_poverty"] == 1 || isOne(member, "away", of: ["prison", "detox", "missing"]) { return false }
        if isOne(member, "away", of: ["clergy"]), years(since: member["away_since"]) >= 3 { return false }
        if isOne(member, "relation", of: ["self", "head", "spouse"]) || member["lives_with_family"] == 1 {
            return true
        }
        let isPupil = isOne(
            member, "study", of: ["primary", "junior", "senior", "vocational", "college", "bachelor"])
        return isOne(member, "relation", of: ["child"])
            && (isMinor(member) || (isPupil && member["study_full_time"] == 1))
    }

    private func isPaid(_ member: SampleMember) -> Bool {
        guard isCounted(member) else { return false }
        if isMinor(member) { return !isOne(member, "orphan", of: ["dispersed", "institutional"]) }
        return !(member["can_work"] == 1 && member["refusals"] >= 3)
    }

    /// china/means.yaml and heilongjiang/low-income.yaml: what does not count on the day.
    private var excluded: [String] {
        var codes = [
            "veteran_compensation", "family_planning_reward", "scholarship", "brave_deed", "relief_received",
            "disability_allowances", "orphan_allowance",
        ]
        if date.year < 2026 { codes.append("basic_pension") }
        return codes
    }

    func line(_ household: SampleHousehold) -> Int64 {
        household.facts["residence"] == SampleFacts.code(.household, "residence", "urban") ? urban : rural
    }

    /// Fen a year.
    private func income(_ household: SampleHousehold) -> Int64 {
        var sum: Int64 = 0
        for member in household.members ?? [] where isCounted(member) {
            for income in SampleFacts.incomes where !excluded.contains(where: { "income." + $0 == income }) {
                sum += member[income]
            }
        }
        // Hundredths of fen, for land is hundredths of mu times hundredths of yuan.
        var exact = sum * 100
        if place == .linkou {
            for plot in household.plots ?? [] { exact += (plot["mu"] ?? 0) * price(plot) }
        }
        if place == .linkou || line(household) == urban {
            exact -= 100 * (household.facts["rigid_expenditure.total"] ?? 0)
        }
        return (max(0, exact) + 50) / 100
    }

    /// linkou-low-income.yaml: land_price and farm_subsidy_price, in fen for a mu and year.
    private func price(_ plot: SampleHousehold.Facts) -> Int64 {
        func code(_ key: String, _ name: String) -> Bool { SampleFacts.code(.plot, key, name) == plot[key] }
        let land: Int64 = code("use", "own") ? 70_000 : code("use", "contracted") ? 60_000 : 40_000
        let subsidy: Int64 =
            code("crop", "soybean")
            ? 42_633
            : code("crop", "corn")
                ? 9_233 : code("crop", "rice_surface") ? 23_213 : code("crop", "rice_ground") ? 18_213 : 7_560
        return land + subsidy
    }

    // MARK: Decision

    func decide(_ household: SampleHousehold, isReview: Bool) -> Decision {
        let members = household.members ?? []
        var decision = Decision()
        decision.counted = members.count(where: isCounted)
        decision.income = income(household)
        let line = line(household)
        // Twelve months of the line for all who count: per-capita comparisons without a quotient.
        let months = 12 * Int64(max(1, decision.counted))
        // Where nobody counts there is nobody to have an income.
        let isBelow = decision.counted == 0 || decision.income < line * months
        let isNear = !isBelow && 2 * decision.income < 3 * line * months
        let paid = members.filter(isPaid)
        let single = isNear ? paid.filter(isSevere) : []

        var routes: [String] = []
        let isWeak = members.contains { isCounted($0) && isSevere($0) }
        let hasLabour = members.contains { isCounted($0) && isLabour($0) }
        let areOld = members.allSatisfy { !isCounted($0) || isElder($0) }
        if isBelow, !paid.isEmpty, place != .linkou || isWeak || areOld || !hasLabour { routes.append("household") }
        if !single.isEmpty { routes.append("single") }
        if isReview, isNear, !paid.isEmpty {
            let isGrace = household.facts["running.route"] == SampleFacts.code(.household, "running.route", "grace")
            if !isGrace || Int64(date.days) < household.facts["running.grace_until"] ?? 0 { routes.append("grace") }
        }
        decision.route = routes.first
        if isReview,
            let running = routes.first(where: {
                SampleFacts.code(.household, "running.route", $0) == household.facts["running.route"]
            })
        {
            decision.route = running
        }

        var recipients = paid
        switch decision.route {
        case "household":
            decision.base = only(rounded(Int64(paid.count) * (line * months - decision.income), over: months))
        case "single":
            recipients = single
            decision.base =
                place == .linkou
                ? only(rounded(Int64(single.count) * 31_300, over: 1)) : 0...(Int64(single.count) * line)
        case "grace":
            let base = household.facts["running.base"] ?? 0
            decision.base = only(rounded(min(base, line * Int64(decision.counted)), over: 1))
        default: recipients = []
        }
        if place == .linkou {
            let each: Int64 = line == urban ? 14_200 : 10_400
            decision.supplements = each * Int64(recipients.count { isSevere($0) || isElder($0) || isMinor($0) })
        }
        decision.paid = decision.route.map { _ in recipients.count }
        if decision.route != nil, decision.route != "grace" { decision.reviewClass = hasLabour ? "B" : "A" }
        decide(edge: &decision, line, months, decision.income, isBelow, isWeak || !hasLabour)
        if decision.edge, place == .harbin { decision.layer = layer(household, decision.income, months) }
        return decision
    }

    private func decide(
        edge decision: inout Decision, _ line: Int64, _ months: Int64, _ income: Int64, _ isBelow: Bool, _ isWeak: Bool
    ) {
        // In Harbin the limit is rounded up to yuan.
        let limit = place == .harbin ? (line * 3 / 2 + 99) / 100 * 100 * 2 : line * 3
        let isInside = !isBelow && 2 * income < limit * months
        let isFree = decision.route == nil || decision.route == "single"
        decision.edge = isFree && isInside && (place != .linkou || isWeak)
    }

    private func layer(_ household: SampleHousehold, _ income: Int64, _ months: Int64) -> String {
        let line = line(household)
        if line == rural { return "农村低收入家庭" }
        return income < (line * 6 / 5 + 99) / 100 * 100 * months ? "城市低收入困难家庭" : "城市低收入家庭"
    }

    private func only(_ sum: Int64) -> ClosedRange<Int64> { sum...sum }

    /// A sum of fen over a divisor: up to yuan in 林口县, to the nearest fen elsewhere.
    private func rounded(_ above: Int64, over below: Int64) -> Int64 {
        if place == .linkou { return (above + below * 100 - 1) / (below * 100) * 100 }
        return (2 * above + below) / (2 * below)
    }
}
