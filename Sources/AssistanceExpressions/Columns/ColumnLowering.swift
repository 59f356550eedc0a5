import AssistanceCore

/// Makes the instructions of a graph, choosing scales so that everything stays whole.
///
/// Every node becomes its least and its greatest value, as the evaluator would find them; where it is known of every row
/// both are one column.
struct ColumnLowering {
    let graph: Graph
    let coverage: ColumnCoverage
    private(set) var instructions: [ColumnInstruction] = []
    private var done: [NodeID: Ends?] = [:]
    private var tables: ColumnTables
    private var counters: [FactOwner: (wide: Int, bytes: Int)] = [:]
    private var made: [Made: ColumnSlot] = [:]
    /// What makes each column.
    private var makers: [ColumnSlot: ColumnInstruction] = [:]
    /// The numbers that fill columns for every row.
    private var fills: [ColumnSlot: Int64] = [:]

    private struct Made: Hashable {
        let operation: ColumnInstruction.Operation
        let owner: FactOwner
        let operands: [ColumnSlot]
    }

    /// A value is its integer / (scale × the values of the divisors).
    struct Lowered: Equatable {
        let slot: ColumnSlot
        var scale: Int128 = 1
        var divisors: [Divisor] = []
        /// The facts it is the plain sum of, where it is.
        var facts: [FactLoad] = []
    }

    struct Divisor: Hashable, Comparable {
        let slot: ColumnSlot
        let greatest: Int64

        static func < (left: Divisor, right: Divisor) -> Bool {
            (left.slot.owner.rawValue, left.slot.number) < (right.slot.owner.rawValue, right.slot.number)
        }
    }

    /// The least and the greatest that a node can be.
    struct Ends {
        let low: Lowered
        let high: Lowered
        /// Whether both are one, for every row.
        var isClosed: Bool { low == high }

        init(_ low: Lowered, _ high: Lowered) { (self.low, self.high) = (low, high) }

        init(_ known: Lowered) { self.init(known, known) }
    }

    init(_ graph: Graph, _ coverage: ColumnCoverage) {
        self.graph = graph
        self.coverage = coverage
        tables = ColumnTables(graph)
    }

    // MARK: Results

    /// Both ends of a result as whole numbers, so many to a unit; nothing where a condition surely does not hold.
    mutating func number(_ id: NodeID, perUnit: Rational, where condition: NodeID?) -> (
        low: ColumnSlot, high: ColumnSlot
    )? {
        guard let value = lower(id) else { return nil }
        func end(_ end: Lowered) -> ColumnSlot? {
            guard end.slot.isWide, end.divisors.isEmpty,
                let factor = perUnit.divided(by: Rational(end.scale))?.exactly(1),
                let factor = Int64(exactly: factor)
            else { return nil }
            var slot = scaled(end.slot, factor, [])
            if let condition {
                guard let test = lower(condition)?.high.slot else { return nil }
                slot = emit(.selectWide, .household, wide: true, test, slot, fill(0, .household))
            }
            return slot
        }
        guard let low = end(value.low), let high = end(value.high) else { return nil }
        return (low, high)
    }

    // MARK: Nodes

    /// The columns of a node, or nil where columns cannot hold it.
    mutating func lower(_ id: NodeID) -> Ends? {
        // Operands have smaller numbers, so everything below is made first, without recursion.
        for next in graph.nodes(behind: [id]).sorted() where done[next] == nil {
            let ends = make(next)
            done[next] = .some(ends)
            let isCode = ends.map { $0.isClosed && !$0.low.slot.isWide && graph[next].isKey } ?? false
            guard let table = tables.table(of: next, isCode: isCode) else { continue }
            if table.keys.first?.node != next, let known = tabled(table, graph[next]) {
                done[next] = .some(Ends(known))
            }
        }
        return done[id] ?? nil
    }

    private mutating func make(_ id: NodeID) -> Ends? {
        let node = graph[id]
        switch node.operation {
        case .constant(let value): return constant(value, node).map(Ends.init)
        case .fact(let place): return fact(place, node)
        case .stated(let place):
            guard coverage.extent(of: place) != .none else { return Ends(Lowered(slot: fillByte(0, node.scope))) }
            return Ends(Lowered(slot: emit(.loadByte(FactLoad(fact: place, missing: 0)), node.scope, wide: false)))
        case .gap: return anything(node)
        case .named(_, let inner): return done[inner] ?? nil
        case .add(let a, let b): return ends([a, b], node) { $0.aligned(.add, $1, a, b, node) }
        case .subtract(let a, let b):
            return ends([a, b], node, falling: [1]) { $0.aligned(.subtract, $1, a, b, node) }
        case .minimum(let a, let b):
            if let always = ordered(a, b) { return at(node.scope, always.less) }
            return ends([a, b], node) { $0.aligned(.minimum, $1, a, b, node) }
        case .maximum(let a, let b):
            if let always = ordered(a, b) { return at(node.scope, always.more) }
            return ends([a, b], node) { $0.aligned(.maximum, $1, a, b, node) }
        case .multiply(let a, let b): return product(a, b, node)
        case .divide(let a, let b, let floor): return quotient(a, b, floor, node)
        case .less(let a, let b): return comparison(.less, a, b, node)
        case .lessOrEqual(let a, let b): return comparison(.lessOrEqual, a, b, node)
        case .equal(let a, let b): return equality(a, b, node)
        case .and(let a, let b): return ends([a, b], node) { $0.bytes(.and, $1, node) }
        case .or(let a, let b): return ends([a, b], node) { $0.bytes(.or, $1, node) }
        case .not(let a): return ends([a], node, falling: [0]) { $0.bytes(.not, $1, node) }
        case .select(let condition, let a, let b):
            guard let test = at(node.scope, condition), let x = at(node.scope, a), let y = at(node.scope, b) else {
                return nil
            }
            return select(test, x, y, a, b, node)
        case .settled(let fact, let otherwise): return settled(fact, otherwise, node)
        case .between(let a, let b, let fact, let open): return between(a, b, fact, open, node)
        case .round(let a, let mode, let step): return ends([a], node) { $0.round($1[0], a, mode, step, node) }
        case .isOneOf(let a, let codes): return isOneOf(a, codes, node)
        case .hasAny(let a, let codes): return hasAny(a, codes, node)
        case .countCodes(let a): return countCodes(a, node)
        case .completedYears(let a): return ends([a], node, falling: [0]) { $0.wide(.completedYears, $1[0], node) }
        case .completedMonths(let a): return ends([a], node, falling: [0]) { $0.wide(.completedMonths, $1[0], node) }
        case .aggregate(let kind, let list, let body, let filter): return aggregate(kind, list, body, filter, node)
        }
    }

