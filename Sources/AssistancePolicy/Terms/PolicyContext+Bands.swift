import AssistanceCore
import AssistanceExpressions

/// Where the bands of a table end, row after row: a row that gives only the upper end starts where the row above with
/// the same other keys ended.
struct Bands {
    private var ends: [TableRow.Ladder: PolicyContext.Bound] = [:]

    /// The cells of the next row, with the lower ends that the rows above give them.
    mutating func resolved(_ written: [String: TableRow.WrittenCell]) -> [String: KeyCell] {
        var keys: [String: KeyCell] = [:]
        for case (let key, .key(let cell)) in written {
            keys[key] = cell
            guard case .range(let lower, let upper?) = cell else { continue }
            let ladder = TableRow.Ladder(key: key, others: written.filter { $0.key != key })
            if lower == nil, let end = ends[ladder] {
                keys[key] = .range(
                    lower: PolicyContext.Bound(node: end.node, inclusive: !end.inclusive), upper: upper)
            }
            ends[ladder] = upper
        }
        return keys
    }
}

/// Bands: gaps between them, and bands each paid at its own rate.
extension PolicyContext {
    // MARK: Gaps

    /// Bands of one ladder that leave a hole between them, which no other row fills, are a mistake. What lies below the
    /// first and above the last is outside on purpose.
    func checkGaps(_ rows: [TableRow]) {
        var ladders: [TableRow.Ladder: [TableRow]] = [:]
        for row in rows {
            for case (let key, .range) in row.keys { ladders[row.ladder(of: key), default: []].append(row) }
        }
        for (ladder, bands) in ladders where bands.count > 1 { checkGaps(ladder, bands, among: rows) }
    }

    private func checkGaps(_ ladder: TableRow.Ladder, _ bands: [TableRow], among rows: [TableRow]) {
        let ordered = bands.map { (row: $0, lower: lower(of: $0, ladder.key), upper: upper(of: $0, ladder.key)) }
            .sorted { a, b in
                guard let later = b.lower else { return false }
                return a.lower.map { builder[$0.node].lowest < builder[later.node].lowest } ?? true
            }
        for (band, next) in zip(ordered, ordered.dropFirst()) {
            guard let upper = band.upper, let lower = next.lower, leavesHole(upper, lower) else { continue }
            var hole: [String: KeyCell] = [
                ladder.key: .range(
                    lower: Bound(node: upper.node, inclusive: !upper.inclusive),
                    upper: Bound(node: lower.node, inclusive: !lower.inclusive))
            ]
            for case (let key, .key(let cell)) in ladder.others { hole[key] = cell }
            let isFilled = rows.contains { row in
                row.node !== band.row.node && row.node !== next.row.node && overlap(row.keys, hole)
            }
            guard !isFilled else { continue }
            let (above, below) = (band.row.node[ladder.key]?.text ?? "", next.row.node[ladder.key]?.text ?? "")
            findings.report(
                next.row.node.error(
                    .bandGap,
                    "no row takes what lies between '\(above)' in line \(band.row.node.position.line) and '\(below)'; let the bands touch, or end with a row without keys"
                ))
        }
    }

    private func lower(of row: TableRow, _ key: String) -> Bound? {
        if case .range(let lower, _)? = row.keys[key] { lower } else { nil }
    }

    private func upper(of row: TableRow, _ key: String) -> Bound? {
        if case .range(_, let upper)? = row.keys[key] { upper } else { nil }
    }

    /// Whether something surely lies above an upper end and below a lower end.
    private func leavesHole(_ upper: Bound, _ lower: Bound) -> Bool {
        guard isBelow(upper, lower) else { return false }
        let (a, b) = (builder[upper.node], builder[lower.node])
        if case .number(let kind) = a.kind, kind.flavour == .integer {
            // Between 89 and 90 persons there is nobody.
            guard let gap = b.lowest.subtracting(a.highest) else { return false }
            let inside = Rational((upper.inclusive ? 0 : 1) + (lower.inclusive ? 0 : 1))
            return gap.adding(inside).map { $0 > .one } ?? false
        }
        if upper.node == lower.node || a.highest == b.lowest { return !upper.inclusive && !lower.inclusive }
        return true
    }

    // MARK: Marginal bands

