import AssistanceCore
import AssistanceStorage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// 核验: what a verification found.
public struct RecordVerification: Sendable {
    /// The last event; nil where it cannot be read.
    public let head: RecordHead?
    /// How many events were read, with the log of reads.
    public let events: Int64
    /// What is wrong, in the order of the file's parts; at most 100 problems.
    public let problems: [RecordProblem]

    /// Whether everything is what was written.
    public var isWhole: Bool { problems.isEmpty }
}

/// 核验项: what users of the store check of tables of their own, on one thread beside others, and what they found wrong.
///
/// What storage or records say of a problem is a finding too; any other error ends the verification.
public typealias RecordCheck = @Sendable (RecordReader) throws -> [RecordProblem]

extension RecordStore {
    /// Reads all of the file and says what is not what was written: pages, the chain, everything sealed, and packs.
    ///
    /// All of it is read as it was at one moment, whatever others write meanwhile, by as many threads as the machine has
    /// processors, and in constant memory. What a tail lost since the last anchor cannot be seen without that anchor, nor
    /// what was sealed after the last event.
    ///
    /// - Parameters:
    ///   - anchor: A head that was kept outside; the file must hold it.
    ///   - users: What else is checked at that moment.
    public func verify(
        anchor: RecordHead?, with users: (RecordReader) throws -> [RecordCheck]
    ) throws -> RecordVerification {
        let threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return try readTogether(threads) { readers in
            let first = RecordVerifier(readers[0])
            var checks: [RecordVerifier.Check] = []
            try first.part {
                checks = try RecordVerifier.checks(of: readers[0], anchor)
                checks += try users(readers[0]).map { check in { $0.report(try check($0.reader)) } }
            }
            let lent = LentReaders(readers)
            let parts = Workers.map(checks, threads: threads) { check in
                Result { () throws -> RecordFindings in
                    try lent.lend { reader in
                        let verifier = RecordVerifier(reader)
                        try verifier.part { try check(verifier) }
                        return verifier.found
                    }
                }
            }
            var found = first.found
            for part in parts { found.add(try part.get()) }
            return RecordVerification(
                head: try? readers[0].head, events: found.events, problems: found.problems)
        }
    }
}

/// The numbers of rows that one part of a verification reads.
public enum RecordSpan {
    /// Numbers from 1 to a last one in a few parts of one length; the first and the last reach beyond these ends.
    public static func parts(upTo last: Int64) -> [ClosedRange<Int64>] {
        let count = min(32, max(1, last / 2_000))
        let ends = (1..<max(1, count)).map { last / count * $0 }
        return zip([.min] + ends.map { $0 + 1 }, ends + [.max]).map { $0...$1 }
    }
}

/// Readers of one moment, each lent to one thread at a time.
private final class LentReaders: @unchecked Sendable {
    private let readers: [RecordReader]
    private let free: Mutex<[Int]>

    init(_ readers: [RecordReader]) {
        self.readers = readers
        free = Mutex(Array(readers.indices))
    }

    /// There are as many readers as threads.
    func lend<R>(_ body: (RecordReader) throws -> R) throws -> R {
        guard let place = free.withLock({ $0.popLast() }) else {
            throw RecordProblem(.refused, "more threads than readers verify the file", path: "")
        }
        defer { free.withLock { $0.append(place) } }
        return try body(readers[place])
    }
}

/// What one part of a verification found, or several.
private struct RecordFindings: Sendable {
    private(set) var problems: [RecordProblem] = []
    var events: Int64 = 0

    mutating func add(_ other: some Sequence<RecordProblem>) {
        problems += other.prefix(max(0, 100 - problems.count))
    }

    mutating func add(_ other: RecordFindings) {
        add(other.problems)
        events += other.events
    }
}

/// One part of a verification.
private final class RecordVerifier {
    typealias Check = @Sendable (RecordVerifier) throws -> Void

