import AssistanceRecords
import AssistanceStorage
import Foundation
import Testing

@Suite("What a store of records keeps")
struct RecordStoreTests {
    private let scratch: Scratch
    private let keys: RecordKeys
    private let actor: RecordActor

    init() throws {
        (scratch, keys, actor) = (try Scratch(), try Sample.keys(), try Sample.actor())
    }

    @Test("Events have numbers without a gap, and those of a subject come in their order")
    func events() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let other = try RecordStore.open(scratch.path("a.db"), keys: keys, schema: Sample.schema, isReadOnly: true)
        try other.read { reader throws in
            #expect(try reader.events(of: 1).map(\.number) == [1, 4, 7])
            var numbers: [Int64] = []
            try reader.events(from: 8) { numbers.append($0.number) }
            #expect(numbers == [8, 9])
            let first = try #require(try reader.events(of: 1).first)
            let digest = try reader.digest(ofDocument: 1)
            #expect(
                first
                    == RecordEvent(
                        number: 1, subject: 1, kind: "noted", time: 1001, actor: actor,
                        body: Array("{\"document\":1,\"is\":\"\(digest)\"}".utf8)))
        }
        #expect(try store.head == other.head)
        #expect(try store.head.number == 9)
    }

    @Test("The head has a text form that is read back, and no other text is one")
    func headText() throws {
        let head = try Sample.store(scratch.path("a.db")).head
        #expect(RecordHead(head.text) == head)
        for text in [
            "", "..", head.text + ".", head.text + "0", head.file + ".-1." + head.hash, head.text.uppercased(),
        ] {
            #expect(RecordHead(text) == nil, "\(text)")
        }
        #expect(RecordHead(head.file + ".09." + head.hash) == nil)
    }

    @Test("Documents and persons are opened as they were given, and found by the citizen's number")
    func sealed() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.read { reader throws in
            #expect(try reader.document(3) == Array("paper of 欧阳测试甲 3".utf8))
            #expect(try reader.person(withCitizenNumber: Sample.citizenNumber) == 1)
            #expect(try reader.person(withCitizenNumber: "11010119900307002x") == 2)
            #expect(try reader.person(withCitizenNumber: "1") == nil)
            #expect(try reader.person(1).name == Sample.name)
            #expect(try reader.person(2).citizenNumber == "11010119900307002X")
            #expect(try reader.person(2).name == nil)
        }
    }

    @Test("A name that changes counts from then on, under the same number; none given changes nothing")
    func names() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.write { writer throws in
            #expect(try writer.keep(person: Sample.citizenNumber, name: "欧阳测试乙") == 1)
            #expect(try writer.keep(person: Sample.citizenNumber, name: nil) == 1)
            #expect(try writer.keep(person: "3", name: "丙") == 4)
            #expect(try writer.person(1).name == "欧阳测试乙")
        }
        #expect(try store.statistics.persons == 3)
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("Nothing of a person or a document is in the files, nor in what is printed")
    func nothingInTheClear() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let person = try store.read { try $0.person(1) }
        var dumped = ""
        dump(person, to: &dumped)
        #expect("\(person) \(String(reflecting: person)) \(dumped)".contains(Sample.citizenNumber) == false)
        #expect(!dumped.contains(Sample.name))
        #expect(scratch.names == ["a.db", "a.db-shm", "a.db-wal"])
        try store.backup(to: scratch.path("b.db"))
        for name in scratch.names {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
            for text in [Sample.citizenNumber, "19900307", Sample.name, "paper of"] {
                #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text) stands in \(name)")
            }
            #expect(bytes.range(of: Data((1...32).map { UInt8($0) })) == nil, "the secret stands in \(name)")
        }
    }

    @Test("The file and those beside it are their owner's alone, whatever the mask says")
    func modes() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.backup(to: scratch.path("b.db"))
        for name in scratch.names {
            let mode =
                try FileManager.default.attributesOfItem(atPath: scratch.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test("Who reads personal data is noted in the chain, apart from the events of the subject")
    func reads() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.write { try $0.note(read: 1, what: "document-3", actor: actor, time: 5) }
        try store.read { reader throws in
            #expect(try reader.events(of: 1).count == 3)
            let read = try #require(try reader.reads(of: 1).first)
            #expect(read.number == 10 && read.body == Array("{\"what\":\"document-3\"}".utf8))
            #expect(try reader.reads(of: 2) == [])
        }
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("A pack is kept once, under its SHA-256")
    func packs() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.write { try $0.keep(pack: Array("abc".utf8), digest: Sample.packDigest) }
        #expect(try store.read { try $0.pack(Sample.packDigest) } == Array("abc".utf8))
        #expect(try store.read { try $0.pack("") } == nil)
        #expect(try store.statistics.packs == 1)
    }

    @Test("An error in a change takes all of it back")
    func rollback() throws {
        struct Stop: Error {}
        let store = try Sample.store(scratch.path("a.db"))
        let head = try store.head
        #expect(throws: Stop.self) {
            try store.write { writer throws in
                _ = try writer.seal([1], subject: 1, kind: "paper")
                try writer.append(subject: 1, kind: "noted", time: 0, actor: actor, body: [])
                #expect(try writer.head.number == 10)
                throw Stop()
            }
        }
        #expect(try store.head == head)
        #expect(try store.statistics.documents == 9)
    }

    @Test("A reader sees what was there when it began, while another writes")
    func snapshots() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let reading = try RecordStore.open(scratch.path("a.db"), keys: keys, schema: Sample.schema, isReadOnly: true)
        try reading.read { reader throws in
            #expect(try reader.head.number == 9)
            try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: actor, body: []) }
            #expect(try reader.head.number == 9)
        }
        #expect(try reading.head.number == 10)
    }

    @Test("What a reader writes by mistake is dropped")
    func readersWriteNothing() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.read { try $0.database.run("INSERT INTO seen (number, document) VALUES (1, 1)") }
        let count = try store.read { reader in
            let rows = try reader.database.select("SELECT count(*) FROM seen")
            return try rows.step() ? rows.integer(0) : nil
        }
        #expect(count == 0)
    }

    @Test("A backup is the file as it was, and can be opened and gone on with")
    func backups() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.backup(to: scratch.path("b.db"))
        try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: actor, body: []) }
        #expect(try Sample.findings(scratch.path("b.db")) == [])
        let backup = try RecordStore.open(scratch.path("b.db"), keys: keys, schema: Sample.schema, isReadOnly: false)
        #expect(try backup.head.number == 9)
        try backup.write { try $0.append(subject: 2, kind: "noted", time: 0, actor: actor, body: []) }
        #expect(try backup.head.number == 10)
        #expect(try backup.head != store.head)
    }

    @Test("Migrations are applied once, in order, by whoever opens the file to write")
    func migrations() throws {
        _ = try Sample.store(scratch.path("a.db"))
        let longer = RecordSchema([
            ("seen.1", Sample.schema.migrations[0].statements),
            ("seen.2", ["ALTER TABLE seen ADD COLUMN kind TEXT", "CREATE INDEX seen_kind ON seen (kind)"]),
        ])
        for _ in 0..<2 {
            let store = try RecordStore.open(scratch.path("a.db"), keys: keys, schema: longer, isReadOnly: false)
            try store.write { try $0.database.run("INSERT INTO seen (document, kind) VALUES (1, 'x')") }
        }
    }

    @Test("SQL and characters of format in names are names")
    func oddNames() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let names = [
            "'); DROP TABLE event; --", "%s%n%x", "\u{202E}\u{0}\n\"\\", "", String(repeating: "长", count: 10000),
        ]
        for (place, name) in names.enumerated() {
            let number = try store.write { try $0.keep(person: "9\(place)", name: name) }
            #expect(try store.read { try $0.person(number).name } == name)
        }
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("An event that could not be read again is refused, and nothing of it is kept")
    func longest() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let head = try store.head
        let body = [UInt8](repeating: 0x20, count: 48 << 20)
        #expect(
            Sample.problem {
                try store.write { writer throws in
                    _ = try writer.append(subject: 99, kind: "noted", time: 0, actor: actor, body: body + [0x20])
                }
            } == "refused: an event has at most 48 MB; do it in parts, such as for smaller areas")
        #expect(try store.head == head)
        try store.write { try $0.append(subject: 99, kind: "noted", time: 0, actor: actor, body: body) }
        #expect(try store.head.number == head.number + 1)
    }

    @Test("A clock that goes back changes nothing of the order")
    func clocks() throws {
        let store = try Sample.store(scratch.path("a.db"))
        for time in [Int64.max, 0, .min] {
            try store.write { try $0.append(subject: 99, kind: "noted", time: time, actor: actor, body: []) }
        }
        #expect(try store.read { try $0.events(of: 99).map(\.time) } == [.max, 0, .min])
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("A hundred thousand documents are sealed and hold")
    func manyDocuments() throws {
        let store = try RecordStore.create(scratch.path("a.db"), keys: keys, schema: Sample.schema)
        try store.write { writer throws in
            for _ in 0..<100_000 { _ = try writer.seal([1, 2, 3], subject: 1, kind: "paper") }
            try writer.append(subject: 1, kind: "noted", time: 0, actor: actor, body: [])
        }
        #expect(try store.statistics.documents == 100_000)
        #expect(try store.read { try $0.document(77_777) } == [1, 2, 3])
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("A path that SQLite would read in a way of its own is a path")
    func oddPaths() throws {
        let store = try Sample.store(scratch.path("file:a.db?mode=memory"))
        #expect(try store.head.number == 9)
        #expect(scratch.names.first == "file:a.db?mode=memory")
    }
}
