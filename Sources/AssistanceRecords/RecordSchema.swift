import AssistanceStorage
import Crypto

/// 表结构: the tables of the store's user, who derives them from events, as named changes that are only ever added to.
public struct RecordSchema: Hashable, Sendable {
    /// One change, applied once in the life of a file and never edited after.
    public struct Migration: Hashable, Sendable {
        /// Its name; 1 to 64 letters, digits, `.`, `_` and `-`.
        public let name: String
        /// What is run, one statement each.
        public let statements: [String]

        /// Tells one text of it from another.
        var digest: String {
            var encoding = RecordEncoding()
            for statement in statements { encoding.add(statement) }
            return Hexadecimal.text(Array(SHA256.hash(data: encoding.bytes)))
        }
    }

    /// The changes in the order in which they are applied.
    public let migrations: [Migration]

    /// Changes in the order in which they are applied. The statements of each are run one by one.
    public init(_ migrations: [(name: String, statements: [String])]) {
        self.migrations = migrations.map { Migration(name: $0.name, statements: $0.statements) }
    }

    /// The store's own tables.
    static let own = RecordSchema([
        (
            "records.1",
            [
                // 0 is the origin of the chain; `documents` and `persons` are how many there were.
                """
                CREATE TABLE event (number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, kind TEXT NOT NULL, \
                time INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, area INTEGER NOT NULL, \
                body BLOB NOT NULL, documents INTEGER NOT NULL, persons INTEGER NOT NULL, method TEXT NOT NULL, \
                hash BLOB NOT NULL) STRICT
                """,
                "CREATE INDEX event_subject ON event (subject, number)",
                """
                CREATE TABLE document (number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, kind TEXT NOT NULL, \
                cipher TEXT NOT NULL, sealed BLOB NOT NULL, method TEXT NOT NULL, digest BLOB NOT NULL) STRICT
                """,
                // A person's number is that of the first row with the digest; a row with another name is added behind it.
                """
                CREATE TABLE person (number INTEGER PRIMARY KEY, method TEXT NOT NULL, digest BLOB NOT NULL, \
                cipher TEXT NOT NULL, citizen BLOB NOT NULL, name BLOB) STRICT
                """,
                "CREATE INDEX person_digest ON person (digest, number)",
                "CREATE TABLE pack (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
            ] + guarded.flatMap(guards)
        )
    ])

    /// The tables that are only ever added to.
    static let guarded = ["event", "document", "person", "pack"]

    /// What refuses to change or delete a row of a table.
    static func guards(_ table: String) -> [String] {
        ["UPDATE", "DELETE"].map { change in
            "CREATE TRIGGER \(guardName(table, change)) BEFORE \(change) ON \(table) "
                + "BEGIN SELECT RAISE(ABORT, 'rows of \(table) are never changed'); END"
        }
    }

    /// What takes those away for as long as the transaction that changes the keys.
    static func unguards(_ table: String) -> [String] {
        ["UPDATE", "DELETE"].map { "DROP TRIGGER \(guardName(table, $0))" }
    }

    private static func guardName(_ table: String, _ change: String) -> String { "\(table)_no_\(change.lowercased())" }
}

extension RecordSchema {
    /// The list of what was applied.
    static let list = "CREATE TABLE migration (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT"

    /// The store's own changes and those of its user that a file lacks.
    ///
    /// Throws where the file has others, or they are not what they were.
    func lacking(in database: SQLiteDatabase) throws -> [Migration] {
        let known = Self.own.migrations + migrations
        for (place, migration) in known.enumerated() {
            guard RecordName.isName(migration.name), !known[..<place].contains(where: { $0.name == migration.name })
            else {
                throw RecordProblem(
                    .refused,
                    "a migration needs a name of its own, of 1 to 64 letters, digits, '.', '_' and '-'",
                    path: database.path)
            }
        }
        var applied: [String: String] = [:]
        let rows = try database.select("SELECT name, digest FROM migration")
        while try rows.step() { applied[rows.string(0) ?? ""] = rows.string(1) ?? "" }
        let names = Set(known.map(\.name))
        if let newer = applied.keys.filter({ !names.contains($0) }).min() {
            throw RecordProblem(
                .newerSchema,
                "a newer version wrote this file: its migration '\(newer)' is not known; use that version",
                path: database.path)
        }
        for migration in known {
            guard let digest = applied[migration.name] else { continue }
            guard digest == migration.digest else {
                throw RecordProblem(
                    .changedSchema,
                    "the migration '\(migration.name)' is not what was applied to this file; add another, and leave it as it was",
                    path: database.path)
            }
        }
        return known.filter { applied[$0.name] == nil }
    }

    /// Applies changes within a transaction.
    static func apply(_ migrations: [Migration], to database: SQLiteDatabase) throws {
        for migration in migrations {
            for statement in migration.statements { try database.run(statement) }
            try database.run(
                "INSERT INTO migration (name, digest) VALUES (?, ?)", [.text(migration.name), .text(migration.digest)])
        }
    }
}
