import AssistanceCore

/// Computes the nodes of a graph for one household at a time, exactly, carrying what is unknown and why.
///
/// Reuses its storage from household to household. Not safe to share between threads; make one for each.
public final class Evaluator {
    /// The graph.
    public let graph: Graph
    private let plan: [Planned]
    private let order: [Int]
    private let widths: [Int]
    private var capacities: [Int]
    private var values: [UnsafeMutablePointer<Value>]
    private var counts: [Int]
    private var firsts: [Int]
    private var parents: [[Int]]
    private var batch: FactBatch
    private var household = 0
    private var lackings = LackingSets()

    private let isTracing: Bool

    /// An evaluator of a graph over a batch.
    ///
    /// - Parameters:
    ///   - results: what will be asked for; nil for every node.
    ///   - isTracing: whether to keep what each open value lacks.
    public init(_ graph: Graph, over batch: FactBatch, for results: [NodeID]? = nil, isTracing: Bool = true) {
        self.graph = graph
        self.batch = batch
        self.isTracing = isTracing
        var widths = FactOwner.allCases.map { _ in 0 }
        let plan = graph.nodes.map { node in
            widths[node.scope.rawValue] += 1
            var size: Rational?
            if case .fact(let place) = node.operation, case .amount(let unit, _) = graph.schema.facts[place].type {
                size = GraphBuilder.factSize(unit)
            }
            return Planned(
                operation: node.operation, scope: node.scope, slot: widths[node.scope.rawValue] - 1,
                lowest: node.lowest, highest: node.highest, size: size)
        }
        self.widths = widths
        capacities = widths.map { _ in 0 }
        values = widths.map { _ in UnsafeMutablePointer<Value>.allocate(capacity: 0) }
        counts = widths.map { _ in 0 }
        firsts = counts
        parents = widths.map { _ in [] }
        self.plan = plan
        let needed = results.map { graph.nodes(behind: $0) }
        order = plan.indices.filter { place in
            if case .constant = plan[place].operation { return false }
            return needed?.contains(NodeID(place)) ?? true
        }
        reserve(FactOwner.household.rawValue, 1)
        counts[FactOwner.household.rawValue] = 1
        for node in plan {
            if case .constant(let value) = node.operation { values[node.scope.rawValue][node.slot] = Value(value) }
        }
    }

    deinit { for pointer in values { pointer.deallocate() } }

    /// Goes on with another batch of the same schema; what was computed is of the one before.
    public func turn(to batch: FactBatch) { self.batch = batch }

    /// A node with what running it needs, and nothing that is counted by reference.
    private struct Planned {
        let operation: Operation
        let scope: FactOwner
        let slot: Int
        let lowest: Rational
        let highest: Rational
        /// What one stored integer of an amount is in base units.
        let size: Rational?
    }

    private func reserve(_ owner: Int, _ rows: Int) {
        let needed = widths[owner] * rows
        guard capacities[owner] < needed else { return }
        values[owner].deallocate()
        values[owner] = .allocate(capacity: needed)
        values[owner].initialize(repeating: Value(.zero), count: needed)
        capacities[owner] = needed
    }

    // MARK: Results

    /// How many rows of an owner the household has.
    public func rowCount(_ owner: FactOwner) -> Int { counts[owner.rawValue] }

    /// The row in the batch of a row of the household.
    public func batchRow(_ owner: FactOwner, _ row: Int) -> Int { firsts[owner.rawValue] + row }

    /// The value of a node for a row of its scope.
    public func value(_ id: NodeID, row: Int = 0) -> Value {
        let scope = plan[id.place].scope.rawValue
        guard row >= 0, row < counts[scope] else { return Value(.zero) }
        return values[scope][plan[id.place].slot * counts[scope] + row]
    }

    /// The value of a node for a row of an owner at or below its scope.
    public func value(_ id: NodeID, at owner: FactOwner, row: Int) -> Value {
        value(id, row: ancestorRow(owner, row, plan[id.place].scope))
    }

    /// What a value lacks, each once, in the order of the operands that it came from.
    public func lacking(_ value: Value) -> [Lacking] {
        lackings.members(of: value.lacking)
    }

    /// The operands that a value really came from: the branch taken, the side that decided.
    public func deciding(_ id: NodeID) -> [NodeID] {
        let operation = plan[id.place].operation
        switch operation {
        case .select(let condition, let a, let b):
            if always(condition, true, for: id) { return [condition, a] }
            if always(condition, false, for: id) { return [condition, b] }
        case .and(let a, let b):
            for side in [a, b] where always(side, false, for: id) { return [side] }
        case .or(let a, let b):
            for side in [a, b] where always(side, true, for: id) { return [side] }
        case .settled(let fact, let otherwise):
            let given = (0..<rowCount(plan[id.place].scope)).map { isGiven(fact, at: plan[id.place].scope, row: $0) }
            if !given.contains(false) { return [fact] }
            if !given.contains(true) { return [otherwise] }
        default: break
        }
        return operation.operands
    }

