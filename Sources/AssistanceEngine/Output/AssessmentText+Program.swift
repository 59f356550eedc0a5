import AssistanceCore
import AssistancePolicy

// One programme of an assessment.
extension AssessmentText {
    func lines(of determination: Determination, in assessment: Assessment) -> [String] {
        var lines = [title(determination)]
        if determination.status == .eligible {
            let routes = determination.routes.filter { $0.isTaken && $0.label != determination.label }
            lines += row("路径", "route", routes.map { $0.label.text(in: language) })
            lines += row("金额", "amount", amounts(determination, assessment))
        }
        lines += row("结算", "settlement", determination.settlements.flatMap { account($0, assessment) })
        lines += row("未满足需求", "needs", determination.needs.map { line(of: $0, assessment) })
        lines += whyNot(determination, assessment)
        for (heading, items) in missing(determination.missing, in: assessment) {
            lines += row(heading.chinese, heading.english, items)
        }
        let violations = determination.violations.flatMap { self.lines(of: $0, assessment) }
        lines += row("裁量超限", "out of bounds", violations)
        let standings = determination.standings.flatMap { standing($0, in: determination, of: assessment) }
        lines += row("家庭身份", "standing", standings)
        lines += facts(determination, assessment)
        lines += row("须经", "subject to", determination.manual.map(line(of:)))
        lines += steps(determination.steps)
        return lines
    }

    private func title(_ determination: Determination) -> String {
        var outcome = determination.status.label.text(in: language)
        let count = determination.manual.count
        if determination.status == .eligible, count > 0 {
            outcome += say(",尚须经 \(count) 项人工程序", ", subject to \(count) decision\(count == 1 ? "" : "s") by people")
        }
        if determination.status == .eligible, !determination.isSettled {
            outcome += say(",金额待定", ", the amount is still open")
        }
        return determination.label.text(in: language) + say(":", ": ") + outcome
    }

    // MARK: Sums

    /// The sums of each period, then every benefit with its parts.
    private func amounts(_ determination: Determination, _ assessment: Assessment) -> [String] {
        var lines = PaymentPeriod.allCases.compactMap { period in
            determination.totals[period].map { amount($0) + unit(period, of: $0) }
        }
        if lines.isEmpty, determination.benefits.isEmpty {
            lines = [amount(determination.monthly) + unit(.monthly, of: determination.monthly)]
        }
        if let only = determination.benefits.first, determination.benefits.count == 1, assessment.members.count <= 1,
            only.gift == nil
        {
            return lines.map { $0 + term(of: only) } + details(of: only).map { "  " + $0 }
        }
        let rows = determination.benefits.flatMap { self.rows(of: $0, assessment) }
        let names = rows.map { TextLayout.width($0.name) }.max() ?? 0
        let sums = rows.map { TextLayout.width($0.amount) }.max() ?? 0
        lines += rows.map { row in
            guard !row.amount.isEmpty else { return "  " + row.name }
            return "  " + TextLayout.padded(row.name, to: names + 2) + TextLayout.aligned(row.amount, to: sums)
                + row.rest
        }
        return lines
    }

    /// A benefit, its members' and its payers' parts.
    private func rows(of benefit: Benefit, _ assessment: Assessment) -> [(name: String, amount: String, rest: String)] {
        let name = benefit.label.text(in: language)
        var rows = [(name, amount(benefit.amount), unit(benefit.period, of: benefit.amount) + term(of: benefit))]
        if let gift = benefit.gift { rows = [(name, quantity(gift), self.unit(gift) + term(of: benefit))] }
        if assessment.members.count > 1 {
            rows += benefit.parts.map { ("  " + member($0.member, assessment), $0.amount.grouped, "") }
            rows += (benefit.gift?.members ?? []).map { ("  " + member($0, assessment), "", "") }
        }
        return rows + details(of: benefit).map { ("  " + $0, "", "") }
    }

