import AssistanceCore

/// The values of nodes that depend on nothing but a few codes: one for each combination of them.
///
/// A figure by area class and residence, and all that is computed of it alone, is then one look into a table.
struct ColumnTables {
    /// More combinations than these are not tabled; a place in a table has 8 bits.
    private static let limit = 128

    struct Table {
        /// The codes, and how many each can be; the last changes first.
        let keys: [(node: NodeID, size: Int)]
        let values: [Rational]
    }

    private let graph: Graph
    private var known: [NodeID: Table] = [:]

    init(_ graph: Graph) { self.graph = graph }

    /// Looks at a node, after its operands: its table, where it has one.
    ///
    /// - Parameter isCode: whether the node is a code, or yes or no, that is known of every row and may be a key.
    mutating func table(of id: NodeID, isCode: Bool) -> Table? {
        let table = computed(id) ?? (isCode ? key(id) : nil)
        known[id] = table
        return table
    }

    private func key(_ id: NodeID) -> Table? {
        let size: Int
        switch graph[id].kind {
        case .bool: size = 2
        case .code(let list): size = list.codes.count
        default: return nil
        }
        guard size > 0, size <= Self.limit else { return nil }
        return Table(keys: [(id, size)], values: (0..<size).map { Rational($0) })
    }

    private func computed(_ id: NodeID) -> Table? {
        let operation = graph[id].operation
        if case .constant(let value) = operation { return Table(keys: [], values: [value]) }
        var operands: [Table] = []
        for operand in operation.operands {
            guard let table = known[operand] else { return nil }
            operands.append(table)
        }
        guard !operands.isEmpty else { return nil }
        var keys: [(node: NodeID, size: Int)] = []
        for key in operands.flatMap(\.keys) where !keys.contains(where: { $0.node == key.node }) { keys.append(key) }
        keys.sort { $0.node < $1.node }
        let size = keys.reduce(1) { $0 * $1.size }
        guard size <= Self.limit else { return nil }
        let steps = operands.map { table in keys.map { Self.step(of: $0.node, in: table) } }
        var values: [Rational] = []
        for place in 0..<size {
            var (rest, places) = (place, [Int](repeating: 0, count: operands.count))
            for (number, key) in keys.enumerated().reversed() {
                for operand in operands.indices { places[operand] += rest % key.size * steps[operand][number] }
                rest /= key.size
            }
            guard let value = value(operation, zip(operands, places).map { $0.values[$1] }) else { return nil }
            values.append(value)
        }
        return Table(keys: keys, values: values)
    }

    /// How far apart the values of two neighbouring codes of a key stand; 0 where the table does not have the key.
    private static func step(of key: NodeID, in table: Table) -> Int {
        guard let place = table.keys.firstIndex(where: { $0.node == key }) else { return 0 }
        return table.keys[(place + 1)...].reduce(1) { $0 * $1.size }
    }

    /// What the evaluator makes of known operands; nil of an operation that is not tabled.
    private func value(_ operation: Operation, _ x: [Rational]) -> Rational? {
        func truth(_ isTrue: Bool) -> Rational { isTrue ? .one : .zero }
        switch operation {
        case .named: return x[0]
        case .add: return x[0].adding(x[1])
        case .subtract: return x[0].subtracting(x[1])
        case .multiply: return x[0].multiplied(by: x[1])
        case .divide(_, _, let floor): return x[0].divided(by: max(x[1], floor))
        case .minimum: return min(x[0], x[1])
        case .maximum: return max(x[0], x[1])
        case .less: return truth(x[0] < x[1])
        case .lessOrEqual: return truth(x[0] <= x[1])
        case .equal: return truth(x[0] == x[1])
        case .and: return truth(!x[0].isZero && !x[1].isZero)
        case .or: return truth(!x[0].isZero || !x[1].isZero)
        case .not: return truth(x[0].isZero)
        case .select: return x[0].isZero ? x[2] : x[1]
        case .round(_, let mode, let step): return x[0].rounded(mode, toMultipleOf: step)
        case .isOneOf(_, let codes):
            return UInt64(exactly: x[0].reduced.numerator).map { truth($0 < 64 && codes & (1 << $0) != 0) }
        default: return nil
        }
    }
}