    /// Whether the household states a fact for a row.
    private func isGiven(_ fact: NodeID, at owner: FactOwner, row: Int) -> Bool {
        let node = plan[fact.place]
        guard case .fact(let place) = node.operation else { return false }
        return batch.value(place, row: batchRow(node.scope, ancestorRow(owner, row, node.scope))) != nil
    }

    /// Whether a condition is known to be the same for every row of a node.
    private func always(_ condition: NodeID, _ truth: Bool, for id: NodeID) -> Bool {
        let scope = plan[id.place].scope
        return (0..<rowCount(scope)).allSatisfy { value(condition, at: scope, row: $0).truth == truth }
    }

    // MARK: Running

    /// Computes every node for one household of the batch.
    public func evaluate(household row: Int) {
        household = row
        lackings = LackingSets()
        layOut()
        for place in order {
            let node = plan[place]
            let count = counts[node.scope.rawValue]
            let target = values[node.scope.rawValue] + node.slot * count
            for local in 0..<count { target[local] = compute(node, local) }
        }
    }

    private func layOut() {
        for owner in FactOwner.allCases {
            let place = owner.rawValue
            if let parent = owner.parent {
                parents[place].removeAll(keepingCapacity: true)
                let first = batch.rows(owner, of: firsts[parent.rawValue]).lowerBound
                for local in 0..<counts[parent.rawValue] {
                    let rows = batch.rows(owner, of: firsts[parent.rawValue] + local)
                    for _ in rows { parents[place].append(local) }
                }
                firsts[place] = first
                counts[place] = parents[place].count
            } else {
                firsts[place] = household
                counts[place] = 1
            }
            reserve(place, counts[place])
        }
    }

    private func ancestorRow(_ owner: FactOwner, _ row: Int, _ ancestor: FactOwner) -> Int {
        var (current, local) = (owner, row)
        while current != ancestor, let parent = current.parent {
            local = parents[current.rawValue][local]
            current = parent
        }
        return local
    }

    // MARK: Nodes

    private func compute(_ node: Planned, _ row: Int) -> Value {
        func operand(_ id: NodeID) -> Value {
            let other = plan[id.place]
            let local = other.scope == node.scope ? row : ancestorRow(node.scope, row, other.scope)
            return values[other.scope.rawValue][other.slot * counts[other.scope.rawValue] + local]
        }
        func binary(_ a: NodeID, _ b: NodeID, _ combine: (Value, Value) -> (Rational, Rational)?) -> Value {
            let (x, y) = (operand(a), operand(b))
            guard let (low, high) = combine(x, y) else { return open(node, .arithmetic) }
            return Value(low, high, lacking: union(x.lacking, y.lacking))
        }
        switch node.operation {
        case .constant(let value): return Value(value)
        case .fact(let place): return fact(node, place, row)
        case .stated(let place):
            return Value(batch.value(place, row: firsts[node.scope.rawValue] + row) == 1)
        case .gap(let place): return open(node, .term(graph.gaps[place]))
        case .named(_, let a): return operand(a)
        case .add(let a, let b):
            return binary(a, b) { pair($0.lowest.adding($1.lowest), $0.highest.adding($1.highest)) }
        case .subtract(let a, let b):
            return binary(a, b) { pair($0.lowest.subtracting($1.highest), $0.highest.subtracting($1.lowest)) }
        case .multiply(let a, let b): return binary(a, b, product)
        case .divide(let a, let b, let floor): return binary(a, b) { quotient($0, $1, floor: floor) }
        case .minimum(let a, let b):
            return binary(a, b) { (min($0.lowest, $1.lowest), min($0.highest, $1.highest)) }
        case .maximum(let a, let b):
            return binary(a, b) { (max($0.lowest, $1.lowest), max($0.highest, $1.highest)) }
        case .less(let a, let b): return compare(operand(a), operand(b)) { $0 < $1 }
        case .lessOrEqual(let a, let b): return compare(operand(a), operand(b)) { $0 <= $1 }
        case .equal(let a, let b): return equal(operand(a), operand(b))
        case .and(let a, let b): return both(operand(a), operand(b))
        case .or(let a, let b): return either(operand(a), operand(b))
        case .not(let a):
            let x = operand(a)
            return Value(
                x.highest.isZero ? .one : .zero, x.lowest.isZero ? .one : .zero, lacking: x.lacking)
        case .select(let condition, let a, let b):
            let test = operand(condition)
            if let truth = test.truth { return truth ? operand(a) : operand(b) }
            let (x, y) = (operand(a), operand(b))
            return Value(
                min(x.lowest, y.lowest), max(x.highest, y.highest),
                lacking: union(test.lacking, union(x.lacking, y.lacking)))
        case .round(let a, let mode, let step):
            let x = operand(a)
            guard let low = x.lowest.rounded(mode, toMultipleOf: step),
                let high = x.highest.rounded(mode, toMultipleOf: step)
            else { return open(node, .arithmetic) }
            return Value(low, high, lacking: x.lacking)
        case .isOneOf(let a, let codes): return isOneOf(operand(a), codes)
        case .hasAny(let a, let codes):
            let x = operand(a)
            guard let known = x.known else { return Value(.zero, .one, lacking: x.lacking) }
            return Value(UInt64(truncatingIfNeeded: known.numerator) & codes != 0)
        case .countCodes(let a):
            let x = operand(a)
            guard let known = x.known else { return Value(node.lowest, node.highest, lacking: x.lacking) }
            return Value(Rational(UInt64(truncatingIfNeeded: known.numerator).nonzeroBitCount))
        case .aggregate(let kind, let list, let body, let filter):
            return aggregate(node, kind, list, body, filter, row)
        case .settled(let fact, let otherwise):
            return operand(isGiven(fact, at: node.scope, row: row) ? fact : otherwise)
        case .completedYears(let a):
            return elapsed(operand(a)) { graph.date.completedYears(since: $0) }
        case .completedMonths(let a):
            return elapsed(operand(a)) { graph.date.completedMonths(since: $0) }
        case .between(let a, let b, let fact, let ends):
            return between(node, operand(a), operand(b), operand(fact), fact, ends, row)
        }
    }

