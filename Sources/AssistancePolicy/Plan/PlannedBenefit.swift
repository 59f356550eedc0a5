import AssistanceCore
import AssistanceExpressions

/// A benefit that a plan can pay or give.
public struct PlannedBenefit: Sendable {
    /// The id: `base`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// How often.
    public let period: PaymentPeriod
    /// The household's sum, rounded to what is paid; of a benefit in kind its quantity.
    public var amount: NodeID
    /// Each member's exact share, before what is paid is cut to fen; nil where it belongs to the household.
    public var shares: NodeID?
    /// What is given in kind instead of money; nil for money.
    public var gift: PlannedGift?
    /// Who bears it, where several do. The last takes the odd fen.
    public var payers: [PlannedPayer] = []
    /// Its first day and months, where they are its own.
    public var lasts: PlannedPeriod?
    /// What exclusions have taken from it.
    public var reductions: [PlannedReduction] = []

    /// A benefit in money of a household.
    public init(id: String, label: Label, period: PaymentPeriod, amount: NodeID, shares: NodeID?) {
        self.id = id
        self.label = label
        self.period = period
        self.amount = amount
        self.shares = shares
    }
}

/// What a benefit in kind consists of (实物、服务): coal by the kilogram, an escort.
public struct PlannedGift: Sendable {
    /// The thing or the service.
    public let thing: Label
    /// The unit of its quantity.
    public let unit: Unit

    /// A thing by its unit; a service has the unit of a count.
    public init(_ thing: Label, unit: Unit) {
        self.thing = thing
        self.unit = unit
    }
}

/// What an exclusion takes from a benefit (待遇互斥).
public struct PlannedReduction: Sendable {
    /// The id of the exclusion.
    public let id: String
    /// What it is called.
    public let label: Label
    /// How much, of what the household would receive.
    public let amount: NodeID
    /// Where it stands.
    public let origin: Origin

    /// A sum that is taken away.
    public init(id: String, label: Label, amount: NodeID, origin: Origin) {
        self.id = id
        self.label = label
        self.amount = amount
        self.origin = origin
    }
}

/// Who pays what of each member's cost of treatment (一站式结算), in yuan a year.
public struct PlannedSettlement: Sendable {
    /// What one payer pays.
    public struct Part: Sendable {
        /// The id of the layer.
        public let id: String
        /// What it is called.
        public let label: Label
        /// Who pays it, as policy names the payer; nil for the programme itself.
        public let payer: String?
        /// Each member's sum of the year.
        public let amount: NodeID

        /// A payer's part.
        public init(id: String, label: Label, payer: String?, amount: NodeID) {
            self.id = id
            self.label = label
            self.payer = payer
            self.amount = amount
        }
    }

    /// Each member's cost in scope.
    public let scope: NodeID
    /// What each payer pays of it, in the order in which they pay.
    public let parts: [Part]
    /// What none of them pays; with the parts it makes the cost in scope.
    public let remaining: NodeID
    /// Cost outside the scope, which the person bears besides.
    public let outside: NodeID

    /// An account of each member.
    public init(scope: NodeID, parts: [Part], remaining: NodeID, outside: NodeID) {
        self.scope = scope
        self.parts = parts
        self.remaining = remaining
        self.outside = outside
    }
}

/// Who bears a part of a benefit (资金分担): the treasury, the household itself, a company.
public struct PlannedPayer: Sendable {
    /// The id: `heat-company`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Its share of the sum, from 0 to 1; those of a benefit add up to 1.
    public let share: Rational

    /// A payer of a share.
    public init(id: String, label: Label, share: Rational) {
        self.id = id
        self.label = label
        self.share = share
    }
}

/// The first day of what a plan pays, and for how long.
public struct PlannedPeriod: Sendable {
    /// The first day.
    public let from: CalendarDate
    /// For how many months; nil without end.
    public let months: NodeID?

    /// A period from a day on.
    public init(from: CalendarDate, months: NodeID?) {
        self.from = from
        self.months = months
    }
}

/// When a programme pays, and in which instalments (发放).
public struct PlannedPayment: Sendable {
    /// The first day for which it pays; nil where policy does not say.
    public let from: CalendarDate?
    /// Whether the first month is paid by its days, not in full.
    public let isByDay: Bool
    /// How many instalments a yearly sum is paid in; nil for one.
    public let instalments: Int?
    /// How an instalment is rounded; the year's last takes the rest.
    public let rounding: (mode: RoundingMode, step: Rational)?
    /// Where policy says so.
    public let origin: Origin?

    /// A way of paying.
    public init(
        from: CalendarDate?, isByDay: Bool, instalments: Int?, rounding: (mode: RoundingMode, step: Rational)?,
        origin: Origin?
    ) {
        self.from = from
        self.isByDay = isByDay
        self.instalments = instalments
        self.rounding = rounding
        self.origin = origin
    }
}