    /// Which of two nodes is never more than the other, where their ranges tell.
    private func ordered(_ a: NodeID, _ b: NodeID) -> (less: NodeID, more: NodeID)? {
        if graph[a].highest <= graph[b].lowest { return (a, b) }
        if graph[b].highest <= graph[a].lowest { return (b, a) }
        return nil
    }

    /// Both ends of what never falls as its operands rise, but for those that it falls with.
    private mutating func ends(
        _ ids: [NodeID], _ node: Node, falling: Set<Int> = [],
        _ make: (inout ColumnLowering, [Lowered]) -> Lowered?
    ) -> Ends? {
        var operands: [Ends] = []
        for id in ids {
            guard let operand = at(node.scope, id) else { return nil }
            operands.append(operand)
        }
        return ends(operands, falling: falling, make)
    }

    private mutating func ends(
        _ operands: [Ends], falling: Set<Int> = [], _ make: (inout ColumnLowering, [Lowered]) -> Lowered?
    ) -> Ends? {
        func side(_ isLow: Bool) -> [Lowered] {
            operands.enumerated().map { falling.contains($0.offset) == isLow ? $0.element.high : $0.element.low }
        }
        guard let low = make(&self, side(true)) else { return nil }
        if operands.allSatisfy(\.isClosed) { return Ends(low) }
        return make(&self, side(false)).map { Ends(low, $0) }
    }

    /// All that a node could be.
    private mutating func anything(_ node: Node) -> Ends? {
        guard let low = constant(node.lowest, node), let high = constant(node.highest, node) else { return nil }
        return Ends(low, high)
    }

    // MARK: Tables

    /// What depends on a few codes alone, looked up; nil where computing it takes no longer.
    private mutating func tabled(_ table: ColumnTables.Table, _ node: Node) -> Lowered? {
        guard let first = table.keys.first else { return nil }
        switch (node.kind, node.operation) {
        case (.bool, .select), (.bool, .and), (.bool, .or), (.bool, .not), (.bool, .less), (.bool, .lessOrEqual),
            (.bool, .equal):
            guard table.keys.count == 1, first.size <= 64, let key = column(of: first.node, node.scope) else {
                return nil
            }
            let codes = table.values.enumerated().reduce(UInt64(0)) { $1.element.isZero ? $0 : $0 | 1 << $1.offset }
            return Lowered(slot: emit(.isOneOf(codes), node.scope, wide: false, key))
        case (.code, .select):
            guard let place = place(in: table, node.scope) else { return nil }
            let codes = table.values.map { UInt8(truncatingIfNeeded: $0.reduced.numerator) }
            return Lowered(slot: emit(.lookUpByte(codes), node.scope, wide: false, place))
        case (.number, .select), (.number, .round), (.number, .divide):
            guard let (numbers, scale) = Self.whole(table.values) else { return nil }
            if let number = numbers.first, numbers.allSatisfy({ $0 == number }) {
                return Lowered(slot: fill(number, node.scope), scale: scale)
            }
            guard let place = place(in: table, node.scope) else { return nil }
            return Lowered(slot: emit(.lookUpWide(numbers), node.scope, wide: true, place), scale: scale)
        default: return nil
        }
    }

    /// The column of a key; one that is the same for every row needs no table.
    private mutating func column(of key: NodeID, _ owner: FactOwner) -> ColumnSlot? {
        guard let slot = at(owner, key)?.low.slot, fills[slot] == nil else { return nil }
        return slot
    }

    /// The place in a table that the keys of each row have.
    private mutating func place(in table: ColumnTables.Table, _ owner: FactOwner) -> ColumnSlot? {
        // Keys of the parent are put together before they are spread over its entries.
        let scopes = Set(table.keys.map { graph[$0.node].scope })
        guard scopes.count == 1, let scope = scopes.first, scope != owner else {
            return combined(table.keys, owner)
        }
        return combined(table.keys, scope).map { spread($0, to: owner) }
    }

    private mutating func combined(_ keys: [(node: NodeID, size: Int)], _ owner: FactOwner) -> ColumnSlot? {
        var place: ColumnSlot?
        for key in keys {
            guard let next = column(of: key.node, owner), let factor = UInt8(exactly: key.size) else { return nil }
            place = place.map { emit(.combine(factor), owner, wide: false, $0, next) } ?? next
        }
        return place
    }

    /// Values as whole numbers over one scale; nil where these are too large.
    private static func whole(_ values: [Rational]) -> (numbers: [Int64], scale: Int128)? {
        var scale: Int128 = 1
        for value in values {
            guard let ratio = Rational(value.reduced.denominator, over: scale)?.reduced else { return nil }
            let (next, overflow) = scale.multipliedReportingOverflow(by: ratio.numerator)
            guard !overflow, next < 1 << 62 else { return nil }
            scale = next
        }
        var numbers: [Int64] = []
        for value in values {
            guard let number = value.exactly(scale).flatMap({ Int64(exactly: $0) }), number.magnitude < 1 << 62 else {
                return nil
            }
            numbers.append(number)
        }
        return (numbers, scale)
    }

    // MARK: Leaves