    /// What was decided where it surely lies inside its bounds, else all that the bounds allow.
    private func between(
        _ node: Planned, _ least: Value, _ most: Value, _ decided: Value, _ fact: NodeID, _ ends: OpenEnds, _ row: Int
    ) -> Value {
        var lacking = union(least.lacking, most.lacking)
        switch decided.isInside(least, most, ends) {
        case true?: return decided
        case false?:
            // A decision outside its bounds is none: another one is lacking.
            if case .fact(let place) = plan[fact.place].operation {
                let local = ancestorRow(node.scope, row, plan[fact.place].scope)
                let batchRow = firsts[plan[fact.place].scope.rawValue] + local
                lacking = union(set(.fact(FactReference(place: place, row: batchRow))), lacking)
            }
        case nil: lacking = union(decided.lacking, lacking)
        }
        return Value(least.lowest, most.highest, lacking: lacking)
    }

    /// A value that could be anything in the node's range.
    private func open(_ node: Planned, _ lacking: Lacking) -> Value {
        Value(node.lowest, node.highest, lacking: set(lacking))
    }

    private func fact(_ node: Planned, _ place: Int, _ row: Int) -> Value {
        let batchRow = firsts[node.scope.rawValue] + row
        guard let stored = batch.value(place, row: batchRow) else {
            return open(node, .fact(FactReference(place: place, row: batchRow)))
        }
        guard let size = node.size else { return Value(Rational(stored)) }
        return Value(Rational(Int128(stored) * size.numerator, over: size.denominator) ?? .zero)
    }

    private func aggregate(
        _ node: Planned, _ kind: Aggregate, _ list: FactOwner, _ body: NodeID, _ filter: NodeID, _ row: Int
    ) -> Value {
        guard batch.isListed(list, of: firsts[node.scope.rawValue] + row) else {
            return unlisted(node, kind, list, filter, row)
        }
        var low: Rational = kind == .every ? .one : .zero
        var high = low
        var lacking = LackingSet.none
        for local in 0..<counts[list.rawValue] where parents[list.rawValue][local] == row {
            let test = value(filter, at: list, row: local)
            if test.truth == false { continue }
            let item = kind == .count ? Value(.one) : value(body, at: list, row: local)
            let (least, greatest): (Rational, Rational)
            switch kind {
            case .sum, .count:
                let mayMiss = !test.isKnown
                let itemLow = mayMiss ? min(.zero, item.lowest) : item.lowest
                let itemHigh = mayMiss ? max(.zero, item.highest) : item.highest
                guard let a = low.adding(itemLow), let b = high.adding(itemHigh) else {
                    return open(node, .arithmetic)
                }
                (least, greatest) = (a, b)
            case .any:
                (least, greatest) = (
                    max(low, min(test.lowest, item.lowest)), max(high, min(test.highest, item.highest))
                )
            case .every:
                let spared = Rational(test.lowest.isZero ? 1 : 0)
                (least, greatest) = (min(low, item.lowest), min(high, max(item.highest, spared)))
            }
            (low, high) = (least, greatest)
            lacking = union(lacking, union(test.lacking, item.lacking))
        }
        return Value(low, high, lacking: lacking)
    }

