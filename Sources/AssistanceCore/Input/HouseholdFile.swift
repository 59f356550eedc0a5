/// The households of one file, as they were read.
public struct HouseholdFile: Sendable {
    /// What the file says of a household beside its facts.
    public struct Header: Hashable, Sendable {
        /// The caller's own name for the household, where it was given.
        public let id: String?
        /// Where the household begins in the file.
        public let position: SourcePosition
        /// The division it lives in, where that was given.
        public let area: DivisionCode?
    }

    /// The facts; the household of a row is the header of the same number.
    public let batch: FactBatch
    /// One for each household, in the order of the file.
    public let households: [Header]
}

/// What one household file may hold. The defaults are the limits the library states.
public struct HouseholdLimits: Hashable, Sendable {
    /// The households of one file: a million.
    public var households = 1_000_000
    /// The mistakes reported of one file: 100.
    public var findings = 100

    /// The stated limits.
    public init() {}
}