    private mutating func constant(_ value: Rational, _ node: Node) -> Lowered? {
        let value = value.reduced
        switch node.kind {
        case .bool, .code:
            return UInt8(exactly: value.numerator).map { Lowered(slot: fillByte($0, node.scope)) }
        default:
            guard let number = Int64(exactly: value.numerator), fits(Int128(number)) else { return nil }
            return Lowered(slot: fill(number, node.scope), scale: value.denominator)
        }
    }

    private mutating func fact(_ place: Int, _ node: Node) -> Ends? {
        let extent = coverage.extent(of: place)
        if extent == .none { return anything(node) }
        let range = graph.schema.facts[place].type.storedRange
        guard let low = load(FactLoad(fact: place, missing: range.lowerBound), node) else { return nil }
        if extent == .all { return Ends(low) }
        return load(FactLoad(fact: place, missing: range.upperBound), node).map { Ends(low, $0) }
    }

    private mutating func load(_ load: FactLoad, _ node: Node) -> Lowered? {
        switch graph.schema.facts[load.fact].type {
        case .yesNo, .code: return Lowered(slot: emit(.loadByte(load), node.scope, wide: false))
        case .amount(let unit, _):
            let size = GraphBuilder.factSize(unit)
            guard size.numerator == 1 else { return nil }
            return Lowered(
                slot: emit(.loadWide(load), node.scope, wide: true), scale: size.denominator, facts: [load])
        default: return Lowered(slot: emit(.loadWide(load), node.scope, wide: true))
        }
    }

    // MARK: Arithmetic

    private mutating func wide(_ operation: ColumnInstruction.Operation, _ x: Lowered, _ node: Node) -> Lowered? {
        x.slot.isWide ? Lowered(slot: emit(operation, node.scope, wide: true, x.slot)) : nil
    }

    private mutating func aligned(
        _ operation: ColumnInstruction.Operation, _ operands: [Lowered], _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
        let (x, y) = (operands[0], operands[1])
        if case .add = operation {
            if fills[x.slot] == 0 { return y }
            if fills[y.slot] == 0 { return x }
        }
        if case .subtract = operation, fills[y.slot] == 0 { return x }
        guard let (p, q) = common(x, y, a, b), fits(node, p.scale, p.divisors) else { return nil }
        if case .add = operation, let facts = plainSum(x, y) {
            return Lowered(slot: emit(.sumFacts(facts), node.scope, wide: true), scale: p.scale, facts: facts)
        }
        return Lowered(
            slot: emit(operation, node.scope, wide: true, p.slot, q.slot), scale: p.scale, divisors: p.divisors)
    }

    /// The facts that two columns add up, where both are plain sums of facts of one owner and scale.
    private func plainSum(_ x: Lowered, _ y: Lowered) -> [FactLoad]? {
        guard !x.facts.isEmpty, !y.facts.isEmpty, x.scale == y.scale,
            graph.schema.facts[x.facts[0].fact].owner == graph.schema.facts[y.facts[0].fact].owner,
            graph.schema.facts[x.facts[0].fact].owner == x.slot.owner
        else { return nil }
        return x.facts + y.facts
    }

    private mutating func product(_ a: NodeID, _ b: NodeID, _ node: Node) -> Ends? {
        guard let x = at(node.scope, a), let y = at(node.scope, b) else { return nil }
        let (isPlainX, isPlainY) = (!graph[a].lowest.isNegative, !graph[b].lowest.isNegative)
        if (x.isClosed && y.isClosed) || (isPlainX && isPlainY) || (isPlainX && x.isClosed)
            || (isPlainY && y.isClosed)
        {
            return ends([x, y]) { $0.product($1[0], $1[1], node) }
        }
        // Of what may be negative the least and the greatest of all corners.
        var corners: [Lowered] = []
        for p in x.isClosed ? [x.low] : [x.low, x.high] {
            for q in y.isClosed ? [y.low] : [y.low, y.high] {
                guard let corner = product(p, q, node) else { return nil }
                corners.append(corner)
            }
        }
        return hull(corners, node)
    }

    private mutating func product(_ x: Lowered, _ y: Lowered, _ node: Node) -> Lowered? {
        guard x.slot.isWide, y.slot.isWide else { return nil }
        let (scale, overflow) = x.scale.multipliedReportingOverflow(by: y.scale)
        let divisors = (x.divisors + y.divisors).sorted()
        guard !overflow, fits(node, scale, divisors) else { return nil }
        switch (fills[x.slot], fills[y.slot]) {
        case (_, let factor?): return multiplied(x.slot, by: factor, scale, divisors)
        case (let factor?, nil): return multiplied(y.slot, by: factor, scale, divisors)
        case (nil, nil):
            let slot = emit(.multiply, node.scope, wide: true, x.slot, y.slot)
            return Lowered(slot: slot, scale: scale, divisors: divisors)
        }
    }

    /// What a factor and the scale have in common is neither multiplied nor divided.
    private mutating func multiplied(_ slot: ColumnSlot, by factor: Int64, _ scale: Int128, _ divisors: [Divisor])
        -> Lowered
    {
        guard factor > 0, let ratio = Rational(Int128(factor), over: scale)?.reduced,
            let rest = Int64(exactly: ratio.numerator)
        else {
            return Lowered(slot: scaled(slot, factor, []), scale: scale, divisors: divisors)
        }
        return Lowered(slot: scaled(slot, rest, []), scale: ratio.denominator, divisors: divisors)
    }

    /// The least and the greatest of some values of one node.
    private mutating func hull(_ values: [Lowered], _ node: Node) -> Ends? {
        guard var low = values.first else { return nil }
        var high = low
        for value in values.dropFirst() {
            guard let (a, b) = common(low, value, node, node), let (c, d) = common(high, value, node, node) else {
                return nil
            }
            low = Lowered(
                slot: emit(.minimum, node.scope, wide: true, a.slot, b.slot), scale: a.scale, divisors: a.divisors)
            high = Lowered(
                slot: emit(.maximum, node.scope, wide: true, c.slot, d.slot), scale: c.scale, divisors: c.divisors)
        }
        return Ends(low, high)
    }

