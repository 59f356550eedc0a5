import AssistanceCore
import AssistanceExpressions

/// Rows that get into each other's way.
extension PolicyContext {
    /// Two rows that can both match, of which neither is the more specific, are a mistake where only one is taken.
    func checkOverlaps(_ rows: [TableRow]) {
        guard let pairs = RowPairs(rows.filter { !isPoison($0) }, in: self).firstOverlaps else {
            if let first = rows.first {
                findings.report(
                    first.node.error(
                        .tooLarge,
                        "the rows of this table are too many to be compared: few of them differ by a code or by figures that are known"
                    ))
            }
            return
        }
        for (row, other) in pairs {
            findings.report(
                row.error(
                    .overlappingRows,
                    "this row and the one in line \(other.position.line) can both match; say 'pick: first', 'highest' or 'lowest', or make them exclude each other"
                ))
        }
    }

    /// A row whose own range is empty, or which rows before it leave nothing to, is probably a slip.
    func warnOfUnreachable(_ rows: [TableRow], isFirst: Bool) {
        let pairs = isFirst ? RowPairs(rows, in: self).firstCovered ?? [] : []
        var covers: [ObjectIdentifier: YAMLNode] = [:]
        for (row, before) in pairs { covers[ObjectIdentifier(row)] = before }
        for row in rows {
            let isEmpty = row.keys.values.contains { cell in
                guard case .range(let lower, let upper) = cell else { return false }
                return isBelow(upper, lower)
            }
            let before = covers[ObjectIdentifier(row.node)]
            if row.hasWhen, !isEmpty, before == nil { warnWhereNeverHolds(row) }
            guard isEmpty || before != nil else { continue }
            var finding = row.node.error(
                .unreachableRow,
                before.map { "the row in line \($0.position.line) takes everything that this row could take" }
                    ?? "this row holds nothing: its range ends before it begins")
            finding.severity = .warning
            findings.report(finding)
        }
    }
}

extension PolicyContext {
    /// A row whose keys and condition exclude each other.
    fileprivate func warnWhereNeverHolds(_ row: TableRow) {
        var contradiction = Contradiction { [builder] in builder[$0] }
        guard contradiction.isCertain([row.matches]) else { return }
        var finding = row.node.error(
            .neverHolds, "no household can meet the keys and the condition of this row together")
        finding.severity = .warning
        findings.report(finding)
    }
}

/// The pairs of rows of a table that could both match, found without comparing every row with every other: rows that
/// differ in a code, or lie in ranges apart, are never brought together.
struct RowPairs {
    private let rows: [TableRow]
    private let context: PolicyContext
    private let keys: [String]
    /// So few rows are compared with each other.
    private static let few = 8
    /// So many comparisons are made at most: a second's work.
    private static let limit = 2_000_000

    init(_ rows: [TableRow], in context: PolicyContext) {
        self.rows = rows
        self.context = context
        // The keys that most rows have tell most apart.
        var counts: [String: Int] = [:]
        for row in rows { for key in row.keys.keys { counts[key, default: 0] += 1 } }
        keys = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// Each row that overlaps one before it, with the first such; nil where there are too many to compare.
    var firstOverlaps: [(row: YAMLNode, before: YAMLNode)]? { first { context.overlap(rows[$0], rows[$1]) } }

    /// Each row that one before it takes everything from, with the first such; nil likewise.
    var firstCovered: [(row: YAMLNode, before: YAMLNode)]? { first { context.covers(rows[$1], rows[$0]) } }

    private func first(_ isFound: (Int, Int) -> Bool) -> [(row: YAMLNode, before: YAMLNode)]? {
        var found: [Int: Int] = [:]
        var compared = 0
        visit(Array(rows.indices), keys[...]) { group in
            for (place, row) in group.enumerated() {
                for before in group[..<place] {
                    if let known = found[row], known <= before { break }
                    compared += 1
                    if compared > Self.limit { return }
                    if isFound(row, before) {
                        found[row] = before
                        break
                    }
                }
            }
        }
        if compared > Self.limit { return nil }
        return found.sorted { $0.key < $1.key }.map { (rows[$0.key].node, rows[$0.value].node) }
    }

    /// Calls `body` with groups of rows in their order, so that every pair that could overlap is in one of them.
    private func visit(_ group: [Int], _ keys: ArraySlice<String>, _ body: ([Int]) -> Void) {
        guard group.count > Self.few, let key = keys.first else { return body(group) }
        for part in parts(of: group, by: key) { visit(part, keys.dropFirst(), body) }
    }

    /// The rows apart by one key. A row without the key is in every part.
    private func parts(of group: [Int], by key: String) -> [[Int]] {
        var byCode: [Int: [Int]] = [:]
        var ranges: [Int] = []
        var everywhere: [Int] = []
        for row in group {
            switch rows[row].keys[key] {
            case .codes(let mask)?:
                for code in 0..<64 where mask & (1 << UInt64(code)) != 0 { byCode[code, default: []].append(row) }
            case .truth(let truth)?: byCode[truth ? 1 : 0, default: []].append(row)
            case .range?: ranges.append(row)
            case nil: everywhere.append(row)
            }
        }
        var parts = byCode.sorted { $0.key < $1.key }.map(\.value) + apart(ranges, by: key)
        if parts.isEmpty { return [everywhere] }
        guard !everywhere.isEmpty else { return parts }
        // Where most rows lack the key, it tells little apart.
        guard everywhere.count < group.count / 2 else { return [group] }
        for place in parts.indices { parts[place] = (parts[place] + everywhere).sorted() }
        return parts
    }

    /// Rows in ranges, cut where one row surely ends before all that follow begin.
    private func apart(_ group: [Int], by key: String) -> [[Int]] {
        func ends(_ row: Int) -> (lower: PolicyContext.Bound?, upper: PolicyContext.Bound?) {
            if case .range(let lower, let upper)? = rows[row].keys[key] { (lower, upper) } else { (nil, nil) }
        }
        func least(_ row: Int) -> Rational? { ends(row).lower.map { context.builder[$0.node].lowest } }
        let ordered = group.map { (row: $0, least: least($0)) }.sorted { a, b in
            guard let y = b.least else { return false }
            return a.least.map { $0 < y } ?? true
        }
        var parts: [[Int]] = []
        var current: [Int] = []
        var top: PolicyContext.Bound?
        for (row, _) in ordered {
            let (lower, upper) = ends(row)
            if !current.isEmpty, let top, context.isBelow(top, lower) {
                parts.append(current.sorted())
                current = []
            }
            top = current.isEmpty ? upper : highest(top, upper)
            current.append(row)
        }
        return current.isEmpty ? parts : parts + [current.sorted()]
    }

    /// The end that lies higher, nil for none.
    private func highest(_ a: PolicyContext.Bound?, _ b: PolicyContext.Bound?) -> PolicyContext.Bound? {
        guard let a, let b else { return nil }
        let (x, y) = (context.builder[a.node].highest, context.builder[b.node].highest)
        return x > y || (x == y && a.inclusive) ? a : b
    }
}
