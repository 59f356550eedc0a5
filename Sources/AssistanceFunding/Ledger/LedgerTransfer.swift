import AssistanceCore

/// 会计科目: where the money of a fund is.
public struct LedgerAccount: Hashable, Sendable {
    /// What it holds.
    public enum Kind: String, CaseIterable, Sendable {
        /// 预算拨入: what the budget has given; it stands below nothing by that.
        case budget
        /// 可用资金: what can be paid.
        case available
        /// 已发放: what was paid to households of a programme.
        case spent

        /// What it is called.
        public var label: Label {
            switch self {
            case .budget: Label("预算拨入", "from the budget")
            case .available: Label("可用资金", "available")
            case .spent: Label("已发放", "spent")
            }
        }
    }

    /// What it holds.
    public let kind: Kind
    /// Whose it is.
    public let area: DivisionCode
    /// Of which fund.
    public let fund: Fund
    /// The programme that was paid; nil but for what was spent.
    public let program: String?

    /// What the budget gives to an area.
    public static func budget(_ area: DivisionCode, _ fund: Fund) -> LedgerAccount {
        LedgerAccount(kind: .budget, area: area, fund: fund, program: nil)
    }

    /// What an area can pay.
    public static func available(_ area: DivisionCode, _ fund: Fund) -> LedgerAccount {
        LedgerAccount(kind: .available, area: area, fund: fund, program: nil)
    }

    /// What an area has paid for a programme; nil where the fund may not pay it.
    public static func spent(_ area: DivisionCode, _ fund: Fund, program: String) -> LedgerAccount? {
        fund.mayPay(program) ? LedgerAccount(kind: .spent, area: area, fund: fund, program: program) : nil
    }
}

extension LedgerAccount {
    /// Whether it stands before another in a list: area by area, the higher source first, and of each fund what came, what is
    /// there and what was spent.
    func isListed(before other: LedgerAccount) -> Bool {
        func places(_ account: LedgerAccount) -> (DivisionCode, Int, String, Int, String) {
            (
                account.area, FundSource.allCases.firstIndex(of: account.fund.source) ?? 0, account.fund.earmark ?? "",
                Kind.allCases.firstIndex(of: account.kind) ?? 0, account.program ?? ""
            )
        }
        return places(self) < places(other)
    }
}

/// 记账: one sum leaves one account and comes to another of the same fund, so that both sides are always equal.
///
/// Money comes from a budget to what an area can pay, goes from there to the areas below, and is spent from there; each way
/// may be gone back.
public struct LedgerTransfer: Hashable, Sendable {
    /// The account that the sum leaves (贷方).
    public let origin: LedgerAccount
    /// The account to which it comes (借方).
    public let target: LedgerAccount
    /// How much, more than nothing.
    public let sum: Money

    /// A sum from one account to another.
    public init(from origin: LedgerAccount, to target: LedgerAccount, _ sum: Money) throws(FundingRefusal) {
        guard sum > .zero else {
            throw FundingRefusal(.wrongSum, "the sum is \(sum) yuan, and more than nothing was expected")
        }
        guard origin.fund == target.fund else {
            throw FundingRefusal(
                .wrongAccounts,
                "\(origin.fund) cannot become \(target.fund): money stays within its fund (专款专用)")
        }
        let isMove = origin.kind == .available && target.kind == .available && origin.area != target.area
        let isWay = (origin.kind == .available) != (target.kind == .available) && origin.area == target.area
        guard isMove || isWay else {
            throw FundingRefusal(
                .wrongAccounts,
                "no money goes from \(origin.kind.rawValue) of \(origin.area) to \(target.kind.rawValue) of \(target.area); it goes between budget and available, between available and spent, and between what two areas can pay"
            )
        }
        (self.origin, self.target, self.sum) = (origin, target, sum)
    }
}

/// 科目余额: what stands in an account at the end of a month.
public struct LedgerBalance: Hashable, Sendable {
    /// The account.
    public let account: LedgerAccount
    /// What has come to it less what has left it; all balances of a ledger are nothing together.
    public let sum: Money
}
