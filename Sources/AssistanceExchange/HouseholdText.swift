import AssistanceCore

/// Households of a batch as they stand in files of many: documents in JSON, or rows of tables.
struct HouseholdText: Sendable {
    let schema: FactSchema
    /// The facts that files have, by owner.
    private let places: [FactOwner: [Int]]

    /// The form of households of whom these facts came.
    init(_ batch: FactBatch) {
        schema = batch.schema
        var places: [FactOwner: [Int]] = [:]
        for (place, fact) in schema.facts.enumerated() where batch.columns[place] != nil {
            places[fact.owner, default: []].append(place)
        }
        self.places = places
    }

    // MARK: Documents

    /// A household as one line of JSON.
    func document(_ batch: FactBatch, _ row: Int, id: String) -> [UInt8] {
        var writer = JSONWriter(.compact)
        writer.beginObject()
        writer.key(TableLayout.Join.id)
        writer.string(id)
        write(.household, row, batch, &writer)
        writer.endObject()
        return writer.bytes + [ByteRow.lineFeed]
    }

    private func write(_ owner: FactOwner, _ row: Int, _ batch: FactBatch, _ writer: inout JSONWriter) {
        var groups: Set<String> = []
        for place in places[owner] ?? [] {
            let fact = schema.facts[place]
            guard let key = fact.group, let group = schema.group(owner, key) else {
                if let value = batch.value(place, row: row) {
                    writer.key(fact.key)
                    write(fact, value, &writer)
                }
                continue
            }
            if groups.insert(key).inserted { write(group, row, batch, &writer) }
        }
        for list in FactOwner.allCases where list.parent == owner && batch.isListed(list, of: row) {
            guard let key = list.listKey else { continue }
            writer.key(key)
            writer.beginArray()
            for entry in batch.rows(list, of: row) {
                writer.beginObject()
                write(list, entry, batch, &writer)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    /// A group: where all of it is known, what is none is closed and what is a sum is left out.
    private func write(_ group: FactGroup, _ row: Int, _ batch: FactBatch, _ writer: inout JSONWriter) {
        var given = group.fields.compactMap { field in batch.value(field.place, row: row).map { (field, $0) } }
        let isWhole = given.count == group.fields.count && group.isClosable(in: schema)
        if isWhole {
            given.removeAll { field, value in
                field.place == group.total || schema.facts[field.place].type.noneValue == value
            }
        }
        guard isWhole || !given.isEmpty else { return }
        writer.key(group.key)
        if isWhole, given.isEmpty { return writer.string(FactGroup.none) }
        writer.beginObject()
        for (field, value) in given {
            writer.key(field.name)
            write(schema.facts[field.place], value, &writer)
        }
        if isWhole {
            writer.key(FactGroup.others)
            writer.string(FactGroup.none)
        }
        writer.endObject()
    }

    private func write(_ fact: Fact, _ value: Int64, _ writer: inout JSONWriter) {
        let texts = fact.texts(of: value)
        switch fact.type {
        case .codes:
            writer.beginArray()
            for text in texts { writer.string(text) }
            writer.endArray()
        case .yesNo: writer.bool(value != 0)
        case .count, .amount: writer.decimal(texts.first ?? "")
        case .code, .date, .division: writer.string(texts.first ?? "")
        }
    }

    // MARK: Rows

    /// The columns of an owner's table: what joins it, its facts, and its lists, which a row may close.
    func columns(_ owner: FactOwner) -> [String] {
        let joins =
            owner == .household
            ? [TableLayout.Join.id]
            : [TableLayout.Join.household] + (owner.parent == .member ? [TableLayout.Join.member] : [])
        return joins + (places[owner] ?? []).map { schema.facts[$0].key } + lists(of: owner).compactMap(\.listKey)
    }

    /// The lists of an owner that a row may close.
    private func lists(of owner: FactOwner) -> [FactOwner] {
        FactOwner.allCases.filter { $0.parent == owner && $0 != .member }
    }

    /// Hands over the rows of a household for every table, the household's own first.
    func rows(_ batch: FactBatch, _ row: Int, id: String, _ take: (FactOwner, [String]) throws -> Void) rethrows {
        try take(.household, cells(.household, row, [id], batch))
        for owner in FactOwner.allCases where owner.parent == .household {
            for (number, entry) in batch.rows(owner, of: row).enumerated() {
                try take(owner, cells(owner, entry, [id], batch))
                for list in FactOwner.allCases where list.parent == owner {
                    for child in batch.rows(list, of: entry) {
                        try take(list, cells(list, child, [id, String(number + 1)], batch))
                    }
                }
            }
        }
    }

    private func cells(_ owner: FactOwner, _ row: Int, _ joins: [String], _ batch: FactBatch) -> [String] {
        let facts = (places[owner] ?? []).map { place -> String in
            guard let value = batch.value(place, row: row) else { return "" }
            let texts = schema.facts[place].texts(of: value)
            return texts.isEmpty ? FactGroup.none : texts.joined(separator: String(TableLayout.separator))
        }
        let lists = lists(of: owner).map { list in
            batch.isListed(list, of: row) && batch.rows(list, of: row).isEmpty ? FactGroup.none : ""
        }
        return joins + facts + lists
    }
}
