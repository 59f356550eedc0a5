import AssistanceCore

/// What registries say of a household as plain text, for people.
public struct VerificationText: Sendable {
    private let language: Language

    /// A text in a language.
    public init(in language: Language = .chinese) { self.language = language }

    /// The text of one household, ended by a line break.
    public func text(of verification: Verification) -> String {
        var lines = heading(verification)
        let unasked = verification.members.filter { $0.permission != .granted }
        if !unasked.isEmpty {
            lines += ["", say("未核对的成员", "members who were not asked about")]
            lines += unasked.map {
                "  " + $0.label.text(in: language) + say(":", ": ") + $0.permission.label.text(in: language)
            }
        }
        let facts = verification.facts.filter { $0.outcome != .notAuthorised }
        if !facts.isEmpty {
            lines += ["", say("核对结果", "what was found")]
            lines += facts.map { line(of: $0, verification) }
        }
        if !verification.unasked.isEmpty {
            lines += ["", say("未核对的数据", "data that was not asked for")]
            lines += verification.unasked.map(line)
        }
        return (lines + [""] + effects(verification)).map { $0 + "\n" }.joined()
    }

    private func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    private func heading(_ verification: Verification) -> [String] {
        let area = verification.areaName.isEmpty ? verification.area.text : verification.areaName
        var lines = [area + say(",\(verification.date) 信息核对", ", verified on \(verification.date)")]
        if let id = verification.id { lines.append(say("家庭编号 ", "household ") + MessageLine(id).text) }
        for source in verification.sources {
            let label = source.label.text(in: language)
            lines.append(say("来源 \(label)(\(source.department))", "source \(label) (\(source.department))"))
        }
        return lines
    }

    private func line(of data: UnaskedData) -> String {
        let facts = data.facts.map { $0.label.text(in: language) }.joined(separator: say("、", ", "))
        return "  " + data.department.label.text(in: language) + say(",", ", ") + data.kind.label.text(in: language)
            + say(":", ": ") + facts
    }

    // MARK: Facts

    private func line(of fact: VerifiedFact, _ verification: Verification) -> String {
        let who = fact.member.flatMap { place in
            verification.members.indices.contains(place) ? verification.members[place].label : nil
        }
        let owner = (who ?? FactOwner.household.label).text(in: language)
        let unit = unit(of: fact.fact)
        let declared =
            fact.text(of: fact.declared).map { say(",申报 ", ", declared ") + $0 + unit } ?? say(",未申报", ", not declared")
        var found = say("无", "nothing")
        if let text = fact.text(of: fact.found) {
            let least = fact.isAtLeast ? say("至少 ", "at least ") : ""
            let confidence = fact.confidence.map { say(",可信度 \($0)", ", confidence \($0)") } ?? ""
            let day = fact.day.map { say(",\($0)", ", \($0)") } ?? ""
            found =
                least + text + unit + say("(", " (") + source(of: fact, verification) + day + confidence + say(")", ")")
        }
        let outcome = fact.outcome.label.text(in: language)
        return "  " + outcome + say(":", ": ") + owner + say(",", ", ") + fact.fact.label.text(in: language)
            + declared + say(",查得 ", ", found ") + found
    }

    private func unit(of fact: Fact) -> String {
        guard case .amount(let unit, _) = fact.type else { return "" }
        return " " + say(unit.chinese, unit.text)
    }

    private func source(of fact: VerifiedFact, _ verification: Verification) -> String {
        guard verification.sources.indices.contains(fact.source) else { return "" }
        return verification.sources[fact.source].label.text(in: language)
    }

    // MARK: What it changes

    private func effects(_ verification: Verification) -> [String] {
        let changed = verification.decisions.filter(\.isChanged)
        guard !changed.isEmpty else {
            return [say("对认定没有影响", "this changes no decision")]
        }
        return [say("对认定的影响", "what it changes")]
            + changed.map { decision in
                "  " + decision.label.text(in: language) + say(":按申报", ": as declared ") + text(of: decision.declared)
                    + say(";按核对", "; as found ") + text(of: decision.verified)
            }
    }

    private func text(of side: VerifiedDecision.Side) -> String {
        let sums = PaymentPeriod.allCases.compactMap { period in
            side.totals[period].map { text(of: $0) + unit(period) }
        }
        return ([side.status.label.text(in: language)] + sums).joined(separator: say(",", ", "))
    }

    private func text(of sum: MoneyRange) -> String {
        if let known = sum.known { return known.grouped }
        if sum.isUnbounded { return say("至少 ", "at least ") + sum.least.grouped }
        return sum.least.grouped + say(" 至 ", " to ") + sum.most.grouped
    }

    private func unit(_ period: PaymentPeriod) -> String {
        switch period {
        case .monthly: say(" 元/月", " yuan a month")
        case .yearly: say(" 元/年", " yuan a year")
        case .once: say(" 元(一次性)", " yuan, once")
        }
    }
}
