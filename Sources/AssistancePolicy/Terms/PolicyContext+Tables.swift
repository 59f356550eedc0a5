import AssistanceCore
import AssistanceExpressions

/// Tables: rows of key cells and one result.
extension PolicyContext {
    private static let rowLimit = 20_000
    private static let resultKeys = ["is", "within", "decided", "unknown", "rounding", "note"]

    /// Which of several matching rows is taken.
    private enum Pick: String, CaseIterable { case only, first, highest, lowest }

    /// The value of a table; `otherwise`, in the form that the rows have, where no row matches.
    func table(_ mapping: MappingReader, _ key: String, _ form: ValueForm, otherwise: (ValueForm) -> NodeID) -> NodeID {
        guard let items = mapping["rows"]?.items, !items.isEmpty else {
            if let rows = mapping["rows"], !rows.cut {
                findings.report(rows.error(.wrongShape, "'rows' is a list of rows such as {residence: urban, is: 632}"))
            }
            return builder.poison
        }
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
        let base = mapping["of"].map { withoutFacts(expression($0, of: form.owner), at: $0) }
        let across = mapping.text("across")
        form.namedCodes = Self.namedCodes(items, across: across)
        if mapping["bands"] != nil { return marginal(mapping, items, base: base, form, otherwise) }
        var bands = Bands()
        let rows = items.flatMap { self.rows($0, across: across, base: base, form, &bands) }
        return value(of: rows, mapping, form, otherwise)
    }

    /// The value of the row that is taken, after the rows have been held against each other.
    func value(of rows: [TableRow], _ mapping: MappingReader, _ form: ValueForm, _ otherwise: (ValueForm) -> NodeID)
        -> NodeID
    {
        let pick = self.pick(mapping)
        if pick == .only { checkOverlaps(rows) }
        if rows.contains(where: { isPoison($0) || builder[$0.value].kind == .poison }) { return builder.poison }
        checkGaps(rows)
        warnOfUnreachable(rows, isFirst: pick == .first)
        var form = form
        form.kind = form.kind ?? rows.first.map { builder[$0.value].kind }
        return choose(pick == .only ? rows.sorted { $0.specificity > $1.specificity } : rows, pick, form) {
            otherwise(form)
        }
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

    private func pick(_ mapping: MappingReader) -> Pick {
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
        _ item: YAMLNode, across: String?, base: NodeID?, _ form: ValueForm, _ bands: inout Bands
    ) -> [TableRow] {
        guard let mapping = MappingReader(item, what: "a row", findings) else { return [] }
        guard let across, let list = codeList(of: across, form, at: item) else {
            return [row(mapping, extra: nil, form, &bands) { result(mapping, base: base, form) }]
        }
        // Codes of one key as columns: a row for each.
        var rows: [TableRow] = []
        for entry in item.entries ?? [] {
            guard let column = entry.key.text,
                let meaning = list.meaning(of: column, apart: form.namedCodes[across] ?? [])
            else { continue }
            let cell = KeyCell.codes(meaning)
            rows.append(
                row(mapping, extra: (across, cell), form, skipping: list.codes.map(\.name), &bands) {
                    rounded(self.cell(entry.value, form, base: base), mapping["rounding"], form.unit)
                })
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
        if let reason = mapping["unknown"] {
            if form.kind != nil || isWithinFigure { return gap(form, because: reason) }
            findings.report(
                reason.error(.missingKey, "nothing says in what this would be; write 'unit:' beside the rows"))
            return builder.poison
        }
        findings.report(mapping.node.error(.missingKey, "the row has no result; write 'is:', or 'unknown:' and why"))
        return builder.poison
    }

    /// A row with its cells, and the value that `make` makes of it.
    ///
    /// - Parameter skipping: keys that are no cells.
    func row(
        _ mapping: MappingReader, extra: (String, KeyCell)? = nil, _ form: ValueForm, skipping: [String] = [],
        _ bands: inout Bands, _ make: () -> NodeID
    ) -> TableRow {
        var conditions: [NodeID] = []
        var written: [String: TableRow.WrittenCell] = [:]
        var cells: [(key: String, subject: NodeID, place: YAMLNode)] = []
        for entry in mapping.node.entries ?? [] {
            guard let key = entry.key.text, !Self.resultKeys.contains(key), !skipping.contains(key) else { continue }
            switch key {
            case "for", "when":
                let condition =
                    key == "for"
                    ? words(entry.value, of: form.owner)
                    : withoutMembers(condition(entry.value, of: form.owner), at: entry.value)
                written[key] = .condition(condition)
                conditions.append(condition)
            default:
                let subject = withoutMembers(keyNode(key, form, at: entry.key), at: entry.key)
                guard builder[subject].kind != .poison, let cell = keyCell(entry.value, key, subject, form) else {
                    conditions.append(builder.poison)
                    continue
                }
                written[key] = .key(cell)
                cells.append((key, subject, entry.value))
            }
        }
        if let (key, cell) = extra {
            written[key] = .key(cell)
            cells.append((key, keyNode(key, form, at: mapping.node), mapping.node))
        }
        let keys = bands.resolved(written)
        for (key, subject, place) in cells {
            if let cell = keys[key] { conditions.append(matches(cell, subject, at: place)) }
        }
        let all = conditions.reduce(builder.truth(true)) { all, next in
            self.make(at: mapping.node) { () throws(GraphError) in try builder.and(all, next) }
        }
        return TableRow(node: mapping.node, keys: keys, written: written, matches: all, value: make())
    }

    /// The node of a key: a name the term may use.
    func keyNode(_ key: String, _ form: ValueForm, at node: YAMLNode) -> NodeID {
        let text = YAMLNode.Content.scalar(text: key, plain: true)
        let written = YAMLNode(text, at: node.position, in: node.file, cut: false, isInLine: node.text == key)
        return expression(written, of: form.owner)
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

    func matches(_ cell: KeyCell, _ subject: NodeID, at node: YAMLNode) -> NodeID {
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

    private func choose(_ rows: [TableRow], _ pick: Pick, _ form: ValueForm, _ otherwise: () -> NodeID) -> NodeID {
        func subject(_ key: String) -> NodeID {
            rows.first.map { keyNode(key, form, at: $0.node) } ?? builder.poison
        }
        let last = coverAll(rows, subject)
        switch pick {
        case .only, .first:
            if last, let tree = decision(rows, subject) { return tree }
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
}
