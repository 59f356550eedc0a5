import AssistanceCore

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

/// 收款人: who is paid for a case, and where. The host knows accounts; the file does not.
public struct Payee: Hashable, Sendable {
    /// Who holds the account.
    public let name: String
    /// The account.
    public let account: String

    /// Who is paid, and where.
    public init(name: String, account: String) { (self.name, self.account) = (name, account) }
}
