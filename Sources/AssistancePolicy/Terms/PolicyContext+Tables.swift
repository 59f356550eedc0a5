import AssistanceCore
import AssistanceExpressions

/// Tables: rows of key cells and one result.
extension PolicyContext {
    private static let rowLimit = 2_000
    private static let resultKeys = ["is", "within", "decided", "rounding", "note"]

    /// One row, compiled.
    private struct Row {
        let node: YAMLNode
        let keys: [String: KeyCell]
        let hasFor: Bool
        let hasWhen: Bool
        let matches: NodeID
        let value: NodeID

        /// How many keys narrow it down.
        var specificity: Int { keys.count + (hasFor ? 1 : 0) + (hasWhen ? 1 : 0) }

        /// Whether it has all keys of another and more.
        func isMoreSpecific(than other: Row) -> Bool {
            specificity > other.specificity && other.keys.keys.allSatisfy { keys[$0] != nil }
                && (hasFor || !other.hasFor) && (hasWhen || !other.hasWhen)
        }
    }

    /// What a key cell says, as far as it tells rows apart.
    private enum KeyCell {
        case codes(UInt64)
        case truth(Bool)
        case range(lower: Bound?, upper: Bound?)
    }

    /// Which of several matching rows is taken.
    private enum Pick: String, CaseIterable { case only, first, highest, lowest }

    /// The value of a table; `otherwise` where no row matches.
    func table(_ mapping: MappingReader, _ key: String, _ form: ValueForm, otherwise: () -> NodeID) -> NodeID {
        guard let items = mapping["rows"]?.items, !items.isEmpty else {
            if let rows = mapping["rows"], !rows.cut {
                findings.report(rows.error(.wrongShape, "'rows' is a list of rows such as {residence: urban, is: 632}"))
            }
            return builder.poison
        }
        // Rows are compared pair by pair, so that none overlaps another unseen.
        guard items.count <= Self.rowLimit else {
            findings.report(
                items[Self.rowLimit].error(
                    .tooLarge, "a table has at most \(Self.rowLimit) rows; give areas files of their own"))
            return builder.poison
        }
        var form = form
        if form.hasOpenCodes {
            form = ValueForm(.code(openCodes(items)), of: form.owner, unit: nil)
        }
        let base = mapping["of"].map { expression($0, of: form.owner) }
        let across = mapping.text("across")
        form.namedCodes = Self.namedCodes(items, across: across)
        var rows: [Row] = []
        for item in items {
            rows += self.rows(item, across: across, base: base, form, before: rows)
        }
        let pick = self.pick(mapping, key)
        if pick == .only { checkOverlaps(rows, key) }
        if rows.contains(where: { isPoison($0) || builder[$0.value].kind == .poison }) { return builder.poison }
        warnOfUnreachable(rows, pick)
        return choose(pick == .only ? rows.sorted { $0.specificity > $1.specificity } : rows, pick, form, otherwise)
    }

    /// The codes that stand in the cells of a table, and in its columns, by key.
    private static func namedCodes(_ items: [YAMLNode], across: String?) -> [String: Set<String>] {
        var named: [String: Set<String>] = [:]
        for entry in items.flatMap({ $0.entries ?? [] }) {
            guard let key = entry.key.text else { continue }
            named[key, default: []].formUnion((entry.value.items ?? [entry.value]).compactMap(\.text))
            if let across { named[across, default: []].insert(key) }
        }
        return named
    }

    private func openCodes(_ items: [YAMLNode]) -> CodeList {
        var names: [String] = []
        for item in items {
            if let name = item["is"]?.text, !names.contains(name), names.count < 62 { names.append(name) }
        }
        return CodeList(names.map { Code($0, $0, $0) })
    }

    private func pick(_ mapping: MappingReader, _ key: String) -> Pick {
        guard let text = mapping.text("pick") else { return .only }
        if let pick = Pick(rawValue: text) { return pick }
        findings.report(
            (mapping["pick"] ?? mapping.node).error(
                .badValue, "'pick' is only, first, highest or lowest",
                suggestion: closestName(to: text, among: Pick.allCases.map(\.rawValue))))
        return .first
    }

    // MARK: Rows

    private func rows(
        _ item: YAMLNode, across: String?, base: NodeID?, _ form: ValueForm, before: [Row]
    ) -> [Row] {
        guard let mapping = MappingReader(item, what: "a row", findings) else { return [] }
        guard let across, let list = codeList(of: across, form, at: item) else {
            return [row(mapping, extra: nil, value: result(mapping, base: base, form), form, before: before)]
        }
        // Codes of one key as columns: a row for each.
        var rows: [Row] = []
        for entry in item.entries ?? [] {
            guard let column = entry.key.text,
                let meaning = list.meaning(of: column, apart: form.namedCodes[across] ?? [])
            else { continue }
            let cell = KeyCell.codes(meaning)
            rows.append(
                row(
                    mapping, extra: (across, cell), value: self.cell(entry.value, form, base: base), form,
                    skipping: list.codes.map(\.name), before: before))
        }
        return rows
    }

