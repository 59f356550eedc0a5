/// Reads households one document at a time into one batch, for files of many of them.
///
/// A value type; not safe to share between threads while it is filled.
public struct HouseholdCollector: Sendable {
    private let keys: HouseholdKeys
    private let date: CalendarDate
    private let file: String
    private var batch: FactBatch
    private var headers: [HouseholdFile.Header] = []

    /// The most mistakes that are reported of one household.
    private static let findings = 20

    /// An empty collector; see `HouseholdReader.read`.
    public init(schema: FactSchema, date: CalendarDate, file: String) {
        keys = HouseholdKeys(schema)
        self.date = date
        self.file = file
        batch = FactBatch(schema: schema)
    }

    /// The households so far.
    public var households: HouseholdFile { HouseholdFile(batch: batch, households: headers) }

    /// Adds the household of a document, which is one object, and answers what is wrong with it: with an error the
    /// household of this row must not be used.
    public mutating func add(_ tokens: some DocumentTokens) -> [Diagnostic] {
        var limits = HouseholdLimits()
        limits.findings = Self.findings
        limits.households = .max
        var reading = HouseholdReading(tokens, keys: keys, date: date, file: file, limits: limits, batch: batch)
        // There must be one owner of the columns, or each change would copy them.
        batch = FactBatch(schema: keys.schema)
        do throws(Diagnostic) {
            try reading.readSingle()
        } catch {
            // What is no JSON gets that one mistake: what was understood before it was perhaps not meant.
            reading.log = FindingLog(limit: 1)
            reading.log.add(error)
        }
        batch = reading.batch
        headers += reading.headers
        // A household that breaks off has rows, and a header that nobody uses.
        if headers.count == batch.count { return reading.log.sorted }
        if headers.count > batch.count { headers.removeLast() }
        while headers.count < batch.count {
            headers.append(HouseholdFile.Header(id: nil, position: SourcePosition(line: 1, column: 1), area: nil))
        }
        return reading.log.sorted
    }
}
