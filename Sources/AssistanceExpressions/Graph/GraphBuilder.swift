import AssistanceCore

/// A finished graph: what one policy computes for any household of one area on one day.
///
/// Immutable; may be shared between threads.
public struct Graph: Sendable {
    /// The facts it reads.
    public let schema: FactSchema
    /// The nodes; operands stand before what uses them.
    public let nodes: [Node]
    /// The names.
    public let steps: [NamedStep]
    /// What policy leaves unfilled.
    public let gaps: [String]
    /// The day of assessment.
    public let date: CalendarDate

    /// A node of the graph.
    public subscript(id: NodeID) -> Node { nodes[id.place] }

    /// The nodes that some depend on, and these themselves.
    public func nodes(behind results: [NodeID]) -> Set<NodeID> {
        var found: Set<NodeID> = []
        var open = results
        while let id = open.popLast() {
            if found.insert(id).inserted { open += self[id].operation.operands }
        }
        return found
    }
}

/// Makes the nodes of a graph, checking kind, unit, scope and range of each as it is made.
///
/// Equal nodes are made once. Not safe to share between threads.
public final class GraphBuilder {
    /// The facts that may be read.
    public let schema: FactSchema
    /// The day of assessment.
    public let date: CalendarDate
    private var nodes: [Node] = []
    private var known: [Key: NodeID] = [:]
    private var steps: [NamedStep] = []
    private var gaps: [String] = []
    /// What the guards around the place being compiled prove about a node's least value.
    private var provenPositive: [NodeID: Int] = [:]

    private struct Key: Hashable {
        let operation: Operation
        let kind: NodeKind
        let scope: FactOwner
    }

    /// A builder of a graph over a schema for one day of assessment.
    public init(schema: FactSchema, date: CalendarDate) {
        self.schema = schema
        self.date = date
    }

    /// The graph as made so far.
    public func finished() -> Graph { Graph(schema: schema, nodes: nodes, steps: steps, gaps: gaps, date: date) }

    /// A node made before.
    public subscript(id: NodeID) -> Node { nodes[id.place] }

    /// The name that a node is; nil for one without.
    public func namedStep(_ id: NodeID) -> NamedStep? {
        if case .named(let place, _) = self[id].operation { steps[place] } else { nil }
    }

    /// The value of a node that is the same for every household.
    public func constantValue(_ id: NodeID) -> Rational? {
        switch self[id].operation {
        case .constant(let value): value
        case .named(_, let inner): constantValue(inner)
        default: nil
        }
    }

    /// The node behind its names.
    func unnamed(_ id: NodeID) -> NodeID {
        if case .named(_, let inner) = self[id].operation { return unnamed(inner) }
        return id
    }

    // MARK: Leaves

    /// Stands where an error has been reported.
    public var poison: NodeID { make(.constant(.zero), .household, .poison, .zero, .zero, 1, []) }

    /// A constant of a kind.
    public func constant(_ value: Rational, _ kind: NodeKind) throws(GraphError) -> NodeID {
        let value = value.reduced
        if case .number(let number) = kind, number.flavour == .integer {
            guard value.isInteger, Int64(exactly: value.numerator) != nil else {
                throw GraphError(.overflow, "a whole number lies between -9223372036854775808 and 9223372036854775807")
            }
        }
        return make(.constant(value), .household, kind, value, value, value.denominator, [])
    }

    /// Yes or no.
    public func truth(_ value: Bool) -> NodeID {
        let number: Rational = value ? .one : .zero
        return make(.constant(number), .household, .bool, number, number, 1, [])
    }

    /// A code of a list, by its place.
    public func code(_ place: Int, of list: CodeList) -> NodeID {
        make(.constant(Rational(place)), .household, .code(list), Rational(place), Rational(place), 1, [])
    }

    /// A day.
    public func day(_ date: CalendarDate) -> NodeID {
        make(.constant(Rational(date.days)), .household, .date, Rational(date.days), Rational(date.days), 1, [])
    }