    /// `bands: marginal`: each part of a quantity that lies in a band is paid at the rate of that band (分段累计).
    func marginal(
        _ mapping: MappingReader, _ items: [YAMLNode], base: NodeID?, _ form: ValueForm,
        _ otherwise: (ValueForm) -> NodeID
    ) -> NodeID {
        guard mapping.text("bands") == "marginal" else {
            let place = mapping["bands"] ?? mapping.node
            findings.report(place.error(.badValue, "'bands' is marginal, or left out", suggestion: "marginal"))
            return builder.poison
        }
        var ladders: [(ladder: TableRow.Ladder, bands: [TableRow])] = []
        var bands = Bands()
        for item in items {
            guard let row = MappingReader(item, what: "a band", findings) else { return builder.poison }
            let band = self.row(row, form, &bands) { rate(row, base: base, form) }
            if isPoison(band) || builder[band.value].kind == .poison { return builder.poison }
            let keys = band.keys.filter { if case .range = $0.value { true } else { false } }.map(\.key)
            guard keys.count == 1, let key = keys.first else {
                findings.report(
                    item.error(
                        .badValue,
                        "a marginal band has the range of one quantity, as in {cost: upto 50000 yuan, is: 60%}, and this has \(keys.count)"
                    ))
                return builder.poison
            }
            let ladder = band.ladder(of: key)
            if let place = ladders.firstIndex(where: { $0.ladder == ladder }) {
                ladders[place].bands.append(band)
            } else {
                ladders.append((ladder, [band]))
            }
        }
        guard ladders.allSatisfy({ touch($0.bands, $0.ladder.key) }) else { return builder.poison }
        let sums = ladders.map { (bands: $0.bands, key: $0.ladder.key, node: sum(of: $0.bands, $0.ladder.key, form)) }
        var result: NodeID?
        for (bands, key, sum) in sums.reversed() {
            if let rest = result {
                result = choice(of: bands, key, sum, rest, form)
            } else if coverAll(ladders.flatMap(\.bands), { keyNode($0, form, at: mapping.node) }) {
                result = sum
            } else {
                var form = form
                form.kind = form.kind ?? builder[sum].kind
                result = choice(of: bands, key, sum, otherwise(form), form)
            }
        }
        return result ?? builder.poison
    }

    /// Whether a cell is a range, not one number.
    private func isBand(_ cell: KeyCell) -> Bool {
        if case .range(let lower, let upper) = cell { lower != upper } else { false }
    }

    /// The rate of a band: a share, or a price of a unit of the quantity.
    private func rate(_ row: MappingReader, base: NodeID?, _ form: ValueForm) -> NodeID {
        guard let node = row["is"] else {
            findings.report(row.node.error(.missingKey, "the band has no rate; write 'is:'"))
            return builder.poison
        }
        let rate = cell(node, ValueForm(nil, of: form.owner, unit: nil), base: base)
        if case .number(let kind) = builder[rate].kind, kind.flavour == .quantity { return rate }
        if builder[rate].kind != .poison {
            findings.report(node.error(.bareNumber, "the rate of a band is a share such as 60%, or a price of a unit"))
        }
        return builder.poison
    }

    /// Bands paid at rates of their own begin at zero and touch: what is left out would be paid at no rate unseen.
    private func touch(_ bands: [TableRow], _ key: String) -> Bool {
        for (place, band) in bands.enumerated() {
            guard case .range(let lower, let upper)? = band.keys[key] else { return false }
            if place == 0 {
                guard let lower, builder.constantValue(lower.node)?.isZero != true else { continue }
                findings.report(
                    band.node.error(
                        .bandGap,
                        "marginal bands begin at zero; say what holds below the first, as in {\(key): below …, is: 0%}")
                )
                return false
            }
            guard case .range(_, let end)? = bands[place - 1].keys[key] else { return false }
            guard let lower, let end, isSame(lower.node, end.node) else {
                findings.report(
                    band.node.error(
                        .bandGap,
                        "this band does not begin where the one in line \(bands[place - 1].node.position.line) ends; marginal bands touch"
                    ))
                return false
            }
            if isBelow(upper, lower) {
                findings.report(band.node.error(.bandGap, "this band ends before it begins"))
                return false
            }
        }
        return true
    }

    /// Rate by rate, the part of the quantity that lies in each band.
    private func sum(of bands: [TableRow], _ key: String, _ form: ValueForm) -> NodeID {
        var total: NodeID?
        for band in bands {
            guard case .range(let lower, let upper)? = band.keys[key] else { continue }
            let subject = keyNode(key, form, at: band.node)
            let slice = make(at: band.node) { () throws(GraphError) in
                var top = subject
                if let upper { top = try builder.minimum(subject, upper.node) }
                let zero = try builder.constant(.zero, builder[subject].kind)
                let part = try builder.subtract(top, lower?.node ?? zero)
                return try builder.multiply(band.value, builder.maximum(zero, part))
            }
            let paid = rounded(fitted(slice, form, band.node), band.node["rounding"], form.unit ?? unit(of: slice))
            total =
                total.map { sum in
                    make(at: band.node) { () throws(GraphError) in try builder.add(sum, paid) }
                } ?? paid
        }
        return total ?? builder.poison
    }

    /// The sum where the other keys of the bands match and the quantity is not above the last band, else the rest.
    private func choice(of bands: [TableRow], _ key: String, _ sum: NodeID, _ rest: NodeID, _ form: ValueForm)
        -> NodeID
    {
        guard let last = bands.last else { return rest }
        var conditions: [NodeID] = []
        for (other, written) in last.written where other != key {
            switch written {
            case .condition(let node): conditions.append(node)
            case .key(let cell): conditions.append(matches(cell, keyNode(other, form, at: last.node), at: last.node))
            }
        }
        if case .range(_, let upper?)? = last.keys[key] {
            conditions.append(isInside(keyNode(key, form, at: last.node), (nil, upper), at: last.node))
        }
        return make(at: last.node) { () throws(GraphError) in
            var applies = builder.truth(true)
            for condition in conditions { applies = try builder.and(applies, condition) }
            return try builder.select(applies, sum, rest)
        }
    }
}
