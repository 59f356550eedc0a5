import AssistanceRecords
import AssistanceStorage
import Foundation
import Testing

/// A folder with stores of records that is gone with the test.
final class Scratch {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jiuzhu-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit {
        chmod(folder, 0o755)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A path in the folder.
    func path(_ name: String) -> String { folder + "/" + name }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }
}

/// What tests of records share.
enum Sample {
    /// The keys that the worker has too.
    static func keys(_ first: UInt8 = 1) throws -> RecordKeys { try RecordKeys(secret: Array(first...(first + 31))) }

    static let schema = RecordSchema([
        ("seen.1", ["CREATE TABLE seen (number INTEGER PRIMARY KEY, document INTEGER NOT NULL) STRICT"])
    ])

    static func actor() throws -> RecordActor {
        try #require(RecordActor(id: "HRB-12", role: "clerk", area: 230_102_001_000))
    }

    static let citizenNumber = "110101199003074477"
    static let name = "欧阳测试甲"

    /// A store with nine events, each with a document, two persons and a pack.
    static func store(_ path: String) throws -> RecordStore {
        let store = try RecordStore.create(path, keys: keys(), schema: schema)
        let actor = try actor()
        try store.write { writer throws in
            _ = try writer.keep(person: citizenNumber, name: name)
            _ = try writer.keep(person: "11010119900307002X", name: nil)
            try writer.keep(pack: Array("abc".utf8), digest: packDigest)
        }
        for number in 1...9 {
            try store.write { writer throws in
                let document = try writer.seal(Array("paper of \(name) \(number)".utf8), subject: 7, kind: "paper")
                let digest = try writer.digest(ofDocument: document)
                try writer.append(
                    subject: Int64(number % 3), kind: "noted", time: 1000 + Int64(number), actor: actor,
                    body: Array("{\"document\":\(document),\"is\":\"\(digest)\"}".utf8))
            }
        }
        return store
    }

    /// The SHA-256 of "abc" (FIPS 180-4).
    static let packDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    /// The code and the message of what is thrown.
    static func problem(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let problem as RecordProblem { return "\(problem.code.rawValue): \(problem.message)" } catch {
            return "\(error)"
        }
    }

    /// What a verification finds, as code and message.
    static func findings(_ path: String, anchor: RecordHead? = nil) throws -> [String] {
        let store = try RecordStore.open(path, keys: keys(), schema: schema, isReadOnly: true)
        return try store.verify(anchor: anchor) { _ in [] }.problems.map { "\($0.code.rawValue): \($0.message)" }
    }

    /// Changes a file behind the back of its store: what guards the tables is taken away and put back.
    static func tamper(_ path: String, _ statements: [String]) throws {
        let database = try SQLiteDatabase(shared: path, isReadOnly: false, patience: 1000)
        var guards: [(name: String, sql: String)] = []
        do {
            let rows = try database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            while try rows.step() { guards.append((rows.string(0) ?? "", rows.string(1) ?? "")) }
        }
        for found in guards { try database.run("DROP TRIGGER \(found.name)") }
        for statement in statements { try database.run(statement) }
        for found in guards { try database.run(found.sql) }
    }
}
