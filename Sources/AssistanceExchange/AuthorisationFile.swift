import AssistanceCore
import AssistanceStorage

/// A file of authorisations (核对授权书): CSV with the columns `household`, `member`, `citizen_number`, `name`, `from` and `until`.
///
/// `household` is the household's id; `member` counts from 1; `name` may be empty.
public enum AuthorisationFile {
    private static let columns = ["household", "member", "citizen_number", "name", "from", "until"]

    /// The authorisations of a file; the first mistake is thrown with its place.
    ///
    /// - Throws: A `Diagnostic` about the file, or a `StorageProblem`.
    public static func read(_ path: String, _ encoding: TextEncoding = .utf8) throws -> Authorisations {
        let table = try CSVTable(path, encoding)
        try table.expect(columns)
        var authorisations: [Authorisation] = []
        while let row = try table.next() {
            if let flaw = row.flaw { throw flaw }
            let reader = ExtractRow(row, table.name)
            guard !row[0].isEmpty else {
                throw reader.flaw(.missingKey, 0, "the id of a household was expected")
            }
            guard let member = Int(row[1]), (1...FactOwner.member.limit).contains(member) else {
                throw reader.flaw(
                    .outOfRange, 1, "the place of a member from 1 to \(FactOwner.member.limit) was expected")
            }
            let number = try reader.citizenNumber(2)
            guard let from = try reader.day(4), let until = try reader.day(5) else {
                throw reader.flaw(.badDate, 4, "the first and the last day of the authorisation were expected")
            }
            guard from <= until else {
                throw reader.flaw(.dateOrder, 5, "the last day lies before the first")
            }
            authorisations.append(
                Authorisation(
                    household: row[0], member: member - 1,
                    person: QueriedPerson(number, name: row[3].isEmpty ? nil : row[3]), from: from, until: until))
        }
        return Authorisations(authorisations)
    }
}