    private mutating func quotient(_ a: NodeID, _ b: NodeID, _ floor: Rational, _ node: Node) -> Ends? {
        // Divisors are whole numbers such as the count of persons; anything else is for the evaluator, and so is what may
        // be negative over what is not known.
        guard let x = at(node.scope, a), let y = done[b] ?? nil, y.isClosed || !graph[a].lowest.isNegative,
            let least = floor.exactly(1).flatMap({ Int64(exactly: $0) }), least > 0,
            let greatest = graph[b].highest.exactly(1).flatMap({ Int64(exactly: $0) })
        else { return nil }
        return ends([x, y], falling: [1]) { lowering, operands in
            let (x, y) = (operands[0], operands[1])
            guard y.slot.isWide, y.scale == 1, y.divisors.isEmpty else { return nil }
            let slot = lowering.emit(.atLeast(least), y.slot.owner, wide: true, y.slot)
            let divisors = (x.divisors + [Divisor(slot: slot, greatest: max(greatest, least))]).sorted()
            guard lowering.fits(node, x.scale, divisors) else { return nil }
            return Lowered(slot: x.slot, scale: x.scale, divisors: divisors)
        }
    }

    private mutating func round(_ x: Lowered, _ a: NodeID, _ mode: RoundingMode, _ step: Rational, _ node: Node)
        -> Lowered?
    {
        guard x.slot.isWide, fits(node, step.denominator, []) else { return nil }
        var divisor: ColumnSlot?
        var greatest: Int128 = 1
        for next in x.divisors {
            greatest *= Int128(next.greatest)
            guard fits(greatest) else { return nil }
            let factor = spread(next.slot, to: node.scope)
            divisor = divisor.map { emit(.multiply, node.scope, wide: true, $0, factor) } ?? factor
        }
        // steps = value / step = integer × step.denominator / (scale × divisors × step.numerator)
        guard let ratio = Rational(step.denominator, over: step.numerator)?.divided(by: Rational(x.scale))?.reduced,
            let up = Int64(exactly: ratio.numerator), let down = Int64(exactly: ratio.denominator),
            let top = magnitude(graph[a], x.scale, x.divisors), fits(top, times: Int128(up)),
            fits(greatest, times: Int128(down)), let whole = Int64(exactly: step.numerator)
        else { return nil }
        let slot: ColumnSlot
        if divisor == nil, down == 1 {
            slot = scaled(x.slot, up, [])
        } else {
            let upTo = divisor == nil ? nil : Int64(exactly: greatest)
            slot = emit(.round(mode, up: up, down: down, upTo: upTo), node.scope, wide: true, x.slot, divisor)
        }
        return Lowered(slot: scaled(slot, whole, []), scale: step.denominator)
    }

    // MARK: Conditions

    private mutating func bytes(_ operation: ColumnInstruction.Operation, _ operands: [Lowered], _ node: Node)
        -> Lowered?
    {
        guard !operands.contains(where: \.slot.isWide) else { return nil }
        return Lowered(
            slot: emit(operation, node.scope, wide: false, operands.first?.slot, operands.dropFirst().first?.slot))
    }

