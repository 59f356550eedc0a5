/// What public programmes leave uncovered, for society to take over (政府救助未覆盖的需求).
public struct Need: Hashable, Sendable {
    /// The code: `medical`.
    public let code: String
    /// What it is called.
    public let label: Label
    /// The place of the member whose need it is, from 0; nil for the household's.
    public let member: Int?
    /// The sum that is lacking, where money is needed; nil for a thing or a service.
    public let amount: MoneyRange?
    /// How often the sum is needed.
    public let period: PaymentPeriod

    /// A need.
    public init(code: String, label: Label, member: Int?, amount: MoneyRange?, period: PaymentPeriod) {
        self.code = code
        self.label = label
        self.member = member
        self.amount = amount
        self.period = period
    }
}
