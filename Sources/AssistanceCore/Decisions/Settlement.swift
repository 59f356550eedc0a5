/// Who pays what of a member's cost of treatment of a year (一站式结算).
///
/// Where all is known, the parts and what remains add up to the cost in scope, to the fen.
public struct Settlement: Hashable, Sendable {
    /// The member's place in the household, from 0.
    public let member: Int
    /// The cost in scope.
    public let scope: MoneyRange
    /// What each payer pays of it, in the order in which they pay; also those that pay nothing.
    public let parts: [SettlementPart]
    /// What is left of the cost in scope to the patient.
    public let remaining: MoneyRange
    /// What the patient bears besides, outside the scope; nil where nobody has stated the whole cost.
    public let outside: Money?

    /// An account of a member.
    public init(
        member: Int, scope: MoneyRange, parts: [SettlementPart], remaining: MoneyRange, outside: Money?
    ) {
        self.member = member
        self.scope = scope
        self.parts = parts
        self.remaining = remaining
        self.outside = outside
    }
}

/// What one payer pays of a cost.
public struct SettlementPart: Hashable, Sendable {
    /// The id of the layer: `basic`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Who pays it, as policy names the payer; nil for the programme itself.
    public let payer: String?
    /// The sum of the year.
    public let amount: MoneyRange

    /// A payer's part.
    public init(id: String, label: Label, payer: String?, amount: MoneyRange) {
        self.id = id
        self.label = label
        self.payer = payer
        self.amount = amount
    }
}
