import AssistanceStorage

/// 核验: what a verification found.
public struct RecordVerification: Sendable {
    /// The last event; nil where it cannot be read.
    public let head: RecordHead?
    /// How many events were read, with the log of reads.
    public let events: Int64
    /// What is wrong, in the order in which it was found; at most 100 problems.
    public let problems: [RecordProblem]

    /// Whether everything is what was written.
    public var isWhole: Bool { problems.isEmpty }

    /// The same with what users of the store have found in tables of their own.
    public func adding(_ found: [RecordProblem]) -> RecordVerification {
        RecordVerification(head: head, events: events, problems: problems + found)
    }
}

extension RecordStore {
    /// Reads all of the file and says what is not what was written: pages, the chain, everything sealed, and packs.
    ///
    /// What a tail lost since the last anchor cannot be seen without that anchor, nor what was sealed after the last event.
    ///
    /// - Parameters:
    ///   - anchor: A head that was kept outside; the file must hold it.
    ///   - replay: Is given every event of the users in order, as long as the chain holds; its errors are thrown.
    public func verify(
        anchor: RecordHead?, replay: (RecordEvent) throws -> Void
    ) throws -> RecordVerification {
        try read { reader in
            let verifier = RecordVerifier(reader)
            verifier.part { try verifier.checkPages() }
            verifier.part { try verifier.checkTables() }
            try verifier.checkEvents(replay)
            verifier.part { try verifier.checkSealed() }
            verifier.part { try verifier.checkPacks() }
            if let anchor { verifier.part { try verifier.check(anchor) } }
            return RecordVerification(
                head: try? reader.head, events: verifier.events, problems: verifier.problems)
        }
    }
}

/// One verification.
private final class RecordVerifier {
    private let reader: RecordReader
    private var database: SQLiteDatabase { reader.database }
    private(set) var problems: [RecordProblem] = []
    private(set) var events: Int64 = 0
    /// The last event that holds, which says how many sealed rows there were.
    private var last: RecordLink?

    init(_ reader: RecordReader) { self.reader = reader }

    private func report(_ code: RecordProblem.Code, _ message: String) {
        if problems.count < 100 { problems.append(reader.problem(code, message)) }
    }

    /// Runs one part; what cannot be read is a finding, and the next part goes on.
    func part(_ body: () throws -> Void) {
        do { try body() } catch {
            let problem = RecordProblem(of: error, path: database.path)
            report(problem.code, problem.message)
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

    func checkEvents(_ replay: (RecordEvent) throws -> Void) throws {
        var chain = RecordChain(reader.keys)
        var (expected, previous) = (Int64(0), RecordChain.start)
        // Events behind one that does not hold are not replayed: nobody knows what came before them.
        var isReplayed = true
        var rows: SQLiteStatement?
        part { rows = try database.select("SELECT \(RecordLink.columns) FROM event ORDER BY number") }
        while let row = rows {
            var isRow = false
            part { isRow = try row.step() }
            guard isRow else { break }
            let number = row.integer(0) ?? expected
            events += 1
            let isNext = number == expected
            if number > expected {
                report(.missingEvent, "\(Self.span("event", expected, number - 1)) missing")
            }
            guard let link = RecordLink(row), number >= expected, expected != .max else {
                report(.brokenEvent, "event \(number) is not what was written")
                (expected, isReplayed) = (max(expected, number &+ 1), false)
                continue
            }
            // Without the one before it nothing can be said of an event; those behind it are checked again.
            if isNext, !chain.holds(link, after: previous) {
                report(.brokenEvent, "event \(number) is not what was written, or does not follow the one before it")
                isReplayed = false
            } else {
                last = link
                isReplayed = isReplayed && isNext
            }
            if isReplayed, !link.event.kind.hasPrefix(RecordKind.own) { try replay(link.event) }
            (expected, previous) = (number &+ 1, link.hash)
        }
    }

    func checkSealed() throws {
        let (keys, file) = (reader.keys, reader.origin.file)
        try checkSealed("document", SealedDocument.columns, atLeast: last?.documents ?? 0) {
            SealedDocument($0)?.opened(file: file, keys: keys) != nil
        }
        try checkSealed("person", SealedPerson.columns, atLeast: last?.persons ?? 0) {
            SealedPerson($0)?.opened(file: file, keys: keys) != nil
        }
    }

    private func checkSealed(
        _ table: String, _ columns: String, atLeast least: Int64, _ holds: (SQLiteStatement) -> Bool
    ) throws {
        var expected: Int64 = 1
        let rows = try database.select("SELECT \(columns) FROM \(table) ORDER BY number")
        while try rows.step() {
            let number = rows.integer(0) ?? 0
            if number > expected { report(.missingRow, "\(Self.span(table, expected, number - 1)) missing") }
            if number < expected || !holds(rows) { report(.brokenSeal, "\(table) \(number) is not what was written") }
            expected = max(expected, number &+ 1)
        }
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
