import AssistanceCore
import AssistanceExpressions

/// Tables whose rows leave no case out, as decisions key by key.
///
/// A chain of rows, one after the other, would let an unknown key bring in rows that a known one rules out.
extension PolicyContext {
    /// So many rows are put in a tree at most; longer tables are few keys and mostly known.
    private static let treeLimit = 64

    /// The value that the first matching row gives; nil where the rows are too many or conditions other than keys.
    ///
    /// - Parameters:
    ///   - rows: Rows that leave no case out, in the order in which they are tried.
    ///   - subject: What a key is about.
    func decision(_ rows: [TableRow], _ subject: (String) -> NodeID) -> NodeID? {
        guard rows.count <= Self.treeLimit, rows.allSatisfy({ !$0.hasFor && !$0.hasWhen }) else { return nil }
        return decision(rows.map { ($0, $0.keys) }, subject)
    }

    private func decision(_ rows: [(row: TableRow, keys: [String: KeyCell])], _ subject: (String) -> NodeID) -> NodeID?
    {
        guard let first = rows.first else { return nil }
        guard let key = first.keys.keys.min() else { return first.row.value }
        let node = subject(key)
        /// What holds where the key lies in a case: of the rows that the case can match, without the key.
        func rest(where isIn: (KeyCell) -> Bool) -> NodeID? {
            let matching = rows.filter { $0.keys[key].map(isIn) ?? true }
            return decision(matching.map { ($0.row, $0.keys.filter { $0.key != key }) }, subject)
        }
        switch first.keys[key] {
        case .codes?: return byCode(rows.compactMap { $0.keys[key] }, node, first.row.node, rest)
        case .truth?:
            guard let yes = rest(where: { $0 == .truth(true) }), let no = rest(where: { $0 == .truth(false) }) else {
                return nil
            }
            return make(at: first.row.node) { () throws(GraphError) in try builder.select(node, yes, no) }
        case .range?: return byBand(rows.compactMap { $0.keys[key] }, node, first.row.node, rest)
        case nil: return nil
        }
    }

    /// Codes that the same rows hold for are one case.
    private func byCode(
        _ cells: [KeyCell], _ subject: NodeID, _ place: YAMLNode, _ rest: ((KeyCell) -> Bool) -> NodeID?
    ) -> NodeID? {
        guard case .code(let list) = builder[subject].kind else { return nil }
        func holds(_ cell: KeyCell, _ code: Int) -> Bool {
            if case .codes(let mask) = cell { mask & (1 << UInt64(code)) != 0 } else { false }
        }
        var cases: [(pattern: [Bool], mask: UInt64, code: Int)] = []
        for code in list.codes.indices {
            let pattern = cells.map { holds($0, code) }
            if let known = cases.firstIndex(where: { $0.pattern == pattern }) {
                cases[known].mask |= 1 << UInt64(code)
            } else {
                cases.append((pattern, 1 << UInt64(code), code))
            }
        }
        var result: NodeID?
        for one in cases.reversed() {
            guard let value = rest({ holds($0, one.code) }) else { return nil }
            guard let others = result else {
                result = value
                continue
            }
            result = make(at: place) { () throws(GraphError) in
                try builder.select(builder.isOneOf(subject, one.mask), value, others)
            }
        }
        return result
    }

    /// Bands that exclude each other; nil where they do not, and one after the other has to be tried.
    private func byBand(
        _ cells: [KeyCell], _ subject: NodeID, _ place: YAMLNode, _ rest: ((KeyCell) -> Bool) -> NodeID?
    ) -> NodeID? {
        var bands: [KeyCell] = []
        for cell in cells where !bands.contains(cell) {
            guard bands.allSatisfy({ !overlap(["": $0], ["": cell]) }) else { return nil }
            bands.append(cell)
        }
        // Where the bands leave something out, rows without the key take it.
        var result = rest { _ in false }
        for band in bands.reversed() {
            guard let value = rest({ $0 == band }) else { return nil }
            guard let others = result else {
                result = value
                continue
            }
            let inside = matches(band, subject, at: place)
            result = make(at: place) { () throws(GraphError) in try builder.select(inside, value, others) }
        }
        return result
    }
}
