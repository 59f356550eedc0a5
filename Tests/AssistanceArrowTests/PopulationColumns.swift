import AssistanceCore
import AssistancePopulation

/// The households of a batch as columns, in several types for the same facts.
struct PopulationColumns {
    enum Style: CaseIterable {
        /// What a careful producer has: decimals, days, bools, lists of codes.
        case typed
        /// What others have: dictionaries, small numbers, several codes in one text.
        case coded
        /// Text alone, as it comes from CSV.
        case texts
    }

    let batch: FactBatch
    let style: Style

    private var lists: TestColumn.Lists {
        switch style {
        case .typed: .small
        case .coded: .view
        case .texts: .largeView
        }
    }

    /// Ids that are sorted.
    static func id(_ row: Int) -> String { "h" + String(String(1_000_000 + row).dropFirst()) }

    /// Record batches with members as lists.
    func nested(every size: Int, from first: Int = 0) -> [TestColumn] {
        divided(size).map { rows in
            .rows(
                rows.count,
                [.texts("household", rows.map { Self.id(first + $0) })]
                    + columns(.household, Array(rows)) + [list(.member, of: Array(rows))])
        }
    }

    /// Record batches of households, and others of members.
    func flat(every size: Int, _ memberSize: Int) -> (households: [TestColumn], members: [TestColumn]) {
        let households = divided(size).map { rows in
            TestColumn.rows(
                rows.count, [.texts("household", rows.map(Self.id))] + columns(.household, Array(rows)))
        }
        let owners = (0..<batch.count).flatMap { row in batch.rows(.member, of: row).map { _ in row } }
        let members = stride(from: 0, to: owners.count, by: memberSize).map { start in
            let rows = Array(start..<min(start + memberSize, owners.count))
            return TestColumn.rows(
                rows.count,
                columns(.member, rows) + [.texts("household", rows.map { Self.id(owners[$0]) }, .dictionary)])
        }
        return (households, members)
    }

    private func divided(_ size: Int) -> [Range<Int>] {
        stride(from: 0, to: batch.count, by: size).map { $0..<min($0 + size, batch.count) }
    }

    /// The facts of some rows, and the lists that belong to them; members are apart.
    private func columns(_ owner: FactOwner, _ rows: [Int]) -> [TestColumn] {
        let facts = batch.schema.facts.enumerated().filter { $1.owner == owner && batch.columns[$0] != nil }
        return facts.map { place, fact in column(fact, rows.map { batch.value(place, row: $0) }) }
            + FactOwner.allCases.filter { $0.parent == owner && $0 != .member }.map { list($0, of: rows) }
    }

    private func list(_ owner: FactOwner, of rows: [Int]) -> TestColumn {
        let entries = rows.flatMap { Array(batch.rows(owner, of: $0)) }
        return .lists(
            owner.listKey ?? "", rows.map { batch.isListed(owner, of: $0) ? batch.rows(owner, of: $0).count : nil },
            { order in .rows(order.count, columns(owner, order.map { entries[$0] })) }, lists)
    }

    private func column(_ fact: Fact, _ values: [Int64?]) -> TestColumn {
        let words = values.map { $0.map { fact.texts(of: $0) } }
        let text = words.map { $0.map { $0.isEmpty ? "none" : $0.joined(separator: " ") } }
        switch (style, fact.type) {
        case (.typed, .codes):
            let all = words.flatMap { $0 ?? [] }
            return .lists(fact.key, words.map { $0?.count }, { order in .texts("", order.map { all[$0] }) }, .large)
        case (.typed, .yesNo): return .bools(fact.key, values.map { $0.map { $0 == 1 } })
        case (.typed, .date): return .numbers(fact.key, "tdD", values.map { $0.map { Int32($0) } })
        case (.typed, .count): return .numbers(fact.key, "l", values)
        case (.typed, .amount): return .decimals(fact.key, bytes: 16, scale: 2, values)
        case (.typed, _): return .texts(fact.key, text)
        case (.coded, .yesNo): return .numbers(fact.key, "c", values.map { $0.map { Int8($0) } })
        case (.coded, .date): return .numbers(fact.key, "tdm", values.map { $0.map { $0 * 86_400_000 } })
        case (.coded, .count): return .numbers(fact.key, "I", values.map { $0.map { UInt32($0) } })
        case (.coded, .amount): return .decimals(fact.key, bytes: 32, scale: 3, values.map { $0.map { $0 * 10 } })
        case (.coded, .codes): return .texts(fact.key, text, .view)
        case (.coded, _): return .texts(fact.key, text, .dictionary)
        case (.texts, _): return .texts(fact.key, text, .large)
        }
    }
}