    /// A list that was not given. The number of members may still be stated as the household's size.
    private func unlisted(_ node: Planned, _ kind: Aggregate, _ list: FactOwner, _ filter: NodeID, _ row: Int) -> Value
    {
        let parent = firsts[node.scope.rawValue] + row
        if kind == .count, list == .member, case .constant(let always) = graph[filter].operation, !always.isZero,
            let size = batch.value(Fact.size, row: parent)
        {
            return Value(Rational(size))
        }
        return open(node, .list(list, parent: parent))
    }

    private func elapsed(_ day: Value, _ count: (CalendarDate) -> Int) -> Value {
        func since(_ value: Rational) -> Rational {
            guard let days = Int(exactly: value.numerator), let date = CalendarDate(days: days) else { return .zero }
            return Rational(max(0, count(date)))
        }
        return Value(since(day.highest), since(day.lowest), lacking: day.lacking)
    }

    // MARK: Arithmetic on what is known

    private func pair(_ low: Rational?, _ high: Rational?) -> (Rational, Rational)? {
        guard let low, let high else { return nil }
        return (low, high)
    }

    private func product(_ x: Value, _ y: Value) -> (Rational, Rational)? {
        if x.isKnown && y.isKnown { return x.lowest.multiplied(by: y.lowest).map { ($0, $0) } }
        let corners = [
            x.lowest.multiplied(by: y.lowest), x.lowest.multiplied(by: y.highest), x.highest.multiplied(by: y.lowest),
            x.highest.multiplied(by: y.highest),
        ].compactMap { $0 }
        guard corners.count == 4, let low = corners.min(), let high = corners.max() else { return nil }
        return (low, high)
    }

    private func quotient(_ x: Value, _ y: Value, floor: Rational) -> (Rational, Rational)? {
        let least = max(y.lowest, floor)
        let greatest = max(y.highest, floor)
        return pair(
            x.lowest.divided(by: x.lowest.isNegative ? least : greatest),
            x.highest.divided(by: x.highest.isNegative ? greatest : least))
    }

    // MARK: Conditions on what is known

    private func compare(_ x: Value, _ y: Value, _ holds: (Rational, Rational) -> Bool) -> Value {
        if holds(x.highest, y.lowest) { return Value(true) }
        if !holds(x.lowest, y.highest) { return Value(false) }
        return Value(.zero, .one, lacking: union(x.lacking, y.lacking))
    }

    private func equal(_ x: Value, _ y: Value) -> Value {
        if let a = x.known, let b = y.known { return Value(a == b) }
        if x.highest < y.lowest || y.highest < x.lowest { return Value(false) }
        return Value(.zero, .one, lacking: union(x.lacking, y.lacking))
    }

    private func both(_ x: Value, _ y: Value) -> Value {
        if x.truth == false || y.truth == false { return Value(false) }
        return Value(
            min(x.lowest, y.lowest), min(x.highest, y.highest), lacking: union(x.lacking, y.lacking))
    }

    private func either(_ x: Value, _ y: Value) -> Value {
        if x.truth == true || y.truth == true { return Value(true) }
        return Value(
            max(x.lowest, y.lowest), max(x.highest, y.highest), lacking: union(x.lacking, y.lacking))
    }

    private func isOneOf(_ x: Value, _ codes: UInt64) -> Value {
        let range =
            Int(
                truncatingIfNeeded: x.lowest.numerator)...max(
                Int(truncatingIfNeeded: x.lowest.numerator), Int(truncatingIfNeeded: x.highest.numerator))
        var (inside, outside) = (false, false)
        for code in range where code >= 0 && code < 62 {
            if codes & (1 << UInt64(code)) != 0 { inside = true } else { outside = true }
        }
        return Value(outside ? .zero : .one, inside ? .one : .zero, lacking: x.lacking)
    }

    // MARK: What is lacking

    private func set(_ lacking: Lacking) -> LackingSet { isTracing ? lackings.number(of: lacking) : .none }

    private func union(_ a: LackingSet, _ b: LackingSet) -> LackingSet { lackings.union(a, b) }
}
