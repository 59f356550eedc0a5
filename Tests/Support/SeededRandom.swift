/// SplitMix64: the same numbers from the same seed everywhere.
public struct SeededRandom: Sendable {
    private var state: UInt64

    /// The numbers of a seed.
    public init(_ seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below a bound; 0 where the bound is 1 or less.
    public mutating func below(_ bound: Int) -> Int {
        // Drawn even where it cannot matter, so that a list that shrinks to one changes nothing that follows.
        let drawn = next()
        return bound <= 1 ? 0 : Int(drawn % UInt64(bound))
    }

    /// A number of a range.
    public mutating func number(in range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(range.upperBound - range.lowerBound)
        return range.lowerBound + Int64(width == .max ? next() : next() % (width + 1))
    }

    /// True in so many of a hundred cases.
    public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of some items, of which there is at least one.
    public mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
