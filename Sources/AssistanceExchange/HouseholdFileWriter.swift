import AssistanceCore
import AssistanceStorage

/// Households ready to be written. They may be made on several threads, and are written in order.
public struct WrittenHouseholds: Sendable {
    /// JSON Lines, or the text of each table.
    fileprivate var texts: [FactOwner: [UInt8]] = [:]
    /// For a database its rows.
    fileprivate var rows: [(owner: FactOwner, cells: [String])] = []
    /// How many households there are.
    public fileprivate(set) var count = 0
}

/// Writes a file of many households: JSON Lines, a folder of tables in CSV, or a database. It appears whole or not at
/// all.
///
/// Not safe to share between threads.
public final class HouseholdFileWriter {
    private enum Target {
        case lines(PendingFile)
        case tables(PendingFolder, [FactOwner: PendingFile])
        case database(PendingFile, SQLiteDatabase, [FactOwner: SQLiteStatement])
    }

    /// What makes households ready for this file.
    public let form: Form
    private let target: Target

    /// Makes households ready. Immutable; may be shared between threads.
    public struct Form: Sendable {
        fileprivate let format: ExchangeFormat
        fileprivate let text: HouseholdText

        /// The households of a batch, whose first has the number `first` in the file; the number is its id.
        public func households(_ batch: FactBatch, from first: Int) -> WrittenHouseholds {
            var written = WrittenHouseholds()
            written.count = batch.count
            var tables: [FactOwner: CSVText] = [:]
            for row in 0..<batch.count {
                let id = String(first + row)
                switch format {
                case .jsonl: written.texts[.household, default: []] += text.document(batch, row, id: id)
                case .csv: text.rows(batch, row, id: id) { tables[$0, default: CSVText()].add($1) }
                case .sqlite: text.rows(batch, row, id: id) { written.rows.append(($0, $1)) }
                }
            }
            if format == .csv { written.texts = tables.mapValues(\.bytes) }
            return written
        }
    }

    /// Begins a file; `sample` has the columns that all batches of it have.
    public init(_ path: String, _ format: ExchangeFormat, like sample: FactBatch) throws {
        let text = HouseholdText(sample)
        form = Form(format: format, text: text)
        switch format {
        case .jsonl: target = .lines(try PendingFile(path))
        case .csv:
            let folder = try PendingFolder(path)
            var files: [FactOwner: PendingFile] = [:]
            for owner in HouseholdTables.owners {
                let file = try folder.file(HouseholdTables.name(of: owner) + ".csv")
                var header = CSVText()
                header.add(text.columns(owner))
                try file.write(header.bytes)
                files[owner] = file
            }
            target = .tables(folder, files)
        case .sqlite:
            let file = try PendingFile(path, isPrivate: true)
            let database = try SQLiteDatabase(file.place, named: path, isReadOnly: false)
            var statements: [FactOwner: SQLiteStatement] = [:]
            for owner in HouseholdTables.owners {
                let (name, columns) = (HouseholdTables.name(of: owner), text.columns(owner))
                let list = columns.map { "\"\($0)\" TEXT" }.joined(separator: ", ")
                try database.run("CREATE TABLE \"\(name)\" (\(list))")
                let marks = columns.map { _ in "?" }.joined(separator: ", ")
                statements[owner] = try database.prepare("INSERT INTO \"\(name)\" VALUES (\(marks))")
            }
            try database.run("BEGIN")
            target = .database(file, database, statements)
        }
    }

    /// Adds households.
    public func add(_ households: WrittenHouseholds) throws(StorageProblem) {
        switch target {
        case .lines(let file): for text in households.texts.values { try file.write(text) }
        case .tables(_, let files): for (owner, text) in households.texts { try files[owner]?.write(text) }
        case .database(_, _, let statements):
            for (owner, cells) in households.rows {
                try statements[owner]?.run(cells.map { $0.isEmpty ? .null : .text($0) })
            }
        }
    }

    /// Gives the file its name.
    public func commit() throws(StorageProblem) {
        switch target {
        case .lines(let file): try file.commit()
        case .tables(let folder, let files):
            for file in files.values { try file.commit() }
            try folder.commit()
        case .database(let file, let database, _):
            try database.run("COMMIT")
            try file.commit()
        }
    }
}
