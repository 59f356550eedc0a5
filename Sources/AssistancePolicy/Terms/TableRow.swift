import AssistanceCore
import AssistanceExpressions

/// What a key cell says, as far as it tells rows apart.
enum KeyCell: Hashable {
    case codes(UInt64)
    case truth(Bool)
    case range(lower: PolicyContext.Bound?, upper: PolicyContext.Bound?)
}

/// One row of a table, compiled.
struct TableRow {
    let node: YAMLNode
    /// The cells with the ends that rows above give them.
    let keys: [String: KeyCell]
    /// The cells as they are written, with the conditions of `for` and `when`: what makes rows bands of one ladder.
    let written: [String: WrittenCell]
    let matches: NodeID
    let value: NodeID

    /// A cell as it is written.
    enum WrittenCell: Hashable {
        case key(KeyCell)
        case condition(NodeID)
    }

    /// The keys of rows that are no keys of facts.
    static let conditionKeys = ["for", "when"]

    var hasFor: Bool { written["for"] != nil }
    var hasWhen: Bool { written["when"] != nil }

    /// How many keys narrow it down.
    var specificity: Int { written.count }

    /// Whether it has all keys of another and more.
    func isMoreSpecific(than other: TableRow) -> Bool {
        specificity > other.specificity && other.written.keys.allSatisfy { written[$0] != nil }
    }

    /// The ladder that a key's cell is a band of: the same other keys, with the same cells.
    func ladder(of key: String) -> Ladder { Ladder(key: key, others: written.filter { $0.key != key }) }

    /// Rows that differ in the range of one key only.
    struct Ladder: Hashable {
        let key: String
        let others: [String: WrittenCell]
    }
}

/// How rows lie to each other, as far as it can be proven when a table is compiled.
extension PolicyContext {
    /// Whether a mistake in the row's keys has been reported.
    func isPoison(_ row: TableRow) -> Bool { builder[row.matches].kind == .poison }

    /// Whether two rows could both match and neither is the more specific.
    func overlap(_ a: TableRow, _ b: TableRow) -> Bool {
        if a.isMoreSpecific(than: b) || b.isMoreSpecific(than: a) { return false }
        return overlap(a.keys, b.keys)
    }

    /// Whether something could lie in the cells of both.
    func overlap(_ a: [String: KeyCell], _ b: [String: KeyCell]) -> Bool {
        a.allSatisfy { key, cell in
            switch (cell, b[key]) {
            case (.codes(let x), .codes(let y)?): x & y != 0
            case (.truth(let x), .truth(let y)?): x == y
            case (.range(let l1, let u1), .range(let l2, let u2)?): !isBelow(u1, l2) && !isBelow(u2, l1)
            default: true
            }
        }
    }

    /// Whether whatever matches one row surely matches another.
    func covers(_ wide: TableRow, _ narrow: TableRow) -> Bool {
        if wide.matches == narrow.matches { return true }
        guard !wide.hasFor, !wide.hasWhen else { return false }
        return wide.keys.allSatisfy { key, cell in
            switch (cell, narrow.keys[key]) {
            case (.codes(let x), .codes(let y)?): y & ~x == 0
            case (.truth(let x), .truth(let y)?): x == y
            case (.range(let l1, let u1), .range(let l2, let u2)?): begins(l1, before: l2) && ends(u1, after: u2)
            default: false
            }
        }
    }

    /// Whether a lower end surely lets in all that another does.
    private func begins(_ wide: Bound?, before narrow: Bound?) -> Bool {
        guard let wide else { return true }
        guard let narrow else { return false }
        let isWider = wide.inclusive || !narrow.inclusive
        if wide.node == narrow.node { return isWider }
        let (a, b) = (builder[wide.node].highest, builder[narrow.node].lowest)
        return a < b || (a == b && isWider)
    }

