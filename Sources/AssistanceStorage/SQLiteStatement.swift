import CSQLite

/// A prepared statement of a database. It is reset, and let go or kept for the next use, once nobody holds it.
public final class SQLiteStatement {
    private let handle: OpaquePointer
    private let database: SQLiteDatabase
    /// The text under which the database keeps it; nil where it does not.
    private let kept: String?

    init(_ handle: OpaquePointer, of database: SQLiteDatabase, keptAs kept: String? = nil) {
        (self.handle, self.database, self.kept) = (handle, database, kept)
    }

    deinit {
        if let kept { database.keep(handle, as: kept) } else { sqlite3_finalize(handle) }
    }

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

    /// The text of a column of this row; nil where it holds no text.
    public func string(_ column: Int) -> String? {
        let column = Int32(clamping: column)
        guard sqlite3_column_type(handle, column) == SQLITE_TEXT, let text = sqlite3_column_text(handle, column)
        else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The whole number of a column of this row; nil where it holds none.
    public func integer(_ column: Int) -> Int64? {
        let column = Int32(clamping: column)
        guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { return nil }
        return sqlite3_column_int64(handle, column)
    }

    /// The bytes of a column of this row; nil where it holds none.
    public func bytes(_ column: Int) -> [UInt8]? {
        let column = Int32(clamping: column)
        guard sqlite3_column_type(handle, column) == SQLITE_BLOB else { return nil }
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// What a column of this row holds.
    public func kind(_ column: Int) -> SQLiteKind {
        switch sqlite3_column_type(handle, Int32(clamping: column)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .bytes
        case SQLITE_FLOAT: .fraction
        default: .null
        }
    }

    /// Hands the bytes of a text, or bytes as they are, to a body without a copy; nil where the column holds neither.
    public func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result?
    {
        let column = Int32(clamping: column)
        let start: UnsafeRawPointer?
        switch sqlite3_column_type(handle, column) {
        case SQLITE_TEXT: start = UnsafeRawPointer(sqlite3_column_text(handle, column))
        case SQLITE_BLOB: start = sqlite3_column_blob(handle, column)
        default: return nil
        }
        // Something empty has no address.
        let count = start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))
        return try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Runs it once with values in the order of its `?`.
    public func run(_ values: [SQLiteValue]) throws(StorageProblem) {
        defer { sqlite3_reset(handle) }
        try bind(values)
        while try step() {}
    }

    /// Sets its `?` in their order.
    func bind(_ values: [SQLiteValue]) throws(StorageProblem) {
        // -1 is SQLITE_TRANSIENT: what is bound is copied.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (place, value) in values.enumerated() {
            let number = Int32(clamping: place + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, number)
                case .integer(let value): sqlite3_bind_int64(handle, number, value)
                case .text(let text):
                    sqlite3_bind_text(handle, number, text, Int32(clamping: text.utf8.count), copied)
                // An empty list has no address, which SQLite would take for null.
                case .bytes(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(handle, number, 0)
                case .bytes(let bytes): sqlite3_bind_blob64(handle, number, bytes, UInt64(bytes.count), copied)
                }
            guard code == SQLITE_OK else { throw database.problem("the database cannot be written") }
        }
    }
}

/// What a column of a row holds.
public enum SQLiteKind: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer
    /// A text.
    case text
    /// Bytes as they are.
    case bytes
    /// A binary fraction.
    case fraction
}

/// A value of a statement.
public enum SQLiteValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)
    /// Bytes as they are.
    case bytes([UInt8])
}
