import AssistanceStorage

/// 档案库: events in a chain, sealed documents and persons, policy packs, and the tables its user derives from them, in
/// one file.
///
/// Several processes may have one file open, each with a store of its own: one writes, and readers see what was there
/// when they began. Not safe to share between threads; open another one there.
public final class RecordStore {
    /// The file, as it was named.
    public let path: String
    let database: SQLiteDatabase
    private(set) var keys: RecordKeys
    private(set) var origin: RecordOrigin
    /// SQLite's name of the way in which files are reached; nil for its own.
    private let system: String?
    private var isBusy = false

    /// What tells a store of records from other databases of SQLite.
    private static let mark: Int64 = 0x4A5A_5243
    /// How long a writer waits for another, in milliseconds.
    private static let patience: Int32 = 5000

    /// Makes a file, its owner's alone, with an empty chain. There must be none of this name.
    public static func create(
        _ path: String, keys: RecordKeys, schema: RecordSchema
    ) throws(RecordProblem) -> RecordStore {
        try create(path, keys: keys, schema: schema, system: nil)
    }

    /// Opens a file, and applies the migrations of the schema that it lacks, which one that is opened to be read must not.
    public static func open(
        _ path: String, keys: RecordKeys, schema: RecordSchema, isReadOnly: Bool
    ) throws(RecordProblem) -> RecordStore {
        try open(path, keys: keys, schema: schema, isReadOnly: isReadOnly, system: nil)
    }

    /// - Parameter system: SQLite's name of another way to reach files, for tests.
    package static func create(
        _ path: String, keys: RecordKeys, schema: RecordSchema, system: String?
    ) throws(RecordProblem) -> RecordStore {
        guard !StoredFiles.exists(path) else {
            throw RecordProblem(.fileExists, "there is a file of this name already; choose another", path: path)
        }
        do { try StoredFiles.makePrivate(path) } catch { throw RecordProblem(error) }
        do {
            let database = try SQLiteDatabase(shared: path, isReadOnly: false, patience: patience, system: system)
            try database.writeAhead()
            let origin = RecordOrigin(keys, before: [])
            try database.transaction("BEGIN IMMEDIATE", end: "COMMIT") {
                try database.run("PRAGMA application_id = \(mark)")
                try database.run(RecordSchema.list)
                try RecordSchema.apply(try schema.lacking(in: database), to: database)
                var chain = RecordChain(keys)
                let link = RecordLink(
                    origin.event(time: 0), documents: 0, persons: 0, after: RecordChain.start, by: &chain)
                let places = link.values.map { _ in "?" }.joined(separator: ", ")
                try database.run("INSERT INTO event (\(RecordLink.columns)) VALUES (\(places))", link.values)
            }
            return RecordStore(path, database, keys: keys, origin: origin, system: system)
        } catch {
            for suffix in ["", "-wal", "-shm"] { StoredFiles.remove(path + suffix) }
            throw RecordProblem(of: error, path: path)
        }
    }

    /// - Parameter system: SQLite's name of another way to reach files, for tests.
    package static func open(
        _ path: String, keys: RecordKeys, schema: RecordSchema, isReadOnly: Bool, system: String?
    ) throws(RecordProblem) -> RecordStore {
        guard StoredFiles.exists(path) else {
            throw RecordProblem(
                .noSuchFile, "there is no file of this name; name one that is there, or create it", path: path)
        }
        guard !StoredFiles.isFolder(path) else {
            throw RecordProblem(.notRecords, "this is a folder, and no store of records; name a file", path: path)
        }
        do {
            let database = try SQLiteDatabase(
                shared: path, isReadOnly: isReadOnly, patience: patience, system: system)
            try checkMark(of: database)
            if !isReadOnly { try database.writeAhead() }
            let lacking = try schema.lacking(in: database)
            let origin = try origin(in: database)
            guard origin.keys == keys.identity else {
                throw RecordProblem(
                    .wrongKey,
                    "the file was sealed with the keys \(origin.keys), and those given are \(keys.identity); give the secret of this file",
                    path: path)
            }
            if let first = lacking.first {
                guard !isReadOnly else {
                    throw RecordProblem(
                        .olderSchema,
                        "the file lacks the migration '\(first.name)'; open it once to be written, which applies it",
                        path: path)
                }
                try database.transaction("BEGIN IMMEDIATE", end: "COMMIT") {
                    // Another process may have applied them meanwhile.
                    try RecordSchema.apply(try schema.lacking(in: database), to: database)
                }
            }
            return RecordStore(path, database, keys: keys, origin: origin, system: system)
        } catch { throw RecordProblem(of: error, path: path) }
    }

    private init(
        _ path: String, _ database: SQLiteDatabase, keys: RecordKeys, origin: RecordOrigin, system: String?
    ) {
        (self.path, self.database, self.keys, self.origin, self.system) = (path, database, keys, origin, system)
    }

    /// The last event, to be kept outside of the file.
    public var head: RecordHead { get throws { try read { try $0.head } } }

    /// Runs a change: all of it is on the disk when this returns, or nothing of it is kept.
    ///
    /// Other writers wait for it, so it is kept short. Errors of the body are thrown as they are.
    @discardableResult
    public func write<R>(_ body: (RecordWriter) throws -> R) throws -> R {
        try transaction("BEGIN IMMEDIATE", end: "COMMIT") {
            let writer = RecordWriter(database, keys: keys, origin: origin)
            defer { writer.end() }
            return try body(writer)
        }
    }

