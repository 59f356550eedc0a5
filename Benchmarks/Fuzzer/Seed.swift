/// SplitMix64: the same numbers from the same seed everywhere.
struct Seed {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// The numbers of one case of a run, whatever cases came before it.
    init(_ seed: UInt64, case number: Int) {
        var mixed = Seed(seed)
        state = mixed.next() ^ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to a bound; 0 where the bound is 0.
    mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

    mutating func number(in range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        return range.lowerBound &+ Int64(bitPattern: width == .max ? next() : next() % (width + 1))
    }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of some things; nil where there are none.
    mutating func pick<Things: RandomAccessCollection>(_ things: Things) -> Things.Element? {
        things.isEmpty ? nil : things[things.index(things.startIndex, offsetBy: below(things.count))]
    }
}
