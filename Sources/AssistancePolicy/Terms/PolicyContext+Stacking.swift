import AssistanceCore
import AssistanceExpressions

/// How items for one recipient go together (叠加、就高、按顺序).
enum Stacking: String, CaseIterable {
    /// The greatest alone.
    case highest
    /// All of them.
    case sum
    /// The first that applies, even where it gives nothing.
    case first
}

/// A sum that what is paid must not exceed, and where it is written.
public struct AmountLimit {
    /// The sum.
    public let node: NodeID
    /// Its unit, which tells the items that it is for.
    public let unit: Unit
    let place: YAMLNode

    /// Whether it is for what an item gives.
    public func holds(for item: PlannedItem) -> Bool {
        item.gift == nil && item.unit.dimension == unit.dimension
    }
}

extension PolicyContext {
    /// What is paid of items for one recipient, and the sums of money by how often.
    ///
    /// The stacking holds within each group, and groups add up. The limit cuts later items first.
    func stacked(_ items: [PlannedItem], _ stacking: Stacking, upto limit: AmountLimit?, at place: YAMLNode?) -> (
        items: [PlannedItem], sums: [PaymentPeriod: NodeID]
    ) {
        var items = items
        var sums: [PaymentPeriod: NodeID] = [:]
        for group in unique(items.map(\.group)) {
            let places = items.indices.filter { items[$0].group == group }
            let together = places.map { items[$0] }
            guard isComparable(together, stacking, at: place) else { continue }
            for (place, node) in zip(places, paid(together, stacking)) { items[place].paid = node }
            for period in unique(together.filter { $0.gift == nil }.map(\.period)) {
                let sum = total(together, of: period, stacking)
                sums[period] =
                    sums[period].map { before in
                        make(at: place) { () throws(GraphError) in try builder.add(before, sum) }
                    } ?? sum
            }
        }
        if let limit { cut(&items, &sums, to: limit) }
        return (items, sums)
    }

    /// What is left of sums under a limit: each takes what those before it have left.
    public func cut(_ amounts: [NodeID], upto limit: NodeID, at place: YAMLNode? = nil) -> [NodeID] {
        var left = limit
        return amounts.map { amount in
            let paid = make(at: place) { () throws(GraphError) in try builder.minimum(amount, left) }
            left = make(at: place) { () throws(GraphError) in
                try builder.maximum(
                    builder.subtract(left, amount), builder.constant(.zero, builder[amount].kind))
            }
            return paid
        }
    }

    private func cut(_ items: inout [PlannedItem], _ sums: inout [PaymentPeriod: NodeID], to limit: AmountLimit) {
        let places = items.indices.filter { limit.holds(for: items[$0]) }
        for (place, node) in zip(places, cut(places.map { items[$0].paid }, upto: limit.node, at: limit.place)) {
            items[place].paid = node
        }
        let periods = unique(places.map { items[$0].period })
        for period in periods {
            guard periods.count > 1 else {
                // The lesser of two says more than a sum of parts does while something is not known.
                sums[period] = sums[period].map { sum in
                    make(at: limit.place) { () throws(GraphError) in try builder.minimum(sum, limit.node) }
                }
                continue
            }
            sums[period] = places.filter { items[$0].period == period }.map { items[$0].paid }.reduce(nil) {
                sum, node in
                sum.map { sum in make(at: limit.place) { () throws(GraphError) in try builder.add(sum, node) } }
                    ?? node
            }
        }
    }

    /// Only sums of one period can be weighed against each other, and a thing against nothing.
    private func isComparable(_ items: [PlannedItem], _ stacking: Stacking, at place: YAMLNode?) -> Bool {
        guard stacking != .sum, items.count > 1, let place else { return true }
        let advice = "say 'stacking: sum', or put them into groups"
        if stacking == .highest, let gift = items.first(where: { $0.gift != nil }) {
            findings.report(
                place.error(
                    .mixedPeriods,
                    "the highest of several cannot be found where '\(gift.id)' is given in kind; \(advice)"))
            return false
        }
        let paid = items.filter { $0.gift == nil }
        guard let first = paid.first, let other = paid.first(where: { $0.period != first.period }) else { return true }
        findings.report(
            place.error(
                .mixedPeriods,
                "'\(first.id)' is paid in \(first.period.unit.text) and '\(other.id)' in \(other.period.unit.text), and 'stacking: \(stacking.rawValue)' chooses between them; \(advice)"
            ))
        return false
    }

    private func zero(like item: PlannedItem) -> NodeID {
        make(at: nil) { () throws(GraphError) in try builder.constant(.zero, builder[item.amount].kind) }
    }

    /// What is paid of each item beside the others.
    private func paid(_ items: [PlannedItem], _ stacking: Stacking) -> [NodeID] {
        guard items.count > 1 else { return items.map(\.amount) }
        switch stacking {
        case .sum: return items.map(\.amount)
        case .highest: return highest(items)
        case .first:
            var taken = builder.truth(false)
            return items.map { item in
                let node = make(at: nil) { () throws(GraphError) in
                    try builder.select(taken, zero(like: item), item.amount)
                }
                taken = make(at: nil) { () throws(GraphError) in try builder.or(taken, item.applies) }
                return node
            }
        }
    }

    /// Each item where it is the greatest, and zero where it is not; of two that are equal the one written first.
    private func highest(_ items: [PlannedItem]) -> [NodeID] {
        func running(_ amounts: [NodeID]) -> [NodeID] {
            amounts.dropFirst().reduce(into: Array(amounts.prefix(1))) { greatest, amount in
                let before = greatest.last ?? amount
                greatest.append(make(at: nil) { () throws(GraphError) in try builder.maximum(before, amount) })
            }
        }
        let amounts = items.map(\.amount)
        // What is before an item, and what is after it.
        let before = [nil] + running(amounts).dropLast().map(Optional.some)
        let after = running(amounts.reversed()).reversed().dropFirst().map(Optional.some) + [nil]
        return zip(items, zip(before, after)).map { item, rivals in
            make(at: nil) { () throws(GraphError) in
                var wins = builder.truth(true)
                if let before = rivals.0 { wins = try builder.less(before, item.amount) }
                if let after = rivals.1 { wins = try builder.and(wins, builder.lessOrEqual(after, item.amount)) }
                return try builder.select(wins, item.amount, zero(like: item))
            }
        }
    }

    /// The money of a period that items give together.
    private func total(_ items: [PlannedItem], of period: PaymentPeriod, _ stacking: Stacking) -> NodeID {
        let own = items.filter { $0.gift == nil && $0.period == period }
        guard let first = own.first else { return builder.poison }
        switch stacking {
        case .sum:
            return own.dropFirst().reduce(first.amount) { sum, item in
                make(at: nil) { () throws(GraphError) in try builder.add(sum, item.amount) }
            }
        case .highest:
            return own.reduce(zero(like: first)) { sum, item in
                make(at: nil) { () throws(GraphError) in try builder.maximum(sum, item.amount) }
            }
        case .first:
            return items.reversed().reduce(zero(like: first)) { rest, item in
                make(at: nil) { () throws(GraphError) in
                    try builder.select(item.applies, item.gift == nil ? item.amount : zero(like: first), rest)
                }
            }
        }
    }

    /// The names in the order in which they come first.
    private func unique<Name: Hashable>(_ names: [Name]) -> [Name] {
        var seen: Set<Name> = []
        return names.filter { seen.insert($0).inserted }
    }
}
