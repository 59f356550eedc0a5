import AssistanceCasework
import AssistanceCore

/// Payments and funds as plain text for those who make and confirm them.
public struct FundingText {
    private let language: Language
    private let cases: CaseStore

    /// A text in a language, with the names of the policy that a file was opened with.
    public init(in language: Language = .chinese, of cases: CaseStore) {
        (self.language, self.cases) = (language, cases)
    }

    // MARK: Payments

    /// What is to be paid, with what is held and claimed.
    public func text(of list: PaymentList) -> String {
        let order = list.order
        var lines = [
            say("发放名单:", "to be paid: ") + name(of: order.program)
                + say(
                    ",\(cases.place(of: order.area)),截至 \(order.month)",
                    ", \(cases.place(of: order.area)), up to \(order.month)")
        ]
        lines += TextTable.lines(
            [
                [say("户数", "cases"), "\(list.lines.count)"],
                [say("金额", "sum"), yuan(list.total)],
            ], indent: "  ")
        lines += section(
            "发放明细", "payments",
            list.lines.map { line in
                [
                    title(of: line.number), yuan(line.sum),
                    line.months.map { "\($0.month) \($0.sum.grouped)" }.joined(separator: say(",", ", ")),
                ]
            })
        lines += section(
            "暂缓发放", "held",
            list.held.map { held in
                [
                    title(of: held.number), held.month.description,
                    say("有成员已在个案 \(held.other) 中领取", "a member is paid in case \(held.other)"),
                ]
            })
        lines += section(
            "应追回", "claimed", list.claims.map { [title(of: $0.number), yuan($0.sum)] })
        return joined(lines)
    }

    /// Runs one a line, or that there is none.
    public func text(of runs: [PaymentRun]) -> String {
        guard !runs.isEmpty else { return say("没有发放批次\n", "no runs\n") }
        return joined(
            TextTable.lines(
                runs.map { run in
                    [
                        say("批次 \(run.number)", "run \(run.number)"), name(of: run.order.program), run.order.area.text,
                        run.order.month.description, run.stage.label.text(in: language),
                        say("\(run.cases) 户", "\(run.cases) cases"), yuan(run.total),
                        say("提出 \(run.proposer)", "proposed by \(run.proposer)"),
                    ]
                }))
    }

    /// What became of the payments of a run, and the cases of those that came back.
    public func text(of payments: [PaymentOutcome], ofRun number: Int64) throws(FundingRefusal) -> String {
        func row(_ chinese: String, _ english: String, _ outcome: PaymentReceipt.Outcome?) throws(FundingRefusal)
            -> [String]
        {
            let found = payments.filter { $0.outcome == outcome }
            guard let sum = Money.sum(found.lazy.map(\.sum)) else { throw .uncountable }
            return [say(chinese, english), say("\(found.count) 笔", "\(found.count)"), yuan(sum)]
        }
        var lines = [say("批次 \(number)", "run \(number)")]
        lines += TextTable.lines(
            [
                try row("已到账", "paid", .paid), try row("已退回", "returned", .returned),
                try row("未回单", "not known yet", nil),
            ], indent: "  ")
        lines += section(
            "退回的个案", "returned",
            payments.filter { $0.outcome == .returned }.map { [title(of: $0.number), yuan($0.sum)] })
        return joined(lines)
    }

    /// For how many cases a month's subsidy was given, and why not for the others.
    public func text(of report: SupplementReport, _ program: String, _ month: PaymentMonth) -> String {
        func count(_ cases: Int) -> String { say("\(cases) 户", "\(cases) cases") }
        var lines = [say("核发当月补贴:", "given: ") + name(of: program) + say(",\(month)", ", \(month)")]
        lines += TextTable.lines(
            [
                [say("本次核发", "now"), count(report.given), yuan(report.sum)],
                [say("此前已核发", "before"), count(report.before)],
                [say("未核发", "not given"), count(report.refused.values.reduce(0, +))],
            ], indent: "  ")
        lines += section(
            "未核发的原因", "reasons",
            report.reasons.map { refusal, cases in
                [count(cases), refusal.code.label.text(in: language), refusal.message]
            })
        return joined(lines)
    }

    // MARK: Funds

    /// What stands in accounts at the end of a month, one a line, or that there is none.
    public func text(of balances: [LedgerBalance], at month: PaymentMonth) throws(FundingRefusal) -> String {
        guard !balances.isEmpty else { return say("没有资金科目\n", "no accounts\n") }
        var rows: [[String]] = []
        for balance in balances {
            let account = balance.account
            // What a budget has given stands below nothing in the ledger.
            guard let sum = account.kind == .budget ? Money.zero.subtracting(balance.sum) : balance.sum else {
                throw .uncountable
            }
            rows.append([
                cases.place(of: account.area), name(of: account.fund),
                account.kind.label.text(in: language) + (account.program.map { " " + name(of: $0) } ?? ""), yuan(sum),
            ])
        }
        return joined(
            [say("资金余额:\(month) 月末", "balances at the end of \(month)")] + TextTable.lines(rows, indent: "  "))
    }

    /// How a budget is divided.
    public func text(of allocation: Allocation, for purpose: String, citation: Citation?) -> String {
        var lines = [
            say("资金分配:", "divided: ") + name(of: purpose) + say(",预算 ", ", a budget of ") + yuan(allocation.budget)
        ]
        if let citation { lines.append(say("  依据 ", "  by ") + citation.text) }
        lines += TextTable.lines(
            allocation.parts.map { part in
                [
                    cases.place(of: part.area), yuan(part.sum),
                    part.supplement > .zero ? say("其中补贴 ", "of it supplements ") + yuan(part.supplement) : "",
                ]
            }, indent: "  ")
        return joined(lines)
    }

    // MARK: Words

    private func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    private func title(of number: Int64) -> String { say("个案 \(number)", "case \(number)") }

    private func yuan(_ sum: Money) -> String { sum.grouped + say(" 元", " yuan") }

    private func name(of program: String) -> String { cases.label(of: program)?.text(in: language) ?? program }

    private func name(of fund: Fund) -> String {
        fund.source.label.text(in: language)
            + (fund.earmark.map { say("(专用于\(name(of: $0)))", " for \(name(of: $0))") } ?? "")
    }

    private func section(_ chinese: String, _ english: String, _ rows: [[String]]) -> [String] {
        rows.isEmpty ? [] : ["", say(chinese, english)] + TextTable.lines(rows, indent: "  ")
    }

    private func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}

extension FundingRefusal {
    static let uncountable = FundingRefusal(.wrongSum, "the sums are more together than can be counted")
}
