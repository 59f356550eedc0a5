import AssistanceStorage
import Foundation
import Testing

@Suite("Files that appear whole or not at all")
struct PendingFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jiuzhu-\(UUID().uuidString)")
        .path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

    @Test("A file has its name once it is complete, and no other file is left")
    func commits() throws {
        let file = try PendingFile(folder + "/a.txt")
        try file.write(Array("whole".utf8))
        #expect(!names.contains("a.txt"))
        try file.commit()
        #expect(names == ["a.txt"])
        #expect(try String(contentsOfFile: folder + "/a.txt", encoding: .utf8) == "whole")
    }

    @Test("A file that is let go leaves what was there, and nothing else")
    func discards() throws {
        try Data("old".utf8).write(to: URL(fileURLWithPath: folder + "/a.txt"))
        do {
            let file = try PendingFile(folder + "/a.txt")
            try file.write(Array("new".utf8))
        }
        #expect(names == ["a.txt"])
        #expect(try String(contentsOfFile: folder + "/a.txt", encoding: .utf8) == "old")
    }

    @Test("A folder that is let go is gone with its files; one that is committed is there")
    func folders() throws {
        do {
            let pending = try PendingFolder(folder + "/tables/")
            try pending.file("a.csv").commit()
            let open = try pending.file("b.csv")
            try open.write([1])
            #expect(open.path == folder + "/tables/b.csv")
        }
        #expect(names == [])
        let pending = try PendingFolder(folder + "/tables/")
        try pending.file("a.csv").commit()
        try pending.commit()
        #expect(names == ["tables"])
        #expect(throws: StorageProblem.self) {
            let again = try PendingFolder(folder + "/tables/")
            try again.file("b.csv").commit()
            try again.commit()
        }
        #expect(names == ["tables"])
    }

    @Test("Where a file cannot be, the problem names it")
    func problems() {
        #expect(throws: StorageProblem("/nowhere/a", "the file cannot be written: No such file or directory")) {
            try PendingFile("/nowhere/a")
        }
    }

    @Test("What is no regular file is written to as it is, and a full one says so")
    func devices() throws {
        let full = try PendingFile("/dev/full")
        #expect(full.place == "/dev/full")
        #expect(throws: StorageProblem("/dev/full", "the file cannot be written: No space left on device")) {
            try full.write([1])
        }
        #expect(FileManager.default.fileExists(atPath: "/dev/full"))
    }

    @Test("A database of prepared statements, its owner's alone; what is no database says so")
    func databases() throws {
        let file = try PendingFile(folder + "/a.db", isPrivate: true)
        let database = try SQLiteDatabase(file.place, named: "a.db", isReadOnly: false)
        try database.run("CREATE TABLE t (a INTEGER, b TEXT)")
        let insert = try database.prepare("INSERT INTO t VALUES (?, ?)")
        try insert.run([.integer(7), .text("哈尔滨")])
        try insert.run([.null, .text("")])
        try file.commit()
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/a.db")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let rows = try SQLiteDatabase(folder + "/a.db", isReadOnly: true).prepare("SELECT * FROM t ORDER BY rowid")
        #expect(rows.columns == ["a", "b"])
        #expect(try rows.step())
        #expect(rows.text(0) == Array("7".utf8) && rows.text(1) == Array("哈尔滨".utf8))
        #expect(try rows.step())
        #expect(rows.text(0) == nil && rows.text(1) == [])
        #expect(try !rows.step())

        try Data("this is a text, and no database at all".utf8).write(to: URL(fileURLWithPath: folder + "/b.db"))
        let problem = StorageProblem(
            "b.db", "the database cannot be read or written: file is not a database", cause: .notADatabase)
        #expect(throws: problem) {
            try SQLiteDatabase(folder + "/b.db", named: "b.db", isReadOnly: true).prepare("SELECT * FROM t")
        }
    }
}
