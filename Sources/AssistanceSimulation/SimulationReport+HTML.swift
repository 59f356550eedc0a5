extension SimulationReport {
    /// One page.
    public var html: String { "" }
}
