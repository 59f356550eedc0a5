import AssistanceRecords
import AssistanceStorage
import Foundation
import PowerCut
import TestSupport
import Testing

@Suite("Processes that are killed")
struct KillTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Each process appends transactions of twenty events until it is killed. `JIUZHU_KILLS=1000` kills a thousand.
    @Test("Whenever a writer is killed, nothing it acknowledged is lost, and there is no half change")
    func kills() throws {
        let kills = ProcessInfo.processInfo.environment["JIUZHU_KILLS"].flatMap(Int.init) ?? 50
        var inside = 0
        var path = ""
        for kill in 0..<kills {
            if kill % 10 == 0 {
                path = scratch.path("\(kill).db")
                _ = try RecordStore.create(path, keys: Sample.keys(), schema: Sample.schema)
            }
            let worker = try WorkerProcess("RecordsWorker", ["append", path])
            worker.wait(for: "begin")
            usleep(UInt32.random(in: 0...40_000))
            worker.kill()
            if worker.lines.last == "begin" { inside += 1 }
            let kept = worker.lines.last { $0.hasPrefix("kept ") }.flatMap { Int64($0.dropFirst(5)) } ?? 0

            let store = try RecordStore.open(path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
            let head = try store.head.number
            #expect(head >= kept, "event \(kept) was acknowledged, and \(head) is the last")
            #expect(head % 20 == 0, "a half change is there: \(head)")
            #expect(try store.verify(anchor: nil) { _ in [] }.problems == [])
            #expect(try store.statistics.documents == head)
            let seen = try store.read { reader throws in
                let rows = try reader.database.select("SELECT count(*) FROM seen")
                return try rows.step() ? rows.integer(0) : nil
            }
            #expect(seen == head)
        }
        #expect(inside * 10 >= kills * 9, "\(inside) of \(kills) were killed between begin and commit")
    }
}

@Suite("Several processes")
struct ProcessTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("Two processes write at once and readers go on: everybody sees whole changes, one after the other")
    func manyAtOnce() throws {
        let path = scratch.path("a.db")
        _ = try RecordStore.create(path, keys: Sample.keys(), schema: Sample.schema)
        let workers = try [
            WorkerProcess("RecordsWorker", ["append", path]), WorkerProcess("RecordsWorker", ["append", path]),
        ]
        for worker in workers { worker.wait(for: "kept") }
        let reading = try RecordStore.open(path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: true)
        var last: Int64 = 0
        for _ in 0..<20 {
            let (head, count) = try reading.read { reader in
                var count: Int64 = 0
                try reader.events(from: 1) { _ in count += 1 }
                return (try reader.head.number, count)
            }
            #expect(head == count && head % 20 == 0 && head >= last)
            last = head
            #expect(try reading.verify(anchor: nil) { _ in [] }.problems == [])
            usleep(10_000)
        }
        for worker in workers { worker.kill() }
        let kept = workers.flatMap(\.lines).filter { $0.hasPrefix("kept ") }
        #expect(Set(kept).count == kept.count, "two changes were acknowledged with one number")
        for worker in workers { #expect(worker.lines.contains { $0.hasPrefix("kept ") }) }
        #expect(try Sample.findings(path) == [])
    }
}

