import AssistanceStorage

/// What can be read of a store within one transaction: all of it as it was at one moment.
///
/// It is of use until the body it was given to returns. What storage says of a problem leaves that body as a
/// `RecordProblem`. Not safe to share between threads.
public class RecordReader {
    /// The database, for the tables of the user's own migrations. Statements are prepared once for each text.
    public let database: SQLiteDatabase
    let keys: RecordKeys
    let origin: RecordOrigin
    private var isOver = false

    init(_ database: SQLiteDatabase, keys: RecordKeys, origin: RecordOrigin) {
        (self.database, self.keys, self.origin) = (database, keys, origin)
    }

    /// The last event, with what this transaction has appended.
    public var head: RecordHead { get throws { try lastLink().head(of: origin) } }

    /// The events of a subject in their order. They are what stands in the file; `RecordStore.verify` tells whether that
    /// is what was written.
    public func events(of subject: Int64) throws -> [RecordEvent] {
        var events: [RecordEvent] = []
        try each(where: "subject = ? AND \(Self.isOfUsers)", [.integer(subject)]) { events.append($0) }
        return events
    }

    /// The events of many subjects, subject by subject and of each in their order.
    public func events(ofSubjects subjects: ClosedRange<Int64>, _ each: (RecordEvent) throws -> Void) throws {
        try self.each(
            where: "subject BETWEEN ? AND ? AND \(Self.isOfUsers)",
            [.integer(subjects.lowerBound), .integer(subjects.upperBound)], by: "subject, number", each)
    }

    /// An event by its number; nil where there is none.
    public func event(_ number: Int64) throws -> RecordEvent? {
        var event: RecordEvent?
        try each(where: "number = ? AND \(Self.isOfUsers)", [.integer(number)]) { event = $0 }
        return event
    }

    /// Every event from a number on, in their order.
    public func events(from number: Int64, _ each: (RecordEvent) throws -> Void) throws {
        try self.each(where: "number >= ? AND \(Self.isOfUsers)", [.integer(number)], each)
    }

    /// 查阅日志: who read personal data of a subject, in their order.
    public func reads(of subject: Int64) throws -> [RecordEvent] {
        var events: [RecordEvent] = []
        try each(where: "subject = ? AND kind = '\(RecordKind.read)'", [.integer(subject)]) { events.append($0) }
        return events
    }

    /// A document, opened. A read of personal data is to be noted (`RecordWriter.note`).
    public func document(_ number: Int64) throws -> [UInt8] {
        guard let bytes = try sealedDocument(number).opened(file: origin.file, keys: keys) else {
            throw problem(.brokenSeal, "document \(number) is not what was written; verify the file")
        }
        return bytes
    }

    /// The keyed digest of what a document holds, as 64 hexadecimal digits, for events that cite it.
    public func digest(ofDocument number: Int64) throws -> String {
        Hexadecimal.text(try sealedDocument(number).digest)
    }

    /// A person by number, with the name that was given last. A read is to be noted.
    public func person(_ number: Int64) throws -> RecordPerson {
        try check()
        let rows = try database.select(
            """
            SELECT \(SealedPerson.columns) FROM person WHERE digest = (SELECT digest FROM person WHERE number = ?) \
            ORDER BY number DESC LIMIT 1
            """, [.integer(number)])
        guard try rows.step() else { throw problem(.notFound, "there is no person \(number) in the file") }
        guard let person = SealedPerson(rows)?.opened(file: origin.file, keys: keys) else {
            throw problem(.brokenSeal, "person \(number) is not what was written; verify the file")
        }
        return person
    }

    /// The number of the person with a citizen's number; nil where there is none.
    public func person(withCitizenNumber citizenNumber: String) throws -> Int64? {
        try check()
        let digest = SealedPerson.digest(try checked(citizenNumber), keys: keys)
        return try number("SELECT min(number) FROM person WHERE digest = ?", [.bytes(digest)])
    }

    /// 政策包: the policy pack with a digest (SHA-256, 64 hexadecimal digits); nil where it is not kept here.
    public func pack(_ digest: String) throws -> [UInt8]? {
        try check()
        let rows = try database.select("SELECT bytes FROM pack WHERE digest = ?", [.text(digest)])
        return try rows.step() ? rows.bytes(0) : nil
    }
}

extension RecordReader {
    /// Ends its use.
    func end() { isOver = true }

    /// Refuses what comes after the transaction.
    func check() throws {
        guard !isOver, database.isInTransaction else {
            throw problem(.refused, "the transaction is over; read and write before its body returns")
        }
    }

    func problem(_ code: RecordProblem.Code, _ message: String) -> RecordProblem {
        RecordProblem(code, message, path: database.path)
    }

    /// The whole number that a statement answers in its first row; nil where it answers none.
    func number(_ sql: String, _ values: [SQLiteValue] = []) throws -> Int64? {
        let rows = try database.select(sql, values)
        return try rows.step() ? rows.integer(0) : nil
    }

    func lastLink() throws -> RecordLink {
        try check()
        let rows = try database.select("SELECT \(RecordLink.columns) FROM event ORDER BY number DESC LIMIT 1")
        guard try rows.step(), let link = RecordLink(rows) else {
            throw problem(.damaged, "the last event cannot be read; verify the file, and put a backup in its place")
        }
        return link
    }

    /// The citizen's number as it is kept.
    func checked(_ citizenNumber: String) throws -> String {
        let isNumber =
            (1...64).contains(citizenNumber.utf8.count)
            && citizenNumber.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: false
                }
            }
        guard isNumber else {
            throw problem(.refused, "the number of a citizen has 1 to 64 letters and digits; give it without spaces")
        }
        return citizenNumber.uppercased()
    }

    private static let isOfUsers = "kind NOT GLOB '\(RecordKind.own)*'"

    private func each(
        where condition: String, _ values: [SQLiteValue], by order: String = "number",
        _ body: (RecordEvent) throws -> Void
    ) throws {
        try check()
        let rows = try database.select(
            "SELECT \(RecordEvent.columns) FROM event WHERE \(condition) ORDER BY \(order)", values)
        while try rows.step() {
            guard let event = RecordEvent(rows) else {
                throw problem(.damaged, "an event cannot be read; verify the file, and put a backup in its place")
            }
            try body(event)
        }
    }

    private func sealedDocument(_ number: Int64) throws -> SealedDocument {
        try check()
        let rows = try database.select(
            "SELECT \(SealedDocument.columns) FROM document WHERE number = ?", [.integer(number)])
        guard try rows.step() else { throw problem(.notFound, "there is no document \(number) in the file") }
        guard let document = SealedDocument(rows) else {
            throw problem(.brokenSeal, "document \(number) is not what was written; verify the file")
        }
        return document
    }
}

extension RecordLink {
    func head(of origin: RecordOrigin) -> RecordHead {
        RecordHead(file: origin.file, number: event.number, hash: hash)
    }
}