    /// Who bears it, and how it is paid out.
    private func details(of benefit: Benefit) -> [String] {
        let reductions = benefit.reductions.map { reduction in
            let source = reduction.citation.map { say("(\($0.text))", " (\($0.text))") } ?? ""
            let name = reduction.label.text(in: language)
            return say("\(name):减去 \(reduction.amount.grouped) 元", "\(name): less \(reduction.amount.grouped) yuan")
                + source
        }
        let payers =
            reductions
            + benefit.payers.map {
                say(
                    "由\($0.label.chinese)承担 \($0.amount.grouped) 元",
                    "\($0.label.english) bears \($0.amount.grouped) yuan")
            }
        guard let instalments = benefit.instalments else { return payers }
        let each = instalments.each.grouped
        if let first = instalments.first {
            return payers + [
                say("首月 \(first.grouped) 元,以后每月 \(each) 元", "first month \(first.grouped) yuan, then \(each) a month")
            ]
        }
        let last = instalments.last.map { say(",末期 \($0.grouped) 元", ", the last \($0.grouped)") } ?? ""
        return payers + [
            say("分 \(instalments.count) 期发放,每期 \(each) 元", "in \(instalments.count) instalments of \(each) yuan") + last
        ]
    }

    /// Who pays what of a member's cost, and what is left to the patient.
    private func account(_ settlement: Settlement, _ assessment: Assessment) -> [String] {
        var rows = [(say("政策范围内费用", "cost in scope"), amount(settlement.scope))]
        rows += settlement.parts.map { ("  " + $0.label.text(in: language), amount($0.amount)) }
        rows.append((say("范围内个人负担", "left to the patient"), amount(settlement.remaining)))
        if let outside = settlement.outside, outside > .zero {
            rows.append((say("范围外个人负担", "borne outside the scope"), outside.grouped))
        }
        let names = rows.map { TextLayout.width($0.0) }.max() ?? 0
        let sums = rows.map { TextLayout.width($0.1) }.max() ?? 0
        let lines = rows.map { TextLayout.padded($0.0, to: names + 2) + TextLayout.aligned($0.1, to: sums) }
        guard assessment.members.count > 1 else { return lines }
        return [member(settlement.member, assessment)] + lines.map { "  " + $0 }
    }

    private func line(of need: Need, _ assessment: Assessment) -> String {
        let who = assessment.members.count > 1 ? need.member.map { member($0, assessment) + say(":", ": ") } : nil
        let sum = need.amount.map { " " + amount($0) + unit(need.period, of: $0) }
        return (who ?? "") + need.label.text(in: language) + (sum ?? "")
    }

    private func quantity(_ gift: Gift) -> String {
        let (least, most) = (ValueText.amount(gift.least, gift.unit), ValueText.amount(gift.most, gift.unit))
        return least == most ? least : least + say(" 至 ", " to ") + most
    }

    private func unit(_ gift: Gift) -> String {
        let unit = gift.unit.text.isEmpty ? "" : " " + say(gift.unit.chinese, gift.unit.text)
        return unit + " " + gift.thing.text(in: language)
    }

    private func amount(_ range: MoneyRange) -> String {
        if let known = range.known { return known.grouped }
        if range.isUnbounded {
            return range.least > .zero ? say("至少 ", "at least ") + range.least.grouped : say("待定", "open")
        }
        return range.least.grouped + say(" 至 ", " to ") + range.most.grouped
    }

    private func unit(_ period: PaymentPeriod, of amount: MoneyRange) -> String {
        if amount.isUnbounded, amount.least == .zero { return "" }
        return switch period {
        case .monthly: say(" 元/月", " yuan a month")
        case .yearly: say(" 元/年", " yuan a year")
        case .once: say(" 元(一次性)", " yuan, once")
        }
    }

    private func term(of benefit: Benefit) -> String {
        let end = benefit.isEndOpen ? say("某日(止期待定)", "a day that is not known") : benefit.until.map(lastDay)
        return switch (benefit.from?.iso, end) {
        case (let from?, let last?): say(",自 \(from) 至 \(last)", ", \(from) to \(last)")
        case (let from?, nil): say(",自 \(from) 起", ", from \(from)")
        case (nil, let last?): say(",至 \(last)", ", to \(last)")
        case (nil, nil): ""
        }
    }

