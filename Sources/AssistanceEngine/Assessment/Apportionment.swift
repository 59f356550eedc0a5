import AssistanceCore

/// Divides a sum of whole fen in the proportion of exact shares, so that the parts add up to it.
public enum Apportionment {
    /// The parts by largest remainder, ties in the order of the shares. Who has no share gets no part.
    ///
    /// Empty where the shares add up to nothing or the arithmetic would not fit.
    public static func parts(of total: Money, by shares: [Rational]) -> [MemberPart] {
        var sum = Rational.zero
        for share in shares {
            guard !share.isNegative, let next = sum.adding(share.reduced) else { return [] }
            sum = next
        }
        guard sum > .zero else { return [] }
        var floors: [Int64] = []
        var rests: [(place: Int, rest: Rational)] = []
        for (place, share) in shares.enumerated() {
            guard let part = share.multiplied(by: Rational(total.fen))?.divided(by: sum),
                let floor = part.rounded(.down, toMultipleOf: .one), let whole = floor.exactly(1),
                let fen = Int64(exactly: whole), let rest = part.subtracting(floor)
            else { return [] }
            floors.append(fen)
            rests.append((place, rest))
        }
        var left = floors.reduce(total.fen) { $0 - $1 }
        for (place, rest) in rests.sorted(by: { $0.rest == $1.rest ? $0.place < $1.place : $0.rest > $1.rest })
        where left > 0 && rest > .zero {
            floors[place] += 1
            left -= 1
        }
        return floors.enumerated().compactMap { place, fen in
            shares[place].isZero ? nil : MemberPart(member: place, amount: Money(fen: fen))
        }
    }
}