    /// Reads what was there at one moment, whatever others write meanwhile.
    public func read<R>(_ body: (RecordReader) throws -> R) throws -> R {
        // What a body should write by mistake is dropped.
        try transaction("BEGIN", end: "ROLLBACK") {
            let reader = RecordReader(database, keys: keys, origin: origin)
            defer { reader.end() }
            return try body(reader)
        }
    }

    /// Reads what was there at one moment over several connections, so that threads may read at once.
    func readTogether<R>(_ count: Int, _ body: ([RecordReader]) throws -> R) throws -> R {
        for _ in 0..<Self.attempts {
            let before = try translating { try Self.version(of: database) }
            let others = try translating {
                try (1..<max(1, count)).map { _ in
                    let other = try SQLiteDatabase(
                        shared: path, isReadOnly: true, patience: Self.patience, system: system)
                    try other.run("BEGIN")
                    // What is read is fixed by the first statement.
                    _ = try Self.version(of: other)
                    return other
                }
            }
            let result: R? = try read { reader in
                // Nobody has written between the first and the last that began, so all see the same.
                guard try Self.version(of: database) == before else { return nil }
                let readers = others.map { RecordReader($0, keys: keys, origin: origin) }
                defer { for reader in readers { reader.end() } }
                return try body([reader] + readers)
            }
            if let result { return result }
        }
        throw RecordProblem(
            .locked, "others write all the time, and no moment was found to begin to read; try again", path: path)
    }

    /// How often a moment is looked for in which nobody writes.
    private static let attempts = 1000

    /// A number that changes with everything that others write.
    private static func version(of database: SQLiteDatabase) throws -> Int64 {
        let rows = try database.select("PRAGMA data_version")
        guard try rows.step(), let version = rows.integer(0) else {
            throw RecordProblem(.storage, "the file does not tell its version; try again", path: database.path)
        }
        return version
    }

    /// Copies the file as it is at this moment to another, its owner's alone, while others read and write.
    ///
    /// There must be no file of this name.
    public func backup(to path: String) throws {
        guard !StoredFiles.exists(path) else {
            throw RecordProblem(.fileExists, "there is a file of this name already; choose another", path: path)
        }
        try translating {
            let file = try PendingFile(path, isPrivate: true)
            try database.copy(to: SQLiteDatabase(file.place, named: path, isReadOnly: false))
            try file.commit()
            try StoredFiles.keepName(of: path)
        }
    }

    /// How much is in the file.
    public var statistics: RecordStatistics {
        get throws {
            try read { reader in
                RecordStatistics(
                    events: try reader.head.number,
                    documents: try reader.number("SELECT max(number) FROM document") ?? 0,
                    persons: try reader.number("SELECT count(DISTINCT digest) FROM person") ?? 0,
                    packs: try reader.number("SELECT count(*) FROM pack") ?? 0,
                    bytes: StoredFiles.size(path) ?? 0)
            }
        }
    }
}

/// How much is in a store of records.
public struct RecordStatistics: Hashable, Sendable {
    /// The events, with the log of reads.
    public let events: Int64
    /// The sealed documents.
    public let documents: Int64
    /// The persons.
    public let persons: Int64
    /// The policy packs.
    public let packs: Int64
    /// The size of the file in bytes, without what is still written beside it.
    public let bytes: Int64
}

extension RecordStore {
    /// From now on, with other keys.
    func take(_ keys: RecordKeys, _ origin: RecordOrigin) { (self.keys, self.origin) = (keys, origin) }

    /// Runs a transaction on the file that was opened, as long as its keys are the same.
    func transaction<R>(_ begin: String, end: String, _ body: () throws -> R) throws -> R {
        guard !isBusy else {
            throw RecordProblem(
                .refused, "a transaction of this store is open; end it first, or open another store", path: path)
        }
        isBusy = true
        defer { isBusy = false }
        return try translating {
            try database.transaction(begin, end: end) {
                guard try Self.origin(in: database) == origin else {
                    throw RecordProblem(
                        .wrongKey, "the keys of the file were changed since it was opened; open it again", path: path)
                }
                return try body()
            }
        }
    }

    private static func checkMark(of database: SQLiteDatabase) throws {
        let rows = try database.select("PRAGMA application_id")
        guard try rows.step(), rows.integer(0) == mark else {
            throw RecordProblem(
                .notRecords, "the file is a database and no store of records; name the right file",
                path: database.path)
        }
    }

    private static func origin(in database: SQLiteDatabase) throws -> RecordOrigin {
        let rows = try database.select("SELECT body FROM event WHERE number = 0")
        guard try rows.step(), let body = rows.bytes(0), let origin = RecordOrigin(body: body) else {
            throw RecordProblem(
                .damaged, "the beginning of the chain cannot be read; put a backup in the place of the file",
                path: database.path)
        }
        return origin
    }
}

extension SQLiteDatabase {
    /// Runs a transaction; an error ends it as if it had not been.
    func transaction<R>(_ begin: String, end: String, _ body: () throws -> R) throws -> R {
        try run(begin)
        do {
            let result = try body()
            guard isInTransaction else {
                throw RecordProblem(.refused, "the transaction failed and was gone on with; begin it again", path: path)
            }
            try run(end)
            return result
        } catch {
            // Where SQLite has ended it by itself there is nothing to undo.
            if isInTransaction { try? run("ROLLBACK") }
            throw error
        }
    }
}

extension RecordProblem {
    /// Any error of reading and writing a file.
    init(of error: any Error, path: String) {
        self =
            switch error {
            case let problem as RecordProblem: problem
            case let problem as StorageProblem: RecordProblem(problem)
            default: RecordProblem(.storage, "the file cannot be read or written", path: path)
            }
    }
}
