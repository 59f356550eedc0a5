import AssistanceCore

// Which parts of two graphs compute the same, whatever their rules are called and wherever they stand.
extension Graph {
    /// For each node of this graph a node of another that computes the same of every household; nil where there is none.
    ///
    /// Names, places and sources are not compared. Graphs of other facts or of another day have nothing in common.
    public func counterparts(in other: Graph) -> [NodeID?] {
        guard schema.facts == other.schema.facts, date == other.date else { return nodes.map { _ in nil } }
        var known: [Computation: NodeID] = [:]
        // A name computes what is below it: it stands for that, in both graphs.
        var bare: [NodeID?] = []
        for (place, node) in other.nodes.enumerated() {
            guard let same = other.computation(of: node, { bare[$0.place] }) else {
                if case .named(_, let inner) = node.operation {
                    bare.append(bare[inner.place])
                } else {
                    bare.append(nil)
                }
                continue
            }
            let id = known[same] ?? NodeID(place)
            known[same] = id
            bare.append(id)
        }
        var found: [NodeID?] = []
        for node in nodes {
            if case .named(_, let inner) = node.operation {
                found.append(found[inner.place])
            } else {
                found.append(computation(of: node) { found[$0.place] }.flatMap { known[$0] })
            }
        }
        return found
    }

    /// What a node does, with its operands as another graph numbers them.
    private struct Computation: Hashable {
        let operation: Operation
        let scope: FactOwner
        let kind: NodeKind
        let lowest: Rational
        let highest: Rational
        /// The term that policy leaves unfilled, by name: its place differs from graph to graph.
        let gap: String?
    }

    /// Nil for a name, and where an operand has no number there.
    private func computation(of node: Node, _ number: (NodeID) -> NodeID?) -> Computation? {
        var gap: String?
        var operation = node.operation
        switch operation {
        case .named: return nil
        case .gap(let place):
            gap = gaps.indices.contains(place) ? gaps[place] : nil
            operation = .gap(0)
        default:
            guard let renumbered = operation.renumbered(number) else { return nil }
            operation = renumbered
        }
        return Computation(
            operation: operation, scope: node.scope, kind: node.kind, lowest: node.lowest, highest: node.highest,
            gap: gap)
    }
}

extension Operation {
    /// The same operation on other operands; nil where one of them has no other number.
    fileprivate func renumbered(_ number: (NodeID) -> NodeID?) -> Operation? {
        func both(_ a: NodeID, _ b: NodeID, _ make: (NodeID, NodeID) -> Operation) -> Operation? {
            guard let a = number(a), let b = number(b) else { return nil }
            return make(a, b)
        }
        switch self {
        case .constant, .fact, .stated, .gap: return self
        case .add(let a, let b): return both(a, b, Operation.add)
        case .subtract(let a, let b): return both(a, b, Operation.subtract)
        case .multiply(let a, let b): return both(a, b, Operation.multiply)
        case .divide(let a, let b, let floor): return both(a, b) { .divide($0, $1, floor: floor) }
        case .minimum(let a, let b): return both(a, b, Operation.minimum)
        case .maximum(let a, let b): return both(a, b, Operation.maximum)
        case .less(let a, let b): return both(a, b, Operation.less)
        case .lessOrEqual(let a, let b): return both(a, b, Operation.lessOrEqual)
        case .equal(let a, let b): return both(a, b, Operation.equal)
        case .and(let a, let b): return both(a, b, Operation.and)
        case .or(let a, let b): return both(a, b, Operation.or)
        case .not(let a): return number(a).map(Operation.not)
        case .select(let condition, let a, let b):
            guard let condition = number(condition) else { return nil }
            return both(a, b) { .select(condition, $0, $1) }
        case .round(let a, let mode, let step): return number(a).map { .round($0, mode, step: step) }
        case .isOneOf(let a, let bits): return number(a).map { .isOneOf($0, bits) }
        case .hasAny(let a, let bits): return number(a).map { .hasAny($0, bits) }
        case .countCodes(let a): return number(a).map(Operation.countCodes)
        case .aggregate(let kind, let owner, let body, let filter):
            return both(body, filter) { .aggregate(kind, owner, body: $0, filter: $1) }
        case .completedYears(let a): return number(a).map(Operation.completedYears)
        case .completedMonths(let a): return number(a).map(Operation.completedMonths)
        case .settled(let fact, let otherwise): return both(fact, otherwise) { .settled(fact: $0, otherwise: $1) }
        case .named(let step, let a): return number(a).map { .named(step, $0) }
        case .between(let least, let most, let decided, let ends):
            guard let decided = number(decided) else { return nil }
            return both(least, most) { .between($0, $1, decided: decided, ends) }
        }
    }
}