    /// The last day before an end.
    private func lastDay(_ until: CalendarDate) -> String { (until.adding(days: -1) ?? until).iso }

    private func member(_ place: Int, _ assessment: Assessment) -> String {
        assessment.members.indices.contains(place)
            ? assessment.members[place].text(in: language) : say("成员\(place + 1)", "member \(place + 1)")
    }

    // MARK: Why not

    /// The conditions that fail, route by route, where the household is not eligible or some routes are closed to it.
    private func whyNot(_ determination: Determination, _ assessment: Assessment) -> [String] {
        guard determination.status != .eligible else { return [] }
        var closed = determination.routes.filter { !$0.failed.isEmpty }
        // A route that is for nobody here says nothing while another was tried.
        let meant = closed.filter { route in !route.failed.contains { $0.id == PlannedRoute.addressees } }
        if !meant.isEmpty { closed = meant }
        if closed.isEmpty {
            return row("原因", "reasons", determination.reasons.flatMap { self.lines(of: $0, assessment) })
        }
        let lines = closed.flatMap { route in
            let reasons = route.failed.flatMap { self.lines(of: $0, assessment) }
            // The only way into a programme has no name of its own.
            return route.label == determination.label
                ? reasons : [route.label.text(in: language)] + reasons.map { "  " + $0 }
        }
        let isOpen = determination.status == .undetermined
        return row(isOpen ? "已排除" : "原因", isOpen ? "ruled out" : "reasons", lines)
    }

    private func lines(of reason: Reason, _ assessment: Assessment) -> [String] {
        let who = reason.member.map { member($0, assessment) + say(":", ": ") } ?? ""
        return [who + sentence(of: reason)] + (source(reason.citation, reason.place).map { ["  " + $0] } ?? [])
    }

    /// The reason, and by how much the limit is missed.
    private func sentence(of reason: Reason) -> String {
        let text = reason.label.text(in: language)
        let sides = reason.comparison.map { say("(\($0.chinese))", " (\($0.english))") } ?? ""
        guard let distance = reason.distance?.text(in: language) else { return text + sides }
        // A limit that must not be reached, and is reached exactly.
        if ["0", "0.00"].contains(distance.prefix { $0 != " " }) {
            return text + say(":恰在界限上", ": exactly at the limit") + sides
        }
        return text + say(":超出 \(distance)", ": exceeded by \(distance)") + sides
    }

    /// A standing the household has, or may have with what is still missing for it alone.
    private func standing(
        _ standing: StandingDecision, in determination: Determination, of assessment: Assessment
    ) -> [String] {
        let name = standing.label.text(in: language)
        let lacking = standing.missing.filter { !determination.missing.contains($0) }
        let details = missing(lacking, in: assessment).flatMap { heading, items in
            items.map { "  " + heading.text(in: language) + say(" ", ": ") + $0 }
        }
        switch standing.status {
        case .ineligible: return []
        case .undetermined:
            return [name + say(":暂不能认定", ": cannot be decided yet")] + layers(standing, assessment) + details
        case .eligible:
            let open =
                standing.missing.isEmpty || !standing.layers.isEmpty
                ? "" : say("(层次暂不能认定)", " (its layer cannot be decided yet)")
            let layer = standing.layer.map { say("(\($0))", " (\($0))") } ?? open
            let months = standing.months.map { say(",有效期 \($0) 个月", ", valid for \($0) months") } ?? ""
            return [name + layer + months] + layers(standing, assessment) + details
        }
    }

    /// Which members fall in which layer; those that fall in none are not named.
    private func layers(_ standing: StandingDecision, _ assessment: Assessment) -> [String] {
        let layers = standing.layers.filter { $0.code != "none" }
        if Set(layers.map(\.code)).count == 1, layers.count == assessment.members.count, let only = layers.first {
            return ["  " + only.label.text(in: language)]
        }
        return layers.map { "  " + member($0.member, assessment) + say(":", ": ") + $0.label.text(in: language) }
    }