    private func codeList(of key: String, _ form: ValueForm, at node: YAMLNode) -> CodeList? {
        let subject = keyNode(key, form, at: node)
        if case .code(let list) = builder[subject].kind { return list }
        return nil
    }

    private func result(_ mapping: MappingReader, base: NodeID?, _ form: ValueForm) -> NodeID {
        if let node = mapping["is"] { return rounded(cell(node, form, base: base), mapping["rounding"], form.unit) }
        if let node = mapping["within"] { return rounded(within(node, form), mapping["rounding"], form.unit) }
        findings.report(mapping.node.error(.missingKey, "the row has no result; write 'is:'"))
        return builder.poison
    }

    private func row(
        _ mapping: MappingReader, extra: (String, KeyCell)?, value: NodeID, _ form: ValueForm, skipping: [String] = [],
        before: [Row]
    ) -> Row {
        var matches = builder.truth(true)
        var keys: [String: KeyCell] = [:]
        func require(_ condition: NodeID, at node: YAMLNode) {
            matches = make(at: node) { () throws(GraphError) in try builder.and(matches, condition) }
        }
        for entry in mapping.node.entries ?? [] {
            guard let key = entry.key.text, !Self.resultKeys.contains(key), !skipping.contains(key) else { continue }
            switch key {
            case "for": require(words(entry.value, of: form.owner), at: entry.value)
            case "when": require(condition(entry.value, of: form.owner), at: entry.value)
            default:
                let subject = keyNode(key, form, at: entry.key)
                guard builder[subject].kind != .poison, var cell = keyCell(entry.value, key, subject, form) else {
                    matches = builder.poison
                    continue
                }
                if case .range(nil, let upper?) = cell, let above = lastBand(key, before) {
                    cell = .range(lower: Bound(node: above.node, inclusive: !above.inclusive), upper: upper)
                }
                keys[key] = cell
                require(self.matches(cell, subject, at: entry.value), at: entry.value)
            }
        }
        if let (key, cell) = extra {
            keys[key] = cell
            require(self.matches(cell, keyNode(key, form, at: mapping.node), at: mapping.node), at: mapping.node)
        }
        return Row(
            node: mapping.node, keys: keys, hasFor: mapping["for"] != nil, hasWhen: mapping["when"] != nil,
            matches: matches, value: value)
    }

    /// The node of a key: a name the term may use.
    private func keyNode(_ key: String, _ form: ValueForm, at node: YAMLNode) -> NodeID {
        expression(YAMLNode(.scalar(text: key, plain: true), at: node.position, in: node.file), of: form.owner)
    }

    private func keyCell(_ node: YAMLNode, _ key: String, _ subject: NodeID, _ form: ValueForm) -> KeyCell? {
        switch builder[subject].kind {
        case .code(let list):
            var mask: UInt64 = 0
            for item in node.items ?? [node] {
                guard let text = item.text else {
                    findings.report(item.error(.wrongShape, "a code is expected here, not \(item.kindName)"))
                    return nil
                }
                guard let meaning = list.meaning(of: text, apart: form.namedCodes[key] ?? []) else {
                    findings.report(
                        item.error(
                            .unknownCode, "'\(text)' is not one of \(list.codes.map(\.name).joined(separator: ", "))",
                            suggestion: closestName(to: text, among: list.codes.map(\.name))))
                    return nil
                }
                mask |= meaning
            }
            return .codes(mask)
        case .bool:
            switch node.text {
            case "true", "yes": return .truth(true)
            case "false", "no": return .truth(false)
            default:
                findings.report(node.error(.badValue, "a yes/no key is true or false"))
                return nil
            }
        case .number:
            let keyForm = form.of(builder[subject].kind, unit: nil)
            guard let text = node.text else {
                findings.report(node.error(.wrongShape, "a number or a range is expected here, not \(node.kindName)"))
                return nil
            }
            if Parser.looksLikeRange(text) {
                return bounds(node, keyForm).map { .range(lower: $0.lower, upper: $0.upper) }
            }
            let value = fitted(expression(node, of: form.owner), keyForm, node)
            let bound = Bound(node: value, inclusive: true)
            return builder[value].kind == .poison ? nil : .range(lower: bound, upper: bound)
        case let kind:
            findings.report(node.error(.typeMismatch, "\(kind.name) cannot be the key of a table"))
            return nil
        }
    }

    /// Where the row above ended, so that a row that gives only the upper end starts there.
    private func lastBand(_ key: String, _ rows: [Row]) -> Bound? {
        guard case .range(_, let upper)? = rows.last?.keys[key] else { return nil }
        return upper
    }

