import AssistanceStorage
import Crypto

/// An event with what chains it: how many sealed rows there were with it, and the hash over all of it and the hash before.
struct RecordLink {
    let event: RecordEvent
    /// The number of the last document when it was appended, so that a cut tail of documents is seen.
    let documents: Int64
    /// The number of the last row of persons.
    let persons: Int64
    /// How its hash is made.
    let method: String
    let hash: [UInt8]

    static let columns = RecordEvent.columns + ", documents, persons, method, hash"

    private static let kinds = RecordEvent.kinds + [.integer, .integer, .text, .bytes]

    /// How many of the columns are hashed, from the first on.
    fileprivate static let hashedColumns = 10
    fileprivate static let methodColumn = 10
    static let hashColumn = 11

    /// Whether every column of a row is of its type.
    static func isRow(_ row: SQLiteStatement) -> Bool {
        kinds.indices.allSatisfy { row.kind($0) == kinds[$0] }
    }

    /// Reads a row of `columns`; nil where a column is not of its type.
    init?(_ row: SQLiteStatement) {
        guard let event = RecordEvent(row), let documents = row.integer(8), let persons = row.integer(9),
            let method = row.string(Self.methodColumn), let hash = row.bytes(Self.hashColumn)
        else { return nil }
        (self.event, self.documents, self.persons, self.method, self.hash) = (event, documents, persons, method, hash)
    }

    /// Chains an event to the hash before it.
    init(_ event: RecordEvent, documents: Int64, persons: Int64, after previous: [UInt8], by chain: inout RecordChain) {
        (self.event, self.documents, self.persons) = (event, documents, persons)
        method = RecordMethod.hash
        hash = chain.hash(event, documents: documents, persons: persons, after: previous)
    }

    /// In the order of `columns`.
    var values: [SQLiteValue] {
        [
            .integer(event.number), .integer(event.subject), .text(event.kind), .integer(event.time),
            .text(event.actor.id), .text(event.actor.role), .integer(event.actor.area), .bytes(event.body),
            .integer(documents), .integer(persons), .text(method), .bytes(hash),
        ]
    }
}

extension RecordEvent {
    static let columns = "number, subject, kind, time, actor, role, area, body"

    fileprivate static let kinds: [SQLiteKind] = [
        .integer, .integer, .text, .integer, .text, .text, .integer, .bytes,
    ]

    /// Reads a row of `columns`; nil where a column is not of its type.
    init?(_ row: SQLiteStatement) {
        guard let number = row.integer(0), let subject = row.integer(1), let kind = row.string(2),
            let time = row.integer(3), let actor = row.string(4), let role = row.string(5), let area = row.integer(6),
            let body = row.bytes(7)
        else { return nil }
        self.init(
            number: number, subject: subject, kind: kind, time: time,
            actor: RecordActor(named: actor, role: role, area: area), body: body)
    }
}

/// 事件链: HMAC-SHA256 under the chain key over the fields of an event, in an encoding that no two events share, and the
/// hash before it.
struct RecordChain {
    /// Begun with the key once; each hash goes on with a copy.
    private let keyed: HMAC<SHA256>
    private var encoding = RecordEncoding()

    /// What stands before the first event.
    static let start = [UInt8](repeating: 0, count: 32)

    init(_ keys: RecordKeys) { keyed = HMAC<SHA256>(key: keys.chain) }

    mutating func hash(_ event: RecordEvent, documents: Int64, persons: Int64, after previous: [UInt8]) -> [UInt8] {
        begin(after: previous)
        encoding.add(event.number)
        encoding.add(event.subject)
        encoding.add(event.kind)
        encoding.add(event.time)
        encoding.add(event.actor.id)
        encoding.add(event.actor.role)
        encoding.add(event.actor.area)
        encoding.add(event.body)
        encoding.add(documents)
        encoding.add(persons)
        return finished()
    }

    /// Whether a link follows a hash and is what was written.
    mutating func holds(_ link: RecordLink, after previous: [UInt8]) -> Bool {
        link.method == RecordMethod.hash
            && link.hash
                == hash(link.event, documents: link.documents, persons: link.persons, after: previous)
    }

    /// The same of a row of `RecordLink.columns`, whose fields stand in the order in which they are hashed.
    mutating func holds(_ row: SQLiteStatement, after previous: [UInt8]) -> Bool {
        begin(after: previous)
        for column in 0..<RecordLink.hashedColumns {
            if let number = row.integer(column) {
                encoding.add(number)
            } else if row.withBytes(column, { encoding.add($0) }) == nil {
                return false
            }
        }
        return row.string(RecordLink.methodColumn) == RecordMethod.hash
            && row.bytes(RecordLink.hashColumn) == finished()
    }

    private mutating func begin(after previous: [UInt8]) {
        encoding.begin()
        encoding.add(RecordMethod.hash)
        encoding.add(previous)
    }

    private func finished() -> [UInt8] {
        var code = keyed
        code.update(data: encoding.bytes)
        return Array(code.finalize())
    }
}

/// 链的起点: what the event with number 0 says. It names the file, the keys and the heads of the chains before it.
struct RecordOrigin: Hashable {
    /// Names the chain.
    let file: String
    /// Names the keys.
    let keys: String
    /// The heads of the chains that this one took the place of when keys were changed, the oldest first.
    let before: [String]

    init(file: String, keys: String, before: [String]) {
        (self.file, self.keys, self.before) = (file, keys, before)
    }

    /// A chain with a name made by chance.
    init(_ keys: RecordKeys, before: [String]) {
        var source = SystemRandomNumberGenerator()
        self.init(
            file: Hexadecimal.text((0..<16).map { _ in UInt8.random(in: 0...255, using: &source) }),
            keys: keys.identity, before: before)
    }

    /// Reads the body of the event; nil where it is not of that form.
    init?(body: [UInt8]) {
        let parts = String(decoding: body, as: UTF8.self).split(separator: "\"", omittingEmptySubsequences: false)
        let texts = stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
        guard texts.count >= 5 else { return nil }
        self.init(
            file: texts[texts.count - 3], keys: texts[texts.count - 1],
            before: Array(texts[1..<(texts.count - 4)]))
        guard self.body == body else { return nil }
    }

    /// Canonical JSON; no text in it needs an escape.
    var body: [UInt8] {
        let heads = before.map { "\"\($0)\"" }.joined(separator: ",")
        return Array("{\"before\":[\(heads)],\"file\":\"\(file)\",\"key\":\"\(keys)\"}".utf8)
    }

    func event(time: Int64) -> RecordEvent {
        RecordEvent(
            number: 0, subject: 0, kind: RecordKind.origin, time: time, actor: .store, body: body)
    }
}

/// The kinds of events that the store makes itself; its users' kinds do not begin so.
enum RecordKind {
    static let own = "records."
    static let origin = own + "origin"
    static let read = own + "read"
}
