import AssistanceCore
import AssistanceExpressions

/// One item of a list: a benefit, a deduction, an imputed income.
public struct PlannedItem: Sendable {
    /// The id within its list.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Whose it is: the household's or each member's.
    public let owner: FactOwner
    /// To whom it applies.
    public let applies: NodeID
    /// How much, where it applies; else zero. Of something in kind its quantity.
    public let amount: NodeID
    /// The unit in which it is written.
    public let unit: Unit
    /// How often it is paid or given, which its unit tells.
    public let period: PaymentPeriod
    /// What is given in kind instead of money; nil for money.
    public let gift: PlannedGift?
    /// The items among which the stacking of the list holds; empty for those that name none.
    let group: String
    /// Who bears it, where several do.
    public let payers: [PlannedPayer]
    /// Its first day and months, where they are its own.
    public let lasts: PlannedPeriod?
    /// Where it stands.
    public let origin: Origin
    /// What is left of the amount beside the other items and under the list's limit.
    public internal(set) var paid: NodeID
}

/// The items of a list of one unit, and their sums after stacking.
public struct ItemList: Sendable {
    /// The items.
    public let items: [PlannedItem]
    /// What each member receives.
    public let perMember: NodeID
    /// What the household receives itself.
    public let household: NodeID
}

/// The items of a list in which each has a unit of its own, paid in whole fen.
public struct BenefitList: Sendable {
    /// The items, in the order of writing.
    public internal(set) var items: [PlannedItem] = []
    /// What each member receives in money, by how often.
    public internal(set) var perMember: [PaymentPeriod: NodeID] = [:]
    /// What the household receives itself in money, by how often.
    public internal(set) var household: [PaymentPeriod: NodeID] = [:]
    /// Stands for the list where policy does not know it.
    public internal(set) var gap: NodeID?
}
