import AssistanceCore

/// What one plan decides about every household of a batch: status and sums, without explanation.
public struct Totals: Sendable {
    /// For each household: 0 not eligible, 1 eligible, 2 undetermined.
    public internal(set) var status: [UInt8]
    /// For each benefit of the plan and household the sum in fen, and the least where it is open; 0 where not eligible,
    /// and for what is given in kind.
    public internal(set) var least: [[Int64]]
    /// The same, the greatest where it is open.
    public internal(set) var most: [[Int64]]
    /// The sums of money of a period, where the plan knows them better than by each benefit, and they were asked for.
    private var wholes: [PaymentPeriod: (least: [Int64], most: [Int64])] = [:]
    /// How many households were decided row by row, because a fact or a figure was lacking.
    public internal(set) var decidedByRow = 0

    /// The codes of `status`.
    public static let codes: [Status] = [.ineligible, .eligible, .undetermined]

    /// Nothing decided yet.
    init(benefits: Int, households: Int) {
        status = [UInt8](repeating: 2, count: households)
        least = [[Int64]](repeating: [Int64](repeating: 0, count: households), count: benefits)
        most = least
    }

    /// What all benefits in money of a period come to for a household, where the plan knows it better than by each; nil
    /// where it does not, or that was not asked for. What nothing limits says so.
    public func whole(_ period: PaymentPeriod, household: Int) -> MoneyRange? {
        guard let whole = wholes[period] else { return nil }
        guard Self.codes[Int(status[household])] != .ineligible else { return MoneyRange(.zero, .zero) }
        let (least, most) = (whole.least[household], whole.most[household])
        return MoneyRange(Money(fen: least), Money(fen: most), isUnbounded: most >= Assessor.unlimited)
    }

    /// Keeps what a chunk says of a plan, and of the sums that are steps.
    mutating func take(_ chunk: BulkChunk, _ plan: Int, _ steps: [PaymentPeriod: Int]) {
        let (first, decided) = (chunk.households.lowerBound, chunk.plans[plan])
        if decided.isByRow { decidedByRow += chunk.households.count }
        func keep<Number>(_ numbers: UnsafePointer<Number>, in kept: inout [Number]) {
            kept.withUnsafeMutableBufferPointer { kept in
                for row in chunk.households.indices { kept[row] = numbers[row - first] }
            }
        }
        keep(decided.status, in: &status)
        for benefit in least.indices {
            keep(decided.sums[benefit].least, in: &least[benefit])
            keep(decided.sums[benefit].most, in: &most[benefit])
        }
        for (period, step) in steps {
            let nothing = [Int64](repeating: 0, count: status.count)
            var whole = wholes.removeValue(forKey: period) ?? (nothing, nothing)
            keep(chunk.step(step).least, in: &whole.least)
            keep(chunk.step(step).most, in: &whole.most)
            wholes[period] = whole
        }
    }

    /// What a benefit comes to for a household. What nothing limits says so.
    public func sum(_ benefit: Int, household: Int) -> MoneyRange {
        let (least, most) = (least[benefit][household], most[benefit][household])
        return MoneyRange(Money(fen: least), Money(fen: most), isUnbounded: most >= Assessor.unlimited)
    }
}
