import AssistanceCore
import AssistancePopulation

/// Households of a population that live in one area, made or read a stretch at a time.
public struct PopulationPart: Sendable {
    /// Where they live.
    public let area: DivisionCode
    /// How many they are.
    public let households: Int
    /// Those of a range of numbers from 0, as a batch of so many households.
    public let batch: @Sendable (Range<Int>) -> FactBatch

    /// Households of an area.
    public init(area: DivisionCode, households: Int, batch: @escaping @Sendable (Range<Int>) -> FactBatch) {
        self.area = area
        self.households = households
        self.batch = batch
    }
}

extension PopulationPart {
    /// An invented population, its households in equal parts over areas; the first of them have those that are left over.
    ///
    /// Each area has households of its own: those of one are the same whatever other areas there are.
    public static func synthetic(
        households: Int, in areas: [DivisionCode], seed: UInt64, schema: FactSchema, on date: CalendarDate
    ) -> [PopulationPart] {
        areas.enumerated().map { place, area in
            let count = households / areas.count + (place < households % areas.count ? 1 : 0)
            let population = SyntheticPopulation(
                areas: [area], seed: seed &+ UInt64(bitPattern: area.number), households: count, schema: schema,
                date: date)
            return PopulationPart(area: area, households: count, batch: population.batch)
        }
    }
}
