import AssistanceCore

/// 单笔发放: what one case is paid by a run, and what became of it.
public struct PaymentOutcome: Hashable, Sendable {
    /// The case.
    public let number: Int64
    /// How much, more than nothing.
    public let sum: Money
    /// What the bank said of it; nil where it has said nothing yet.
    public let outcome: PaymentReceipt.Outcome?
}

/// 发放批次: a payment list that was proposed, and how far it has come.
public struct PaymentRun: Hashable, Sendable {
    /// 环节: how far it has come.
    public enum Stage: String, CaseIterable, Sendable {
        /// 待确认: proposed; nothing is paid yet, and no other run pays the same.
        case proposed
        /// 已确认: confirmed by another person and taken from the funds; to be paid by the bank.
        case confirmed
        /// 已撤销: dropped before it was confirmed; what it would have paid is owed again.
        case dropped

        /// What it is called.
        public var label: Label {
            switch self {
            case .proposed: Label("待确认", "proposed")
            case .confirmed: Label("已确认", "confirmed")
            case .dropped: Label("已撤销", "dropped")
            }
        }
    }

    /// Its number in the file, from 1.
    public let number: Int64
    /// What it was made for.
    public let order: PaymentOrder
    /// How far it has come.
    public internal(set) var stage: Stage
    /// Who proposed it.
    public let proposer: String
    /// How many cases it pays, those among them of which everything is set off.
    public let cases: Int64
    /// All payments together.
    public let total: Money
}
