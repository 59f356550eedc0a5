/// What kind of thing a quantity measures: powers of the base units. Counts of persons or rooms have no dimension.
public struct Dimension: Hashable, Sendable {
    /// The powers of yuan, month, day, square metre, mu and kilogram, in this order.
    public var yuan: Int8 = 0, month: Int8 = 0, day: Int8 = 0, squareMetre: Int8 = 0, mu: Int8 = 0, kilogram: Int8 = 0

    /// A pure number.
    public static let none = Dimension()

    /// The dimension of a product.
    public func times(_ other: Dimension) -> Dimension { combined(other, sign: 1) }

    /// The dimension of a quotient.
    public func over(_ other: Dimension) -> Dimension { combined(other, sign: -1) }

    private func combined(_ other: Dimension, sign: Int8) -> Dimension {
        Dimension(
            yuan: yuan &+ sign &* other.yuan, month: month &+ sign &* other.month, day: day &+ sign &* other.day,
            squareMetre: squareMetre &+ sign &* other.squareMetre, mu: mu &+ sign &* other.mu,
            kilogram: kilogram &+ sign &* other.kilogram)
    }
}

extension Dimension {
    /// What to do about another dimension in its place, to end a message with; empty where there is nothing to say.
    public func advice(against other: Dimension) -> String {
        let quotient = over(other)
        guard quotient == Unit.month.dimension || other.over(self) == Unit.month.dimension else { return "" }
        return
            "; one of them is for each month or year: write its '/month' or '/year', or multiply it by a time such as 12 months"
    }
}

extension Dimension: CustomStringConvertible {
    /// As a policy officer writes it in base units: `yuan/month`, `yuan/m2/month`, `a plain number`.
    public var description: String {
        let powers = [
            (yuan, "yuan"), (kilogram, "kg"), (mu, "mu"), (squareMetre, "m2"), (month, "month"), (day, "day"),
        ]
        var above: [String] = []
        var below: [String] = []
        for (power, name) in powers {
            for _ in 0..<min(9, Int(power.magnitude)) { power > 0 ? above.append(name) : below.append(name) }
        }
        if above.isEmpty && below.isEmpty { return "a plain number" }
        return ([above.isEmpty ? "1" : above.joined(separator: "·")] + below).joined(separator: "/")
    }
}

/// A unit of measure: a dimension and the size of one such unit in base units (yuan, month, day, m2, mu, kg).
///
/// Months and years convert exactly into each other; days and months do not, so they are different dimensions.
public struct Unit: Hashable, Sendable {
    /// What it measures.
    public let dimension: Dimension
    /// How many base units one of it is: a year is 12 months, `yuan/year` is 1/12 `yuan/month`.
    public let size: Rational
    /// As written in policy: `yuan/year`.
    public let text: String
    /// As a household reads it: `元/年`.
    public let chinese: String

    /// A unit of dimension, size in base units, and text.
    public init(_ text: String, _ dimension: Dimension, size: Rational = .one) {
        self.dimension = dimension
        self.size = size
        self.text = text
        chinese = text.split(separator: "/").map { Self.chineseWords[String($0)] ?? String($0) }.joined(separator: "/")
    }

    /// A pure number: a count or a share.
    public static let none = Unit("", .none)
    /// One sum (元).
    public static let yuan = Unit("yuan", Dimension(yuan: 1))
    /// A hundredth of a yuan (分).
    public static let fen = Unit("fen", Dimension(yuan: 1), size: Rational(unchecked: 1, 100))
    /// A sum each month (元/月).
    public static let yuanPerMonth = Unit("yuan/month", Dimension(yuan: 1, month: -1))
    /// A sum each year (元/年).
    public static let yuanPerYear = Unit("yuan/year", Dimension(yuan: 1, month: -1), size: Rational(unchecked: 1, 12))
    /// A sum each month for each square metre, as rents are (元/平方米·月).
    public static let yuanPerSquareMetreMonth = Unit(
        "yuan/m2/month", Dimension(yuan: 1, month: -1, squareMetre: -1))
    /// A calendar month.
    public static let month = Unit("month", Dimension(month: 1))
    /// A day.
    public static let day = Unit("day", Dimension(day: 1))
    /// Floor area (平方米).
    public static let squareMetre = Unit("m2", Dimension(squareMetre: 1))
    /// Land (亩).
    public static let mu = Unit("mu", Dimension(mu: 1))

    /// A hundredth of a whole: a share as people state it.
    public static let percent = Unit("%", .none, size: Rational(unchecked: 1, 100))

    /// The words a unit is made of; `yuan/month` is two of them. Plurals are accepted.
    public static let words: [String: Unit] = [
        "yuan": .yuan, "fen": .fen,
        "month": .month, "months": .month,
        "year": Unit("year", Dimension(month: 1), size: Rational(12)),
        "years": Unit("year", Dimension(month: 1), size: Rational(12)),
        "day": .day, "days": .day,
        "m2": .squareMetre, "mu": .mu, "kg": Unit("kg", Dimension(kilogram: 1)),
        "person": Unit("person", .none), "persons": Unit("person", .none),
        "household": Unit("household", .none), "households": Unit("household", .none),
        "room": Unit("room", .none), "rooms": Unit("room", .none),
    ]

    /// The unit of a text such as `yuan/m2/month`, or nil where a word is not a unit's.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let head = Unit.words[String(first)], parts.count <= 4 else { return nil }
        var dimension = head.dimension
        var size = head.size
        for part in parts.dropFirst() {
            guard let unit = Unit.words[String(part)], let quotient = size.divided(by: unit.size) else { return nil }
            dimension = dimension.over(unit.dimension)
            size = quotient
        }
        self.init(text, dimension, size: size.reduced)
    }

    private static let chineseWords = [
        "yuan": "元", "fen": "分", "month": "月", "months": "月", "year": "年", "years": "年", "day": "天", "days": "天",
        "m2": "平方米", "mu": "亩", "kg": "公斤", "person": "人", "household": "户", "room": "间",
    ]
}