/// One thread: the power is the same for all.
@Suite("A disk that loses its power or its room", .serialized)
struct PowerCutTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        powercut_register()
        powercut_reset()
    }

    /// Appends until the power is gone; the last event that was acknowledged.
    private func append(to path: String, create: Bool) throws -> Int64 {
        var kept: Int64 = 0
        do {
            let store =
                create
                ? try RecordStore.create(path, keys: Sample.keys(), schema: Sample.schema, system: "powercut")
                : try RecordStore.open(
                    path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: false, system: "powercut")
            kept = try store.head.number
            for _ in 0..<60 {
                kept = try store.write { writer throws in
                    var last: Int64 = 0
                    for _ in 0..<5 {
                        _ = try writer.seal([UInt8](repeating: 7, count: 700), subject: 1, kind: "paper")
                        last = try writer.append(
                            subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: Array("{}".utf8)
                        ).number
                        try writer.database.run("INSERT INTO seen (number, document) VALUES (?, 1)", [.integer(last)])
                    }
                    return last
                }
            }
        } catch let problem as RecordProblem { #expect(powercut_is_dark() == 1, "\(problem)") }
        return kept
    }

    @Test("Whenever the power is cut, nothing that was acknowledged is lost, and there is no half change")
    func cuts() throws {
        var dark = 0
        for seed in 1...150 as ClosedRange<UInt32> {
            let path = scratch.path("\(seed).db")
            _ = try RecordStore.create(path, keys: Sample.keys(), schema: Sample.schema)
            powercut_reset()
            powercut_after(Int(seed) * 7 % 900, seed)
            let kept = try append(to: path, create: false)
            if powercut_is_dark() == 1 { dark += 1 }
            powercut_reset()
            // It is memory, and gone with the power.
            unlink(path + "-shm")
            let store = try RecordStore.open(path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: false)
            let head = try store.head.number
            #expect(head == kept || head == kept + 5, "seed \(seed): \(kept) was acknowledged, and \(head) is the last")
            #expect(try store.verify(anchor: nil) { _ in [] }.problems == [], "seed \(seed)")
            #expect(try store.statistics.documents == head)
        }
        #expect(dark > 100)
    }

    @Test("Without a sync at each commit acknowledged changes are lost: this disk forgets what it should")
    func forgets() throws {
        var lost = 0
        for seed in 1...20 as ClosedRange<UInt32> {
            let path = scratch.path("\(seed).db")
            try StoredFiles.makePrivate(path)
            powercut_reset()
            var kept: Int64 = 0
            do {
                let database = try SQLiteDatabase(shared: path, isReadOnly: false, patience: 0, system: "powercut")
                try database.writeAhead()
                try database.run("PRAGMA synchronous = NORMAL")
                try database.run("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT")
                powercut_after(40 + Int(seed), seed)
                while powercut_is_dark() == 0 {
                    try database.run("INSERT INTO t VALUES (?)", [.integer(kept + 1)])
                    kept += 1
                }
            } catch {}
            powercut_reset()
            unlink(path + "-shm")
            let database = try SQLiteDatabase(shared: path, isReadOnly: false, patience: 0)
            let rows = try? database.select("SELECT count(*) FROM t")
            let count = try rows.flatMap { try $0.step() ? $0.integer(0) : nil } ?? 0
            if count < kept { lost += 1 }
        }
        #expect(lost > 0)
    }

    @Test("Where there is no room the change is taken back and said, and goes on once there is")
    func fullDisk() throws {
        let path = scratch.path("a.db")
        let store = try RecordStore.create(path, keys: Sample.keys(), schema: Sample.schema, system: "powercut")
        for room in [0, 100, 4096, 5000, 20_000] as [Int64] {
            let head = try store.head
            powercut_room(room)
            #expect(
                Sample.problem {
                    try store.write { writer throws in
                        for _ in 0..<50 {
                            _ = try writer.seal([UInt8](repeating: 7, count: 3000), subject: 1, kind: "paper")
                            try writer.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: [])
                        }
                    }
                }
                    == "disk-full: there is no room left on the disk, and nothing of this change was kept; make room")
            powercut_room(-1)
            #expect(try store.head == head)
            try store.write { try $0.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: []) }
        }
        #expect(try store.head.number == 5)
        #expect(try store.verify(anchor: store.head) { _ in [] }.problems == [])
    }

    @Test("A change that failed is not gone on with: what its body does after is taken back too")
    func goesOnAfterFailure() throws {
        let store = try RecordStore.create(
            scratch.path("a.db"), keys: Sample.keys(), schema: Sample.schema, system: "powercut")
        let head = try store.head
        let found = Sample.problem {
            try store.write { writer throws in
                try writer.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: [])
                powercut_room(0)
                // More than SQLite keeps in memory, so that it writes before the commit.
                for _ in 0..<4000 {
                    _ = try? writer.seal([UInt8](repeating: 7, count: 3000), subject: 1, kind: "paper")
                }
                powercut_room(-1)
                try writer.append(subject: 1, kind: "noted", time: 0, actor: Sample.actor(), body: [])
            }
        }
        #expect(found == "refused: the transaction is over; read and write before its body returns")
        #expect(try store.head == head)
        #expect(try store.statistics.documents == 0)
    }

    @Test("A change of keys that the power interrupts was made whole or not at all")
    func rekeys() throws {
        for seed in 1...40 as ClosedRange<UInt32> {
            let path = scratch.path("\(seed).db")
            _ = try Sample.store(path)
            powercut_reset()
            do {
                let store = try RecordStore.open(
                    path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: false, system: "powercut")
                powercut_after(Int(seed) % 45, seed)
                _ = try store.rekey(to: Sample.keys(50))
            } catch let problem as RecordProblem { #expect(powercut_is_dark() == 1, "\(problem)") }
            powercut_reset()
            unlink(path + "-shm")
            let store =
                try (try? RecordStore.open(path, keys: Sample.keys(), schema: Sample.schema, isReadOnly: false))
                ?? RecordStore.open(path, keys: Sample.keys(50), schema: Sample.schema, isReadOnly: false)
            #expect(try store.verify(anchor: nil) { _ in [] }.problems == [], "seed \(seed)")
            #expect(try store.head.number == 9)
            #expect(try store.read { try $0.document(3) } == Array("paper of 欧阳测试甲 3".utf8))
        }
    }
}
