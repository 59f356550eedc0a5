import AssistanceCore
import AssistancePolicy

/// Back pay as plain text: the months, old, new and difference, the sum, and why.
public struct BackPayText: Sendable {
    private let language: Language

    /// A text in a language.
    public init(in language: Language = .chinese) { self.language = language }

    /// The text of one household's back pay, ended by a line break.
    public func text(of pay: BackPay) -> String {
        var lines = heading(pay)
        for program in pay.programs { lines += [""] + self.lines(of: program) }
        lines += [""] + changes(pay)
        return lines.map { $0 + "\n" }.joined()
    }

    private func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    // MARK: Heading

    private func heading(_ pay: BackPay) -> [String] {
        let area = pay.areaName.isEmpty ? pay.area.text : pay.areaName
        let stage = pay.stage.label.text(in: language)
        var lines = [
            area + say("  ", ", ") + stage,
            say("各月按当月 1 日计算,家庭情况以文件所载为准", "each month as of its first day, the household as the file has it"),
        ]
        if let id = pay.id { lines.append(say("家庭编号 ", "household ") + TextLayout.shown(id)) }
        let now = pay.period.known.map { say("\($0) 及以前公布的政策", "policy published by \($0)") }
        let before = say("\(pay.period.knownBefore) 及以前公布的政策", "policy published by \(pay.period.knownBefore)")
        lines.append(say("原依据:", "before: ") + before)
        lines.append(say("现依据:", "now: ") + (now ?? say("目前已知的全部政策", "all policy that is known")))
        if let weakest = pay.weakestSource, weakest != .official {
            lines.append(
                say(
                    "⚠ 本计算依据未经官方确认的标准(\(weakest.label.chinese)),不得作为正式决定。",
                    "⚠ This rests on standards that are not confirmed (\(weakest.label.english)) and is no official decision."
                ))
        }
        return lines
    }

    // MARK: Months

    private func lines(of program: BackPay.Program) -> [String] {
        let head = [say("月份", "month"), say("原额", "before"), say("现额", "now"), say("差额", "difference")]
        let rows = program.months.map { month in
            [self.month(month.day), text(month.before), text(month.now), amount(month.difference)]
        }
        let count = program.months.count - program.undecided
        let sum = [say("合计", "sum"), "", "", amount(program.total)]
        let widths = head.indices.map { column in
            (rows + [head, sum]).map { TextLayout.width($0[column]) }.max() ?? 0
        }
        var lines = [program.label.text(in: language) + say("(元)", " (yuan)")]
        lines += ([head] + rows + [sum]).map { row in
            "  " + TextLayout.padded(row[0], to: widths[0])
                + row.indices.dropFirst().map { "  " + TextLayout.aligned(row[$0], to: widths[$0]) }.joined()
        }
        if program.undecided > 0 {
            lines.append(
                say(
                    "  合计只含 \(count) 个月;另有 \(program.undecided) 个月暂不能认定,不作零计",
                    "  the sum is of \(count) months; what cannot be decided yet (\(program.undecided)) is not counted as zero"
                ))
            for item in program.missing {
                lines.append("  " + say("缺少 ", "missing ") + item.label.text(in: language) + " (\(item.path))")
            }
        }
        if program.months.contains(where: { ($0.difference?.least ?? .zero) < .zero }) {
            lines.append(say("  负数为多发的金额", "  a negative sum was paid too much"))
        }
        return lines
    }

    private func month(_ day: CalendarDate) -> String { String(day.iso.prefix(7)) }

    private func text(_ sum: BackPay.Sum) -> String {
        sum.amount == nil ? sum.status.label.text(in: language) : amount(sum.amount)
    }

    private func amount(_ range: MoneyRange?) -> String {
        guard let range else { return say("未知", "unknown") }
        return range.known?.grouped ?? range.least.grouped + say(" 至 ", " to ") + range.most.grouped
    }

    // MARK: Why

    private func changes(_ pay: BackPay) -> [String] {
        guard !pay.changes.isEmpty else {
            return [say("两个日期之间没有公布影响这些月份的政策", "nothing published between the two days concerns these months")]
        }
        var lines = [say("政策差异", "what differs in policy")]
        for change in pay.changes {
            let months = [change.months.first, change.months.last].compactMap { $0.map(month) }
            let span = Set(months).count == 1 ? months.prefix(1).joined() : months.joined(separator: say(" 至 ", " to "))
            lines.append("  \(change.key)  \(change.label.text(in: language))  \(change.area.text)  \(span)")
            lines += entry(say("原 ", "before  "), change.before) + entry(say("现 ", "now     "), change.now)
        }
        return lines
    }

    private func entry(_ title: String, _ entry: TermEntry?) -> [String] {
        guard let entry else { return ["    " + title + say("无", "none")] }
        let rule = RuleText.lines(entry.node).joined(separator: "; ")
        let citation = entry.citation.map { $0.text + say(",", ", ") } ?? ""
        let published = (entry.published ?? entry.citation?.document.published).map {
            say("公布于 \($0)", "published \($0)")
        }
        let margin = TextLayout.spaces(4 + TextLayout.width(title))
        return TextLayout.wrapped(rule, to: TextLayout.lineWidth - margin.count).enumerated().map {
            ($0 == 0 ? "    " + title : margin) + $1
        } + [
            margin + citation + say("自 \(entry.from) 起", "from \(entry.from)")
                + (published.map { say(",", ", ") + $0 } ?? "")
                + " (\(entry.node.file.name):\(entry.node.position.line))"
        ]
    }
}
