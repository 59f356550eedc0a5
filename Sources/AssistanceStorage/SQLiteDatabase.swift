import CSQLite

/// An SQLite database: prepared statements only. Files that it makes are their owner's alone.
///
/// Not safe to share between threads.
public final class SQLiteDatabase {
    /// The path, as it was named.
    public let path: String
    private let handle: OpaquePointer

    /// Opens a file to read it, or to fill it.
    ///
    /// One that is filled is a `PendingFile`'s place: nobody else sees it, so it needs neither journal nor sync.
    ///
    /// - Parameter name: What problems are to name.
    public init(_ path: String, named name: String? = nil, isReadOnly: Bool) throws(StorageProblem) {
        self.path = name ?? path
        var opened: OpaquePointer?
        let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nil)
        guard let opened else { throw StorageProblem(self.path, "the database cannot be opened: out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw problem("the database cannot be opened") }
        if !isReadOnly {
            try run("PRAGMA journal_mode = OFF")
            try run("PRAGMA synchronous = OFF")
        }
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs a statement without values to its end.
    public func run(_ sql: String) throws(StorageProblem) {
        let statement = try prepare(sql)
        while try statement.step() {}
    }

    /// Prepares a statement.
    public func prepare(_ sql: String) throws(StorageProblem) -> SQLiteStatement {
        var made: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &made, nil) == SQLITE_OK, let made else {
            throw problem("the database cannot be read or written")
        }
        return SQLiteStatement(made, of: self)
    }

    func problem(_ what: String) -> StorageProblem {
        StorageProblem(path, "\(what): \(String(cString: sqlite3_errmsg(handle)))")
    }
}

/// A prepared statement of a database.
public final class SQLiteStatement {
    private let handle: OpaquePointer
    private let database: SQLiteDatabase

    init(_ handle: OpaquePointer, of database: SQLiteDatabase) {
        (self.handle, self.database) = (handle, database)
    }

    deinit { sqlite3_finalize(handle) }

    /// The names of the columns that it answers.
    public var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// Goes to the next row; false where there is none.
    public func step() throws(StorageProblem) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw database.problem("the database cannot be read or written")
        }
    }

    /// The text of a column of this row, by its number from 0; nil where it is null.
    ///
    /// A number is its decimal text, of at most 15 digits where the file stores it as a binary fraction.
    public func text(_ column: Int) -> [UInt8]? {
        let column = Int32(clamping: column)
        guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
        guard let text = sqlite3_column_text(handle, column) else { return [] }
        return Array(UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// Runs it once with values in the order of its `?`.
    public func run(_ values: [SQLiteValue]) throws(StorageProblem) {
        for (place, value) in values.enumerated() {
            let number = Int32(clamping: place + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, number)
                case .integer(let value): sqlite3_bind_int64(handle, number, value)
                case .text(let text):
                    // -1 is SQLITE_TRANSIENT: the text is copied.
                    sqlite3_bind_text(
                        handle, number, text, Int32(clamping: text.utf8.count),
                        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                }
            guard code == SQLITE_OK else { throw database.problem("the database cannot be written") }
        }
        while try step() {}
        sqlite3_reset(handle)
    }
}

/// A value of a statement.
public enum SQLiteValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)
}