    let reader: RecordReader
    private var database: SQLiteDatabase { reader.database }
    private(set) var found = RecordFindings()

    init(_ reader: RecordReader) { self.reader = reader }

    /// All parts; those that take longest come first.
    static func checks(of reader: RecordReader, _ anchor: RecordHead?) throws -> [Check] {
        var checks: [Check] = [{ try $0.checkPages() }, { try $0.checkTables() }]
        func add(_ table: String, _ check: @escaping @Sendable (RecordVerifier, ClosedRange<Int64>) throws -> Void) {
            // What cannot be read here is found where it is checked.
            let last = (try? reader.number("SELECT max(number) FROM \(table)")) ?? 0
            checks += RecordSpan.parts(upTo: last).map { span in { try check($0, span) } }
        }
        add("event") { try $0.checkEvents($1) }
        let (keys, file) = (reader.keys, reader.origin.file)
        add("document") { verifier, span in
            try verifier.checkSealed("document", SealedDocument.columns, span) {
                SealedDocument($0)?.opened(file: file, keys: keys) != nil
            }
        }
        add("person") { verifier, span in
            try verifier.checkSealed("person", SealedPerson.columns, span) {
                SealedPerson($0)?.opened(file: file, keys: keys) != nil
            }
        }
        checks.append { try $0.checkPacks() }
        if let anchor { checks.append { try $0.check(anchor) } }
        return checks
    }

    func report(_ problems: [RecordProblem]) { found.add(problems) }

    private func report(_ code: RecordProblem.Code, _ message: String) { report([reader.problem(code, message)]) }

    /// Runs one part; what cannot be read is a finding.
    func part(_ body: () throws -> Void) throws {
        do { try body() } catch let problem as RecordProblem { report([problem]) } catch let problem as StorageProblem {
            report([RecordProblem(problem)])
        }
    }

    func checkPages() throws {
        let rows = try database.select("PRAGMA integrity_check(10)")
        while try rows.step() {
            guard let text = rows.string(0), text != "ok" else { continue }
            report(.damaged, "the pages of the file contradict each other: \(text)")
        }
    }

    /// The tables, and what guards them, are those that a new file has.
    func checkTables() throws {
        let fresh = try SQLiteDatabase(":memory:", isReadOnly: false)
        for statement in RecordSchema.own.migrations.flatMap(\.statements) { try fresh.run(statement) }
        let (expected, found) = (try Self.tables(of: fresh), try Self.tables(of: database))
        for (name, sql) in expected where found[name] != sql {
            report(.damaged, "'\(name)' is not what it was when the file was made; put a backup in its place")
        }
        for name in found.keys where expected[name] == nil {
            report(.damaged, "'\(name)' was added to the tables of the store; put a backup in its place")
        }
    }

