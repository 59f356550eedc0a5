import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// The households of a file, to be decided more than once (测算用人口).
public enum PopulationFile {
    /// So many households are read before they are divided by area.
    private static let chunk = 65_536
    /// After so many findings nobody reads more.
    private static let findingLimit = 100

    /// Reads all households of a file, divided by the areas they live in. Where any is wrong, nothing is answered: of a
    /// population with holes nothing should be said.
    ///
    /// - Throws: `ExchangeProblem`, a `Diagnostic` where the file as a whole is wrong, or what the system says of it.
    public static func read(
        _ input: BatchRun.File, library: PolicyLibrary, date: CalendarDate
    ) throws -> [(area: DivisionCode, batch: FactBatch)] {
        let source = try HouseholdSource(input.path, input.format, input.encoding, library.schema)
        let areas = HouseholdAreas(library, on: date, file: source.name)
        var parts: [(area: DivisionCode, batch: FactBatch)] = []
        var findings: [Diagnostic] = []
        while findings.count < findingLimit {
            var records: [HouseholdRecord] = []
            while records.count < chunk, let record = try source.next() { records.append(record) }
            if records.isEmpty { break }
            let (file, found) = try source.reader.read(records, schema: library.schema, date: date)
            findings += found.joined()
            var rows: [DivisionCode: [Int]] = [:]
            for (row, header) in file.households.enumerated() where found[row].isEmpty {
                let area = header.area ?? library.jurisdiction
                if let problem = areas.problem(with: area) {
                    let place = SourcePosition(line: records[row].line, column: 1)
                    findings.append(
                        Diagnostic(problem.code, file: source.name, at: place, "area: \(problem.message)"))
                } else {
                    rows[area, default: []].append(row)
                }
            }
            parts += rows.sorted { $0.key < $1.key }.map { ($0.key, file.batch.households($0.value)) }
        }
        guard findings.isEmpty else { throw ExchangeProblem.findings(Array(findings.prefix(findingLimit))) }
        guard !parts.isEmpty else {
            throw Diagnostic(
                .emptyInput, file: source.name, at: SourcePosition(line: 1, column: 1),
                "the file has no household; of nobody nothing can be said")
        }
        return parts
    }
}
