import CSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An SQLite database: prepared statements only. Files that it makes are their owner's alone.
///
/// Not safe to share between threads.
public final class SQLiteDatabase {
    /// The path, as it was named.
    public let path: String
    private let handle: OpaquePointer
    /// Statements that are not in use, by their text.
    private var kept: [String: OpaquePointer] = [:]

    /// Opens a file to read it, or to fill it.
    ///
    /// One that is filled is a `PendingFile`'s place: nobody else sees it, so it needs neither journal nor sync.
    ///
    /// - Parameter name: What problems are to name.
    public init(_ path: String, named name: String? = nil, isReadOnly: Bool) throws(StorageProblem) {
        self.path = name ?? path
        let (opened, code) = Self.opened(path, isReadOnly: isReadOnly, system: nil)
        guard let opened else { throw StorageProblem(self.path, "the database cannot be opened: out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw problem("the database cannot be opened") }
        if !isReadOnly {
            try run("PRAGMA journal_mode = OFF")
            try run("PRAGMA synchronous = OFF")
        }
    }

    /// Opens a file that several processes read and write at once, and that outlives a fall of the machine.
    ///
    /// Nothing is read of the file and nothing changed before the first statement.
    ///
    /// - Parameters:
    ///   - patience: How long to wait for another writer, in milliseconds.
    ///   - system: SQLite's name of another way to reach files, for tests.
    public init(
        shared path: String, isReadOnly: Bool, patience: Int32, system: String? = nil
    ) throws(StorageProblem) {
        self.path = path
        // SQLite reads "file:…" and ":memory:" in a way of its own.
        let (opened, code) = Self.opened(
            path.hasPrefix("/") ? path : "./" + path, isReadOnly: isReadOnly, system: system)
        guard let opened else { throw StorageProblem(path, "the database cannot be opened: out of memory") }
        handle = opened
        guard code == SQLITE_OK else { throw problem("the database cannot be opened") }
        guard isReadOnly || sqlite3_db_readonly(handle, "main") == 0 else {
            throw StorageProblem(path, "the file can be read and not written", cause: .readOnly)
        }
        // SQLite's own handler tries so seldom that one busy writer keeps all others out.
        sqlite3_busy_handler(
            handle,
            { patience, tries in
                guard Int(tries) < Int(bitPattern: patience) else { return 0 }
                usleep(1000)
                return 1
            }, UnsafeMutableRawPointer(bitPattern: Int(patience)))
        // An older library without this mode goes on without it.
        _ = csqlite_defend(handle)
        // Nothing is written but the file and what stands beside it, and no folder is looked for in the environment.
        let settings = [
            "trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "synchronous = FULL",
            "temp_store = MEMORY",
        ]
        for setting in settings {
            try run("PRAGMA " + setting)
        }
    }

    deinit {
        for statement in kept.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    private static func opened(_ path: String, isReadOnly: Bool, system: String?) -> (OpaquePointer?, Int32) {
        var opened: OpaquePointer?
        let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, system)
        return (opened, code)
    }

    /// Has changes written beside the file first, so that readers go on while one writes. The file remembers it.
    ///
    /// What is deleted or replaced is overwritten from then on.
    public func writeAhead() throws(StorageProblem) {
        let answer = try select("PRAGMA journal_mode = WAL")
        guard try answer.step(), answer.string(0) == "wal" else {
            throw StorageProblem(path, "the file system cannot hold a database that several processes share")
        }
        try run("PRAGMA secure_delete = ON")
    }

    /// Whether a transaction is open; SQLite itself ends one where the disk is full or fails.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs a statement with values in the order of its `?` to its end.
    public func run(_ sql: String, _ values: [SQLiteValue] = []) throws(StorageProblem) {
        let statement = try select(sql, values)
        while try statement.step() {}
    }

    /// A statement with values in the order of its `?`, before its first row; it is prepared once for each text.
    public func select(_ sql: String, _ values: [SQLiteValue] = []) throws(StorageProblem) -> SQLiteStatement {
        let handle = if let unused = kept.removeValue(forKey: sql) { unused } else { try prepared(sql) }
        let statement = SQLiteStatement(handle, of: self, keptAs: sql)
        try statement.bind(values)
        return statement
    }

    /// Prepares a statement that is not kept.
    public func prepare(_ sql: String) throws(StorageProblem) -> SQLiteStatement {
        SQLiteStatement(try prepared(sql), of: self)
    }

    /// Copies all of it, as it is at this moment, over another database. Others may read and write meanwhile.
    public func copy(to other: SQLiteDatabase) throws(StorageProblem) {
        guard let copy = sqlite3_backup_init(other.handle, "main", handle, "main") else {
            throw other.problem("the copy cannot be begun")
        }
        let code = sqlite3_backup_step(copy, -1)
        guard sqlite3_backup_finish(copy) == SQLITE_OK, code == SQLITE_DONE else {
            throw other.problem("the copy cannot be written")
        }
    }

    private func prepared(_ sql: String) throws(StorageProblem) -> OpaquePointer {
        var made: OpaquePointer?
        let (code, isWhole) = sql.withCString { text in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(handle, text, -1, &made, &rest)
            return (code, rest.map { String(cString: $0).allSatisfy(\.isWhitespace) } ?? true)
        }
        guard code == SQLITE_OK, let made else { throw problem("the database cannot be read or written") }
        guard isWhole else {
            sqlite3_finalize(made)
            throw StorageProblem(path, "one statement was expected, and there is text behind it")
        }
        return made
    }

    /// Takes a statement back for its next use.
    func keep(_ statement: OpaquePointer, as sql: String) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        if let other = kept.updateValue(statement, forKey: sql) { sqlite3_finalize(other) }
    }

    func problem(_ what: String) -> StorageProblem {
        let cause: StorageProblem.Cause =
            switch sqlite3_errcode(handle) & 0xff {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_FULL: .full
            case SQLITE_READONLY: .readOnly
            case SQLITE_NOTADB: .notADatabase
            case SQLITE_CORRUPT: .damaged
            default: .other
            }
        return StorageProblem(path, "\(what): \(String(cString: sqlite3_errmsg(handle)))", cause: cause)
    }
}
