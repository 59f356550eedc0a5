import AssistanceCore
import AssistancePolicy

/// What is asked of back pay: the months, and the two days whose knowledge is compared.
///
/// A standard published in October that is in force since January was not known when the months before were paid.
public struct BackPayPeriod: Hashable, Sendable {
    /// The most months that are compared: ten years.
    public static let limit = 120

    /// The first day of the first month.
    public let from: CalendarDate
    /// The first day of each month; on it the month's policy and ages are read.
    public let months: [CalendarDate]
    /// What had been published by this day is what was paid by.
    public let knownBefore: CalendarDate
    /// What has been published by this day is what is due; nil for all that is known.
    public let known: CalendarDate?

    /// The months from that of one day to that of another, both included; nil where the second comes first, or where they
    /// are more than `limit`.
    public init?(from: CalendarDate, upto: CalendarDate, knownBefore: CalendarDate, known: CalendarDate?) {
        var months: [CalendarDate] = []
        self.from = from.firstOfMonth
        var next: CalendarDate? = self.from
        while let month = next, month <= upto {
            guard months.count < Self.limit else { return nil }
            months.append(month)
            next = month.firstOfNextMonth
        }
        guard !months.isEmpty else { return nil }
        self.months = months
        self.knownBefore = knownBefore
        self.known = known
    }
}

/// What a household was paid too little, or too much, while a standard was not yet known (补发): for each month the sum
/// by what is known now, less the sum by what was known then.
public struct BackPay: Sendable {
    /// What one month gives under one knowledge of the policy.
    public struct Sum: Hashable, Sendable {
        /// Whether the household is eligible.
        public let status: Status
        /// Yuan a month: zero where it is not eligible; nil where that is not decided, which is never zero.
        public let amount: MoneyRange?
    }

    /// One month.
    public struct Month: Hashable, Sendable {
        /// Its first day, on which it is assessed.
        public let day: CalendarDate
        /// By what was known then.
        public let before: Sum
        /// By what is known now.
        public let now: Sum
        /// The second less the first; nil where either is not decided.
        public let difference: MoneyRange?
    }

    /// The months of one programme.
    public struct Program: Sendable {
        /// The programme's id.
        public let program: String
        /// What it is called.
        public let label: Label
        /// The months.
        public let months: [Month]
        /// The differences of the decided months together; nil where no month is decided.
        public let total: MoneyRange?
        /// What is lacking to decide the other months.
        public let missing: [Missing]

        /// How many months are not decided, and not in the total.
        public var undecided: Int { months.count { $0.difference == nil } }
    }

    /// An entry of policy that is known now and was not then, and what it takes the place of.
    public struct Change: Sendable {
        /// The term: `figures.standard`.
        public let key: String
        /// What it is called.
        public let label: Label
        /// The area whose entry it is.
        public let area: DivisionCode
        /// What held by what was known then; nil where nothing did.
        public let before: TermEntry?
        /// What holds by what is known now; nil where nothing does.
        public let now: TermEntry?
        /// The months for which they differ.
        public internal(set) var months: [CalendarDate]
    }

    /// The id the household came with.
    public let id: String?
    /// The area whose policy applied.
    public let area: DivisionCode
    /// Its full name.
    public let areaName: String
    /// What was asked.
    public let period: BackPayPeriod
    /// The stage for which every month was assessed.
    public let stage: Stage
    /// The programmes in their order.
    public let programs: [Program]
    /// Why the sums differ: the entries that do, by the names of their terms.
    public let changes: [Change]
    /// The status of the weakest document that any month rests on; nil where they rest on none.
    public let weakestSource: SourceStatus?
    /// What it was computed with; its date is the first month's.
    public let receipt: Receipt
}