    /// Surely less where the greatest is less than the least, perhaps where the least is less than the greatest.
    private mutating func comparison(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Ends? {
        if let byDay = birthdays(operation, a, b, node) { return byDay }
        if let inBytes = smallNumbers(operation, a, b, node) { return inBytes }
        return ends([a, b], node, falling: [0]) { lowering, operands in
            guard let (p, q) = lowering.common(operands[0], operands[1], a, b) else { return nil }
            return Lowered(slot: lowering.emit(operation, node.scope, wide: false, p.slot, q.slot))
        }
    }

    /// Surely equal where neither end is beyond the other's, perhaps where the ranges meet.
    private mutating func equality(_ a: NodeID, _ b: NodeID, _ node: Node) -> Ends? {
        guard let x = at(node.scope, a), let y = at(node.scope, b), x.low.slot.isWide == y.low.slot.isWide else {
            return nil
        }
        if let inBytes = smallNumbers(.equal, a, b, node) { return inBytes }
        if x.isClosed && y.isClosed { return compared(.equal, x.low, y.low, a, b, node).map(Ends.init) }
        func both(_ one: Lowered?, _ other: Lowered?) -> Lowered? {
            guard let one, let other else { return nil }
            return bytes(.and, [one, other], node)
        }
        guard
            let surely = both(
                compared(.lessOrEqual, x.high, y.low, a, b, node), compared(.lessOrEqual, y.high, x.low, b, a, node)),
            let perhaps = both(
                compared(.lessOrEqual, x.low, y.high, a, b, node), compared(.lessOrEqual, y.low, x.high, b, a, node))
        else { return nil }
        return Ends(surely, perhaps)
    }

    /// Compares two columns of one width.
    private mutating func compared(
        _ operation: ColumnInstruction.Operation, _ x: Lowered, _ y: Lowered, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
        guard x.slot.isWide else {
            let inBytes: ColumnInstruction.Operation = operation == .equal ? .equalBytes : .lessOrEqualBytes
            return Lowered(slot: emit(inBytes, node.scope, wide: false, x.slot, y.slot))
        }
        guard let (p, q) = common(x, y, a, b) else { return nil }
        return Lowered(slot: emit(operation, node.scope, wide: false, p.slot, q.slot))
    }

    /// Full years against a number are a day against the last day that has completed them: one comparison, no calendar.
    private mutating func birthdays(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Ends? {
        func number(_ id: NodeID) -> Int? {
            guard case .constant(let value) = graph[id].operation else { return nil }
            return value.exactly(1).flatMap { Int(exactly: $0) }
        }
        func day(_ id: NodeID) -> NodeID? {
            guard case .completedYears(let day) = graph[id].operation else { return nil }
            return day
        }
        let (born, years, isAtLeast): (NodeID, Int, Bool)
        switch (operation, number(a), day(b), day(a), number(b)) {
        case (.lessOrEqual, let full?, let date?, _, _): (born, years, isAtLeast) = (date, full, true)
        case (.less, let full?, let date?, _, _): (born, years, isAtLeast) = (date, full + 1, true)
        case (.less, _, _, let date?, let full?): (born, years, isAtLeast) = (date, full, false)
        case (.lessOrEqual, _, _, let date?, let full?): (born, years, isAtLeast) = (date, full + 1, false)
        default: return nil
        }
        // Before its day of birth nobody has lived a year: 0 years hold for everyone.
        guard years > 0, years <= 300 else { return nil }
        let last = fill(Int64(graph.date.lastBirth(completing: years)), node.scope)
        return ends([born], node, falling: isAtLeast ? [0] : []) { lowering, days in
            guard days[0].slot.isWide else { return nil }
            return Lowered(
                slot: isAtLeast
                    ? lowering.emit(.lessOrEqual, node.scope, wide: false, days[0].slot, last)
                    : lowering.emit(.less, node.scope, wide: false, last, days[0].slot))
        }
    }

    /// A count that is stored in 8 bits, known of every row, against a number: one comparison of bytes.
    private mutating func smallNumbers(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Ends? {
        func count(_ id: NodeID) -> Int? {
            guard case .fact(let place) = graph[id].operation, case .count(let range) = graph.schema.facts[place].type,
                range.lowerBound >= 0, coverage.isNarrow(place)
            else { return nil }
            return place
        }
        func number(_ id: NodeID) -> Int? {
            guard case .constant(let value) = graph[id].operation else { return nil }
            return value.exactly(1).flatMap { Int(exactly: $0) }
        }
        func small(_ place: Int) -> ColumnSlot {
            let owner = graph.schema.facts[place].owner
            return spread(emit(.loadByte(FactLoad(fact: place, missing: 0)), owner, wide: false), to: node.scope)
        }
        // Counts of 8 bits end at 127: what lies beyond is as 128, and what lies below zero is for the general way.
        if let place = count(a), let most = number(b), most >= 0 {
            let (x, y) = (small(place), fillByte(UInt8(min(most, 128)), node.scope))
            switch operation {
            case .equal: return Ends(Lowered(slot: emit(.equalBytes, node.scope, wide: false, x, y)))
            case .lessOrEqual: return Ends(Lowered(slot: emit(.lessOrEqualBytes, node.scope, wide: false, x, y)))
            default:
                let isAtLeast = Lowered(slot: emit(.lessOrEqualBytes, node.scope, wide: false, y, x))
                return bytes(.not, [isAtLeast], node).map(Ends.init)
            }
        }
        if let least = number(a), least >= 0, let place = count(b) {
            let (x, y) = (fillByte(UInt8(min(least, 128)), node.scope), small(place))
            switch operation {
            case .equal: return Ends(Lowered(slot: emit(.equalBytes, node.scope, wide: false, x, y)))
            case .lessOrEqual: return Ends(Lowered(slot: emit(.lessOrEqualBytes, node.scope, wide: false, x, y)))
            default:
                let isAtMost = Lowered(slot: emit(.lessOrEqualBytes, node.scope, wide: false, y, x))
                return bytes(.not, [isAtMost], node).map(Ends.init)
            }
        }
        return nil
    }

    private mutating func isOneOf(_ a: NodeID, _ codes: UInt64, _ node: Node) -> Ends? {
        guard let x = at(node.scope, a), !x.low.slot.isWide else { return nil }
        if x.isClosed { return bytes(.isOneOf(codes), [x.low], node).map(Ends.init) }
        guard let inside = bytes(.anyIsOneOf(codes), [x.low, x.high], node),
            let outside = bytes(.anyIsOneOf(~codes), [x.low, x.high], node),
            let surely = bytes(.not, [outside], node)
        else { return nil }
        return Ends(surely, inside)
    }

    private mutating func hasAny(_ a: NodeID, _ codes: UInt64, _ node: Node) -> Ends? {
        guard let x = at(node.scope, a), x.low.slot.isWide else { return nil }
        let has = Lowered(slot: emit(.hasAny(Int64(bitPattern: codes)), node.scope, wide: false, x.low.slot))
        if x.isClosed { return Ends(has) }
        let known = Lowered(slot: emit(.equal, node.scope, wide: false, x.low.slot, x.high.slot))
        guard let unknown = bytes(.not, [known], node), let surely = bytes(.and, [known, has], node),
            let perhaps = bytes(.or, [unknown, has], node)
        else { return nil }
        return Ends(surely, perhaps)
    }

    private mutating func countCodes(_ a: NodeID, _ node: Node) -> Ends? {
        guard let x = at(node.scope, a), x.low.slot.isWide else { return nil }
        let count = emit(.countBits, node.scope, wide: true, x.low.slot)
        if x.isClosed { return Ends(Lowered(slot: count)) }
        guard let any = anything(node) else { return nil }
        let known = emit(.equal, node.scope, wide: false, x.low.slot, x.high.slot)
        return Ends(
            Lowered(slot: emit(.selectWide, node.scope, wide: true, known, count, any.low.slot)),
            Lowered(slot: emit(.selectWide, node.scope, wide: true, known, count, any.high.slot)))
    }

    // MARK: Choices

    /// One of two values; where it is open which, the least and the greatest of both.
    private mutating func select(_ test: Ends, _ x: Ends, _ y: Ends, _ a: NodeID, _ b: NodeID, _ node: Node) -> Ends? {
        if test.isClosed { return ends([x, y]) { $0.chosen(test.low.slot, $1[0], $1[1], a, b, node) } }
        func end(_ p: Lowered, _ q: Lowered, isLow: Bool) -> Lowered? {
            let extreme: Lowered?
            if p.slot.isWide {
                extreme = aligned(isLow ? .minimum : .maximum, [p, q], a, b, node)
            } else {
                extreme = bytes(isLow ? .minimumBytes : .maximumBytes, [p, q], node)
            }
            guard let extreme, let unless = chosen(test.high.slot, extreme, q, a, b, node) else { return nil }
            return chosen(test.low.slot, p, unless, a, b, node)
        }
        guard let low = end(x.low, y.low, isLow: true), let high = end(x.high, y.high, isLow: false) else {
            return nil
        }
        return Ends(low, high)
    }

    private mutating func chosen(
        _ test: ColumnSlot, _ x: Lowered, _ y: Lowered, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
        guard x.slot.isWide == y.slot.isWide else { return nil }
        if let always = fills[test] { return always != 0 ? x : y }
        if !x.slot.isWide { return Lowered(slot: emit(.selectByte, node.scope, wide: false, test, x.slot, y.slot)) }
        // What was chosen may be either node's, or lie between those of both.
        guard let (p, q) = common(x, y, node, node), fits(node, p.scale, p.divisors) else { return nil }
        return Lowered(
            slot: emit(.selectWide, node.scope, wide: true, test, p.slot, q.slot), scale: p.scale,
            divisors: p.divisors)
    }

    private mutating func settled(_ fact: NodeID, _ otherwise: NodeID, _ node: Node) -> Ends? {
        guard case .fact(let place) = graph[fact].operation else { return nil }
        switch coverage.extent(of: place) {
        case .all: return at(node.scope, fact)
        case .none, .vacant: return at(node.scope, otherwise)
        case .some:
            guard let x = at(node.scope, fact), let y = at(node.scope, otherwise) else { return nil }
            let isGiven = spread(emit(.isGiven(fact: place), graph[fact].scope, wide: false), to: node.scope)
            return ends([x, y]) { $0.chosen(isGiven, $1[0], $1[1], fact, otherwise, node) }
        }
    }

    /// What was decided where it lies inside its bounds; else all that they allow.
    private mutating func between(_ a: NodeID, _ b: NodeID, _ fact: NodeID, _ open: OpenEnds, _ node: Node) -> Ends? {
        guard let least = at(node.scope, a), let most = at(node.scope, b), let decided = at(node.scope, fact),
            let known = compared(.equal, decided.low, decided.high, fact, fact, node),
            let above = compared(
                open.least ? .less : .lessOrEqual, least.high, decided.low, a, fact, node),
            let below = compared(open.most ? .less : .lessOrEqual, decided.high, most.low, fact, b, node),
            let bounded = bytes(.and, [above, below], node), let inside = bytes(.and, [known, bounded], node),
            let low = chosen(inside.slot, decided.low, least.low, fact, a, node),
            let high = chosen(inside.slot, decided.high, most.high, fact, b, node)
        else { return nil }
        return Ends(low, high)
    }

    // MARK: Lists

    private mutating func aggregate(
        _ kind: Aggregate, _ list: FactOwner, _ body: NodeID, _ filter: NodeID, _ node: Node
    ) -> Ends? {
        let extent = coverage.extent(of: list)
        if extent == .none { return unlisted(kind, list, filter, node) }
        if extent == .vacant { return constant(kind == .every ? .one : .zero, node).map(Ends.init) }
        guard let listed = gathered(kind, list, body, filter, node) else { return nil }
        guard extent == .some else { return listed }
        guard let otherwise = unlisted(kind, list, filter, node) else { return nil }
        let isListed = emit(.isListed(list), node.scope, wide: false)
        func end(_ p: Lowered, _ q: Lowered) -> Lowered? {
            if !p.slot.isWide {
                return Lowered(slot: emit(.selectByte, node.scope, wide: false, isListed, p.slot, q.slot))
            }
            guard let (p, q) = common(p, q, node, node) else { return nil }
            return Lowered(
                slot: emit(.selectWide, node.scope, wide: true, isListed, p.slot, q.slot), scale: p.scale,
                divisors: p.divisors)
        }
        guard let low = end(listed.low, otherwise.low), let high = end(listed.high, otherwise.high) else { return nil }
        return Ends(low, high)
    }

    /// A list that was not given. The number of members may still be stated as the household's size.
    private mutating func unlisted(_ kind: Aggregate, _ list: FactOwner, _ filter: NodeID, _ node: Node) -> Ends? {
        guard let any = anything(node), kind == .count, list == .member,
            case .constant(let always) = graph[filter].operation, !always.isZero,
            let size = graph.schema.place(of: .size), coverage.extent(of: size) != .none
        else { return anything(node) }
        let stated = emit(.loadWide(FactLoad(fact: size, missing: 0)), node.scope, wide: true)
        if coverage.extent(of: size) == .all { return Ends(Lowered(slot: stated)) }
        let isGiven = emit(.isGiven(fact: size), node.scope, wide: false)
        return Ends(
            Lowered(slot: emit(.selectWide, node.scope, wide: true, isGiven, stated, any.low.slot)),
            Lowered(slot: emit(.selectWide, node.scope, wide: true, isGiven, stated, any.high.slot)))
    }

    private mutating func gathered(
        _ kind: Aggregate, _ list: FactOwner, _ body: NodeID, _ filter: NodeID, _ node: Node
    ) -> Ends? {
        guard let test = at(list, filter) else { return nil }
        switch kind {
        case .count:
            return ends([test]) { Lowered(slot: $0.emit(.count(list), node.scope, wide: true, $1[0].slot)) }
        case .any, .every:
            guard let x = at(list, body), !x.low.slot.isWide else { return nil }
            // What every entry must be may fail where the filter holds: it falls as more come in.
            return ends([x, test], falling: kind == .any ? [] : [1]) {
                let operation: ColumnInstruction.Operation = kind == .any ? .any(list) : .every(list)
                return Lowered(slot: $0.emit(operation, node.scope, wide: false, $1[0].slot, $1[1].slot))
            }
        case .sum:
            guard let x = done[body] ?? nil else { return nil }
            if test.isClosed || !graph[body].lowest.isNegative {
                return ends([x, test]) { $0.sum($1[0], $1[1].slot, list, node) }
            }
            // An entry that may not belong can be nothing.
            guard let items = at(list, body), let zero = constant(.zero, graph[body]),
                let low = aligned(
                    .minimum, [items.low, Lowered(slot: spread(zero.slot, to: list))], body, body, graph[body]),
                let high = aligned(
                    .maximum, [items.high, Lowered(slot: spread(zero.slot, to: list))], body, body, graph[body]),
                let least = chosen(test.low.slot, items.low, low, body, body, listed(graph[body], list)),
                let most = chosen(test.low.slot, items.high, high, body, body, listed(graph[body], list)),
                let lowSum = sum(least, test.high.slot, list, node), let highSum = sum(most, test.high.slot, list, node)
            else { return nil }
            return Ends(lowSum, highSum)
        }
    }

    /// A node as it is for the rows of a list below its own.
    private func listed(_ node: Node, _ list: FactOwner) -> Node {
        Node(
            operation: node.operation, scope: list, kind: node.kind, lowest: min(node.lowest, .zero),
            highest: max(node.highest, .zero), scale: node.scale, divisors: node.divisors)
    }

    private mutating func sum(_ body: Lowered, _ filter: ColumnSlot, _ list: FactOwner, _ node: Node) -> Lowered? {
        guard body.slot.isWide, body.divisors.allSatisfy({ $0.slot.owner != list }),
            fits(node, body.scale, body.divisors)
        else { return nil }
        let slot = sum(body.slot, filter, list, node.scope)
        return Lowered(slot: slot, scale: body.scale, divisors: body.divisors)
    }

    private mutating func sum(_ body: ColumnSlot, _ filter: ColumnSlot, _ list: FactOwner, _ owner: FactOwner)
        -> ColumnSlot
    {
        // The same for every entry: as often as there are entries.
        if body.owner == owner {
            return emit(.multiply, owner, wide: true, body, emit(.count(list), owner, wide: true, filter))
        }
        switch makers[body] {
        case let maker? where maker.operation == .spreadWide:
            if let above = maker.a, above.owner == owner { return sum(above, filter, list, owner) }
        case let maker? where maker.operation == .selectWide:
            // What is nothing where a test fails is summed where it holds.
            if let test = maker.a, let chosen = maker.b, let other = maker.c, fills[other] == 0 {
                return sum(chosen, emit(.and, list, wide: false, filter, test), list, owner)
            }
        default: break
        }
        return emit(.sum(list), owner, wide: true, spread(body, to: list), filter)
    }

    // MARK: Alignment

    /// The columns of a node for the rows of an owner: values of a parent are spread over its entries. Divisors stay
    /// where they are.
    private mutating func at(_ owner: FactOwner, _ id: NodeID) -> Ends? {
        guard let ends = done[id] ?? nil else { return nil }
        func moved(_ value: Lowered) -> Lowered {
            var moved = Lowered(slot: spread(value.slot, to: owner), scale: value.scale, divisors: value.divisors)
            if moved.slot == value.slot { moved.facts = value.facts }
            return moved
        }
        return ends.isClosed ? Ends(moved(ends.low)) : Ends(moved(ends.low), moved(ends.high))
    }

    private mutating func spread(_ slot: ColumnSlot, to owner: FactOwner) -> ColumnSlot {
        if slot.owner == owner { return slot }
        if let value = fills[slot] { return slot.isWide ? fill(value, owner) : fillByte(UInt8(value), owner) }
        guard let parent = owner.parent else { return slot }
        let above = spread(slot, to: parent)
        return emit(slot.isWide ? .spreadWide : .spreadByte, owner, wide: slot.isWide, above)
    }

    private mutating func common(_ x: Lowered, _ y: Lowered, _ a: NodeID, _ b: NodeID) -> (Lowered, Lowered)? {
        common(x, y, graph[a], graph[b])
    }

    /// Both values over one scale and the same divisors.
    private mutating func common(_ x: Lowered, _ y: Lowered, _ a: Node, _ b: Node) -> (Lowered, Lowered)? {
        guard x.slot.isWide, y.slot.isWide else { return nil }
        var (missingX, missingY) = (y.divisors, x.divisors)
        for divisor in x.divisors { if let place = missingX.firstIndex(of: divisor) { missingX.remove(at: place) } }
        for divisor in y.divisors { if let place = missingY.firstIndex(of: divisor) { missingY.remove(at: place) } }
        guard let ratio = Rational(x.scale, over: y.scale)?.reduced else { return nil }
        let (scale, overflow) = x.scale.multipliedReportingOverflow(by: ratio.denominator)
        let divisors = (x.divisors + missingX).sorted()
        guard !overflow, fits(a, scale, divisors), fits(b, scale, divisors),
            let up = Int64(exactly: ratio.denominator), let down = Int64(exactly: ratio.numerator)
        else { return nil }
        return (
            Lowered(slot: scaled(x.slot, up, missingX), scale: scale, divisors: divisors),
            Lowered(slot: scaled(y.slot, down, missingY), scale: scale, divisors: divisors)
        )
    }

    private mutating func scaled(_ slot: ColumnSlot, _ factor: Int64, _ divisors: [Divisor]) -> ColumnSlot {
        if let value = fills[slot], divisors.isEmpty || value == 0 {
            // Proven to fit by the caller, as the column's greatest number.
            return fill(value &* factor, slot.owner)
        }
        var slot = slot
        if let value = fills[slot] {
            slot = fill(value &* factor, slot.owner)
        } else if factor != 1 {
            slot = multiplied(slot, factor)
        }
        for divisor in divisors {
            let factor = spread(divisor.slot, to: slot.owner)
            if let value = fills[slot] {
                slot = emit(.multiplyBy(value), slot.owner, wide: true, factor)
            } else {
                slot = emit(.multiply, slot.owner, wide: true, slot, factor)
            }
        }
        return slot
    }

    /// So many times a column, multiplied where there are fewest rows.
    private mutating func multiplied(_ slot: ColumnSlot, _ factor: Int64) -> ColumnSlot {
        if let maker = makers[slot], maker.operation == .spreadWide, let above = maker.a {
            return spread(scaled(above, factor, []), to: slot.owner)
        }
        if let maker = makers[slot], case .multiplyBy(let before) = maker.operation, let source = maker.a {
            // Proven to fit by the caller, as the column's greatest number.
            return emit(.multiplyBy(before &* factor), slot.owner, wide: true, source)
        }
        return emit(.multiplyBy(factor), slot.owner, wide: true, slot)
    }

    // MARK: Proof

    /// The greatest integer a node's column can hold at a scale, or nil where it would not fit.
    private func magnitude(_ node: Node, _ scale: Int128, _ divisors: [Divisor]) -> Int128? {
        let top = max(
            node.lowest.numerator.magnitude / node.lowest.denominator.magnitude,
            node.highest.numerator.magnitude / node.highest.denominator.magnitude)
        guard var bound = Int128(exactly: top).map({ $0 + 1 }) else { return nil }
        for factor in [scale] + divisors.map({ Int128($0.greatest) }) {
            let (next, overflow) = bound.multipliedReportingOverflow(by: factor)
            guard !overflow, fits(next) else { return nil }
            bound = next
        }
        return bound
    }

    private func fits(_ node: Node, _ scale: Int128, _ divisors: [Divisor]) -> Bool {
        magnitude(node, scale, divisors) != nil
    }

    private func fits(_ value: Int128) -> Bool { value.magnitude < 1 << 62 }

    private func fits(_ value: Int128, times factor: Int128) -> Bool {
        let (result, overflow) = value.multipliedReportingOverflow(by: factor)
        return !overflow && fits(result)
    }

    // MARK: Slots

    /// A column that is the same number for every row; one for each number and owner.
    private mutating func fill(_ value: Int64, _ owner: FactOwner) -> ColumnSlot {
        let slot = emit(.constantWide(value), owner, wide: true)
        fills[slot] = value
        return slot
    }

    private mutating func fillByte(_ value: UInt8, _ owner: FactOwner) -> ColumnSlot {
        let slot = emit(.constantByte(value), owner, wide: false)
        fills[slot] = Int64(value)
        return slot
    }

    /// The column of an operation, made once for the same operands; none where it is known without.
    private mutating func emit(
        _ operation: ColumnInstruction.Operation, _ owner: FactOwner, wide: Bool, _ a: ColumnSlot? = nil,
        _ b: ColumnSlot? = nil, _ c: ColumnSlot? = nil
    ) -> ColumnSlot {
        if let known = folded(operation, owner, a, b, c) { return known }
        let key = Made(operation: operation, owner: owner, operands: [a, b, c].compactMap { $0 })
        if let known = made[key] { return known }
        var count = counters[owner] ?? (0, 0)
        let slot = ColumnSlot(owner: owner, isWide: wide, number: wide ? count.wide : count.bytes)
        if wide { count.wide += 1 } else { count.bytes += 1 }
        counters[owner] = count
        let instruction = ColumnInstruction(operation: operation, target: slot, a: a, b: b, c: c)
        instructions.append(instruction)
        makers[slot] = instruction
        made[key] = slot
        return slot
    }

    /// Whether a condition is one of those that another joins.
    private func isPart(_ condition: ColumnSlot, of all: ColumnSlot) -> Bool {
        guard let maker = makers[all], maker.operation == .and else { return false }
        return maker.a == condition || maker.b == condition
    }

    /// What needs no instruction: the same operand twice, or one that decides for every row.
    private mutating func folded(
        _ operation: ColumnInstruction.Operation, _ owner: FactOwner, _ a: ColumnSlot?, _ b: ColumnSlot?,
        _ c: ColumnSlot?
    ) -> ColumnSlot? {
        let (x, y) = (a.flatMap { fills[$0] }, b.flatMap { fills[$0] })
        switch operation {
        case .and:
            if a == b || y == 1 { return a }
            if x == 1 { return b }
            if x == 0 || y == 0 { return fillByte(0, owner) }
            if let a, let b {
                if isPart(a, of: b) { return b }
                if isPart(b, of: a) { return a }
            }
        case .or:
            if a == b || y == 0 { return a }
            if x == 0 { return b }
            if x == 1 || y == 1 { return fillByte(1, owner) }
        case .not: if let x { return fillByte(x == 0 ? 1 : 0, owner) }
        case .minimum, .maximum, .minimumBytes, .maximumBytes: if a == b { return a }
        case .selectWide, .selectByte:
            if b == c { return b }
            if let x { return x != 0 ? b : c }
            // What was chosen by the same test, or by one that fails wherever this one does, is chosen already.
            if let a, let b, let inner = makers[b], inner.operation == operation, inner.c == c,
                let test = inner.a, test == a || isPart(a, of: test)
            {
                return b
            }
        case .less: if let x, let y { return fillByte(x < y ? 1 : 0, owner) }
        case .lessOrEqual: if let x, let y { return fillByte(x <= y ? 1 : 0, owner) }
        case .equal:
            if let x, let y { return fillByte(x == y ? 1 : 0, owner) } else if a == b { return fillByte(1, owner) }
        case .multiplyBy(let factor): if let x { return fill(x &* factor, owner) }
        case .isOneOf(let codes): if let x { return fillByte(x < 64 && codes & (1 << UInt64(x)) != 0 ? 1 : 0, owner) }
        default: break
        }
        return nil
    }
}

extension Node {
    /// Whether it may be a key of a table: a code that was chosen, or a code or yes/no that was stated.
    fileprivate var isKey: Bool {
        switch (kind, operation) {
        case (.code, .named): false
        case (.code, _), (.bool, .fact): true
        default: false
        }
    }
}
