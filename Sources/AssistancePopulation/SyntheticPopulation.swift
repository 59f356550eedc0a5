import AssistanceCore

/// An invented population: households with what all programmes ask of them, drawn by documented margins
/// (docs/population.md).
///
/// The same arguments give the same households, each by its number alone: any part can be made without those before it,
/// and parts can be made at the same time. They describe no place and no person. Safe to share between threads.
public struct SyntheticPopulation: Sendable {
    /// The divisions that the households live in, in equal parts; without any, their area is unknown.
    public let areas: [DivisionCode]
    /// What the draws follow from.
    public let seed: UInt64
    /// How many households there are.
    public let households: Int
    /// The schema of their facts.
    public let schema: FactSchema
    /// The day whose population it is: ages are counted from it.
    public let date: CalendarDate

    /// The day of the population where none is asked for: 2026-01-01.
    public static let defaultDate = CalendarDate(year: 2026, month: 1, day: 1) ?? .earliest

    /// A population of so many households.
    ///
    /// - Parameters:
    ///   - areas: The divisions that they live in, in equal parts.
    ///   - seed: Another seed gives other households by the same margins.
    ///   - households: How many, from 0.
    ///   - schema: The facts; those that places declare are stated none where they can be.
    ///   - date: The day from which ages are counted.
    public init(
        areas: [DivisionCode], seed: UInt64, households: Int, schema: FactSchema,
        date: CalendarDate = SyntheticPopulation.defaultDate
    ) {
        self.areas = areas
        self.seed = seed
        self.households = max(0, households)
        self.schema = schema
        self.date = date
    }

    /// The households of a range of numbers, counted from 0; what lies beyond the population is left out.
    public func batch(_ range: Range<Int>) -> FactBatch {
        var draft = Draft(areas, seed: seed, on: date)
        for number in range.clamped(to: 0..<households) { draft.add(household: number) }
        var batch = FactBatch(schema: schema)
        addRows(of: draft, to: &batch)
        set(draft.homes, PopulationColumns.household, .household, &batch)
        set(draft.persons, PopulationColumns.member, .member, &batch)
        set(draft.obligors, PopulationColumns.obligor, .obligor, &batch)
        set(draft.plots, PopulationColumns.plot, .plot, &batch)
        set(draft.bills, PopulationColumns.bill, .bill, &batch)
        set(draft.losses, PopulationColumns.loss, .loss, &batch)
        stateNone(&batch)
        return batch
    }

    /// Every list is stated: where it has no entries, there are none.
    private func addRows(of draft: Draft, to batch: inout FactBatch) {
        var (person, obligor, bill, plot, loss) = (0, 0, 0, 0, 0)
        func add(_ owner: FactOwner, _ next: inout Int, upTo end: Int) {
            batch.markListed(owner)
            while next < end {
                batch.add(owner)
                next += 1
            }
        }
        for home in draft.homes.indices {
            batch.add(.household)
            add(.plot, &plot, upTo: draft.plotsEnd[home])
            add(.loss, &loss, upTo: draft.lossesEnd[home])
            while person < draft.personsEnd[home] {
                batch.add(.member)
                add(.obligor, &obligor, upTo: draft.obligorsEnd[person])
                add(.bill, &bill, upTo: draft.billsEnd[person])
                person += 1
            }
        }
    }

    private func set<Row>(
        _ rows: [Row], _ columns: [PopulationColumn<Row>], _ owner: FactOwner, _ batch: inout FactBatch
    ) {
        for column in columns {
            guard let place = schema.place(owner, column.key) else { continue }
            batch.set(place, ofEach: { rows.indices.contains($0) ? column.value(rows[$0]) : nil })
        }
    }

    /// What no margin draws is stated none, where a file could state it.
    private func stateNone(_ batch: inout FactBatch) {
        for (place, fact) in schema.facts.enumerated() where batch.columns[place] == nil {
            guard let none = fact.type.noneValue, !PopulationColumns.unstated.contains(fact.group ?? "") else {
                continue
            }
            batch.set(place, ofEach: { _ in none })
        }
    }
}
