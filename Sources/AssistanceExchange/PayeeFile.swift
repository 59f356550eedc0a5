import AssistanceCore
import AssistanceStorage

/// A file of who is paid for which case (收款人名册): CSV with the columns `case`, `name` and `account`.
public enum PayeeFile {
    private static let columns = ["case", "name", "account"]

    /// The payees by case number; the first mistake is thrown with its place, and quotes no name and no account.
    ///
    /// - Throws: A `Diagnostic` about the file, or a `StorageProblem`.
    public static func read(_ path: String, _ encoding: TextEncoding = .utf8) throws -> [Int64: Payee] {
        let table = try CSVTable(path, encoding)
        try table.expect(columns)
        var payees: [Int64: Payee] = [:]
        while let row = try table.next() {
            if let flaw = row.flaw { throw flaw }
            let reader = ExtractRow(row, table.name)
            guard let number = Int64(row[0]), number > 0 else {
                throw reader.flaw(.wrongType, 0, "the number of a case was expected")
            }
            guard payees[number] == nil else {
                throw reader.flaw(.duplicateIdentifier, 0, "case \(number) has a payee already in a row above")
            }
            for (column, name) in columns.enumerated().dropFirst() where row[column].isEmpty {
                throw reader.flaw(.missingKey, column, "the \(name) of the payee of case \(number) was expected")
            }
            payees[number] = Payee(name: row[1], account: row[2])
        }
        return payees
    }
}

extension CSVTable {
    /// Refuses a table with other columns.
    func expect(_ columns: [String]) throws(Diagnostic) {
        guard header.cells == columns else {
            throw Diagnostic(
                .csvSyntax, file: name, at: header.position(of: nil),
                "the columns \(columns.joined(separator: ",")) were expected")
        }
    }
}