    /// Whether an upper end surely lets in all that another does.
    private func ends(_ wide: Bound?, after narrow: Bound?) -> Bool {
        guard let wide else { return true }
        guard let narrow else { return false }
        let isWider = wide.inclusive || !narrow.inclusive
        if wide.node == narrow.node { return isWider }
        let (a, b) = (builder[wide.node].lowest, builder[narrow.node].highest)
        return a > b || (a == b && isWider)
    }

    /// Whether an upper end surely lies below a lower end.
    func isBelow(_ upper: Bound?, _ lower: Bound?) -> Bool {
        guard let upper, let lower else { return false }
        let bothOpen = !(upper.inclusive && lower.inclusive)
        if upper.node == lower.node { return bothOpen }
        let (a, b) = (builder[upper.node], builder[lower.node])
        return a.highest < b.lowest || (a.highest == b.lowest && bothOpen)
    }

    // MARK: All cases

    /// Whether the rows surely leave no case out, so that none else is needed.
    ///
    /// - Parameter subject: what a key is about.
    func coverAll(_ rows: [TableRow], _ subject: (String) -> NodeID) -> Bool {
        if rows.contains(where: { builder.constantValue($0.matches).map { !$0.isZero } ?? false }) { return true }
        let firm = rows.filter { !$0.hasFor && !$0.hasWhen }
        return firm.count <= 1_000 && coverAll(firm.map(\.keys), subject)
    }

    /// Whether everything lies in the cells of some row, looking at one key after another.
    private func coverAll(_ rows: [[String: KeyCell]], _ subject: (String) -> NodeID) -> Bool {
        guard let first = rows.first, let key = first.keys.min() else { return !rows.isEmpty }
        // A row without the key holds in all its cases.
        func cover(where isIn: (KeyCell) -> Bool) -> Bool {
            coverAll(
                rows.filter { $0[key].map(isIn) ?? true }.map { row in row.filter { $0.key != key } }, subject)
        }
        switch first[key] {
        case .codes?:
            guard case .code(let list) = builder[subject(key)].kind else { return false }
            return list.codes.indices.allSatisfy { code in
                cover { if case .codes(let mask) = $0 { mask & (1 << UInt64(code)) != 0 } else { false } }
            }
        case .truth?: return [true, false].allSatisfy { truth in cover { $0 == .truth(truth) } }
        case .range?:
            // Bands that each begin where one ended, from the least to the greatest.
            let bands = rows.compactMap { $0[key] }
            let node = builder[subject(key)]
            var next = bands.first { if case .range(let lower, _) = $0 { begins(lower, with: node) } else { false } }
            for _ in bands {
                guard let band = next, cover(where: { $0 == band }), case .range(_, let upper) = band else {
                    return false
                }
                guard let upper, !ends(upper, with: node) else { return true }
                next = bands.first { if case .range(let lower?, _) = $0 { follows(lower, upper) } else { false } }
            }
            return false
        case nil: return false
        }
    }

    /// Whether a lower end lets in the least that a subject can be.
    private func begins(_ lower: Bound?, with subject: Node) -> Bool {
        guard let lower else { return true }
        let end = builder[lower.node].highest
        return end < subject.lowest || (end == subject.lowest && lower.inclusive)
    }

    /// Whether an upper end lets in the greatest that a subject can be.
    private func ends(_ upper: Bound, with subject: Node) -> Bool {
        let end = builder[upper.node].lowest
        return end > subject.highest || (end == subject.highest && upper.inclusive)
    }

    /// Whether a lower end begins just where an upper end stops.
    private func follows(_ lower: Bound, _ upper: Bound) -> Bool {
        lower.inclusive != upper.inclusive && isSame(lower.node, upper.node)
    }

    /// Whether two ends are surely the same value.
    func isSame(_ a: NodeID, _ b: NodeID) -> Bool {
        if a == b { return true }
        guard let x = builder.constantValue(a), let y = builder.constantValue(b) else { return false }
        return x == y
    }
}
