import AssistanceRecords
import AssistanceStorage
import Foundation
import Testing

@Suite("Other keys")
struct RekeyTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("Everything is as it was under the new keys, and the new chain names the old head")
    func changes() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let (old, new) = (try store.head, try Sample.keys(50))
        let events = try store.read { try $0.events(of: 1) }
        let head = try store.rekey(to: new)
        #expect(try store.head == head)
        #expect(head.number == old.number && head.file != old.file && head.hash != old.hash)
        let opened = try RecordStore.open(scratch.path("a.db"), keys: new, schema: Sample.schema, isReadOnly: false)
        try opened.read { reader throws in
            #expect(try reader.events(of: 1) == events)
            #expect(try reader.document(3) == Array("paper of 欧阳测试甲 3".utf8))
            #expect(try reader.person(withCitizenNumber: Sample.citizenNumber) == 1)
            #expect(try reader.person(1).name == Sample.name)
            var first: [UInt8]?
            let rows = try reader.database.select("SELECT body FROM event WHERE number = 0")
            while try rows.step() { first = rows.bytes(0) }
            #expect(String(decoding: first ?? [], as: UTF8.self).hasPrefix("{\"before\":[\"\(old.text)\"],"))
        }
        for anchor in [nil, head, old] {
            #expect(try opened.verify(anchor: anchor) { _ in [] }.problems == [])
        }
        let again = try opened.rekey(to: Sample.keys(90))
        for anchor in [again, head, old] {
            #expect(try opened.verify(anchor: anchor) { _ in [] }.problems == [])
        }
        try opened.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        #expect(try opened.verify(anchor: again) { _ in [] }.isWhole)
    }

    @Test("Nothing that was sealed with the old keys is left in the file or beside it")
    func nothingLeft() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let sealed: [[UInt8]] = try store.read { reader throws in
            var all: [[UInt8]] = []
            let rows = try reader.database.select("SELECT sealed FROM document UNION ALL SELECT citizen FROM person")
            while try rows.step() { all.append(try #require(rows.bytes(0))) }
            return all
        }
        #expect(sealed.count == 11)
        _ = try store.rekey(to: Sample.keys(50))
        for name in scratch.names {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
            for old in sealed { #expect(bytes.range(of: Data(old)) == nil, "\(name)") }
        }
    }

    @Test("The old keys open nothing any more, in a store that was open as well")
    func oldKeys() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let other = try RecordStore.open(
            scratch.path("a.db"), keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
        _ = try store.rekey(to: Sample.keys(50))
        #expect(
            Sample.problem { _ = try other.head }
                == "wrong-key: the keys of the file were changed since it was opened; open it again")
        let (old, new) = (try Sample.keys().identity, try Sample.keys(50).identity)
        #expect(
            Sample.problem { _ = try Sample.findings(scratch.path("a.db")) }
                == "wrong-key: the file was sealed with the keys \(new), and those given are \(old); give the secret of this file"
        )
    }

    @Test("An anchor of the old chain that was not its end cannot be compared")
    func earlierAnchor() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let early = try store.head
        try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        _ = try store.rekey(to: Sample.keys(50))
        #expect(
            try store.verify(anchor: early) { _ in [] }.problems.map(\.message) == [
                "the anchor was taken before the keys were changed, and of that chain only its end is known; anchor the head anew"
            ])
    }

    @Test(
        "What was forged is not sealed anew: the change is refused and changes nothing",
        arguments: [
            (
                "UPDATE event SET body = x'7b7d' WHERE number = 5",
                "broken-event: event 5 is not what was written; verify the file"
            ),
            ("DELETE FROM event WHERE number = 5", "missing-row: event 5 is missing; verify the file"),
            (
                "UPDATE document SET subject = 8 WHERE number = 2",
                "broken-seal: document 2 is not what was written; verify the file"
            ),
            (
                "UPDATE person SET name = NULL WHERE number = 1",
                "broken-seal: person 1 is not what was written; verify the file"
            ),
        ])
    func forged(statement: String, expected: String) throws {
        let store = try Sample.store(scratch.path("a.db"))
        let head = try store.head
        try Sample.tamper(scratch.path("a.db"), [statement])
        #expect(Sample.problem { _ = try store.rekey(to: Sample.keys(50)) } == expected)
        #expect(try store.head == head)
    }
}
