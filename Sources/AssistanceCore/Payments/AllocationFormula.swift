/// 资金分配办法: how a budget is divided among areas: what policy says of one fund on a day.
///
/// Supplements are taken from the budget first. Each share of the rest is divided in the proportion of what the areas have
/// of its measure, raised where a raise names the area.
public struct AllocationFormula: Hashable, Sendable {
    /// 分配因素: a part of the budget and by what it is divided.
    public struct Share: Hashable, Sendable {
        /// What is counted in each area: `recipients`.
        public let measure: String
        /// Which part of the budget; all parts together are one.
        public let part: Rational

        /// A part of the budget and by what it is divided.
        public init(of measure: String, part: Rational) { (self.measure, self.part) = (measure, part) }
    }

    /// 倾斜: what areas count is raised by a part of it; several raises of one area add up.
    public struct Raise: Hashable, Sendable {
        /// Which areas, with all in them.
        public let areas: [DivisionCode]
        /// By which part: 0.05 for 5 %.
        public let part: Rational

        /// A raise of areas.
        public init(_ areas: [DivisionCode], by part: Rational) { (self.areas, self.part) = (areas, part) }
    }

    /// 增补: a sum for each that areas count, by the month.
    public struct Supplement: Hashable, Sendable {
        /// Which areas, with all in them.
        public let areas: [DivisionCode]
        /// How much for each and month.
        public let sum: Money
        /// For each of what: `recipients`.
        public let measure: String

        /// A sum for each that areas count.
        public init(_ areas: [DivisionCode], add sum: Money, per measure: String) {
            (self.areas, self.sum, self.measure) = (areas, sum, measure)
        }
    }

    /// The parts of the budget, in the order written.
    public let shares: [Share]
    /// The raises.
    public let raises: [Raise]
    /// The supplements.
    public let supplements: [Supplement]
    /// Document and article.
    public let citation: Citation?

    /// How a budget is divided. The shares add up to one; whoever reads them has checked it.
    public init(
        shares: [Share], raises: [Raise] = [], supplements: [Supplement] = [], citation: Citation? = nil
    ) {
        (self.shares, self.raises, self.supplements, self.citation) = (shares, raises, supplements, citation)
    }

    /// What has to be known of an area.
    public var measures: [String] {
        var met: Set<String> = []
        return (shares.map(\.measure) + supplements.map(\.measure)).filter { met.insert($0).inserted }
    }
}
