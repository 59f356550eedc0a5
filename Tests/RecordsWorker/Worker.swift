import AssistanceRecords
import AssistanceStorage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A process of its own for tests of the store of records: `RecordsWorker append|hold|write|read|measure FILE`.
///
/// It says what it does line by line on its output, and is ended from outside or by the end of its input.
@main
struct Worker {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let keys = try? RecordKeys(secret: Array(1...32)),
            let actor = RecordActor(id: "W-1", role: "clerk", area: 0)
        else { exit(2) }
        do {
            switch arguments[1] {
            case "append": try append(to: arguments[2], keys: keys, as: actor)
            case "hold": try hold(arguments[2], keys: keys)
            case "write": try touch(arguments[2], keys: keys, isReadOnly: false)
            case "measure": try measure(arguments[2], keys: keys, as: actor)
            case "read": try touch(arguments[2], keys: keys, isReadOnly: true)
            default: exit(2)
            }
        } catch { say("\(error)") }
    }

    private static let schema = RecordSchema([
        ("seen.1", ["CREATE TABLE seen (number INTEGER PRIMARY KEY, document INTEGER NOT NULL) STRICT"])
    ])

    /// Appends for ever: `begin` once a transaction is open, `kept N` once it is on the disk up to event N.
    private static func append(to path: String, keys: RecordKeys, as actor: RecordActor) throws {
        let store = try RecordStore.open(path, keys: keys, schema: schema, isReadOnly: false)
        while true {
            let last = try store.write { writer in
                say("begin")
                var last: Int64 = 0
                for _ in 0..<20 {
                    let document = try writer.seal(Array("a document".utf8), subject: 1, kind: "paper")
                    last = try writer.append(subject: 1, kind: "noted", time: 0, actor: actor, body: Array("{}".utf8))
                        .number
                    try writer.database.run(
                        "INSERT INTO seen (number, document) VALUES (?, ?)", [.integer(last), .integer(document)])
                }
                return last
            }
            say("kept \(last)")
        }
    }

    /// Holds the right to write until its input ends.
    private static func hold(_ path: String, keys: RecordKeys) throws {
        try RecordStore.open(path, keys: keys, schema: RecordSchema([]), isReadOnly: false).write { _ in
            say("held")
            _ = getchar()
        }
    }

    /// Opens a file as somebody who may not do everything, and reads or appends.
    private static func touch(_ path: String, keys: RecordKeys, isReadOnly: Bool) throws {
        if getuid() == 0, setgid(65534) != 0 || setuid(65534) != 0 { exit(2) }
        let store = try RecordStore.open(path, keys: keys, schema: RecordSchema([]), isReadOnly: isReadOnly)
        guard !isReadOnly else { return say("\(try store.head.number)") }
        say("\(try store.write { try $0.keep(person: "1", name: nil) })")
    }

    /// Appends a million events and verifies them; to be built in release.
    private static func measure(_ path: String, keys: RecordKeys, as actor: RecordActor) throws {
        let store = try RecordStore.create(path, keys: keys, schema: RecordSchema([]))
        let body = Array("{\"case\":\"2026-230102-000123\",\"stage\":\"accepted\",\"document\":123456}".utf8)
        let written = try ContinuousClock().measure {
            for part in 0..<100 as Range<Int64> {
                try store.write { writer in
                    for number in 0..<10_000 as Range<Int64> {
                        try writer.append(
                            subject: number % 1000, kind: "accept", time: part, actor: actor, body: body)
                    }
                }
            }
        }
        let verified = try ContinuousClock().measure {
            let found = try store.verify(anchor: store.head) { _ in [] }
            say("\(found.events) events, \(found.problems.count) problems")
        }
        say("written in \(written), verified in \(verified)")
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
