import AssistanceCore

/// A graph as instructions over columns, for many households at once.
///
/// Computes with 64-bit integers at scales fixed when it is made, and is made only where the ranges of all facts prove
/// that these hold every value. It knows a value or does not; what it does not know, the evaluator decides row by row.
/// Immutable; may be shared between threads.
public struct ColumnProgram: Sendable {
    let graph: Graph
    let instructions: [ColumnInstruction]
    let slotCounts: [FactOwner: (wide: Int, bytes: Int)]
    /// The results that were asked for, in their order.
    let outputs: [Output]

    struct Output: Sendable {
        let slot: ColumnSlot
        /// The value is the stored integer divided by this.
        let scale: Int64
    }

    /// Which end of what a term leaves open is computed.
    public enum Choice: Sendable {
        /// Neither: what depends on it is not known.
        case open
        /// The least. For results that rise with every choice, the least they can be.
        case least
        /// The greatest, likewise.
        case most
    }

    /// A program for some results, or nil where the graph has something that columns do not compute exactly.
    ///
    /// Results belong to the household, are not quotients, and are numbers, yes/no or codes.
    public init?(_ graph: Graph, results: [NodeID], choosing choice: Choice = .open) {
        var lowering = ColumnLowering(graph, choosing: choice)
        var outputs: [Output] = []
        for id in results {
            guard let lowered = lowering.lower(id), graph[id].scope == .household, lowered.divisors.isEmpty,
                let scale = Int64(exactly: lowered.scale)
            else { return nil }
            outputs.append(Output(slot: lowered.slot, scale: scale))
        }
        self.graph = graph
        (instructions, self.outputs, slotCounts) = lowering.allocated(outputs)
    }
}