    /// A fact of the schema.
    public func fact(_ place: Int) -> NodeID {
        if schema.isBroken(place) { return poison }
        let fact = schema.facts[place]
        let range = fact.type.storedRange
        var lowest = Rational(range.lowerBound)
        var highest = Rational(range.upperBound)
        var scale: Int128 = 1
        let kind: NodeKind
        switch fact.type {
        case .code(let list): kind = .code(list)
        case .codes(let list): kind = .codes(list)
        case .yesNo: kind = .bool
        case .date: kind = .date
        case .count, .division: kind = .integer
        case .amount(let unit, _):
            kind = .quantity(unit)
            let size = Self.factSize(unit)
            lowest = lowest.multiplied(by: size) ?? lowest
            highest = highest.multiplied(by: size) ?? highest
            scale = size.denominator
        }
        return make(.fact(place), fact.owner, kind, lowest, highest, scale, [])
    }

    /// A standing that another programme decides and a household file may state; no where it says nothing.
    public func stated(_ place: Int) -> NodeID {
        make(.stated(place), schema.facts[place].owner, .bool, .zero, .one, 1, [])
    }

    /// A fact where the household states it, and another value of its kind where it does not (已核定的数).
    ///
    /// Whoever decided the fact knows better than policy computes: what the insurer has paid, what an officer has set.
    public func settled(_ place: Int, otherwise: NodeID) throws(GraphError) -> NodeID {
        let fact = self.fact(place)
        let (left, right) = (self[fact], self[otherwise])
        guard let scope = try commonScope(left, right) else { return poison }
        if right.kind == .poison { return poison }
        let kind = try commonKind(left, right)
        return try checked(
            .settled(fact: fact, otherwise: otherwise), scope, kind, min(left.lowest, right.lowest),
            max(left.highest, right.highest), scale: commonScale(left, right), divisors: right.divisors, from: nil,
            constant: nil)
    }

    /// What one stored hundredth of an amount is in base units.
    static func factSize(_ unit: Unit) -> Rational {
        (unit.size.multiplied(by: .hundredth) ?? unit.size).reduced
    }

    /// Unknown because policy leaves a term unfilled.
    public func gap(_ name: String, _ kind: NodeKind, scope: FactOwner = .household) -> NodeID {
        let place = gapPlace(name)
        switch kind {
        case .bool: return make(.gap(place), scope, kind, .zero, .one, 1, [])
        case .code(let list):
            return make(.gap(place), scope, kind, .zero, Rational(max(0, list.codes.count - 1)), 1, [])
        case .number(let number) where number.dimension.squareMetre != 0:
            // Areas, and prices of them, whose product has to stay a number of 64 bits.
            return make(.gap(place), scope, kind, .zero, Rational(100_000), 1200, [])
        default: return make(.gap(place), scope, kind, .zero, Rational(10_000_000_000), 1200, [])
        }
    }

    /// The same value under a name.
    public func named(
        _ name: String, _ role: NamedStep.Role, _ label: Label, unit: Unit, origin: Origin?, rule: String? = nil,
        _ node: NodeID
    ) -> NodeID {
        let inner = self[node]
        if inner.kind == .poison { return node }
        let id = NodeID(nodes.count)
        steps.append(
            NamedStep(
                name: name, role: role, label: label, unit: unit, origin: origin, rule: rule ?? origin?.text, node: id))
        nodes.append(
            Node(
                operation: .named(steps.count - 1, node), scope: inner.scope, kind: inner.kind, lowest: inner.lowest,
                highest: inner.highest, scale: inner.scale, divisors: inner.divisors))
        return id
    }

    // MARK: Arithmetic

    /// The sum of two numbers of one kind.
    public func add(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        try linear(a, b, "add", { Operation.add($0, $1) }) {
            $0.adding($1)
        } high: {
            $0.adding($1)
        }
    }

