import AssistanceCore
import AssistanceRecords

/// Cases as plain text for caseworkers.
public struct CaseText: Sendable {
    private let language: Language

    /// A text in a language.
    public init(in language: Language = .chinese) { self.language = language }

    // MARK: A case

    /// A case, ended by a line break.
    ///
    /// - Parameter persons: Who the members are, where somebody may read that.
    public func text(of overview: CaseOverview, persons: [RecordPerson]? = nil) -> String {
        let state = overview.state
        var lines = [
            say("个案 \(state.number):", "case \(state.number): ") + state.stage.label.text(in: language)
        ]
        lines += TextTable.lines(head(of: overview), indent: "  ")
        lines += section(
            "家庭成员", "members", (persons ?? []).map { [MessageLine($0.name ?? "").text, $0.citizenNumber] })
        lines += section("核算结果", "computed", outcomes(of: overview))
        lines += section("待遇", "granted", state.grants.map { grant($0, overview) })
        lines += section("期限", "due", due(overview))
        lines += section("可办理事项", "what may be done", overview.next.map(option))
        lines += section("办理经过", "what was done", overview.history.enumerated().map { done($0, $1, overview) })
        return lines.map { $0 + "\n" }.joined()
    }

    private func head(of overview: CaseOverview) -> [[String]] {
        let state = overview.state
        func row(_ chinese: String, _ english: String, _ value: String?) -> [String]? {
            value.map { [say(chinese, english), $0] }
        }
        let living = state.living.count
        let dead = state.persons.count - living
        return [
            row("所在地", "area", [overview.place, state.area.text].filter { !$0.isEmpty }.joined(separator: " ")),
            row(
                "申请", "applied",
                ([state.opened.iso] + state.programs.map { name(of: $0, overview) }).joined(separator: say(",", ", "))),
            row(
                "人口", "members",
                say("\(living) 人", "\(living)") + (dead == 0 ? "" : say(",已故 \(dead) 人", ", \(dead) dead"))),
            row("缺少材料", "papers lacking", state.lacking.isEmpty ? nil : listed(state.lacking)),
            row("审核意见", "review", state.proposal?.label.text(in: language)),
            row("公示至", "notice until", state.noticeEnds?.iso),
            row("确认意见", "confirmation", state.verdict?.label.text(in: language)),
            row("决定日期", "decided", state.decided?.iso),
            row("下次复核", "next review", state.stage == .closed ? nil : state.reviewDue?.iso),
            row("并入个案", "merged into", state.mergedInto.map { "\($0)" }),
        ].compactMap { $0 }
    }

    private func outcomes(of overview: CaseOverview) -> [[String]] {
        overview.state.outcomes.map { outcome in
            [
                name(of: outcome.program, overview), outcome.status.label.text(in: language),
                outcome.grants.map { "\($0.benefit) \(sum($0))" }.joined(separator: say(",", ", ")),
            ]
        }
    }

    private func grant(_ granted: CaseState.Granted, _ overview: CaseOverview) -> [String] {
        [
            name(of: granted.program, overview), granted.grant.benefit, sum(granted.grant),
            say("自 \(granted.from)", "from \(granted.from)")
                + (granted.until.map { say(",\($0) 起停止", ", until \($0)") } ?? "") + given(granted),
        ]
    }

    /// What was handed over at once, and what is left to be paid.
    private func given(_ granted: CaseState.Granted) -> String {
        guard granted.given > .zero else { return "" }
        let (given, rest) = (granted.given.grouped, granted.rest.grouped)
        return say(",已先行给付 \(given) 元,余 \(rest) 元", ", \(given) yuan handed over at once, \(rest) left")
    }

    private func sum(_ grant: CaseGrant) -> String {
        let sum = grant.amount.grouped
        return switch grant.period {
        case .monthly: say("每月 \(sum) 元", "\(sum) yuan a month")
        case .yearly: say("每年 \(sum) 元", "\(sum) yuan a year")
        case .once: say("一次性 \(sum) 元", "\(sum) yuan once")
        }
    }

