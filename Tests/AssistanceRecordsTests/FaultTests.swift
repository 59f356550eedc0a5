import AssistanceRecords
import AssistanceStorage
import Foundation
import TestSupport
import Testing

@Suite("Files that cannot be used as they should")
struct FaultTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func open(_ name: String, isReadOnly: Bool = false, schema: RecordSchema = Sample.schema) -> String? {
        Sample.problem {
            _ = try RecordStore.open(scratch.path(name), keys: Sample.keys(), schema: schema, isReadOnly: isReadOnly)
                .head
        }
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: scratch.path(name)))
    }

    @Test("A file that is there is not written over, by a store or by a backup")
    func exists() throws {
        let store = try Sample.store(scratch.path("a.db"))
        let expected = "file-exists: there is a file of this name already; choose another"
        #expect(Sample.problem { _ = try Sample.store(scratch.path("a.db")) } == expected)
        #expect(Sample.problem { try store.backup(to: scratch.path("a.db")) } == expected)
        #expect(try store.head.number == 9)
    }

    @Test("A file that is not there, and a folder that is not there, are said")
    func missing() {
        #expect(open("a.db") == "no-such-file: there is no file of this name; name one that is there, or create it")
        #expect(
            Sample.problem {
                _ = try RecordStore.create(scratch.path("b/a.db"), keys: Sample.keys(), schema: Sample.schema)
            } == "storage: the file cannot be made: No such file or directory")
    }

    @Test("What is no store of records says so", arguments: [false, true])
    func otherFiles(isReadOnly: Bool) throws {
        let noStore =
            "not-records: the file is no store of records; name the right file, or put a backup in its place"
        try write(Array(String(repeating: "this is a text ", count: 100).utf8), to: "a.txt")
        #expect(open("a.txt", isReadOnly: isReadOnly) == noStore)
        let database = "not-records: the file is a database and no store of records; name the right file"
        try write([], to: "empty.db")
        #expect(open("empty.db", isReadOnly: isReadOnly) == database)
        let other = try SQLiteDatabase(scratch.path("empty.db"), isReadOnly: false)
        try other.run("CREATE TABLE t (a)")
        #expect(open("empty.db", isReadOnly: isReadOnly) == database)
        #expect(scratch.names == ["a.txt", "empty.db"])
        #expect(
            Sample.problem {
                _ = try RecordStore.open(
                    scratch.folder, keys: Sample.keys(), schema: Sample.schema, isReadOnly: isReadOnly)
            } == "not-records: this is a folder, and no store of records; name a file")
    }

    @Test("A secret is 32 to 64 bytes", arguments: [0, 31, 65])
    func secrets(count: Int) {
        #expect(
            Sample.problem { _ = try RecordKeys(secret: [UInt8](repeating: 1, count: count)) }
                == "bad-secret: the secret has \(count) bytes, and 32 to 64 were expected; take 32 random bytes")
    }

    @Test("Another secret opens nothing, and the problem names both by their public names alone")
    func wrongKey() throws {
        _ = try Sample.store(scratch.path("a.db"))
        let (file, given) = (try Sample.keys().identity, try Sample.keys(9).identity)
        #expect(file != given && file.count == 32)
        #expect(
            Sample.problem {
                _ = try RecordStore.open(
                    scratch.path("a.db"), keys: Sample.keys(9), schema: Sample.schema, isReadOnly: false)
            }
                == "wrong-key: the file was sealed with the keys \(file), and those given are \(given); give the secret of this file"
        )
    }

    @Test("A schema that is newer, older or other than that of the file is said")
    func schemas() throws {
        _ = try Sample.store(scratch.path("a.db"))
        #expect(
            open("a.db", schema: RecordSchema([]))
                == "newer-schema: a newer version wrote this file: its migration 'seen.1' is not known; use that version"
        )
        #expect(
            open("a.db", schema: RecordSchema([("seen.1", ["CREATE TABLE seen (a)"])]))
                == "changed-schema: the migration 'seen.1' is not what was applied to this file; add another, and leave it as it was"
        )
        let longer = RecordSchema([
            ("seen.1", Sample.schema.migrations[0].statements), ("seen.2", ["CREATE TABLE more (a)"]),
        ])
        #expect(
            open("a.db", isReadOnly: true, schema: longer)
                == "older-schema: the file lacks the migration 'seen.2'; open it once to be written, which applies it")
        let name = "refused: a migration needs a name of its own, of 1 to 64 letters, digits, '.', '_' and '-'"
        for names in [["a", "a"], ["records.1"], [""], ["a b"]] {
            #expect(open("a.db", schema: RecordSchema(names.map { ($0, []) })) == name)
        }
    }

    @Test("A migration that fails changes nothing, and a text with two statements is none")
    func badMigrations() throws {
        _ = try Sample.store(scratch.path("a.db"))
        func longer(_ statement: String) -> RecordSchema {
            RecordSchema([
                ("seen.1", Sample.schema.migrations[0].statements), ("seen.2", ["CREATE TABLE more (a)", statement]),
            ])
        }
        #expect(
            open("a.db", schema: longer("CREATE TABLE seen (a)"))
                == "storage: the database cannot be read or written: table seen already exists")
        #expect(
            open("a.db", schema: longer("CREATE TABLE b (a); CREATE TABLE c (a)"))
                == "storage: one statement was expected, and there is text behind it")
        #expect(open("a.db") == nil)
    }

    @Test("A writer that waits too long for another process says so, and readers go on")
    func locked() throws {
        let store = try RecordStore.create(scratch.path("a.db"), keys: Sample.keys(), schema: RecordSchema([]))
        let holder = try WorkerProcess("RecordsWorker", ["hold", scratch.path("a.db")])
        holder.wait(for: "held")
        #expect(
            Sample.problem { try store.write { _ in } }
                == "locked: another process is writing and did not end within the time it is given; try again")
        #expect(try store.head.number == 0)
        holder.finish()
        #expect(holder.lines == ["held"])
        try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
    }

    @Test("A file that may be read only is read, and not written")
    func readOnlyFile() throws {
        _ = try RecordStore.create(scratch.path("a.db"), keys: Sample.keys(), schema: RecordSchema([]))
        chmod(scratch.path("a.db"), 0o444)
        let writer = try WorkerProcess("RecordsWorker", ["write", scratch.path("a.db")])
        writer.finish()
        #expect(
            writer.text
                == "\(scratch.path("a.db")): error: the file or its folder may be read only; give the right to write, or read a copy in another folder\n"
        )
        chmod(scratch.folder, 0o777)
        let reader = try WorkerProcess("RecordsWorker", ["read", scratch.path("a.db")])
        reader.finish()
        #expect(reader.text == "0\n")
    }

    @Test("In a folder that may be read only a reader is told what it needs")
    func readOnlyFolder() throws {
        _ = try RecordStore.create(scratch.path("a.db"), keys: Sample.keys(), schema: RecordSchema([]))
        chmod(scratch.path("a.db"), 0o444)
        chmod(scratch.folder, 0o555)
        let reader = try WorkerProcess("RecordsWorker", ["read", scratch.path("a.db")])
        reader.finish()
        #expect(
            reader.text
                == "\(scratch.path("a.db")): error: the file or its folder may be read only; give the right to write, or read a copy in another folder\n"
        )
    }

    @Test("A store that was opened to be read refuses to write")
    func readOnlyStore() throws {
        _ = try Sample.store(scratch.path("a.db"))
        let store = try RecordStore.open(
            scratch.path("a.db"), keys: Sample.keys(), schema: Sample.schema, isReadOnly: true)
        let expected =
            "read-only: the file or its folder may be read only; give the right to write, or read a copy in another folder"
        #expect(Sample.problem { _ = try store.write { try $0.keep(person: "1", name: nil) } } == expected)
        #expect(Sample.problem { _ = try store.rekey(to: Sample.keys(9)) } == expected)
    }

    @Test("A file that was cut anywhere is an error or a finding")
    func truncated() throws {
        do {
            try Sample.store(scratch.path("a.db")).backup(to: scratch.path("b.db"))
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: scratch.path("b.db")))
        for count in [0, 1, 99, 100, 101, 4096, 5000, whole.count / 2, whole.count - 4096, whole.count - 4097] {
            try whole.prefix(count).write(to: URL(fileURLWithPath: scratch.path("c.db")))
            let found = Sample.problem {
                if let first = try Sample.findings(scratch.path("c.db")).first {
                    throw RecordProblem(.damaged, first, path: "")
                }
            }
            #expect(found != nil, "\(count) of \(whole.count) bytes")
        }
    }

    @Test(
        "What cannot be kept is refused, with what was expected",
        arguments: [
            (
                "kind",
                "the kind of an event is 1 to 64 letters, digits, '.', '_' and '-', and does not begin with 'records.'"
            ),
            (
                "own",
                "the kind of an event is 1 to 64 letters, digits, '.', '_' and '-', and does not begin with 'records.'"
            ),
            ("document", "the kind of a document is 1 to 64 letters, digits, '.', '_' and '-'"),
            ("person", "the number of a citizen has 1 to 64 letters and digits; give it without spaces"),
            ("pack", "the digest of the pack is not its SHA-256; give the digest of this pack"),
            ("read", "what is read is named by 1 to 64 letters, digits, '.', '_' and '-'"),
            ("nested", "a transaction of this store is open; end it first, or open another store"),
            ("late", "the transaction is over; read and write before its body returns"),
        ])
    func refused(what: String, expected: String) throws {
        let store = try Sample.store(scratch.path("a.db"))
        let (actor, head) = (try Sample.actor(), try store.head)
        let found = Sample.problem {
            if what == "late" {
                _ = try store.write { $0 }.keep(person: "1", name: nil)
                return
            }
            try store.write { writer throws in
                switch what {
                case "kind": try writer.append(subject: 1, kind: "张三", time: 0, actor: actor, body: [])
                case "own": try writer.append(subject: 1, kind: "records.read", time: 0, actor: actor, body: [])
                case "document": _ = try writer.seal([], subject: 1, kind: "")
                case "person": _ = try writer.keep(person: "1101 01", name: nil)
                case "pack": try writer.keep(pack: [1], digest: String(Sample.packDigest.reversed()))
                case "read": try writer.note(read: 1, what: "张三", actor: actor, time: 0)
                default: _ = try store.head
                }
            }
        }
        #expect(found == "refused: " + expected)
        #expect(try store.head == head)
    }

    @Test("What is not there is said by its number")
    func notFound() throws {
        let store = try Sample.store(scratch.path("a.db"))
        try store.read { reader throws in
            #expect(Sample.problem { _ = try reader.document(10) } == "not-found: there is no document 10 in the file")
            #expect(Sample.problem { _ = try reader.person(3) } == "not-found: there is no person 3 in the file")
        }
        try Sample.tamper(
            scratch.path("a.db"), ["UPDATE document SET subject = 8", "UPDATE person SET citizen = zeroblob(40)"])
        try store.read { reader throws in
            #expect(
                Sample.problem { _ = try reader.document(1) }
                    == "broken-seal: document 1 is not what was written; verify the file")
            #expect(
                Sample.problem { _ = try reader.person(1) }
                    == "broken-seal: person 1 is not what was written; verify the file")
        }
    }

    @Test("A problem is printed with its file, where there is one")
    func descriptions() {
        #expect("\(RecordProblem(.locked, "try again", path: "a.db"))" == "a.db: error: try again")
        #expect("\(RecordProblem(.badSecret, "too short", path: ""))" == "error: too short")
    }
}
