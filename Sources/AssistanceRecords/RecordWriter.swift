import AssistanceStorage
import Crypto

/// What can be read and written within one transaction. All of it is kept, or nothing.
public final class RecordWriter: RecordReader {
    private var chain: RecordChain
    private var last: RecordLink?

    override init(_ database: SQLiteDatabase, keys: RecordKeys, origin: RecordOrigin) {
        chain = RecordChain(keys)
        super.init(database, keys: keys, origin: origin)
    }

    /// Appends an event. What it cites, such as a document, is sealed before it: the chain then covers that too.
    ///
    /// - Parameters:
    ///   - kind: 1 to 64 letters, digits, `.`, `_` and `-`; those that begin with `records.` are the store's own.
    ///   - time: Seconds since 1970 by the host's clock, which may go back.
    ///   - body: Canonical JSON without personal data, of at most 48 MB: what is longer might not be read again.
    @discardableResult
    public func append(
        subject: Int64, kind: String, time: Int64, actor: RecordActor, body: [UInt8]
    ) throws -> RecordEvent {
        guard RecordName.isName(kind), !kind.hasPrefix(RecordKind.own) else {
            throw problem(
                .refused,
                "the kind of an event is 1 to 64 letters, digits, '.', '_' and '-', and does not begin with '\(RecordKind.own)'"
            )
        }
        guard body.count <= Self.mostBytes else {
            throw problem(
                .refused, "an event has at most \(Self.mostBytes >> 20) MB; do it in parts, such as for smaller areas")
        }
        return try chained(subject, kind, time, actor, body)
    }

    private static let mostBytes = 48 << 20

    /// 查阅日志: notes that somebody reads personal data of a subject; it stands in the chain like any event.
    ///
    /// - Parameter what: What is read, such as `document-7`; 1 to 64 letters, digits, `.`, `_` and `-`.
    public func note(read subject: Int64, what: String, actor: RecordActor, time: Int64) throws {
        guard RecordName.isName(what) else {
            throw problem(.refused, "what is read is named by 1 to 64 letters, digits, '.', '_' and '-'")
        }
        _ = try chained(subject, RecordKind.read, time, actor, Array("{\"what\":\"\(what)\"}".utf8))
    }

    /// Seals a document of a subject (AES-GCM, openable in its row alone) and answers its number.
    ///
    /// Each is sealed with a nonce made by chance, which is safe for 2^32 of them under one secret.
    ///
    /// - Parameter kind: What it is; 1 to 64 letters, digits, `.`, `_` and `-`.
    public func seal(_ bytes: [UInt8], subject: Int64, kind: String) throws -> Int64 {
        guard RecordName.isName(kind) else {
            throw problem(.refused, "the kind of a document is 1 to 64 letters, digits, '.', '_' and '-'")
        }
        let number = try next(in: "document")
        let document = try SealedDocument(
            bytes, number: number, subject: subject, kind: kind, file: origin.file, keys: keys)
        try insert(into: "document", SealedDocument.columns, document.values)
        return number
    }

    /// The number of the person with a citizen's number, who is added where there is none.
    ///
    /// - Parameters:
    ///   - citizenNumber: 1 to 64 letters and digits; small letters count as capital ones.
    ///   - name: The name; where it is another than before it counts from now on, and nil changes nothing.
    public func keep(person citizenNumber: String, name: String?) throws -> Int64 {
        let citizenNumber = try checked(citizenNumber)
        let known = try person(withCitizenNumber: citizenNumber)
        if let known {
            guard let name, try person(known).name != name else { return known }
        }
        let number = try next(in: "person")
        let person = try SealedPerson(
            RecordPerson(citizenNumber: citizenNumber, name: name), number: number, file: origin.file, keys: keys)
        try insert(into: "person", SealedPerson.columns, person.values)
        return known ?? number
    }

    /// Keeps a policy pack; where one of this digest is kept already nothing is done. It is not sealed: policy is public.
    ///
    /// - Parameters:
    ///   - pack: Its bytes, asked for where it is not kept yet.
    ///   - digest: Its SHA-256, as 64 hexadecimal digits.
    public func keep(pack: @autoclosure () -> [UInt8], digest: String) throws {
        try check()
        guard try number("SELECT 1 FROM pack WHERE digest = ?", [.text(digest)]) == nil else { return }
        let pack = pack()
        guard digest == RecordWriter.digest(ofPack: pack) else {
            throw problem(.refused, "the digest of the pack is not its SHA-256; give the digest of this pack")
        }
        try insert(into: "pack", "digest, bytes", [.text(digest), .bytes(pack)])
    }
}

extension RecordWriter {
    static func digest(ofPack pack: [UInt8]) -> String { Hexadecimal.text(Array(SHA256.hash(data: pack))) }

    private func chained(
        _ subject: Int64, _ kind: String, _ time: Int64, _ actor: RecordActor, _ body: [UInt8]
    ) throws -> RecordEvent {
        try check()
        let previous = try last ?? lastLink()
        let event = RecordEvent(
            number: try following(previous.event.number), subject: subject, kind: kind, time: time, actor: actor,
            body: body)
        let link = RecordLink(
            event, documents: try count(in: "document"), persons: try count(in: "person"), after: previous.hash,
            by: &chain)
        try insert(into: "event", RecordLink.columns, link.values)
        last = link
        return event
    }

    /// The number of the last row of a table.
    private func count(in table: String) throws -> Int64 { try number("SELECT max(number) FROM \(table)") ?? 0 }

    private func next(in table: String) throws -> Int64 {
        try check()
        return try following(count(in: table))
    }

    private func following(_ number: Int64) throws -> Int64 {
        let (next, isOver) = number.addingReportingOverflow(1)
        guard !isOver else { throw problem(.damaged, "there is no number behind \(number); verify the file") }
        return next
    }

    private func insert(into table: String, _ columns: String, _ values: [SQLiteValue]) throws {
        let places = values.map { _ in "?" }.joined(separator: ", ")
        try database.run("INSERT INTO \(table) (\(columns)) VALUES (\(places))", values)
    }
}
