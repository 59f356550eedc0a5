import AssistanceCore
import AssistanceEngine

/// A sum of many households in fen, exact: between two where policy leaves a choice.
public struct SumRange: Hashable, Sendable {
    /// The least it can be.
    public internal(set) var least: Int128 = 0
    /// The greatest it can be.
    public internal(set) var most: Int128 = 0

    /// The sum of both.
    public static func + (a: SumRange, b: SumRange) -> SumRange {
        SumRange(least: a.least + b.least, most: a.most + b.most)
    }

    static func += (a: inout SumRange, b: SumRange) { a = a + b }

    /// So many times the sum.
    func times(_ count: Int128) -> SumRange { SumRange(least: least * count, most: most * count) }
}

/// What one of the two policies gives to households that are eligible for a programme.
public struct SupportTotals: Hashable, Sendable {
    /// The members of the households that are eligible.
    public internal(set) var persons = 0
    /// What is paid each month, each year, and once, by period.
    public internal(set) var sums = PaymentPeriod.allCases.map { _ in SumRange() }
    /// The eligible households whose sum nothing limits, because a figure or fact is lacking; the greatest sums are
    /// without theirs.
    public internal(set) var unlimited = 0

    /// What is paid in one period: in a month, in a year, once.
    public func sum(_ period: PaymentPeriod) -> SumRange {
        PaymentPeriod.allCases.firstIndex(of: period).map { sums[$0] } ?? SumRange()
    }

    /// The cost of a year (年支出): twelve months and what is paid yearly. What is paid once is not in it.
    public var year: SumRange { sum(.monthly).times(12) + sum(.yearly) }

    static func += (a: inout SupportTotals, b: SupportTotals) {
        a.persons += b.persons
        for place in a.sums.indices { a.sums[place] += b.sums[place] }
        a.unlimited += b.unlimited
    }
}

/// What a reform does to some households, in one programme or in all together (改革影响).
public struct ReformEffect: Hashable, Sendable {
    /// The households, whether eligible or not.
    public internal(set) var households = 0
    /// Their members.
    public internal(set) var persons = 0
    /// How many there are by what the baseline and then the reform decides, in the order of `Totals.codes`.
    private var moves = [Int](repeating: 0, count: 9)
    /// What is given now.
    public internal(set) var baseline = SupportTotals()
    /// What is given under the reform.
    public internal(set) var reform = SupportTotals()
    /// Households that surely receive more within the first year, what is paid once included.
    public internal(set) var gainers = 0
    /// Households that surely receive less.
    public internal(set) var losers = 0
    /// Households of which that is not known: something is undetermined, or left to officers.
    public internal(set) var unsettled = 0
    /// What the gainers gain in the first year.
    public internal(set) var gains = SumRange()
    /// What the losers lose in the first year.
    public internal(set) var losses = SumRange()

    /// How many households the baseline and the reform decide so.
    public func households(_ before: Status, _ after: Status) -> Int { moves[Self.place(before, after)] }

    /// Households that the baseline decides so.
    public func baseline(_ status: Status) -> Int { Totals.codes.reduce(0) { $0 + households(status, $1) } }

    /// Households that the reform decides so.
    public func reform(_ status: Status) -> Int { Totals.codes.reduce(0) { $0 + households($1, status) } }

    /// Households that are not eligible now and would be (新进).
    public var entries: Int { households(.ineligible, .eligible) }

    /// Households that are eligible now and would not be (退出).
    public var leavers: Int { households(.eligible, .ineligible) }

    mutating func move(_ before: Status, _ after: Status) { moves[Self.place(before, after)] += 1 }

    private static func place(_ before: Status, _ after: Status) -> Int {
        func number(_ status: Status) -> Int { Totals.codes.firstIndex(of: status) ?? 0 }
        return number(before) * 3 + number(after)
    }

    static func += (a: inout ReformEffect, b: ReformEffect) {
        a.households += b.households
        a.persons += b.persons
        for place in a.moves.indices { a.moves[place] += b.moves[place] }
        a.baseline += b.baseline
        a.reform += b.reform
        a.gainers += b.gainers
        a.losers += b.losers
        a.unsettled += b.unsettled
        a.gains += b.gains
        a.losses += b.losses
    }
}

/// What households lack to the line after everything they are given (贫困缺口).
///
/// A household's gap is `line × n × 12 − income − support`, at least 0: the line of those who count and their income of a
/// year as the baseline's low income measures them, under the reform as well, so that both are held against one line; the
/// support of a year of all programmes, without what is paid once. In kind counts for nothing.
public struct PovertyGap: Hashable, Sendable {
    /// The gap under one of the two policies.
    public struct Side: Hashable, Sendable {
        /// Households that surely stay below the line.
        public internal(set) var surely = 0
        /// Households that stay below the line or may.
        public internal(set) var perhaps = 0
        /// What they lack in a year.
        public internal(set) var sum = SumRange()

        static func += (a: inout Side, b: Side) {
            a.surely += b.surely
            a.perhaps += b.perhaps
            a.sum += b.sum
        }
    }

    /// Households whose line, number or income is not known; nothing else counts them.
    public internal(set) var unmeasured = 0
    /// What is lacking now.
    public internal(set) var baseline = Side()
    /// What would be lacking under the reform.
    public internal(set) var reform = Side()

    static func += (a: inout PovertyGap, b: PovertyGap) {
        a.unmeasured += b.unmeasured
        a.baseline += b.baseline
        a.reform += b.reform
    }
}