extension ColumnProgram: CustomStringConvertible {
    /// How many instructions of each kind run over the rows of each owner.
    public var description: String {
        var counts: [String: Int] = [:]
        for instruction in instructions {
            let name = String(describing: instruction.operation).prefix { $0 != "(" }
            counts["\(instruction.target.owner.word).\(name)", default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

/// Makes the instructions of a graph, choosing scales so that everything stays whole.
struct ColumnLowering {
    private let graph: Graph
    private var instructions: [ColumnInstruction] = []
    private var done: [NodeID: Lowered?] = [:]
    private var counters: [FactOwner: (wide: Int, bytes: Int)] = [:]
    private var spreads: [Spread: ColumnSlot] = [:]

    private var guards: [Guard: ColumnSlot] = [:]

    private struct Guard: Hashable {
        let slot: ColumnSlot
        let least: Int64
    }

    private struct Spread: Hashable {
        let slot: ColumnSlot
        let owner: FactOwner
    }

    /// A value is its integer / (scale × the values of the divisors).
    struct Lowered {
        let slot: ColumnSlot
        var scale: Int128 = 1
        var divisors: [Divisor] = []
        /// The facts it is the plain sum of, where it is.
        var facts: [Int] = []
    }

    struct Divisor: Hashable, Comparable {
        let slot: ColumnSlot
        let greatest: Int64

        static func < (left: Divisor, right: Divisor) -> Bool {
            (left.slot.owner.rawValue, left.slot.number) < (right.slot.owner.rawValue, right.slot.number)
        }
    }

    private let choice: ColumnProgram.Choice

    init(_ graph: Graph, choosing choice: ColumnProgram.Choice) {
        self.graph = graph
        self.choice = choice
    }

    // MARK: Nodes

    /// The column of a node, or nil where columns cannot hold it.
    mutating func lower(_ id: NodeID) -> Lowered? {
        // Operands have smaller numbers, so everything below is made first, without recursion.
        for next in graph.nodes(behind: [id]).sorted() where done[next] == nil { done[next] = .some(make(next)) }
        return done[id] ?? nil
    }

    private func lowered(_ id: NodeID) -> Lowered? { done[id] ?? nil }

    private mutating func make(_ id: NodeID) -> Lowered? {
        let node = graph[id]
        switch node.operation {
        case .constant(let value): return constant(value, node)
        case .fact(let place): return load(place, node)
        case .stated(let place): return Lowered(slot: emit(.loadStated(fact: place), node.scope, wide: false))
        case .named(_, let inner): return lowered(inner)
        case .add(let a, let b): return aligned(.add, a, b, node)
        case .subtract(let a, let b): return aligned(.subtract, a, b, node)
        case .minimum(let a, let b): return aligned(.minimum, a, b, node)
        case .maximum(let a, let b): return aligned(.maximum, a, b, node)
        case .multiply(let a, let b): return product(a, b, node)
        case .divide(let a, let b, let floor): return quotient(a, b, floor, node)
        case .less(let a, let b): return comparison(.less, a, b, node)
        case .lessOrEqual(let a, let b): return comparison(.lessOrEqual, a, b, node)
        case .equal(let a, let b): return comparison(.equal, a, b, node)
        case .and(let a, let b): return bytes(.and, [a, b], node)
        case .or(let a, let b): return bytes(.or, [a, b], node)
        case .not(let a): return bytes(.not, [a], node)
        case .select(let condition, let a, let b): return select(at(node.scope, lowered(condition)), a, b, node)
        case .settled(let fact, let otherwise): return settled(fact, otherwise, node)
        case .round(let a, let mode, let step): return round(a, mode, step, node)
        case .isOneOf(let a, let codes): return bytes(.isOneOf(codes), [a], node)
        case .hasAny(let a, let codes):
            guard let x = at(node.scope, lowered(a)) else { return nil }
            return Lowered(slot: emit(.hasAny(Int64(bitPattern: codes)), node.scope, wide: false, x.slot))
        case .countCodes(let a): return wide(.countBits, a, node)
        case .completedYears(let a): return wide(.completedYears, a, node)
        case .completedMonths(let a): return wide(.completedMonths, a, node)
        case .aggregate(let kind, let list, let body, let filter): return aggregate(kind, list, body, filter, node)
        case .between(let a, let b, let fact, let ends): return between(a, b, fact, ends, node)
        case .gap:
            if case .number = node.kind { return Lowered(slot: emit(.unknownWide, node.scope, wide: true)) }
            return Lowered(slot: emit(.unknownByte, node.scope, wide: false))
        }
    }

    /// What was decided where it lies inside its bounds; else the end that is asked for, or nothing.
    private mutating func between(_ a: NodeID, _ b: NodeID, _ fact: NodeID, _ ends: OpenEnds, _ node: Node) -> Lowered?
    {
        guard let least = at(node.scope, lowered(a)), let most = at(node.scope, lowered(b)),
            let decided = at(node.scope, lowered(fact)),
            let (low, x) = common(least, decided, a, fact), let (y, high) = common(decided, most, fact, b)
        else { return nil }
        let above = emit(ends.least ? .less : .lessOrEqual, node.scope, wide: false, low.slot, x.slot)
        let below = emit(ends.most ? .less : .lessOrEqual, node.scope, wide: false, y.slot, high.slot)
        // Where nothing was decided the bounds do not matter: no and unknown is no.
        let isGiven = emit(.isKnown, node.scope, wide: false, decided.slot)
        let bounded = emit(.and, node.scope, wide: false, above, below)
        let inside = emit(.and, node.scope, wide: false, isGiven, bounded)
        let (chosen, otherwise): (Lowered, ColumnSlot)
        switch choice {
        case .least: (chosen, otherwise) = (x, low.slot)
        case .most: (chosen, otherwise) = (y, high.slot)
        case .open: (chosen, otherwise) = (decided, emit(.unknownWide, node.scope, wide: true))
        }
        guard fits(node, chosen.scale, chosen.divisors) else { return nil }
        return Lowered(
            slot: emit(.selectWide, node.scope, wide: true, inside, chosen.slot, otherwise), scale: chosen.scale,
            divisors: chosen.divisors)
    }

    /// The number that fills a column for every row, where it is one.
    private var fills: [ColumnSlot: Int64] = [:]
    private var filled: [Fill: ColumnSlot] = [:]

    private struct Fill: Hashable {
        let value: Int64
        let owner: FactOwner
    }

    /// A column that is the same number for every row; one for each number and owner.
    private mutating func fill(_ value: Int64, _ owner: FactOwner) -> ColumnSlot {
        let key = Fill(value: value, owner: owner)
        if let known = filled[key] { return known }
        let slot = emit(.constantWide(value), owner, wide: true)
        (filled[key], fills[slot]) = (slot, value)
        return slot
    }

    private mutating func constant(_ value: Rational, _ node: Node) -> Lowered? {
        let value = value.reduced
        switch node.kind {
        case .bool, .code:
            guard let byte = UInt8(exactly: value.numerator) else { return nil }
            return Lowered(slot: emit(.constantByte(byte), node.scope, wide: false))
        default:
            guard let number = Int64(exactly: value.numerator), fits(Int128(number)) else { return nil }
            return Lowered(slot: fill(number, node.scope), scale: value.denominator)
        }
    }

    private mutating func load(_ place: Int, _ node: Node) -> Lowered? {
        switch graph.schema.facts[place].type {
        case .yesNo, .code: return Lowered(slot: emit(.loadByte(fact: place), node.scope, wide: false))
        case .amount(let unit, _):
            let size = GraphBuilder.factSize(unit)
            guard size.numerator == 1 else { return nil }
            return Lowered(
                slot: emit(.loadWide(fact: place), node.scope, wide: true), scale: size.denominator, facts: [place])
        default: return Lowered(slot: emit(.loadWide(fact: place), node.scope, wide: true))
        }
    }

    private mutating func wide(_ operation: ColumnInstruction.Operation, _ a: NodeID, _ node: Node) -> Lowered? {
        guard let x = at(node.scope, lowered(a)), x.slot.isWide else { return nil }
        return Lowered(slot: emit(operation, node.scope, wide: true, x.slot))
    }

    private mutating func bytes(_ operation: ColumnInstruction.Operation, _ operands: [NodeID], _ node: Node)
        -> Lowered?
    {
        var slots: [ColumnSlot] = []
        for id in operands {
            guard let x = at(node.scope, lowered(id)), !x.slot.isWide else { return nil }
            slots.append(x.slot)
        }
        return Lowered(slot: emit(operation, node.scope, wide: false, slots.first, slots.dropFirst().first))
    }

    private mutating func aligned(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
        if case .add = operation, let sum = withoutZero(a, b), sum.slot.owner == node.scope { return sum }
        guard let x = at(node.scope, lowered(a)), let y = at(node.scope, lowered(b)), let (p, q) = common(x, y, a, b),
            fits(node, p.scale, p.divisors)
        else { return nil }
        if case .add = operation, let facts = plainSum(lowered(a), lowered(b)) {
            return Lowered(slot: emit(.sumFacts(facts), node.scope, wide: true), scale: p.scale, facts: facts)
        }
        return Lowered(
            slot: emit(operation, node.scope, wide: true, p.slot, q.slot), scale: p.scale, divisors: p.divisors)
    }

    /// The other operand where one is zero.
    private func withoutZero(_ a: NodeID, _ b: NodeID) -> Lowered? {
        for (zero, other) in [(a, b), (b, a)] {
            if let slot = lowered(zero)?.slot, fills[slot] == 0 { return lowered(other) }
        }
        return nil
    }

    /// The facts that two columns add up, where both are plain sums of facts of one owner and scale.
    private func plainSum(_ x: Lowered?, _ y: Lowered?) -> [Int]? {
        guard let x, let y, !x.facts.isEmpty, !y.facts.isEmpty, x.scale == y.scale, x.slot.owner == y.slot.owner
        else { return nil }
        return x.facts + y.facts
    }

    private mutating func comparison(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
        if let byDay = birthdays(operation, a, b, node) { return byDay }
        guard let x = at(node.scope, lowered(a)), let y = at(node.scope, lowered(b)) else { return nil }
        if !x.slot.isWide && !y.slot.isWide {
            guard case .equal = operation else { return nil }
            return Lowered(slot: emit(.equalBytes, node.scope, wide: false, x.slot, y.slot))
        }
        guard let (p, q) = common(x, y, a, b) else { return nil }
        return Lowered(slot: emit(operation, node.scope, wide: false, p.slot, q.slot))
    }

    /// Full years against a number are a day against the last day that has completed them: one comparison, no calendar.
    private mutating func birthdays(
        _ operation: ColumnInstruction.Operation, _ a: NodeID, _ b: NodeID, _ node: Node
    ) -> Lowered? {
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
        guard years > 0, years <= 300, let x = at(node.scope, lowered(born)), x.slot.isWide else { return nil }
        let last = fill(Int64(graph.date.lastBirth(completing: years)), node.scope)
        let slot =
            isAtLeast
            ? emit(.lessOrEqual, node.scope, wide: false, x.slot, last)
            : emit(.less, node.scope, wide: false, last, x.slot)
        return Lowered(slot: slot)
    }

    private mutating func product(_ a: NodeID, _ b: NodeID, _ node: Node) -> Lowered? {
        guard let x = at(node.scope, lowered(a)), let y = at(node.scope, lowered(b)), x.slot.isWide, y.slot.isWide
        else { return nil }
        let (scale, overflow) = x.scale.multipliedReportingOverflow(by: y.scale)
        let divisors = (x.divisors + y.divisors).sorted()
        guard !overflow, fits(node, scale, divisors) else { return nil }
        let slot: ColumnSlot
        switch (fills[x.slot], fills[y.slot]) {
        case (_, let factor?): slot = emit(.multiplyBy(factor), node.scope, wide: true, x.slot)
        case (let factor?, nil): slot = emit(.multiplyBy(factor), node.scope, wide: true, y.slot)
        case (nil, nil): slot = emit(.multiply, node.scope, wide: true, x.slot, y.slot)
        }
        return Lowered(slot: slot, scale: scale, divisors: divisors)
    }

    private mutating func quotient(_ a: NodeID, _ b: NodeID, _ floor: Rational, _ node: Node) -> Lowered? {
        // Divisors are whole numbers such as the count of persons; anything else is for the evaluator.
        guard let x = at(node.scope, lowered(a)), let y = lowered(b), y.slot.isWide, y.scale == 1, y.divisors.isEmpty,
            let least = floor.exactly(1).flatMap({ Int64(exactly: $0) }), least > 0,
            let greatest = graph[b].highest.exactly(1).flatMap({ Int64(exactly: $0) })
        else { return nil }
        let guarded = Guard(slot: y.slot, least: least)
        let slot = guards[guarded] ?? emit(.atLeast(least), y.slot.owner, wide: true, y.slot)
        guards[guarded] = slot
        let divisors = (x.divisors + [Divisor(slot: slot, greatest: max(greatest, least))]).sorted()
        guard fits(node, x.scale, divisors) else { return nil }
        return Lowered(slot: x.slot, scale: x.scale, divisors: divisors)
    }

    private mutating func settled(_ fact: NodeID, _ otherwise: NodeID, _ node: Node) -> Lowered? {
        guard let x = at(node.scope, lowered(fact)) else { return nil }
        let isGiven = Lowered(slot: emit(.isKnown, node.scope, wide: false, x.slot))
        return select(isGiven, fact, otherwise, node)
    }

    private mutating func select(_ test: Lowered?, _ a: NodeID, _ b: NodeID, _ node: Node) -> Lowered? {
        guard let test, let x = at(node.scope, lowered(a)),
            let y = at(node.scope, lowered(b)), x.slot.isWide == y.slot.isWide
        else { return nil }
        if !x.slot.isWide {
            return Lowered(slot: emit(.selectByte, node.scope, wide: false, test.slot, x.slot, y.slot))
        }
        guard let (p, q) = common(x, y, a, b), fits(node, p.scale, p.divisors) else { return nil }
        return Lowered(
            slot: emit(.selectWide, node.scope, wide: true, test.slot, p.slot, q.slot), scale: p.scale,
            divisors: p.divisors)
    }

    private mutating func round(_ a: NodeID, _ mode: RoundingMode, _ step: Rational, _ node: Node) -> Lowered? {
        guard let x = at(node.scope, lowered(a)), x.slot.isWide, fits(node, step.denominator, []) else { return nil }
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
        let slot = emit(
            .round(mode, up: up, down: down, hasDivisor: divisor != nil), node.scope, wide: true, x.slot, divisor)
        let result = whole == 1 ? slot : emit(.multiplyBy(whole), node.scope, wide: true, slot)
        return Lowered(slot: result, scale: step.denominator)
    }

    private mutating func aggregate(
        _ kind: Aggregate, _ list: FactOwner, _ body: NodeID, _ filter: NodeID, _ node: Node
    ) -> Lowered? {
        guard let test = at(list, lowered(filter)) else { return nil }
        switch kind {
        case .count: return Lowered(slot: emit(.count(list), node.scope, wide: true, test.slot))
        case .any, .every:
            guard let x = at(list, lowered(body)), !x.slot.isWide else { return nil }
            return Lowered(
                slot: emit(kind == .any ? .any(list) : .every(list), node.scope, wide: false, x.slot, test.slot))
        case .sum:
            guard let inner = lowered(body), inner.slot.isWide, inner.divisors.allSatisfy({ $0.slot.owner != list }),
                let x = at(list, Lowered(slot: inner.slot, scale: inner.scale)), fits(node, inner.scale, inner.divisors)
            else { return nil }
            return Lowered(
                slot: emit(.sum(list), node.scope, wide: true, x.slot, test.slot), scale: inner.scale,
                divisors: inner.divisors)
        }
    }

    // MARK: Alignment

    /// The column for the rows of an owner: values of a parent are spread over its entries. Divisors stay where they are.
    private mutating func at(_ owner: FactOwner, _ value: Lowered?) -> Lowered? {
        guard let value else { return nil }
        return Lowered(slot: spread(value.slot, to: owner), scale: value.scale, divisors: value.divisors)
    }

    private mutating func spread(_ slot: ColumnSlot, to owner: FactOwner) -> ColumnSlot {
        if slot.owner == owner { return slot }
        if let value = fills[slot] { return fill(value, owner) }
        let key = Spread(slot: slot, owner: owner)
        if let known = spreads[key] { return known }
        guard let parent = owner.parent else { return slot }
        let above = spread(slot, to: parent)
        let result = emit(slot.isWide ? .spreadWide : .spreadByte, owner, wide: slot.isWide, above)
        spreads[key] = result
        return result
    }

    /// Both values over one scale and the same divisors.
    private mutating func common(_ x: Lowered, _ y: Lowered, _ a: NodeID, _ b: NodeID) -> (Lowered, Lowered)? {
        guard x.slot.isWide, y.slot.isWide else { return nil }
        var (missingX, missingY) = (y.divisors, x.divisors)
        for divisor in x.divisors { if let place = missingX.firstIndex(of: divisor) { missingX.remove(at: place) } }
        for divisor in y.divisors { if let place = missingY.firstIndex(of: divisor) { missingY.remove(at: place) } }
        guard let ratio = Rational(x.scale, over: y.scale)?.reduced else { return nil }
        let (scale, overflow) = x.scale.multipliedReportingOverflow(by: ratio.denominator)
        let divisors = (x.divisors + missingX).sorted()
        guard !overflow, fits(graph[a], scale, divisors), fits(graph[b], scale, divisors),
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
            slot = emit(.multiplyBy(factor), slot.owner, wide: true, slot)
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

    private mutating func emit(
        _ operation: ColumnInstruction.Operation, _ owner: FactOwner, wide: Bool, _ a: ColumnSlot? = nil,
        _ b: ColumnSlot? = nil, _ c: ColumnSlot? = nil
    ) -> ColumnSlot {
        var count = counters[owner] ?? (0, 0)
        let slot = ColumnSlot(owner: owner, isWide: wide, number: wide ? count.wide : count.bytes)
        if wide { count.wide += 1 } else { count.bytes += 1 }
        counters[owner] = count
        instructions.append(ColumnInstruction(operation: operation, target: slot, a: a, b: b, c: c))
        return slot
    }

    /// The instructions with slots used again as soon as nothing reads them any more.
    func allocated(_ outputs: [ColumnProgram.Output]) -> (
        [ColumnInstruction], [ColumnProgram.Output], [FactOwner: (wide: Int, bytes: Int)]
    ) {
        // Constants first: they are written once, into slots that nothing else is given.
        let instructions =
            self.instructions.filter(\.operation.isConstant) + self.instructions.filter { !$0.operation.isConstant }
        // From the results back: what nothing reads is not run.
        var lastUse: [ColumnSlot: Int] = [:]
        for output in outputs { lastUse[output.slot] = instructions.count }
        for (place, instruction) in instructions.enumerated().reversed() where lastUse[instruction.target] != nil {
            for slot in [instruction.a, instruction.b, instruction.c].compactMap({ $0 }) where lastUse[slot] == nil {
                lastUse[slot] = place
            }
            // A constant is written once and stays.
            if instruction.operation.isConstant { lastUse[instruction.target] = instructions.count }
        }
        var homes: [ColumnSlot: ColumnSlot] = [:]
        var free: [FactOwner: (wide: [Int], bytes: [Int])] = [:]
        var counts: [FactOwner: (wide: Int, bytes: Int)] = [:]
        var result: [ColumnInstruction] = []
        for (place, instruction) in instructions.enumerated() {
            guard lastUse[instruction.target] != nil else { continue }
            var next = instruction
            next.a = instruction.a.flatMap { homes[$0] }
            next.b = instruction.b.flatMap { homes[$0] }
            next.c = instruction.c.flatMap { homes[$0] }
            let owner = instruction.target.owner
            let wide = instruction.target.isWide
            let number: Int
            if let reused = wide ? free[owner]?.wide.popLast() : free[owner]?.bytes.popLast() {
                number = reused
            } else {
                var count = counts[owner] ?? (0, 0)
                number = wide ? count.wide : count.bytes
                if wide { count.wide += 1 } else { count.bytes += 1 }
                counts[owner] = count
            }
            let home = ColumnSlot(owner: owner, isWide: wide, number: number)
            homes[instruction.target] = home
            next.target = home
            result.append(next)
            for slot in Set([instruction.a, instruction.b, instruction.c].compactMap({ $0 }))
            where lastUse[slot] == place {
                guard let home = homes[slot] else { continue }
                var pool = free[home.owner] ?? ([], [])
                if home.isWide { pool.wide.append(home.number) } else { pool.bytes.append(home.number) }
                free[home.owner] = pool
            }
        }
        return (
            result,
            outputs.map { ColumnProgram.Output(slot: homes[$0.slot] ?? $0.slot, scale: $0.scale) }, counts
        )
    }
}
