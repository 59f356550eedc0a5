/// SplitMix64: small, fast, and the same numbers from the same seed everywhere.
struct SplitMix {
    private var state: UInt64

    /// The numbers of one household of a population: any household can be drawn without those before it.
    init(seed: UInt64, household: Int) {
        state = Self.mixed(seed) &+ UInt64(bitPattern: Int64(household)) &* 0xD134_2543_DE82_EF95
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number from 0 to below the bound, which is at least 1.
    mutating func below(_ bound: Int64) -> Int64 { Int64(next() >> 33) % max(1, bound) }

    /// A number of a range.
    mutating func of(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True in so many of a thousand cases.
    mutating func chance(_ permille: Int64) -> Bool { below(1_000) < permille }

    /// One of the cases by their shares.
    mutating func one<Case>(of shares: Shares<Case>) -> Case {
        let drawn = below(shares.total)
        return shares.cases.first { drawn < $0.upTo }?.value ?? shares.last
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A margin: cases with their shares, which need not add up to a round number.
struct Shares<Case: Sendable>: Sendable {
    let cases: [(upTo: Int64, value: Case)]
    let last: Case
    let total: Int64

    /// The cases in their order, each with its share; the first one goes on where the others are spent.
    init(_ first: (Int64, Case), _ others: (Int64, Case)...) {
        var upTo: Int64 = 0
        var cases: [(upTo: Int64, value: Case)] = []
        for (share, value) in [first] + others {
            upTo += share
            cases.append((upTo, value))
        }
        self.cases = cases
        last = others.last?.1 ?? first.1
        total = upTo
    }
}
