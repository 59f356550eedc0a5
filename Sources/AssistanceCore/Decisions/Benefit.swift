/// A sum of money, known or between two.
public struct MoneyRange: Hashable, Sendable {
    /// The least it can be.
    public let least: Money
    /// The greatest it can be.
    public let most: Money
    /// Whether nothing limits it above: what decides it is not known at all.
    public let isUnbounded: Bool

    /// A sum between two.
    public init(_ least: Money, _ most: Money, isUnbounded: Bool = false) {
        self.least = least
        self.most = most
        self.isUnbounded = isUnbounded
    }

    /// The sum, or nil where it is not known.
    public var known: Money? { least == most ? least : nil }

    /// Both together.
    public func adding(_ other: MoneyRange) -> MoneyRange {
        MoneyRange(
            least.adding(other.least) ?? least, most.adding(other.most) ?? most,
            isUnbounded: isUnbounded || other.isUnbounded)
    }
}

/// How often a benefit is paid or given.
public enum PaymentPeriod: String, Sendable, CaseIterable {
    case monthly, yearly, once

    /// The period that a unit of money tells; what is no rate is paid once.
    public init(of unit: Unit) {
        self = Self.allCases.first { $0.unit.dimension == unit.dimension && $0.unit.size == unit.size } ?? .once
    }

    /// The unit of its amount.
    public var unit: Unit {
        switch self {
        case .monthly: .yuanPerMonth
        case .yearly: .yuanPerYear
        case .once: .yuan
        }
    }
}

/// A benefit of a decision.
public struct Benefit: Hashable, Sendable {
    /// The id: `base`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// How often.
    public let period: PaymentPeriod
    /// The household's sum; zero for a benefit in kind.
    public let amount: MoneyRange
    /// What is given instead of money; nil for money.
    public let gift: Gift?
    /// Each member's part, by the member's place from 0; they add up to the sum. Empty where it is not known.
    public let parts: [MemberPart]
    /// What each payer bears, where several do; it adds up to the sum. Empty where the sum is not known.
    public let payers: [PayerPart]
    /// What exclusions have taken from it, where that is known.
    public let reductions: [Reduction]
    /// How it is paid out, where that is not the sum itself every time.
    public let instalments: Instalments?
    /// The first day, where the decision fixes it.
    public let from: CalendarDate?
    /// The day on which it ends, where it does.
    public let until: CalendarDate?
    /// Whether it ends on a day that is not known.
    public let isEndOpen: Bool

    /// A benefit.
    public init(
        id: String, label: Label, period: PaymentPeriod, amount: MoneyRange, gift: Gift? = nil, parts: [MemberPart],
        payers: [PayerPart] = [], reductions: [Reduction] = [], instalments: Instalments? = nil, from: CalendarDate?,
        until: CalendarDate?, isEndOpen: Bool = false
    ) {
        self.id = id
        self.label = label
        self.period = period
        self.amount = amount
        self.gift = gift
        self.parts = parts
        self.payers = payers
        self.reductions = reductions
        self.instalments = instalments
        self.from = from
        self.until = until
        self.isEndOpen = isEndOpen
    }
}

/// A thing or service that is given (实物、服务).
public struct Gift: Hashable, Sendable {
    /// The thing or the service.
    public let thing: Label
    /// The least quantity it can be, in base units.
    public let least: Rational
    /// The greatest quantity it can be; the least where it is known.
    public let most: Rational
    /// The unit of the quantity.
    public let unit: Unit
    /// The places of the members it is for, from 0; empty where it belongs to the household or is not known.
    public let members: [Int]

    /// A quantity of a thing.
    public init(_ thing: Label, least: Rational, most: Rational, unit: Unit, members: [Int] = []) {
        self.thing = thing
        self.least = least
        self.most = most
        self.unit = unit
        self.members = members
    }
}

/// What an exclusion takes from a benefit (待遇互斥).
public struct Reduction: Hashable, Sendable {
    /// The id of the exclusion.
    public let id: String
    /// What it is called.
    public let label: Label
    /// How much is taken from the household's sum.
    public let amount: Money
    /// The document and article it rests on.
    public let citation: Citation?

    /// A sum that is taken away.
    public init(id: String, label: Label, amount: Money, citation: Citation?) {
        self.id = id
        self.label = label
        self.amount = amount
        self.citation = citation
    }
}

/// What one of several payers bears of a benefit.
public struct PayerPart: Hashable, Sendable {
    /// The payer's id: `treasury`.
    public let payer: String
    /// What it is called.
    public let label: Label
    /// What it bears.
    public let amount: Money

    /// A part of a payer.
    public init(payer: String, label: Label, amount: Money) {
        self.payer = payer
        self.label = label
        self.amount = amount
    }
}

/// How a sum is paid out (发放): the first payment, each after it, and the last of the year, which takes the rest.
public struct Instalments: Hashable, Sendable {
    /// The first payment, where it is another: of a month that is paid by its days.
    public let first: Money?
    /// Each payment.
    public let each: Money
    /// How many there are in a year.
    public let count: Int
    /// The last of the year, where it is another.
    public let last: Money?

    /// Payments of a sum.
    public init(first: Money?, each: Money, count: Int, last: Money?) {
        self.first = first
        self.each = each
        self.count = count
        self.last = last
    }
}

/// A member's part of a benefit.
public struct MemberPart: Hashable, Sendable {
    /// The member's place in the household, from 0.
    public let member: Int
    /// What falls to the member.
    public let amount: Money

    /// A part of a member.
    public init(member: Int, amount: Money) {
        self.member = member
        self.amount = amount
    }
}
