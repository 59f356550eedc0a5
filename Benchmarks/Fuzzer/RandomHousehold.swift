import AssistanceCore

/// Households of any facts that a schema has, likely or not, each fact sometimes unknown.
struct RandomHousehold {
    private let schema: FactSchema
    private let areas: [DivisionCode]
    private let places: [FactOwner: [Int]]
    private var seed: Seed

    init(_ schema: FactSchema, _ areas: [DivisionCode], _ seed: Seed) {
        self.schema = schema
        self.areas = areas
        self.seed = seed
        places = Dictionary(grouping: schema.facts.indices) { schema.facts[$0].owner }
    }

    mutating func batch(of households: Int) -> FactBatch {
        var batch = FactBatch(schema: schema)
        for _ in 0..<households {
            let unknown = seed.pick([0, 0, 3, 20, 90]) ?? 0
            fill(&batch, .household, unknown)
            if seed.chance(95) { batch.markListed(.member) }
            for _ in 0..<(seed.pick([0, 1, 1, 2, 3, 5, 40]) ?? 1) {
                fill(&batch, .member, unknown)
                for list in [FactOwner.obligor, .bill] { entries(&batch, list, unknown) }
            }
            for list in [FactOwner.plot, .loss] { entries(&batch, list, unknown) }
        }
        return batch
    }

    /// None to two entries of a list, which may be omitted.
    private mutating func entries(_ batch: inout FactBatch, _ list: FactOwner, _ unknown: Int) {
        if seed.chance(90) { batch.markListed(list) }
        for _ in 0..<seed.below(3) { fill(&batch, list, unknown) }
    }

    private mutating func fill(_ batch: inout FactBatch, _ owner: FactOwner, _ unknown: Int) {
        let row = batch.add(owner)
        for place in places[owner] ?? [] where !seed.chance(unknown) {
            batch.set(place, row: row, to: value(of: schema.facts[place].type))
        }
    }

    private mutating func value(of type: FactType) -> Int64 {
        let range = type.storedRange
        switch type {
        case .codes: return seed.chance(60) ? 0 : seed.number(in: range)
        case .code, .yesNo: return seed.number(in: range)
        case .date: return seed.chance(90) ? Int64(seed.below(25_000)) - 4_000 : seed.number(in: range)
        case .division: return seed.pick(areas)?.number ?? range.lowerBound
        case .count, .amount:
            if seed.chance(10) { return seed.chance(50) ? range.lowerBound : range.upperBound }
            let likely = max(range.lowerBound, 0)...max(range.lowerBound, min(range.upperBound, 3_000_000))
            return seed.chance(80) ? seed.number(in: likely) : seed.number(in: range)
        }
    }
}