    // MARK: What is missing

    /// What is lacking, grouped: facts of the household and of each member, terms of policy, what an officer decides.
    private func missing(_ missing: [Missing], in assessment: Assessment) -> [(heading: Label, items: [String])] {
        var groups: [(members: [Int], items: [String])] = []
        var terms: [String] = []
        for item in missing {
            let name = item.label.text(in: language)
            if item.isPolicy {
                terms.append(name + say("(\(item.path))", " (\(item.path))"))
                continue
            }
            let (owner, fact) = place(of: item, assessment)
            if let known = groups.firstIndex(where: { $0.members == owner }) {
                groups[known].items.append(fact)
            } else {
                groups.append((owner, [fact]))
            }
        }
        let facts = joined(groups).map { group in
            let names = group.members.map { member($0, assessment) }
            let owner = names.isEmpty ? say("家庭", "household") : listed(names)
            return owner + say(":", ": ") + listed(group.items)
        }
        return [
            (Label("还缺", "missing"), facts), (Label("政策待定", "open in policy"), terms),
        ].filter { !$0.1.isEmpty }
    }

    /// Names one after the other, so that names which hold a comma themselves stay apart.
    private func listed(_ names: [String]) -> String {
        let isPlain = !names.contains { $0.contains("、") || $0.contains(",") }
        return names.joined(separator: isPlain ? say("、", ", ") : say(";", "; "))
    }

    /// The household first, then the members in their order; those who lack the same facts together.
    private func joined(_ groups: [(members: [Int], items: [String])]) -> [(members: [Int], items: [String])] {
        var result: [(members: [Int], items: [String])] = []
        for group in groups.sorted(by: { ($0.members.first ?? -1) < ($1.members.first ?? -1) }) {
            if let same = result.firstIndex(where: {
                !$0.members.isEmpty && !group.members.isEmpty && $0.items == group.items
            }) {
                result[same].members += group.members
            } else {
                result.append(group)
            }
        }
        return result
    }

    /// Whose fact is missing (nobody's: the household's), and what it is called without its owner.
    private func place(of item: Missing, _ assessment: Assessment) -> (members: [Int], fact: String) {
        let name = item.label.text(in: language)
        let head = "members["
        guard item.path.hasPrefix(head), let number = Int(item.path.dropFirst(head.count).prefix { $0 != "]" }) else {
            return ([], name)
        }
        let start = member(number, assessment) + say("的", ": ")
        return ([number], name.hasPrefix(start) ? String(name.dropFirst(start.count)) : name)
    }

    // MARK: Other facts of the decision

    private func facts(_ determination: Determination, _ assessment: Assessment) -> [String] {
        var lines: [String] = []
        func named(_ places: [Int]) -> String {
            guard !places.isEmpty else { return "" }
            let names = places.map { member($0, assessment) }.joined(separator: say("、", ", "))
            return say("(\(names)除外)", " (not \(names))")
        }
        let counted = determination.membersCounted.map {
            say("计入 \($0) 人", "\($0) counted") + named(determination.notCounted)
        }
        let paid = determination.membersPaid.map {
            say("享受 \($0) 人", "\($0) paid") + named(determination.notPaid)
        }
        let members = [counted, paid].compactMap { $0 }
        if !members.isEmpty { lines += row("成员", "members", [members.joined(separator: say(",", ", "))]) }
        if let window = determination.window {
            let end = window.until.map { say(" 至 ", " to ") + lastDay($0) } ?? ""
            lines += row("收入核算期", "income of", [window.from.iso + end])
        }
        if let review = determination.review {
            let months = review.months.map { say(",每 \($0) 个月复核一次", ", reviewed every \($0) months") } ?? ""
            lines += row("动态管理", "review", [say("\(review.classCode)类", "class \(review.classCode)") + months])
        }
        return lines
    }

    private func line(of task: ManualTask) -> String {
        let name = task.label.text(in: language)
        return task.citation.map { name + say("(\($0.text))", " (\($0.text))") } ?? name
    }
}
