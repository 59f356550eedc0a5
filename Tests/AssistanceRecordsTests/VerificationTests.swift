import AssistanceRecords
import AssistanceStorage
import Foundation
import Testing

@Suite("What a verification finds")
struct VerificationTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("A file that nobody touched is whole, and its users read the same events")
    func whole() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.write { try $0.note(read: 1, what: "document-3", actor: Sample.actor(), time: 5) }
        let found = try store.verify(anchor: store.head) { _ in
            [
                { reader in
                    var numbers: [Int64] = []
                    try reader.events(from: 1) { numbers.append($0.number) }
                    try reader.events(ofSubjects: 0...1) { numbers.append($0.number) }
                    return numbers == Array(1...9) + [3, 6, 9, 1, 4, 7] ? [] : [RecordProblem(.damaged, "", path: "")]
                }
            ]
        }
        #expect(found.isWhole && found.problems == [])
        #expect(found.events == 11)
        #expect(try found.head == store.head)
    }

    @Test("What users find or cannot read stands behind what the store finds; other errors of theirs are thrown")
    func checksOfUsers() throws {
        struct Stop: Error {}
        let store = try Sample.store(scratch.path("a.db"))
        #expect(throws: Stop.self) { try store.verify(anchor: nil) { _ in [{ _ in throw Stop() }] } }
        #expect(throws: Stop.self) { try store.verify(anchor: nil) { _ in throw Stop() } }
        try Sample.tamper(scratch.path("a.db"), ["UPDATE event SET time = 0 WHERE number = 5"])
        let found = try store.verify(anchor: nil) { _ in
            [
                { _ in [RecordProblem(.damaged, "the list is another", path: "")] },
                { try $0.document(77).isEmpty ? [] : [] },
                { reader in
                    _ = try reader.database.select("SELECT absent FROM event")
                    return []
                },
                { _ in (1...200).map { RecordProblem(.damaged, "row \($0)", path: "") } },
            ]
        }
        #expect(
            found.problems.prefix(5).map(\.message) == [
                "event 5 is not what was written, or does not follow the one before it", "the list is another",
                "there is no document 77 in the file",
                "the database cannot be read or written: no such column: absent", "row 1",
            ])
        #expect(found.problems.count == 100)
    }

    @Test("What is written while a file is verified is not seen: all of it is read as it was at one moment")
    func oneMoment() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let head = try store.head
        let other = try RecordStore.open(
            scratch.path("a.db"), keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
        let found = try store.verify(anchor: head) { _ in
            try other.write { writer throws in
                let document = try writer.seal([1], subject: 1, kind: "paper")
                try writer.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: [])
                try writer.database.run("INSERT INTO seen (number, document) VALUES (10, ?)", [.integer(document)])
            }
            return (0..<8).map { _ in
                { reader in
                    let rows = try reader.database.select("SELECT count(*) FROM seen")
                    guard try rows.step(), rows.integer(0) == 0, try reader.head == head else {
                        return [RecordProblem(.damaged, "another moment", path: "")]
                    }
                    return []
                }
            }
        }
        #expect(found.problems == [])
        #expect(found.head == head && found.events == 10)
        #expect(try other.head.number == 10)
        // The other connections are closed, and hold up nobody.
        try other.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        #expect(try Sample.findings(scratch.path("a.db")) == [])
    }

    @Test("A file of many parts is checked part by part as if it were one")
    func manyParts() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.write { writer throws in
            for number in 10...9_000 as ClosedRange<Int64> {
                if number % 2 == 0 { _ = try writer.seal([1], subject: 1, kind: "paper") }
                if number % 3 == 0 { _ = try writer.keep(person: "P\(number)", name: nil) }
                try writer.append(subject: number, kind: "noted", time: 0, actor: Sample.actor(), body: [])
            }
        }
        let anchor = try store.head
        #expect(try Sample.findings(scratch.path("a.db"), anchor: anchor) == [])
        // 4 parts of 2,250 events each: gaps on both sides of an end and across one, and links at the ends.
        try Sample.tamper(
            scratch.path("a.db"),
            [
                "UPDATE event SET time = 1 WHERE number IN (2250, 4501)", "DELETE FROM event WHERE number = 2251",
                "DELETE FROM event WHERE number BETWEEN 6700 AND 6800", "DELETE FROM document WHERE number > 4000",
                "UPDATE document SET sealed = x'00' WHERE number = 2253",
            ])
        #expect(
            try Sample.findings(scratch.path("a.db"), anchor: anchor) == [
                "broken-event: event 2250 is not what was written, or does not follow the one before it",
                "missing-event: event 2251 is missing",
                "broken-event: event 4501 is not what was written, or does not follow the one before it",
                "missing-event: events 6700 to 6800 are missing",
                "broken-seal: document 2253 is not what was written",
                "missing-row: documents 4001 to 4505 are missing",
            ])
    }

    @Test(
        "Numbers are cut into parts that meet and leave nothing out",
        arguments: [Int64.min, -1, 0, 1, 3_999, 4_000, 9_001, 70_001, .max])
    func parts(last: Int64) {
        let parts = RecordSpan.parts(upTo: last)
        #expect(parts.first?.lowerBound == .min && parts.last?.upperBound == .max)
        #expect(parts.count == (last < 4_000 ? 1 : last == 4_000 ? 2 : last == 9_001 ? 4 : 32))
        for (left, right) in zip(parts, parts.dropFirst()) {
            #expect(left.upperBound + 1 == right.lowerBound)
            #expect(left.upperBound > 0 && left.upperBound < last)
        }
    }

    private static let event5 = "broken-event: event 5 is not what was written, or does not follow the one before it"
    private static let event6 = "broken-event: event 6 is not what was written, or does not follow the one before it"

    @Test(
        "Whatever is changed behind the back of the store is found, with its number",
        arguments: [
            (["UPDATE event SET body = x'7b7d' WHERE number = 5"], [event5]),
            (["UPDATE event SET subject = 8 WHERE number = 5"], [event5]),
            (["UPDATE event SET kind = 'x' WHERE number = 5"], [event5]),
            (["UPDATE event SET time = time + 1 WHERE number = 5"], [event5]),
            (["UPDATE event SET actor = 'x' WHERE number = 5"], [event5]),
            (["UPDATE event SET role = 'x' WHERE number = 5"], [event5]),
            (["UPDATE event SET area = 1 WHERE number = 5"], [event5]),
            (["UPDATE event SET documents = 1 WHERE number = 5"], [event5]),
            (["UPDATE event SET persons = 1 WHERE number = 5"], [event5]),
            (["UPDATE event SET method = 'none' WHERE number = 5"], [event5]),
            (["UPDATE event SET hash = x'00' WHERE number = 5"], [event5, event6]),
            // A byte moves from one field to the next.
            (["UPDATE event SET kind = 'note', actor = 'dHRB-12' WHERE number = 5"], [event5]),
            (["DELETE FROM event WHERE number = 5"], ["missing-event: event 5 is missing"]),
            (["DELETE FROM event WHERE number IN (4, 5, 6)"], ["missing-event: events 4 to 6 are missing"]),
            (
                [
                    "UPDATE event SET number = -5 WHERE number = 5", "UPDATE event SET number = 5 WHERE number = 6",
                    "UPDATE event SET number = 6 WHERE number = -5",
                ],
                [
                    event5, event6,
                    "broken-event: event 7 is not what was written, or does not follow the one before it",
                ]
            ),
            (
                [
                    """
                    INSERT INTO event SELECT 10, subject, kind, time, actor, role, area, body, documents, persons, method, hash \
                    FROM event WHERE number = 9
                    """
                ],
                ["broken-event: event 10 is not what was written, or does not follow the one before it"]
            ),
            (
                [
                    """
                    INSERT INTO event SELECT -1, subject, kind, time, actor, role, area, body, documents, persons, method, hash \
                    FROM event WHERE number = 9
                    """
                ],
                ["broken-event: event -1 is not what was written"]
            ),
            (
                [
                    """
                    INSERT INTO event SELECT 9223372036854775807, subject, kind, time, actor, role, area, body, documents, \
                    persons, method, hash FROM event WHERE number = 9
                    """
                ],
                ["missing-event: events 10 to 9223372036854775806 are missing"]
            ),
            (
                ["UPDATE document SET sealed = x'00' WHERE number = 3"],
                ["broken-seal: document 3 is not what was written"]
            ),
            (
                [
                    """
                    UPDATE document SET (sealed, digest) = (SELECT sealed, digest FROM document WHERE number = 4) \
                    WHERE number = 3
                    """
                ],
                ["broken-seal: document 3 is not what was written"]
            ),
            (
                ["UPDATE document SET digest = zeroblob(32) WHERE number = 3"],
                ["broken-seal: document 3 is not what was written"]
            ),
            (
                ["UPDATE document SET kind = 'other' WHERE number = 3"],
                ["broken-seal: document 3 is not what was written"]
            ),
            (
                ["UPDATE document SET cipher = 'none' WHERE number = 3"],
                ["broken-seal: document 3 is not what was written"]
            ),
            (["DELETE FROM document WHERE number = 3"], ["missing-row: document 3 is missing"]),
            (["DELETE FROM document WHERE number > 7"], ["missing-row: documents 8 to 9 are missing"]),
            (["DELETE FROM person WHERE number = 2"], ["missing-row: person 2 is missing"]),
            (
                ["UPDATE person SET name = NULL WHERE number = 1"], ["broken-seal: person 1 is not what was written"]
            ),
            (
                ["UPDATE person SET digest = zeroblob(32) WHERE number = 1"],
                ["broken-seal: person 1 is not what was written"]
            ),
            (
                ["UPDATE person SET name = citizen WHERE number = 1"],
                ["broken-seal: person 1 is not what was written"]
            ),
            (
                ["UPDATE pack SET bytes = x'00'"],
                ["broken-pack: the pack \(Sample.packDigest) is not what its digest says"]
            ),
            (
                ["CREATE TRIGGER more AFTER INSERT ON event BEGIN DELETE FROM seen; END"],
                ["damaged: 'more' was added to the tables of the store; put a backup in its place"]
            ),
        ])
    func changed(statements: [String], expected: [String]) throws {
        _ = try Sample.store(scratch.path("a.db"))
        try Sample.tamper(scratch.path("a.db"), statements)
        #expect(try Sample.findings(scratch.path("a.db")) == expected)
    }

    @Test("What guards the tables is missed")
    func guards() throws {
        let store = try Sample.store(scratch.path("a.db"))
        for statement in [
            "UPDATE event SET time = 0", "DELETE FROM event", "DELETE FROM document", "UPDATE person SET name = NULL",
        ] {
            let table = statement.split(separator: " ").first { ["event", "document", "person"].contains($0) } ?? ""
            #expect(
                Sample.problem { try store.write { try $0.database.run(statement) } }
                    == "storage: the database cannot be read or written: rows of \(table) are never changed")
        }
        let database = try SQLiteDatabase(shared: scratch.path("a.db"), isReadOnly: false, patience: 1000)
        try database.run("DROP TRIGGER event_no_update")
        #expect(
            try Sample.findings(scratch.path("a.db")) == [
                "damaged: 'event_no_update' is not what it was when the file was made; put a backup in its place"
            ])
    }

    @Test("A forger who knows the form and not the key makes no event that holds")
    func forged() throws {
        let store = try RecordStore.create(scratch.path("b.db"), keys: Sample.keys(50), schema: Sample.schema)
        try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        var values: [SQLiteValue] = []
        try store.read { reader throws in
            let rows = try reader.database.select("SELECT hash FROM event WHERE number = 1")
            while try rows.step() { values = [.bytes(try #require(rows.bytes(0)))] }
        }
        _ = try Sample.store(scratch.path("a.db"))
        let database = try SQLiteDatabase(shared: scratch.path("a.db"), isReadOnly: false, patience: 1000)
        try database.run(
            "INSERT INTO event SELECT 10, 1, 'noted', 0, actor, role, area, x'', 0, 0, method, ? FROM event WHERE number = 9",
            values)
        #expect(
            try Sample.findings(scratch.path("a.db")) == [
                "broken-event: event 10 is not what was written, or does not follow the one before it"
            ])
    }

    @Test("With an anchor a cut tail, an older copy, and another file are found; without one they cannot be")
    func anchors() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.backup(to: scratch.path("old.db"))
        let early = try store.head
        try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        let anchor = try store.head
        #expect(try Sample.findings(scratch.path("a.db"), anchor: early) == [])
        #expect(try Sample.findings(scratch.path("a.db"), anchor: anchor) == [])
        let cut =
            "cut-tail: the file ends with event 9, and event 10 was anchored: its tail was cut, or an older copy was put back"
        #expect(try Sample.findings(scratch.path("old.db")) == [])
        #expect(try Sample.findings(scratch.path("old.db"), anchor: anchor) == [cut])
        try Sample.tamper(scratch.path("a.db"), ["DELETE FROM event WHERE number = 10"])
        #expect(try Sample.findings(scratch.path("a.db"), anchor: anchor) == [cut])

        // Another tenth event after the cut.
        try store.write { try $0.append(subject: 2, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        #expect(try Sample.findings(scratch.path("a.db")) == [])
        #expect(
            try Sample.findings(scratch.path("a.db"), anchor: anchor) == [
                "other-event: event 10 is not the one that was anchored"
            ])

        let other = try Sample.store(scratch.path("other.db")).head
        #expect(
            try Sample.findings(scratch.path("a.db"), anchor: other) == [
                "other-file: the anchor is of the file \(other.file), and this one is \(anchor.file): it was put in its place"
            ])
    }

    @Test("Bits that fall over anywhere are an error or a finding, and never a trap")
    func bitFlips() throws {
        let path = scratch.path("a.db")
        do {
            let store = try Sample.store(path)
            try store.backup(to: scratch.path("b.db"))
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: scratch.path("b.db")))
        let used = try Sample.usedBytes(of: scratch.path("b.db"))
        var missed: [Int] = []
        for turn in 0..<400 {
            // All over the file: 8191 is prime.
            let place = (turn * 8191 + 37) % whole.count
            var bytes = whole
            bytes[place] ^= 1 << UInt8(turn % 8)
            for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
            try bytes.write(to: URL(fileURLWithPath: path))
            let found = Sample.problem {
                if let first = try Sample.findings(path, anchor: nil).first {
                    throw RecordProblem(.damaged, first, path: "")
                }
            }
            if found == nil, used.contains(place) { missed.append(place) }
        }
        #expect(missed == [], "a flip at these bytes was not seen")
    }

    @Test("Where what stands beside the file is damaged, whole changes are lost from the end, and the anchor shows it")
    func damagedBeside() throws {
        _ = try Sample.store(scratch.path("a.db"))
        let store = try RecordStore.open(
            scratch.path("a.db"), keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
        for time in 0..<9 as Range<Int64> {
            try store.write { try $0.append(subject: 1, kind: "noted", time: time, actor: Sample.actor(), body: []) }
        }
        let anchor = try store.head
        let (file, beside) = (
            try Data(contentsOf: URL(fileURLWithPath: scratch.path("a.db"))),
            try Data(contentsOf: URL(fileURLWithPath: scratch.path("a.db-wal")))
        )
        var shorter = 0
        for place in stride(from: 0, to: beside.count, by: beside.count / 37) {
            for suffix in ["", "-wal", "-shm"] { unlink(scratch.path("b.db" + suffix)) }
            var bytes = beside
            bytes[place] ^= 1
            try file.write(to: URL(fileURLWithPath: scratch.path("b.db")))
            try bytes.write(to: URL(fileURLWithPath: scratch.path("b.db-wal")))
            let opened = try RecordStore.open(
                scratch.path("b.db"), keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
            let head = try opened.head.number
            #expect(try opened.verify(anchor: nil) { _ in [] }.problems == [])
            #expect(try opened.verify(anchor: anchor) { _ in [] }.problems.map(\.code) == (head < 18 ? [.cutTail] : []))
            #expect(head >= 9)
            if head < 18 { shorter += 1 }
        }
        #expect(shorter > 5)
    }
}

extension Sample {
    /// The bytes that hold rows of the store's own tables: a flip in free space, in counters of the header or in a user's
    /// table changes nothing that was written.
    static func usedBytes(of path: String) throws -> Set<Int> {
        let database = try SQLiteDatabase(path, isReadOnly: true)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        var used: Set<Int> = []
        for sql in [
            "SELECT body, hash FROM event", "SELECT sealed, digest FROM document", "SELECT digest, citizen FROM person",
        ] {
            let rows = try database.prepare(sql)
            while try rows.step() {
                for column in 0...1 {
                    guard let value = rows.bytes(column), let range = bytes.range(of: Data(value)) else { continue }
                    used.formUnion(range)
                }
            }
        }
        return used
    }
}
