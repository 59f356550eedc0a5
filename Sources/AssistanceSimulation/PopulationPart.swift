import AssistanceCore

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
