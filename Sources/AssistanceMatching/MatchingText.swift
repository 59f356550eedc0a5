import AssistanceCore

/// A matching as plain text.
public struct MatchingText: Sendable {
    private let language: Language

    /// A text in a language.
    public init(in language: Language = .chinese) { self.language = language }

    /// The text of a matching, ended by a line break.
    public func text(of matching: Matching) -> String {
        let (served, open) = (matching.matches.count, matching.unmatched.count)
        var lines = [
            say(
                "供需对接:需求 \(served + open) 项,已对接 \(served) 项,未对接 \(open) 项",
                "needs: \(served + open), matched: \(served), not matched: \(open)")
        ]
        lines += section("对接", "matched", matching.matches.map { line(of: $0, matching) })
        lines += section(
            "未对接", "not matched",
            matching.unmatched.map { name(of: $0.request) + say(":", ": ") + text(of: $0.reason) })
        lines += section("项目", "projects", matching.projects.indices.map { line(ofProject: $0, matching) })
        return lines.map { $0 + "\n" }.joined()
    }

    private func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    private func section(_ chinese: String, _ english: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", say(chinese, english)] + lines.map { "  " + $0 }
    }

    private func name(of request: Matching.Request) -> String {
        let household = request.household.map { say("家庭 \($0)", "household \($0)") }
        let place = say("第 \(request.place) 户", "household no. \(request.place)")
        let member = request.member.map { " " + $0.text(in: language) } ?? ""
        let sum = request.need.amount.map { " " + text(of: $0) } ?? ""
        return (household ?? place) + member + say(" ", ", ") + request.need.label.text(in: language) + sum
    }

    private func text(of sum: MoneyRange) -> String {
        if let known = sum.known { return known.grouped + say(" 元", " yuan") }
        return say("至少 \(sum.least.grouped) 元", "at least \(sum.least.grouped) yuan")
    }

    private func line(of match: Matching.Match, _ matching: Matching) -> String {
        let project = matching.projects[match.project]
        let paid = match.paid.map { say(",支付 \($0.grouped) 元", ", pays \($0.grouped) yuan") } ?? ""
        return name(of: match.request) + " → " + title(project) + paid
    }

    private func title(_ project: SocialProject) -> String {
        let kind = project.kind.label.text(in: language)
        return project.label.text(in: language) + say("(\(kind))", " (\(kind))")
    }

    private func line(ofProject place: Int, _ matching: Matching) -> String {
        let project = matching.projects[place]
        let use = matching.use(of: place)
        let paid = project.each == nil ? "" : say(",支付 \(use.paid.grouped) 元", ", \(use.paid.grouped) yuan paid")
        return title(project)
            + say(":名额 \(project.places),已用 \(use.places)", ": \(use.places) of \(project.places) places taken") + paid
    }

    private func text(of reason: Matching.Reason) -> String {
        switch reason {
        case .noProject: say("没有针对此类需求的项目", "no project is for such a need")
        case .area: say("所在地没有此类项目", "no such project works where the household lives")
        case .condition: say("不符合当地此类项目的条件", "the conditions of such projects are not met")
        case .undecided(let missing):
            say("项目条件暂不能判断", "whether conditions are met cannot be decided")
                + (missing.isEmpty
                    ? "" : say(",还缺 ", ", missing ") + missing.joined(separator: say("、", ", ")))
        case .full(let projects): say("名额已满:", "no place left in ") + projects.joined(separator: say("、", ", "))
        case .repeated: say("同一需求已在前面列出", "the same need stands in the file before")
        }
    }
}
