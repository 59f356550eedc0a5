import AssistanceCore
import AssistanceEngine

/// 分配依据: what an area counts.
public struct AllocationArea: Hashable, Sendable {
    /// The area.
    public let area: DivisionCode
    /// How much it has of each measure.
    public let figures: [String: Int64]

    /// What an area counts.
    public init(_ area: DivisionCode, figures: [String: Int64]) { (self.area, self.figures) = (area, figures) }
}

/// 资金分配: a budget divided among areas by a formula, to the fen.
///
/// The budget is cut into its shares, and each share among the areas, by largest remainder both times: every part is cut
/// down to whole fen, and the fen that are left go one each to the largest remainders. Of equal remainders the share that
/// is written first, and the area of the lower code, has it.
public struct Allocation: Hashable, Sendable {
    /// 分配额: what one area is given.
    public struct Part: Hashable, Sendable {
        /// The area.
        public let area: DivisionCode
        /// What of it is supplements.
        public let supplement: Money
        /// All of it.
        public let sum: Money
    }

    /// What was divided.
    public let budget: Money
    /// What each area is given, by code; together the budget.
    public let parts: [Part]

    /// Divides a budget.
    ///
    /// - Parameters:
    ///   - months: For how many months supplements are given.
    ///   - areas: The areas with what they count, in any order; what is not known of one refuses the whole.
    public init(
        of budget: Money, months: Int, by formula: AllocationFormula, among areas: [AllocationArea]
    ) throws(FundingRefusal) {
        let areas = areas.sorted { $0.area < $1.area }
        try Self.check(budget, months, formula, areas)
        var supplements: [Money] = []
        for area in areas { supplements.append(try formula.supplement(of: area, months: months)) }
        guard let first = Money.sum(supplements), let rest = budget.subtracting(first), rest >= .zero else {
            let text = Money.sum(supplements).map { "\($0) yuan" } ?? "more than can be counted"
            throw FundingRefusal(
                .wrongAllocation, "the supplements are \(text), and the budget is \(budget) yuan; raise the budget")
        }
        var sums = supplements
        let cuts = Apportionment.parts(of: rest, by: formula.shares.map(\.part))
        guard cuts.count == formula.shares.count else { throw Self.tooMuch }
        for (share, cut) in zip(formula.shares, cuts) where cut.amount > .zero {
            var weights: [Rational] = []
            for area in areas { weights.append(try formula.weight(of: area, share.measure)) }
            guard weights.contains(where: { $0 > .zero }) else {
                throw FundingRefusal(
                    .wrongAllocation,
                    "no area has any '\(share.measure)', by which \(cut.amount) yuan are divided; give the figures")
            }
            let parts = Apportionment.parts(of: cut.amount, by: weights)
            guard !parts.isEmpty else { throw Self.tooMuch }
            for part in parts {
                guard let sum = sums[part.member].adding(part.amount) else { throw Self.tooMuch }
                sums[part.member] = sum
            }
        }
        self.budget = budget
        parts = areas.indices.map { Part(area: areas[$0].area, supplement: supplements[$0], sum: sums[$0]) }
    }

    /// The transfers that give the areas their parts out of what another area can pay of a fund; an area that is given
    /// nothing has none.
    public func transfers(from area: DivisionCode, _ fund: Fund) throws(FundingRefusal) -> [LedgerTransfer] {
        var transfers: [LedgerTransfer] = []
        for part in parts where part.sum > .zero {
            transfers.append(
                try LedgerTransfer(from: .available(area, fund), to: .available(part.area, fund), part.sum))
        }
        return transfers
    }

    private static let tooMuch = FundingRefusal(.wrongSum, "the parts of the budget are more than can be counted")

    private static func check(
        _ budget: Money, _ months: Int, _ formula: AllocationFormula, _ areas: [AllocationArea]
    ) throws(FundingRefusal) {
        guard budget > .zero else {
            throw FundingRefusal(.wrongSum, "the budget is \(budget) yuan, and more than nothing was expected")
        }
        guard (1...12).contains(months) else {
            throw FundingRefusal(.wrongAllocation, "a budget is for 1 to 12 months, and \(months) were given")
        }
        guard !areas.isEmpty else {
            throw FundingRefusal(.wrongAllocation, "there is no area among which the budget could be divided")
        }
        for (area, next) in zip(areas, areas.dropFirst()) where area.area.contains(next.area) {
            throw FundingRefusal(
                .wrongAllocation,
                area.area == next.area
                    ? "\(area.area) stands twice" : "\(next.area) lies in \(area.area), and both are given money")
        }
        for area in areas {
            for measure in formula.measures {
                guard let figure = area.figures[measure] else {
                    throw FundingRefusal(
                        .wrongAllocation, "how much '\(measure)' \(area.area) has is not known; what is none is 0")
                }
                guard figure >= 0 else {
                    throw FundingRefusal(
                        .wrongAllocation, "'\(measure)' of \(area.area) is \(figure), and none or more was expected")
                }
            }
        }
    }
}

extension AllocationFormula {
    /// What an area counts of a measure, with its raises.
    fileprivate func weight(of area: AllocationArea, _ measure: String) throws(FundingRefusal) -> Rational {
        var factor: Rational? = .one
        for raise in raises where raise.areas.contains(where: { $0.contains(area.area) }) {
            factor = factor?.adding(raise.part)
        }
        guard let weight = factor?.multiplied(by: Rational(area.figures[measure] ?? 0)) else {
            throw FundingRefusal(.wrongSum, "what \(area.area) counts is more than can be counted with its raises")
        }
        return weight.reduced
    }

    /// All supplements of an area.
    fileprivate func supplement(of area: AllocationArea, months: Int) throws(FundingRefusal) -> Money {
        var total = Money.zero
        for supplement in supplements where supplement.areas.contains(where: { $0.contains(area.area) }) {
            let (each, first) = supplement.sum.fen.multipliedReportingOverflow(by: Int64(months))
            let (all, second) = each.multipliedReportingOverflow(by: area.figures[supplement.measure] ?? 0)
            guard !first, !second, let more = total.adding(Money(fen: all)) else {
                throw FundingRefusal(.wrongSum, "the supplements of \(area.area) are more than can be counted")
            }
            total = more
        }
        return total
    }
}
