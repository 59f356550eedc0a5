import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Where the households are that lie right below a threshold, on it, and right above it.
struct Boundary {
    /// A household on one side, by what it states.
    struct Point {
        enum Side: String {
            case below = "just below"
            case at = "at"
            case above = "just above"
        }

        let side: Side
        let stated: [Int: Int64]
    }

    /// What is compared, and with what, in words: `per_capita_income`, `948 yuan/month`.
    let subject: String
    let limit: String
    /// The fact that moves it.
    let fact: Int
    let points: [Point]

    /// The boundary of a threshold for a household that states some facts already; nil where no single fact of one person
    /// reaches it.
    init?(
        _ threshold: Threshold, _ graph: Graph, _ household: BoundaryHousehold, stating stated: [Int: Int64],
        area: DivisionCode, on date: CalendarDate
    ) {
        guard let (isLeft, fact) = Self.subject(threshold, graph) else { return nil }
        let (side, other) = isLeft ? (threshold.left, threshold.right) : (threshold.right, threshold.left)
        /// How far the subject lies above the limit where the fact has a value.
        func distance(_ value: Int64) -> (Rational, limit: Rational)? {
            var all = stated
            all[fact] = value
            guard let batch = household.batch(stating: all, area: area) else { return nil }
            let evaluator = Evaluator(graph, over: batch, for: [side, other], isTracing: false)
            evaluator.evaluate(household: 0)
            let (a, b) = (graph[side].scope, graph[other].scope)
            guard evaluator.rowCount(a) > 0, evaluator.rowCount(b) > 0, let x = evaluator.value(side).known,
                let y = evaluator.value(other).known, let distance = x.subtracting(y)
            else { return nil }
            return (distance, y)
        }
        let range = Self.range(of: graph.schema.facts[fact], on: date)
        guard let turn = Self.turn(in: range, distance) else { return nil }
        subject = graph.name(of: side) ?? graph.schema.facts[fact].owner.word + "." + graph.schema.facts[fact].key
        limit = Self.text(turn.limit, of: side, graph)
        self.fact = fact
        let isAt = turn.distance.isZero
        let values: [(Point.Side, Int64)] = [
            (.below, turn.value - turn.step), (isAt ? .at : .above, turn.value), (.above, turn.value + turn.step),
        ]
        points = values.prefix(isAt ? 3 : 2).filter { range.contains($0.1) }.map { side, value in
            var all = stated
            all[fact] = value
            return Point(side: side, stated: all)
        }
    }

    /// Which side is moved, and by which fact: what is a fact itself, else what the wages of a person decide, else what
    /// depends on one number only.
    private static func subject(_ threshold: Threshold, _ graph: Graph) -> (isLeft: Bool, fact: Int)? {
        let sides = [(true, threshold.left), (false, threshold.right)]
        for (isLeft, side) in sides {
            if let fact = graph.singleFact(side), isMovable(graph.schema.facts[fact]) { return (isLeft, fact) }
        }
        let wages = graph.schema.place(.member, "income.wages")
        for (isLeft, side) in sides {
            let numbers = graph.facts(behind: side).filter { place in
                if case .amount = graph.schema.facts[place].type { return isMovable(graph.schema.facts[place]) }
                return false
            }
            if let wages, numbers.contains(wages) { return (isLeft, wages) }
            if numbers.count == 1, let only = numbers.first { return (isLeft, only) }
        }
        return nil
    }

    /// Whether a household of one person can state the fact, and it is a number or a day.
    private static func isMovable(_ fact: Fact) -> Bool {
        guard fact.owner == .household || fact.owner == .member else { return false }
        switch fact.type {
        case .count, .amount, .date: return true
        case .code, .codes, .yesNo, .division: return false
        }
    }

    /// The stored values that are tried: of days the last 150 years.
    private static func range(of fact: Fact, on date: CalendarDate) -> ClosedRange<Int64> {
        guard case .date = fact.type else { return fact.type.storedRange }
        let today = Int64(date.days)
        return max(fact.type.storedRange.lowerBound, today - 54_787)...today
    }

    /// The first value, in the direction in which the subject grows, at which it is not below the limit.
    private static func turn(
        in range: ClosedRange<Int64>, _ distance: (Int64) -> (Rational, limit: Rational)?
    ) -> (value: Int64, step: Int64, distance: Rational, limit: Rational)? {
        guard let low = distance(range.lowerBound), let high = distance(range.upperBound), low.0 != high.0 else {
            return nil
        }
        let step: Int64 = low.0 < high.0 ? 1 : -1
        var (below, above) = step > 0 ? (range.lowerBound, range.upperBound) : (range.upperBound, range.lowerBound)
        if let least = distance(below), !least.0.isNegative {
            // Nothing lies below the limit; on it something may.
            return least.0.isZero ? (below, step, least.0, least.limit) : nil
        }
        guard let most = distance(above), !most.0.isNegative else { return nil }
        while abs(above - below) > 1 {
            let middle = below + (above - below) / 2
            guard let found = distance(middle) else { return nil }
            if found.0.isNegative { below = middle } else { above = middle }
        }
        guard let found = distance(above) else { return nil }
        return (above, step, found.0, found.limit)
    }

    private static func text(_ value: Rational, of side: NodeID, _ graph: Graph) -> String {
        var unit = Unit.none
        if case .named(let step, _) = graph[side].operation { unit = graph.steps[step].unit }
        if case .fact(let place) = graph[graph.unnamed(side)].operation,
            case .amount(let own, _) = graph.schema.facts[place].type
        {
            unit = own
        }
        if case .number(let kind) = graph[side].kind, unit.dimension != kind.dimension {
            let known: [Unit] = [.yuanPerMonth, .yuan, .month, .squareMetre, .mu]
            unit = known.first { $0.dimension == kind.dimension } ?? Unit("\(kind.dimension)", kind.dimension)
        }
        return ValueText.exact(value, unit) + (unit.text.isEmpty ? "" : " " + unit.text)
    }
}
