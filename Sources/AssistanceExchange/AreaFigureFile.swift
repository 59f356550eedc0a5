import AssistanceCore
import AssistanceStorage

/// A file of what areas count (分配依据): CSV with a first column `area` and a column for each measure, such as
/// `area,recipients,spent`; whole numbers, and an empty cell where a figure is not known.
public enum AreaFigureFile {
    /// The figures of each area, in the order of the rows; the first mistake is thrown with its place.
    ///
    /// - Throws: A `Diagnostic` about the file, or a `StorageProblem`.
    public static func read(
        _ path: String, _ encoding: TextEncoding = .utf8
    ) throws -> [(area: DivisionCode, figures: [String: Int64])] {
        let table = try CSVTable(path, encoding)
        let measures = Array(table.header.cells.dropFirst())
        guard table.header.cells.first == "area", !measures.isEmpty, Set(measures).count == measures.count else {
            throw Diagnostic(
                .csvSyntax, file: table.name, at: table.header.position(of: nil),
                "a column 'area' and behind it a column for each measure, each named once, were expected")
        }
        var areas: [(area: DivisionCode, figures: [String: Int64])] = []
        while let row = try table.next() {
            if let flaw = row.flaw { throw flaw }
            let reader = ExtractRow(row, table.name)
            guard let area = DivisionCode(row[0]) else {
                throw reader.flaw(.badValue, 0, "a division code of 6, 9 or 12 digits was expected")
            }
            var figures: [String: Int64] = [:]
            for (place, measure) in measures.enumerated() where !row[place + 1].isEmpty {
                guard let figure = Int64(row[place + 1]), figure >= 0 else {
                    throw reader.flaw(
                        .wrongType, place + 1,
                        "a whole number was expected, none being 0, or nothing where it is not known")
                }
                figures[measure] = figure
            }
            areas.append((area, figures))
        }
        return areas
    }
}
