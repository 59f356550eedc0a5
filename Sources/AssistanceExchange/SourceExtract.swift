import AssistanceCore
import AssistanceStorage

/// 核对数据源(导出文件): a table of persons that a department has sent, as a data source: CSV, or the table `persons` of an
/// SQLite database.
///
/// The column `citizen_number` names the person. `day` is when it was so, `confidence` how sure that is, 1 to 100; both may be
/// missing. Every other column is a fact by its name with its owner, `household.vehicles`: an empty cell says nothing of it,
/// `none` that there is none. Who has no row is not known.
///
/// It is held in memory. Immutable; may be shared between threads.
public struct SourceExtract: DataSource {
    /// What it is called in outputs.
    public let id: String
    /// What people call it.
    public let label: Label
    /// What the department is called whose registry it is, in Chinese.
    public let department: String
    /// The facts that have a column, in their order.
    public let facts: [Fact]
    /// What is said of each person, in the order of the facts.
    private let statements: [CitizenNumber: [SourceFinding.Statement]]

    /// The table of a database.
    static let table = "persons"
    private static let (number, day, confidence) = ("citizen_number", "day", "confidence")

    /// Reads a file; the first mistake is thrown with its place.
    ///
    /// - Parameters:
    ///   - id: What the source is called in outputs.
    ///   - department: The department that has sent it; a column of what it cannot hold is a mistake.
    ///   - schema: The facts of the policy.
    /// - Throws: A `Diagnostic` about the file, or a `StorageProblem`.
    public init(
        _ file: BatchRun.File, id: String, label: Label, department: Department, schema: FactSchema
    ) throws {
        self.id = id
        self.label = label
        self.department = department.label.chinese
        let cursor: any TableCursor
        if file.format == .sqlite {
            let database = try SQLiteDatabase(file.path, isReadOnly: true)
            guard let table = try SQLiteTable(Self.table, in: database) else {
                throw StorageProblem(
                    file.path, "a table '\(Self.table)' was expected in the database, and there is none")
            }
            cursor = table
        } else {
            cursor = try CSVTable(file.path, file.encoding)
        }
        let columns = cursor.header.cells
        guard let number = columns.firstIndex(of: Self.number) else {
            throw Diagnostic(
                .missingKey, file: cursor.name, at: cursor.header.position(of: nil),
                "a column '\(Self.number)' was expected")
        }
        let (day, confidence) = (columns.firstIndex(of: Self.day), columns.firstIndex(of: Self.confidence))
        var facts: [(column: Int, fact: Fact)] = []
        for (column, name) in columns.enumerated() where ![number, day, confidence].contains(column) {
            facts.append((column, try Self.fact(name, of: department, schema, cursor, column)))
        }
        self.facts = facts.map(\.fact)
        var statements: [CitizenNumber: [SourceFinding.Statement]] = [:]
        while let row = try cursor.next() {
            if let flaw = row.flaw { throw flaw }
            let reader = ExtractRow(row, cursor.name)
            let person = try reader.citizenNumber(number)
            let (day, confidence) = (try reader.day(day), try reader.confidence(confidence))
            var said: [SourceFinding.Statement] = []
            for (column, fact) in facts {
                guard let value = try reader.value(column, of: fact) else { continue }
                said.append(
                    value.isNone
                        ? SourceFinding.Statement.none(of: fact, day: day)
                        : .value(value.stored, of: fact, day: day, confidence: confidence))
            }
            guard statements.updateValue(said, forKey: person) == nil else {
                throw reader.flaw(.duplicateIdentifier, number, "this person has a row already")
            }
        }
        self.statements = statements
    }

    /// What the rows of persons say; who has no row, or an empty one, is not known.
    public func query(_ persons: [QueriedPerson]) throws(SourceProblem) -> [SourceFinding] {
        persons.enumerated().flatMap { place, person in
            let said = statements[person.number] ?? []
            return (said.isEmpty ? [.unknownPerson] : said).map { SourceFinding(person: place, $0) }
        }
    }

    private static func fact(
        _ name: String, of department: Department, _ schema: FactSchema, _ cursor: any TableCursor, _ column: Int
    ) throws(Diagnostic) -> Fact {
        let held = department.facts
        do throws(ValueFlaw) {
            let fact = schema.facts[try schema.place(named: name)]
            if held.contains(fact) { return fact }
            throw ValueFlaw(
                code: .unknownFact,
                message:
                    "\(department.label.chinese) (\(department.id)) does not hold '\(name)', by the policy; it holds \(held.map(\.name).joined(separator: ", "))"
            )
        } catch {
            throw Diagnostic(
                error.code, file: cursor.name, at: cursor.header.position(of: column), error.message,
                suggestion: error.suggestion)
        }
    }
}

/// Reads the cells of a row; a mistake has its place, and quotes nothing.
struct ExtractRow {
    private let row: TableRow
    private let file: String

    init(_ row: TableRow, _ file: String) {
        self.row = row
        self.file = file
    }

    func citizenNumber(_ column: Int) throws(Diagnostic) -> CitizenNumber {
        do throws(CitizenNumber.Flaw) {
            return try CitizenNumber(row[column])
        } catch {
            throw flaw(.badCitizenNumber, column, error.message)
        }
    }

    /// A day; nil where the cell is empty or there is no such column.
    func day(_ column: Int?) throws(Diagnostic) -> CalendarDate? {
        let text = row[column]
        if text.isEmpty { return nil }
        guard let day = CalendarDate(iso: text) else {
            throw flaw(.badDate, column, "a day of the calendar, written as 2026-01-31, was expected")
        }
        return day
    }

    /// 1 to 100; 100 where the cell is empty or there is no such column.
    func confidence(_ column: Int?) throws(Diagnostic) -> Int {
        let text = row[column]
        if text.isEmpty { return 100 }
        guard let number = Int(text), (1...100).contains(number) else {
            throw flaw(.outOfRange, column, "a confidence from 1 to 100 was expected")
        }
        return number
    }

    /// What a fact is, or that it is a stated none; nil where the cell is empty.
    func value(_ column: Int, of fact: Fact) throws(Diagnostic) -> (stored: Int64, isNone: Bool)? {
        let text = row[column]
        if text.isEmpty { return nil }
        if text == FactGroup.none, let none = fact.type.noneValue { return (none, true) }
        do throws(ValueFlaw) {
            return (try fact.stored(plain: text), false)
        } catch {
            throw Diagnostic(
                error.code, file: file, at: row.position(of: column), "\(fact.name): \(error.message)",
                suggestion: error.suggestion)
        }
    }

    func flaw(_ code: DiagnosticCode, _ column: Int?, _ message: String) -> Diagnostic {
        Diagnostic(code, file: file, at: row.position(of: column), message)
    }
}