    private static func tables(of database: SQLiteDatabase) throws -> [String: String] {
        let names = RecordSchema.guarded.map { "'\($0)'" }.joined(separator: ", ")
        let rows = try database.select(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name IN (\(names)) AND sql IS NOT NULL")
        var tables: [String: String] = [:]
        while try rows.step() { tables[rows.string(0) ?? ""] = rows.string(1) ?? "" }
        return tables
    }

    /// Each link follows the one before it, so that any part of the chain can be checked by itself.
    func checkEvents(_ span: ClosedRange<Int64>) throws {
        var chain = RecordChain(reader.keys)
        var (expected, previous) = try end(before: span)
        let rows = try database.select(
            "SELECT \(RecordLink.columns) FROM event WHERE number BETWEEN ? AND ? ORDER BY number",
            [.integer(span.lowerBound), .integer(span.upperBound)])
        while try rows.step() {
            let number = rows.integer(0) ?? expected
            found.events += 1
            if number > expected {
                report(.missingEvent, "\(Self.span("event", expected, number - 1)) missing")
            }
            guard RecordLink.isRow(rows), number >= expected, expected != .max else {
                report(.brokenEvent, "event \(number) is not what was written")
                expected = max(expected, number &+ 1)
                continue
            }
            // Without the one before it nothing can be said of an event; those behind it are checked again.
            if number == expected, !chain.holds(rows, after: previous) {
                report(.brokenEvent, "event \(number) is not what was written, or does not follow the one before it")
            }
            (expected, previous) = (number &+ 1, rows.bytes(RecordLink.hashColumn) ?? [])
        }
    }

    /// The number that comes after the events before a part, and the hash that it follows.
    private func end(before span: ClosedRange<Int64>) throws -> (Int64, [UInt8]) {
        let rows = try database.select(
            "SELECT number, hash FROM event WHERE number BETWEEN 0 AND ? - 1 ORDER BY number DESC LIMIT 1",
            [.integer(max(0, span.lowerBound))])
        guard try rows.step(), let number = rows.integer(0) else { return (0, RecordChain.start) }
        return (number &+ 1, rows.bytes(1) ?? [])
    }

    /// Everything sealed in a part of a table opens in its row, and no row is lacking.
    func checkSealed(
        _ table: String, _ columns: String, _ span: ClosedRange<Int64>, _ holds: (SQLiteStatement) -> Bool
    ) throws {
        var expected =
            try reader.number("SELECT max(number) FROM \(table) WHERE number < ?", [.integer(span.lowerBound)]) ?? 0
        expected = max(0, expected) &+ 1
        let rows = try database.select(
            "SELECT \(columns) FROM \(table) WHERE number BETWEEN ? AND ? ORDER BY number",
            [.integer(span.lowerBound), .integer(span.upperBound)])
        while try rows.step() {
            let number = rows.integer(0) ?? 0
            if number > expected { report(.missingRow, "\(Self.span(table, expected, number - 1)) missing") }
            if number < expected || !holds(rows) { report(.brokenSeal, "\(table) \(number) is not what was written") }
            expected = max(expected, number &+ 1)
        }
        guard span.upperBound == .max else { return }
        // The last event tells how many rows there were with it.
        let least = try reader.number("SELECT \(table)s FROM event ORDER BY number DESC LIMIT 1") ?? 0
        if expected <= least { report(.missingRow, "\(Self.span(table, expected, least)) missing") }
    }

    func checkPacks() throws {
        let rows = try database.select("SELECT digest, bytes FROM pack ORDER BY digest")
        while try rows.step() {
            let digest = rows.string(0) ?? ""
            if rows.bytes(1).map(RecordWriter.digest(ofPack:)) != digest {
                report(.brokenPack, "the pack \(digest.prefix(64)) is not what its digest says")
            }
        }
    }

    func check(_ anchor: RecordHead) throws {
        let origin = reader.origin
        if anchor.file != origin.file {
            if origin.before.contains(anchor.text) { return }
            let isEarlier = origin.before.contains { RecordHead($0)?.file == anchor.file }
            return report(
                .otherFile,
                isEarlier
                    ? "the anchor was taken before the keys were changed, and of that chain only its end is known; anchor the head anew"
                    : "the anchor is of the file \(anchor.file), and this one is \(origin.file): it was put in its place"
            )
        }
        let head = try reader.head
        guard anchor.number <= head.number else {
            return report(
                .cutTail,
                "the file ends with event \(head.number), and event \(anchor.number) was anchored: its tail was cut, or an older copy was put back"
            )
        }
        let rows = try database.select("SELECT hash FROM event WHERE number = ?", [.integer(anchor.number)])
        guard try rows.step(), let hash = rows.bytes(0), Hexadecimal.text(hash) == anchor.hash else {
            return report(.otherEvent, "event \(anchor.number) is not the one that was anchored")
        }
    }

    private static func span(_ what: String, _ first: Int64, _ last: Int64) -> String {
        first == last ? "\(what) \(first) is" : "\(what)s \(first) to \(last) are"
    }
}