    /// The difference of two numbers of one kind.
    public func subtract(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let (kind, scope) = try common(a, b, "subtract") else { return poison }
        return try checked(
            .subtract(a, b), scope, kind, left.lowest.subtracting(right.highest),
            left.highest.subtracting(right.lowest), scale: commonScale(left, right),
            divisors: mergedDivisors(left, right), from: (a, b)
        ) { $0.subtracting($1) }
    }

    /// The lesser of two numbers of one kind.
    public func minimum(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        try linear(a, b, "compare", { Operation.minimum($0, $1) }) {
            min($0, $1)
        } high: {
            min($0, $1)
        }
    }

    /// The greater of two numbers of one kind.
    public func maximum(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        try linear(a, b, "compare", { Operation.maximum($0, $1) }) {
            max($0, $1)
        } high: {
            max($0, $1)
        }
    }

    private func linear(
        _ a: NodeID, _ b: NodeID, _ verb: String, _ operation: (NodeID, NodeID) -> Operation,
        low: @escaping (Rational, Rational) -> Rational?, high: (Rational, Rational) -> Rational?
    ) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let (kind, scope) = try common(a, b, verb) else { return poison }
        return try checked(
            operation(a, b), scope, kind, low(left.lowest, right.lowest), high(left.highest, right.highest),
            scale: commonScale(left, right), divisors: mergedDivisors(left, right), from: (a, b), constant: low)
    }

    /// The product of two numbers.
    public func multiply(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right), case .number(let x) = left.kind,
            case .number(let y) = right.kind
        else { return try poisonOrMismatch(left, right, "multiply") }
        let kind = try NodeKind.number(productKind(x, y, x.dimension.times(y.dimension), "multiply"))
        let corners = [
            left.lowest.multiplied(by: right.lowest), left.lowest.multiplied(by: right.highest),
            left.highest.multiplied(by: right.lowest), left.highest.multiplied(by: right.highest),
        ].compactMap { $0 }
        guard corners.count == 4 else { throw tooLarge }
        let (scale, overflow) = left.scale.multipliedReportingOverflow(by: right.scale)
        return try checked(
            .multiply(a, b), scope, kind, corners.min(), corners.max(), scale: overflow ? nil : scale,
            divisors: (left.divisors + right.divisors).sorted(), from: (a, b)
        ) { $0.multiplied(by: $1) }
    }

    /// The quotient of two numbers. Integers do not divide; a divisor that could be zero needs a guard.
    public func divide(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right), case .number(let x) = left.kind,
            case .number(let y) = right.kind
        else { return try poisonOrMismatch(left, right, "divide") }
        if x.flavour == .integer && y.flavour == .integer {
            throw GraphError(
                .integerDivision,
                "a whole number divided by a whole number would drop its remainder; divide the quantity itself, as in 'minimum_wage / 6', or write a share such as 50%"
            )
        }
        let kind = try NodeKind.number(productKind(x, y, x.dimension.over(y.dimension), "divide"))
        if let divisor = constantValue(b) {
            guard !divisor.isZero else { throw GraphError(.divisionByZero, "the divisor is zero") }
            guard let inverse = divisor.inverse else { throw tooLarge }
            let factor = make(
                .constant(inverse), .household, right.kind, inverse, inverse, inverse.denominator, [])
            let corners = [left.lowest.multiplied(by: inverse), left.highest.multiplied(by: inverse)].compactMap { $0 }
            guard corners.count == 2 else { throw tooLarge }
            let (scale, overflow) = left.scale.multipliedReportingOverflow(by: inverse.denominator)
            return try checked(
                .multiply(a, factor), scope, kind, corners.min(), corners.max(), scale: overflow ? nil : scale,
                divisors: left.divisors, from: (a, factor)
            ) { $0.multiplied(by: $1) }
        }
        guard let floor = leastPositive(b) else {
            throw GraphError(
                .divisionByZero, "the divisor could be zero; guard it, as in 'n > 0 ? income / n : 0 yuan/month'")
        }
        let corners = [
            left.lowest.divided(by: floor), left.lowest.divided(by: right.highest), left.highest.divided(by: floor),
            left.highest.divided(by: right.highest),
        ].compactMap { $0 }
        guard corners.count == 4 else { throw tooLarge }
        return try checked(
            .divide(a, b, floor: floor), scope, kind, corners.min(), corners.max(), scale: left.scale,
            divisors: (left.divisors + [b]).sorted(), from: (a, b), constant: nil)
    }

    /// The least value above zero that a divisor is proven to have, or nil where it could be zero.
    private func leastPositive(_ id: NodeID) -> Rational? {
        let node = self[id]
        if node.lowest > .zero { return node.lowest }
        let target = unnamed(id)
        guard !node.lowest.isNegative, provenPositive[target, default: 0] > 0 else { return nil }
        return Rational(1, over: max(1, node.scale))
    }

    /// Runs `body` knowing that these nodes are above zero, because a condition around it says so.
    public func assuming<Result, Failure: Error>(
        positive guarded: [NodeID], _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        for id in guarded { provenPositive[unnamed(id), default: 0] += 1 }
        defer { for id in guarded { provenPositive[unnamed(id), default: 0] -= 1 } }
        return try body()
    }

    /// Runs `body` knowing nothing, for what must hold wherever it is used.
    public func assumingNothing<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result
    {
        let proven = provenPositive
        provenPositive = [:]
        defer { provenPositive = proven }
        return try body()
    }

    /// The nodes that a condition proves to be above zero where it holds: `n > 0`, and both sides of `&&`.
    public func provenPositive(by condition: NodeID) -> [NodeID] {
        switch self[unnamed(condition)].operation {
        case .and(let a, let b): provenPositive(by: a) + provenPositive(by: b)
        case .less(let a, let b): constantValue(a).map { !$0.isNegative } == true ? [b] : []
        case .lessOrEqual(let a, let b): constantValue(a).map { $0 > .zero } == true ? [b] : []
        default: []
        }
    }

    /// Rounded to a multiple of a step in base units.
    public func round(_ a: NodeID, _ mode: RoundingMode, to unit: Unit, times count: Rational = .one)
        throws(GraphError) -> NodeID
    {
        let node = self[a]
        if node.kind == .poison { return poison }
        guard case .number(let number) = node.kind, let step = unit.size.multiplied(by: count)?.reduced else {
            throw GraphError(.typeMismatch, "only a number can be rounded, not \(node.kind.name)")
        }
        guard number.dimension == unit.dimension else {
            throw GraphError(
                .unitMismatch, "a value of \(number.dimension) cannot be rounded to \(unit.text)")
        }
        guard step > .zero else {
            throw GraphError(.typeMismatch, "a value is rounded to a step above zero")
        }
        guard let low = node.lowest.rounded(.down, toMultipleOf: step),
            let high = node.highest.rounded(.up, toMultipleOf: step)
        else { throw tooLarge }
        if let value = constantValue(a), let rounded = value.rounded(mode, toMultipleOf: step) {
            return try constant(rounded, node.kind)
        }
        if node.divisors.isEmpty, let steps = Rational(1, over: node.scale)?.divided(by: step), steps.isInteger {
            return a  // Every value is a multiple of the step already.
        }
        return try checked(
            .round(a, mode, step: step), node.scope, node.kind, low, high, scale: step.denominator, divisors: [],
            from: nil, constant: nil)
    }

    // MARK: Conditions

    /// Less than, for numbers of one kind, days, and no before yes.
    public func less(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        try comparison(a, b, { Operation.less($0, $1) }) { $0 < $1 }
    }

    /// At most.
    public func lessOrEqual(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        try comparison(a, b, { Operation.lessOrEqual($0, $1) }) { $0 <= $1 }
    }

    /// The same value.
    public func equal(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        if case .code(let list) = left.kind, right.kind == .code(list) {
            for (code, other) in [(a, b), (b, a)] {
                if let place = constantValue(code).flatMap({ Int(exactly: $0.numerator) }), let code = list[place] {
                    return try isOneOf(other, list.meaning(of: code.name) ?? 0)
                }
            }
        }
        return try comparison(a, b, { Operation.equal($0, $1) }) { $0 == $1 }
    }

    private func comparison(
        _ a: NodeID, _ b: NodeID, _ operation: (NodeID, NodeID) -> Operation, _ holds: (Rational, Rational) -> Bool
    ) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right) else { return poison }
        if left.kind == .poison || right.kind == .poison { return poison }
        if case .number(let x) = left.kind, case .number(let y) = right.kind {
            _ = try sameKind(x, y, "compare")
            guard let leftScale = magnitude(left), let rightScale = magnitude(right),
                product(leftScale, magnitudeOfDivisors(right) ?? .max) != nil,
                product(rightScale, magnitudeOfDivisors(left) ?? .max) != nil
            else { throw tooLarge }
        } else if left.kind != right.kind {
            if case .code = left.kind, case .code = right.kind {
                throw GraphError(.typeMismatch, "cannot compare codes of different lists")
            }
            throw GraphError(.typeMismatch, "cannot compare \(left.kind.name) with \(right.kind.name)")
        } else if case .codes = left.kind {
            throw GraphError(.typeMismatch, "sets of codes cannot be compared; ask \"'serious' in member.illness\"")
        }
        if let x = constantValue(a), let y = constantValue(b) { return truth(holds(x, y)) }
        return make(operation(a, b), scope, .bool, .zero, .one, 1, [])
    }

    /// Both hold.
    public func and(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right) else { return poison }
        try requireBool(left, right, "&&")
        if left.kind == .poison || right.kind == .poison { return poison }
        for (x, y) in [(a, b), (b, a)] {
            if let value = constantValue(x) { return value.isZero ? truth(false) : y }
        }
        return make(.and(a, b), scope, .bool, .zero, .one, 1, [])
    }

    /// At least one holds.
    public func or(_ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right) else { return poison }
        try requireBool(left, right, "||")
        if left.kind == .poison || right.kind == .poison { return poison }
        for (x, y) in [(a, b), (b, a)] {
            if let value = constantValue(x) { return value.isZero ? y : truth(true) }
        }
        return make(.or(a, b), scope, .bool, .zero, .one, 1, [])
    }

    /// Does not hold.
    public func not(_ a: NodeID) throws(GraphError) -> NodeID {
        let node = self[a]
        try requireBool(node, node, "!")
        if node.kind == .poison { return poison }
        if let value = constantValue(a) { return truth(value.isZero) }
        return make(.not(a), node.scope, .bool, .zero, .one, 1, [])
    }

    /// One value where a condition holds, another where not.
    public func select(_ condition: NodeID, _ a: NodeID, _ b: NodeID) throws(GraphError) -> NodeID {
        let test = self[condition]
        try requireBool(test, test, "? :")
        let (left, right) = (self[a], self[b])
        guard let inner = try commonScope(left, right), let scope = deeper(test.scope, inner) else { return poison }
        if [test.kind, left.kind, right.kind].contains(.poison) { return poison }
        let kind = try commonKind(left, right)
        if let value = constantValue(condition) { return value.isZero ? b : a }
        if a == b { return a }
        return try checked(
            .select(condition, a, b), scope, kind, min(left.lowest, right.lowest), max(left.highest, right.highest),
            scale: commonScale(left, right), divisors: mergedDivisors(left, right), from: nil, constant: nil)
    }

    /// Whether a code is one of a bit set.
    public func isOneOf(_ a: NodeID, _ codes: UInt64) throws(GraphError) -> NodeID {
        let node = self[a]
        if node.kind == .poison { return poison }
        if let place = constantValue(a), let bit = UInt64(exactly: place.numerator), bit < 62 {
            return truth(codes & (1 << bit) != 0)
        }
        if codes == 0 { return truth(false) }
        return make(.isOneOf(a, codes), node.scope, .bool, .zero, .one, 1, [])
    }

    /// Whether a set of codes holds any of a bit set.
    public func hasAny(_ a: NodeID, _ codes: UInt64) -> NodeID {
        make(.hasAny(a, codes), self[a].scope, .bool, .zero, .one, 1, [])
    }

    /// How many codes a set holds.
    public func countCodes(_ a: NodeID) -> NodeID {
        var most = 62
        if case .codes(let list) = self[a].kind { most = list.codes.count }
        return make(.countCodes(a), self[a].scope, .integer, .zero, Rational(most), 1, [])
    }

    // MARK: Lists, days, discretion

    /// Over the entries of a list for which the filter holds; the result belongs to the list's parent.
    public func aggregate(_ aggregate: Aggregate, over list: FactOwner, _ body: NodeID, where filter: NodeID)
        throws(GraphError) -> NodeID
    {
        let (inner, test) = (self[body], self[filter])
        guard let parent = list.parent else { throw GraphError(.typeMismatch, "a household is not a list") }
        for node in [inner, test] where !list.isWithin(node.scope) {
            throw GraphError(.typeMismatch, "a fact of \(node.scope.word) has no single value for each \(list.word)")
        }
        try requireBool(test, test, "the condition of a list")
        if inner.kind == .poison || test.kind == .poison { return poison }
        let size = Rational(list.limit)
        switch aggregate {
        case .any, .every:
            try requireBool(inner, inner, "all or exists")
            return make(.aggregate(aggregate, list, body: body, filter: filter), parent, .bool, .zero, .one, 1, [])
        case .count:
            return make(
                .aggregate(.count, list, body: truth(true), filter: filter), parent, .integer, .zero, size, 1, [])
        case .sum:
            guard case .number = inner.kind else {
                throw GraphError(.typeMismatch, "only numbers can be summed, not \(inner.kind.name)")
            }
            if inner.divisors.contains(where: { self[$0].scope.isWithin(list) }) {
                throw GraphError(
                    .overflow,
                    "a quotient of each \(list.word) must be rounded before it is summed, as in round(x, nearest, fen)"
                )
            }
            if inner.scope != list {
                // The same for every entry: no loop, and exactly the same sum.
                let count = try self.aggregate(.count, over: list, truth(true), where: filter)
                return try multiply(count, body)
            }
            return try checked(
                .aggregate(.sum, list, body: body, filter: filter), parent, inner.kind,
                min(.zero, inner.lowest).multiplied(by: size), max(.zero, inner.highest).multiplied(by: size),
                scale: inner.scale, divisors: inner.divisors, from: nil, constant: nil)
        }
    }

    /// Full years from a day to the day of assessment; below zero counts as 0.
    public func completedYears(since a: NodeID) throws(GraphError) -> NodeID {
        try elapsed(a, .completedYears(a), highest: 9_999)
    }

    /// Full months from a day to the day of assessment; below zero counts as 0.
    public func completedMonths(since a: NodeID) throws(GraphError) -> NodeID {
        try elapsed(a, .completedMonths(a), highest: 119_988)
    }

    private func elapsed(_ a: NodeID, _ operation: Operation, highest: Int) throws(GraphError) -> NodeID {
        let node = self[a]
        if node.kind == .poison { return poison }
        guard node.kind == .date else {
            throw GraphError(.typeMismatch, "full years and months are counted from a date, not from \(node.kind.name)")
        }
        return make(operation, node.scope, .integer, .zero, Rational(highest), 1, [])
    }

    /// Left open between two bounds: what was decided where that lies between them, else anything between them.
    ///
    /// - Parameter decided: the fact that says what was decided.
    public func between(_ least: NodeID, _ most: NodeID, decided: NodeID, _ ends: OpenEnds = OpenEnds())
        throws(GraphError) -> NodeID
    {
        // Where a household's least lies above its most, the least holds.
        let isOrdered = self[least].highest <= self[most].lowest
        let most = isOrdered ? most : try maximum(least, most)
        guard try common(least, most, "choose between") != nil,
            let (kind, _) = try common(most, decided, "choose between"),
            let bounds = try commonScope(self[least], self[most]), let scope = deeper(bounds, self[decided].scope)
        else { return poison }
        let (low, high, fact) = (self[least], self[most], self[decided])
        guard let scale = commonScale(low, high).flatMap({ commonScale($0, fact.scale) }) else { throw tooLarge }
        return try checked(
            .between(least, most, decided: decided, ends), scope, kind, low.lowest, high.highest, scale: scale,
            divisors: mergedDivisors(low, high), from: nil, constant: nil)
    }

    private func gapPlace(_ name: String) -> Int {
        let place = gaps.firstIndex(of: name) ?? gaps.count
        if place == gaps.count { gaps.append(name) }
        return place
    }

    // MARK: Checks

    private let tooLarge = GraphError(
        .overflow, "the result could exceed what 128 bits hold; narrow the figures or split the expression")

    private func make(
        _ operation: Operation, _ scope: FactOwner, _ kind: NodeKind, _ lowest: Rational, _ highest: Rational,
        _ scale: Int128, _ divisors: [NodeID]
    ) -> NodeID {
        let key = Key(operation: operation, kind: kind, scope: scope)
        if let id = known[key] { return id }
        let id = NodeID(nodes.count)
        nodes.append(
            Node(
                operation: operation, scope: scope, kind: kind, lowest: lowest, highest: highest, scale: scale,
                divisors: divisors))
        known[key] = id
        return id
    }

    /// Makes a number whose range, scale and divisors are proven to fit, folding constants.
    private func checked(
        _ operation: Operation, _ scope: FactOwner, _ kind: NodeKind, _ lowest: Rational?, _ highest: Rational?,
        scale: Int128?, divisors: [NodeID], from operands: (NodeID, NodeID)?,
        constant fold: ((Rational, Rational) -> Rational?)?
    ) throws(GraphError) -> NodeID {
        if let fold, let operands, let a = constantValue(operands.0), let b = constantValue(operands.1) {
            guard let value = fold(a, b) else { throw tooLarge }
            return try self.constant(value, kind)
        }
        guard let lowest = lowest?.reduced, let highest = highest?.reduced, let scale else { throw tooLarge }
        if case .number(let number) = kind, number.flavour == .integer {
            guard Int64(exactly: lowest.numerator) != nil, Int64(exactly: highest.numerator) != nil else {
                throw GraphError(.overflow, "the whole number could leave the range of 64 bits")
            }
        }
        let id = make(operation, scope, kind, lowest, highest, scale, divisors)
        guard magnitude(self[id]) != nil else { throw tooLarge }
        return id
    }

    /// The greatest absolute numerator of a node over its common denominator, or nil where 2¹²⁰ would not hold it.
    private func magnitude(_ node: Node) -> Int128? {
        let top = max(
            node.lowest.numerator.magnitude / node.lowest.denominator.magnitude,
            node.highest.numerator.magnitude / node.highest.denominator.magnitude)
        guard let whole = Int128(exactly: top), let bound = product(whole + 1, node.scale),
            let divisors = magnitudeOfDivisors(node)
        else { return nil }
        return product(bound, divisors)
    }

    private func magnitudeOfDivisors(_ node: Node) -> Int128? {
        var result: Int128? = 1
        for divisor in node.divisors {
            result = result.flatMap { sofar in magnitude(self[divisor]).flatMap { product(sofar, $0) } }
        }
        return result
    }

    private func product(_ a: Int128, _ b: Int128) -> Int128? {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow || value.magnitude > 1 << 120 ? nil : value
    }

    private func commonScale(_ a: Node, _ b: Node) -> Int128? { commonScale(a.scale, b.scale) }

    private func commonScale(_ a: Int128, _ b: Int128) -> Int128? {
        if a == b { return a }
        guard let ratio = Rational(a, over: b)?.reduced else { return nil }
        return product(a, ratio.denominator)
    }

    private func mergedDivisors(_ a: Node, _ b: Node) -> [NodeID] {
        var rest = b.divisors
        for divisor in a.divisors {
            if let place = rest.firstIndex(of: divisor) { rest.remove(at: place) }
        }
        return (a.divisors + rest).sorted()
    }

    private func deeper(_ a: FactOwner, _ b: FactOwner) -> FactOwner? {
        a.isWithin(b) ? a : (b.isWithin(a) ? b : nil)
    }

    private func commonScope(_ a: Node, _ b: Node) throws(GraphError) -> FactOwner? {
        guard let scope = deeper(a.scope, b.scope) else {
            throw GraphError(
                .typeMismatch, "a fact of \(a.scope.word) and one of \(b.scope.word) do not belong to one row")
        }
        return scope
    }

    private func common(_ a: NodeID, _ b: NodeID, _ verb: String) throws(GraphError) -> (NodeKind, FactOwner)? {
        let (left, right) = (self[a], self[b])
        guard let scope = try commonScope(left, right) else { return nil }
        guard case .number(let x) = left.kind, case .number(let y) = right.kind else {
            _ = try poisonOrMismatch(left, right, verb)
            return nil
        }
        return (.number(try sameKind(x, y, verb)), scope)
    }

    /// The kind of a value that is one of two.
    private func commonKind(_ a: Node, _ b: Node) throws(GraphError) -> NodeKind {
        if case .number(let x) = a.kind, case .number(let y) = b.kind {
            return .number(try sameKind(x, y, "choose between"))
        }
        guard a.kind == b.kind else {
            throw GraphError(
                .typeMismatch, "both outcomes must be of one kind, not \(a.kind.name) and \(b.kind.name)")
        }
        return a.kind
    }

    private func poisonOrMismatch(_ a: Node, _ b: Node, _ verb: String) throws(GraphError) -> NodeID {
        if a.kind == .poison || b.kind == .poison { return poison }
        throw GraphError(.typeMismatch, "cannot \(verb) \(a.kind.name) and \(b.kind.name)")
    }

    private func sameKind(_ a: NumberKind, _ b: NumberKind, _ verb: String) throws(GraphError) -> NumberKind {
        guard a.dimension == b.dimension else {
            let isBare = [a, b].contains { $0.dimension == .none && $0.flavour != .quantity }
            let advice =
                isBare ? "; write the unit of the number, as in 5 yuan" : a.dimension.advice(against: b.dimension)
            throw GraphError(.unitMismatch, "cannot \(verb) \(a.name) and \(b.name): the units differ" + advice)
        }
        if a.flavour == b.flavour { return a }
        if a.flavour == .quantity || b.flavour == .quantity {
            return NumberKind(flavour: .quantity, dimension: a.dimension)
        }
        throw GraphError(
            .typeMismatch, "cannot \(verb) a whole number and a decimal; write both with or without a point")
    }

    private func productKind(_ a: NumberKind, _ b: NumberKind, _ dimension: Dimension, _ verb: String)
        throws(GraphError) -> NumberKind
    {
        if a.flavour == b.flavour && a.flavour != .quantity { return a }
        if a.flavour == .quantity || b.flavour == .quantity {
            return NumberKind(flavour: .quantity, dimension: dimension)
        }
        throw GraphError(
            .typeMismatch, "cannot \(verb) a whole number and a decimal; write both with or without a point")
    }

    private func requireBool(_ a: Node, _ b: Node, _ place: String) throws(GraphError) {
        for node in [a, b] where node.kind != .bool && node.kind != .poison {
            throw GraphError(.typeMismatch, "\(place) takes yes/no, not \(node.kind.name)")
        }
    }
}