    private func matches(_ cell: KeyCell, _ subject: NodeID, at node: YAMLNode) -> NodeID {
        switch cell {
        case .codes(let mask):
            if case .code(let list) = builder[subject].kind, mask.nonzeroBitCount == list.codes.count {
                return builder.truth(true)
            }
            return make(at: node) { () throws(GraphError) in try builder.isOneOf(subject, mask) }
        case .truth(let wanted):
            return make(at: node) { () throws(GraphError) in wanted ? subject : try builder.not(subject) }
        case .range(let lower, let upper): return isInside(subject, (lower, upper), at: node)
        }
    }

    // MARK: Choice

    private func choose(_ rows: [Row], _ pick: Pick, _ form: ValueForm, _ otherwise: () -> NodeID) -> NodeID {
        let last =
            coversAll(rows, form) || rows.contains { builder.constantValue($0.matches).map { !$0.isZero } ?? false }
        switch pick {
        case .only, .first:
            var rows = rows
            var result: NodeID
            if last, let final = rows.popLast() { result = final.value } else { result = otherwise() }
            for row in rows.reversed() {
                result = make(at: row.node) { () throws(GraphError) in
                    try builder.select(row.matches, row.value, result)
                }
            }
            return result
        case .highest, .lowest:
            var result = last ? nil : otherwise()
            var found = builder.truth(false)
            for row in rows {
                let before = result ?? row.value
                let value = make(at: row.node) { () throws(GraphError) in
                    let better =
                        try pick == .highest ? builder.maximum(before, row.value) : builder.minimum(before, row.value)
                    return try builder.select(found, better, row.value)
                }
                result = make(at: row.node) { () throws(GraphError) in try builder.select(row.matches, value, before) }
                found = make(at: row.node) { () throws(GraphError) in try builder.or(found, row.matches) }
            }
            return result ?? otherwise()
        }
    }

    /// Whether the rows are keyed by one code only and have every code, so that no other row is needed.
    private func coversAll(_ rows: [Row], _ form: ValueForm) -> Bool {
        var mask: UInt64 = 0
        var name: String?
        for row in rows {
            guard row.specificity == 1, let (key, cell) = row.keys.first, case .codes(let codes) = cell,
                name ?? key == key
            else { return false }
            name = key
            mask |= codes
        }
        guard let name, let first = rows.first else { return false }
        guard case .code(let list) = builder[keyNode(name, form, at: first.node)].kind else { return false }
        return mask.nonzeroBitCount == list.codes.count
    }

    private func checkOverlaps(_ rows: [Row], _ key: String) {
        for (place, row) in rows.enumerated() {
            for other in rows[..<place] where !isPoison(row) && !isPoison(other) && overlap(row, other) {
                findings.report(
                    row.node.error(
                        .overlappingRows,
                        "this row and the one in line \(other.node.position.line) can both match; say 'pick: first', 'highest' or 'lowest', or make them exclude each other"
                    ))
                break
            }
        }
    }

    /// Whether a mistake in the row's keys has been reported.
    private func isPoison(_ row: Row) -> Bool { builder[row.matches].kind == .poison }

    /// A row whose own range is empty, or which rows before it leave nothing to, is probably a slip.
    private func warnOfUnreachable(_ rows: [Row], _ pick: Pick) {
        for (place, row) in rows.enumerated() {
            let isEmpty = row.keys.values.contains { cell in
                guard case .range(let lower, let upper) = cell else { return false }
                return isBelow(upper, lower)
            }
            let before = pick == .first ? rows[..<place].first { covers($0, row) } : nil
            guard isEmpty || before != nil else { continue }
            var finding = row.node.error(
                .unreachableRow,
                before.map { "the row in line \($0.node.position.line) takes everything that this row could take" }
                    ?? "this row holds nothing: its range ends before it begins")
            finding.severity = .warning
            findings.report(finding)
        }
    }

    /// Whether whatever matches one row surely matches another.
    private func covers(_ wide: Row, _ narrow: Row) -> Bool {
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

    private func overlap(_ a: Row, _ b: Row) -> Bool {
        if a.isMoreSpecific(than: b) || b.isMoreSpecific(than: a) { return false }
        for (key, cell) in a.keys {
            guard let other = b.keys[key] else { continue }
            switch (cell, other) {
            case (.codes(let x), .codes(let y)): if x & y == 0 { return false }
            case (.truth(let x), .truth(let y)): if x != y { return false }
            case (.range(let l1, let u1), .range(let l2, let u2)):
                if isBelow(u1, l2) || isBelow(u2, l1) { return false }
            default: break
            }
        }
        return true
    }

    /// Whether an upper end surely lies below a lower end.
    private func isBelow(_ upper: Bound?, _ lower: Bound?) -> Bool {
        guard let upper, let lower else { return false }
        let bothOpen = !(upper.inclusive && lower.inclusive)
        if upper.node == lower.node { return bothOpen }
        let (a, b) = (builder[upper.node], builder[lower.node])
        return a.highest < b.lowest || (a.highest == b.lowest && bothOpen)
    }
}
