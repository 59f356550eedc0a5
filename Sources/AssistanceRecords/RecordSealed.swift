import AssistanceStorage

/// 个人: who a person is. It stands sealed in the file, and shows nothing where it is printed by mistake.
public struct RecordPerson: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The number of the citizen, in capital letters.
    public let citizenNumber: String
    /// The name; nil where none was given.
    public let name: String?

    /// Says that there is a person, and not who.
    public var description: String { "a person" }
    /// Nothing, for those who print what a value is made of.
    public var customMirror: Mirror { Mirror(self, children: [Mirror.Child]()) }
}

/// A document as it stands in the file.
struct SealedDocument {
    let number: Int64
    let subject: Int64
    let kind: String
    let cipher: String
    let sealed: [UInt8]
    let method: String
    let digest: [UInt8]

    static let columns = "number, subject, kind, cipher, sealed, method, digest"

    /// Seals bytes for a row.
    init(_ bytes: [UInt8], number: Int64, subject: Int64, kind: String, file: String, keys: RecordKeys) throws {
        (self.number, self.subject, self.kind) = (number, subject, kind)
        (cipher, method) = (RecordMethod.cipher, RecordMethod.hash)
        sealed = try keys.seal(bytes, for: Self.place(number, subject: subject, kind: kind, file: file))
        digest = keys.digest("document", bytes)
    }

    /// Reads a row of `columns`; nil where a column is not of its type.
    init?(_ row: SQLiteStatement) {
        guard let number = row.integer(0), let subject = row.integer(1), let kind = row.string(2),
            let cipher = row.string(3), let sealed = row.bytes(4), let method = row.string(5),
            let digest = row.bytes(6)
        else { return nil }
        (self.number, self.subject, self.kind, self.cipher) = (number, subject, kind, cipher)
        (self.sealed, self.method, self.digest) = (sealed, method, digest)
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .integer(number), .integer(subject), .text(kind), .text(cipher), .bytes(sealed), .text(method),
            .bytes(digest),
        ]
    }

    /// What was sealed; nil where anything of the row is not what was written.
    func opened(file: String, keys: RecordKeys) -> [UInt8]? {
        guard cipher == RecordMethod.cipher, method == RecordMethod.hash,
            let bytes = keys.open(sealed, for: Self.place(number, subject: subject, kind: kind, file: file)),
            keys.digest("document", bytes) == digest
        else { return nil }
        return bytes
    }

    private static func place(_ number: Int64, subject: Int64, kind: String, file: String) -> RecordEncoding {
        var place = RecordEncoding(file: file, table: "document", column: "sealed", row: number)
        place.add(subject)
        place.add(kind)
        return place
    }
}

/// A row of a person as it stands in the file: found by the keyed hash of the citizen's number.
struct SealedPerson {
    let number: Int64
    let method: String
    let digest: [UInt8]
    let cipher: String
    let citizen: [UInt8]
    let name: [UInt8]?

    static let columns = "number, method, digest, cipher, citizen, name"

    /// Seals a person for a row.
    init(_ person: RecordPerson, number: Int64, file: String, keys: RecordKeys) throws {
        self.number = number
        (cipher, method) = (RecordMethod.cipher, RecordMethod.hash)
        digest = Self.digest(person.citizenNumber, keys: keys)
        citizen = try keys.seal(
            Array(person.citizenNumber.utf8),
            for: Self.place(number, column: "citizen", isNamed: person.name != nil, file: file))
        name = try person.name.map { name in
            try keys.seal(Array(name.utf8), for: Self.place(number, column: "name", isNamed: true, file: file))
        }
    }

    /// Reads a row of `columns`; nil where a column is not of its type.
    init?(_ row: SQLiteStatement) {
        guard let number = row.integer(0), let method = row.string(1), let digest = row.bytes(2),
            let cipher = row.string(3), let citizen = row.bytes(4)
        else { return nil }
        (self.number, self.method, self.digest) = (number, method, digest)
        (self.cipher, self.citizen, name) = (cipher, citizen, row.bytes(5))
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .integer(number), .text(method), .bytes(digest), .text(cipher), .bytes(citizen),
            name.map(SQLiteValue.bytes) ?? .null,
        ]
    }

    /// Who it is; nil where anything of the row is not what was written.
    func opened(file: String, keys: RecordKeys) -> RecordPerson? {
        guard cipher == RecordMethod.cipher, method == RecordMethod.hash,
            let bytes = keys.open(
                citizen, for: Self.place(number, column: "citizen", isNamed: name != nil, file: file))
        else { return nil }
        let citizenNumber = String(decoding: bytes, as: UTF8.self)
        guard Self.digest(citizenNumber, keys: keys) == digest else { return nil }
        guard let name else { return RecordPerson(citizenNumber: citizenNumber, name: nil) }
        guard let opened = keys.open(name, for: Self.place(number, column: "name", isNamed: true, file: file))
        else { return nil }
        return RecordPerson(citizenNumber: citizenNumber, name: String(decoding: opened, as: UTF8.self))
    }

    /// By what a person is found.
    static func digest(_ citizenNumber: String, keys: RecordKeys) -> [UInt8] {
        keys.digest("citizen-number", Array(citizenNumber.utf8))
    }

    private static func place(_ number: Int64, column: String, isNamed: Bool, file: String) -> RecordEncoding {
        var place = RecordEncoding(file: file, table: "person", column: column, row: number)
        // Or a name could be taken away, and nobody would see it.
        place.add(isNamed ? 1 : 0)
        return place
    }
}

extension RecordEncoding {
    /// Where something sealed stands; what is sealed opens there and nowhere else.
    init(file: String, table: String, column: String, row: Int64) {
        self.init()
        add(RecordMethod.cipher)
        add(file)
        add(table)
        add(column)
        add(row)
    }
}