    private func due(_ overview: CaseOverview) -> [[String]] {
        overview.state.deadlines.values.sorted { ($0.due, $0.step.rawValue) < ($1.due, $1.step.rawValue) }.map {
            [
                $0.due.iso, title(of: $0.step),
                ($0.due < overview.day ? say("已逾期", "overdue") : "")
                    + ($0.isProvisional ? say("(暂定,次年放假安排未公布)", " (provisional: holidays not published)") : ""),
            ]
        }
    }

    private func option(_ option: CaseOption) -> [String] {
        let roles = option.roles.map { $0.label.text(in: language) }.joined(separator: say("、", " or "))
        return [
            title(of: option.step), roles, level(option.level),
            option.hindrance.map {
                say("暂不能办理:\($0.code.label.chinese)", "not yet: \($0.message)")
            } ?? "",
        ]
    }

    private func done(
        _ place: Int, _ entry: (event: CaseEvent, record: RecordEvent), _ overview: CaseOverview
    ) -> [String] {
        let (action, actor) = (entry.event.action, entry.record.actor)
        let role = CaseRole(rawValue: actor.role)?.label.text(in: language) ?? actor.role
        return [
            "\(place + 1)", action.day.iso, title(of: action.step),
            actor.id + say("(\(role))", " (\(role))"),
            [
                action.verdict?.label.text(in: language),
                action.sum.map { say("\($0.grouped) 元", "\($0.grouped) yuan") },
                action.limit.map { language == .chinese ? $0.label.chinese : $0.rawValue },
                // A department that policy names no longer is called by what the event says.
                action.department.map { overview.departments[id: $0]?.label.text(in: language) ?? $0 },
            ].compactMap { $0 }.joined(separator: " "),
        ]
    }

    private func title(of step: CaseStep) -> String {
        language == .chinese ? "\(step.label.chinese) \(step.rawValue)" : step.rawValue
    }

    private func name(of program: String, _ overview: CaseOverview) -> String {
        overview.programs[program]?.text(in: language) ?? program
    }

    private func level(_ level: DivisionLevel) -> String {
        guard language == .chinese else { return level.word }
        return switch level {
        case .nation: "国家级"
        case .province: "省级"
        case .prefecture: "地级"
        case .county: "县级"
        case .township: "乡级"
        case .village: "村级"
        }
    }

    // MARK: Lists

    /// Cases one a line, or that there is none.
    public func text(of rows: [CaseRow]) -> String {
        guard !rows.isEmpty else { return say("没有个案\n", "no cases\n") }
        let cells = rows.map { row in
            [
                "\(row.number)", row.area.text, row.stage.label.text(in: language),
                say("申请 \(row.opened)", "applied \(row.opened)"),
                row.due.map { say("\($0.step.label.chinese)期限 \($0.day)", "\($0.step.rawValue) due \($0.day)") } ?? "",
                row.review.map { say("复核 \($0)", "review \($0)") } ?? "",
            ]
        }
        return TextTable.lines(cells).map { $0 + "\n" }.joined()
    }

    // MARK: Layout

    private func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    private func listed(_ texts: [String]) -> String { texts.joined(separator: say("、", ", ")) }

    private func section(_ chinese: String, _ english: String, _ rows: [[String]]) -> [String] {
        rows.isEmpty ? [] : ["", say(chinese, english)] + TextTable.lines(rows, indent: "  ")
    }
}

extension CaseRow {
    /// Rows as JSON.
    public static func json(_ rows: [CaseRow]) -> String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.number("schema", 1)
        json.list("cases", rows) { json, row in
            json.beginObject()
            json.number("case", row.number)
            json.text("area", row.area.text)
            json.text("stage", row.stage.rawValue)
            json.text("opened", row.opened.iso)
            json.orNull("due_step", row.due?.step.rawValue)
            json.orNull("due", row.due?.day.iso)
            json.orNull("review_due", row.review?.iso)
            json.endObject()
        }
        json.endObject()
        return json.text + "\n"
    }
}
