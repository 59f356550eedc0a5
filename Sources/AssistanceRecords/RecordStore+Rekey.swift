import AssistanceStorage

extension RecordStore {
    /// 更换密钥: seals everything with other keys and chains it anew, in one transaction.
    ///
    /// The numbers of events stay. The new chain has a name of its own, and its origin names the old head: the answer is
    /// to be anchored in its place. Other stores on the file have to be opened again. Throws, and changes nothing, where
    /// anything is not what was written; a file is verified with its replay before.
    public func rekey(to keys: RecordKeys) throws -> RecordHead {
        let (head, newOrigin) = try transaction("BEGIN IMMEDIATE", end: "COMMIT") {
            for statement in RecordSchema.guarded.flatMap(RecordSchema.unguards) { try database.run(statement) }
            let change = try KeyChange(database, from: (self.keys, origin), to: keys)
            defer { change.reader.end() }
            try change.changeDocuments()
            try change.changePersons()
            let head = try change.changeEvents()
            for statement in RecordSchema.guarded.flatMap(RecordSchema.guards) { try database.run(statement) }
            return (head, change.newOrigin)
        }
        take(keys, newOrigin)
        // What stood under the old keys is to be gone from beside the file too; readers may put that off.
        try translating { try database.run("PRAGMA wal_checkpoint(TRUNCATE)") }
        return head
    }
}

/// One change of keys, within a transaction.
private final class KeyChange {
    let reader: RecordReader
    private let database: SQLiteDatabase
    private let newKeys: RecordKeys
    let newOrigin: RecordOrigin

    init(_ database: SQLiteDatabase, from old: (keys: RecordKeys, origin: RecordOrigin), to newKeys: RecordKeys) throws
    {
        reader = RecordReader(database, keys: old.keys, origin: old.origin)
        (self.database, self.newKeys) = (database, newKeys)
        newOrigin = RecordOrigin(newKeys, before: old.origin.before + [try reader.head.text])
    }

    func changeDocuments() throws {
        try each("document", SealedDocument.columns, from: 1) { row, number in
            guard let old = SealedDocument(row), let bytes = old.opened(file: reader.origin.file, keys: reader.keys)
            else { throw reader.problem(.brokenSeal, "document \(number) is not what was written; verify the file") }
            return try SealedDocument(
                bytes, number: number, subject: old.subject, kind: old.kind, file: newOrigin.file, keys: newKeys
            ).values
        }
    }

    func changePersons() throws {
        try each("person", SealedPerson.columns, from: 1) { row, number in
            guard let person = SealedPerson(row)?.opened(file: reader.origin.file, keys: reader.keys) else {
                throw reader.problem(.brokenSeal, "person \(number) is not what was written; verify the file")
            }
            return try SealedPerson(person, number: number, file: newOrigin.file, keys: newKeys).values
        }
    }

    func changeEvents() throws -> RecordHead {
        var (oldChain, newChain) = (RecordChain(reader.keys), RecordChain(newKeys))
        var (oldHash, newHash) = (RecordChain.start, RecordChain.start)
        try each("event", RecordLink.columns, from: 0) { row, number in
            guard let old = RecordLink(row), oldChain.holds(old, after: oldHash) else {
                throw reader.problem(.brokenEvent, "event \(number) is not what was written; verify the file")
            }
            let new = RecordLink(
                number == 0 ? newOrigin.event(time: 0) : old.event, documents: old.documents, persons: old.persons,
                after: newHash, by: &newChain)
            (oldHash, newHash) = (old.hash, new.hash)
            return new.values
        }
        return try reader.lastLink().head(of: newOrigin)
    }

    /// Puts another row in the place of each, in the order of their numbers.
    private func each(
        _ table: String, _ columns: String, from first: Int64,
        _ change: (SQLiteStatement, Int64) throws -> [SQLiteValue]
    ) throws {
        guard let last = try reader.number("SELECT max(number) FROM \(table)"), last >= first else { return }
        let places = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
        for number in first...last {
            let values = try {
                let row = try database.select("SELECT \(columns) FROM \(table) WHERE number = ?", [.integer(number)])
                guard try row.step() else {
                    throw reader.problem(.missingRow, "\(table) \(number) is missing; verify the file")
                }
                return try change(row, number)
            }()
            try database.run(
                "UPDATE \(table) SET (\(columns)) = (\(places)) WHERE number = ?", values + [.integer(number)])
        }
    }
}
