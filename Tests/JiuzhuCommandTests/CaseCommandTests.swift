import Foundation
import Testing

/// A file of cases in a folder of its own, and the command with what every call needs.
struct CommandDesk {
    let folder: Scratch
    let file: String
    let key: String

    init() throws {
        folder = try Scratch()
        (file, key) = (folder.path + "/cases.db", try Self.key(in: folder, byte: 7, "cases.key"))
        #expect(try CommandRun(["store", "init", file, "--key", key]).status == 0)
    }

    /// A key of 32 bytes that is its owner's alone.
    static func key(in folder: Scratch, byte: UInt8, _ name: String) throws -> String {
        let path = try folder.write(Data(repeating: byte, count: 32), to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    static let policy = ["--policy", "heilongjiang/mudanjiang"]
    static let clerk = ["--actor", "clerk-1", "--role", "clerk", "--office", "231025100"]
    static let application =
        #"{"step": "apply", "day": "2026-06-01", "programs": ["low-income"], "area": "231025100", "people": [{"citizen_number": "11010519491231002X", "name": "张桂兰"}, {"citizen_number": "440524188001010014", "name": "李长顺"}]}"#

    func store(_ command: String, _ more: [String] = []) throws -> CommandRun {
        try CommandRun(["store", command, file, "--key", key] + more)
    }

    func open(_ request: String = application, _ more: [String] = []) throws -> CommandRun {
        try CommandRun(
            ["case", "open", file, "--key", key, "--request", "-"]
                + ["--document", "Examples/households/elderly-couple.json"] + Self.clerk + Self.policy + more,
            input: request)
    }

    func advance(_ words: [String], by actor: [String] = clerk) throws -> CommandRun {
        try CommandRun(["case", "advance", file] + words + ["--key", key] + actor + Self.policy)
    }

    /// A list for the county.
    func list(_ command: String, _ more: [String]) throws -> CommandRun {
        try CommandRun(
            ["case", command, file, "--key", key, "--actor", "s-1", "--role", "supervisor", "--office", "231025"] + more
        )
    }

    func show(_ number: String, _ more: [String] = []) throws -> CommandRun {
        try CommandRun(["case", "show", file, number, "--key", key] + Self.clerk + Self.policy + more)
    }
}

@Suite("The commands store and case")
struct CaseCommandTests {
    @Test("A case is opened, advanced, shown and listed, and the file is whole")
    func wholeWay() throws {
        let desk = try CommandDesk()
        let anchor = try desk.folder.write(try desk.store("anchor").output, to: "anchor")
        #expect(try desk.open().output == "1  231025100  已申请  申请 2026-06-01\n")
        let accepted = try desk.advance(["1", "accept", "--day", "2026-06-02"])
        #expect(accepted.output == "1  231025100  已受理  申请 2026-06-01  确认期限 2026-07-15\n")
        let permission = try desk.folder.write(
            #"{"step": "authorize", "day": "2026-06-02", "members": [0, 1], "from": "2026-06-02", "until": "2027-06-01"}"#,
            to: "permission.json")
        #expect(try desk.advance(["1", "--request", permission]).errors.isEmpty)
        let shown = try desk.show("1", ["--day", "2026-06-03", "--format", "json"])
        let value = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        #expect(value?["stage"] as? String == "accepted")
        #expect(
            (value?["history"] as? [[String: Any]])?.map { $0["step"] as? String } == ["apply", "accept", "authorize"])
        #expect(!shown.output.contains("张桂兰"))
        #expect(try desk.show("1", ["--persons"]).output.contains("张桂兰  11010519491231002X"))
        #expect(try desk.list("list", ["--stage", "accepted"]).output.hasPrefix("1  231025100"))
        #expect(try desk.list("list", ["--area", "2302"]).status == 64)
        #expect(try desk.list("list", ["--area", "231025101"]).output == "没有个案\n")
        let elsewhere = try desk.list("list", ["--area", "230200"])
        #expect(elsewhere.status == 5)
        #expect(
            elsewhere.errors
                == "\(desk.file): error: the cases of 230200 are not shown to an office of 231025; ask the office it belongs to\n"
        )
        #expect(
            try desk.list("overdue", ["--area", "231025100", "--day", "2026-07-16", "--language", "en"]).output
                == "1  231025100  accepted  applied 2026-06-01  confirm due 2026-07-15\n")
        #expect(try desk.list("review", ["--format", "json"]).output.contains(#""cases": []"#))
        let verified = try desk.store("verify", ["--anchor", anchor])
        // Three steps, and that names were read.
        #expect(verified.output == "\(desk.file) is whole up to event 4, and holds event 0 as it was anchored\n")
    }

    @Test("A backup opens with the key, and after a change of keys only the new one opens the file")
    func keys() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        let copy = desk.folder.path + "/copy.db"
        #expect(try desk.store("backup", [copy]).status == 0)
        let again = try desk.store("backup", [copy])
        #expect(again.status == 74)
        #expect(again.errors == "\(copy): error: there is a file of this name already; choose another\n")
        let other = try CommandDesk.key(in: desk.folder, byte: 9, "other.key")
        let anchor = try desk.store("rekey", ["--new-key", other])
        #expect(anchor.status == 0 && anchor.output.contains(".1."))
        let old = try desk.store("stats")
        #expect(old.status == 1)
        #expect(old.errors.contains("the file was sealed with the keys "))
        #expect(
            try CommandRun(["store", "stats", desk.file, "--key", other]).output.hasPrefix(
                "1 events, 1 documents, 2 persons,"))
        #expect(try CommandRun(["store", "verify", copy, "--key", desk.key]).status == 0)
    }

    @Test("A file that was cut off is found with its anchor, and one that was edited without")
    func tampered() throws {
        let desk = try CommandDesk()
        let copy = desk.folder.path + "/old.db"
        _ = try desk.store("backup", [copy])
        _ = try desk.open()
        let anchor = try desk.folder.write(try desk.store("anchor").output, to: "anchor")
        let older = try CommandRun(["store", "verify", copy, "--key", desk.key, "--anchor", anchor])
        #expect(older.status == 1)
        #expect(older.output.isEmpty)
        #expect(
            older.errors
                == "\(copy): error: the file ends with event 0, and event 1 was anchored: its tail was cut, or an older copy was put back\n"
        )
        let wrong = try desk.folder.write("event 1\n", to: "wrong")
        #expect(
            try desk.store("verify", ["--anchor", wrong]).errors
                == "\(wrong): error: an anchor was expected: the one line that 'jiuzhu store anchor' prints\n")
    }

    @Test("A key that others may read, is too short, or is not there opens nothing")
    func wrongKeys() throws {
        let desk = try CommandDesk()
        func errors(_ key: String) throws -> (Int32, String) {
            let run = try CommandRun(["store", "stats", desk.file, "--key", key])
            #expect(run.output.isEmpty)
            return (run.status, run.errors)
        }
        let open = try desk.folder.write(Data(repeating: 7, count: 32), to: "open.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: open)
        #expect(
            try errors(open) == (
                1, "\(open): error: others may read or write the key; take that right away with chmod 600\n"
            ))
        for (count, message) in [
            (31, "the secret has 31 bytes, and 32 to 64 were expected; take 32 random bytes"),
            (65, "a key has 32 to 64 bytes, and this has more"),
        ] {
            let path = try desk.folder.write(Data(repeating: 7, count: count), to: "\(count).key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(try errors(path) == (1, "\(path): error: \(message)\n"))
        }
        let absent = desk.folder.path + "/absent.key"
        #expect(
            try errors(absent) == (
                74, "\(absent): error: the file cannot be read: No such file or directory\n"
            ))
        let other = try CommandDesk.key(in: desk.folder, byte: 8, "other.key")
        #expect(try errors(other).0 == 1)
        #expect(try errors(other).1.contains("give the secret of this file"))
    }

    @Test("A file that is not there, and one that is something else")
    func wrongFiles() throws {
        let desk = try CommandDesk()
        let absent = try CommandRun(["case", "list", "/nowhere.db", "--key", desk.key] + CommandDesk.clerk)
        #expect(absent.status == 74)
        #expect(
            absent.errors == "/nowhere.db: error: there is no file of this name; name one that is there, or create it\n"
        )
        let other = try desk.folder.write("{}", to: "other.db")
        let notOurs = try CommandRun(["store", "stats", other, "--key", desk.key])
        #expect(notOurs.status == 1)
        #expect(notOurs.errors.hasPrefix("\(other): error: the file is no store of records"))
        #expect(try desk.store("init").status == 74)
    }

    @Test("A refused step names its code, what forbids it and the rule, and changes nothing")
    func refused() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        let anchor = try desk.store("anchor").output
        let role = try desk.advance(
            ["1", "accept", "--day", "2026-06-02"],
            by: ["--actor", "r-1", "--role", "reviewer", "--office", "231025100"])
        #expect(role.status == 5)
        #expect(role.output.isEmpty)
        #expect(
            role.errors.hasPrefix(
                "jiuzhu: error: accept: refused (wrong-role): reviewer may not do it, but clerk (《"))
        #expect(role.errors.contains("china/procedure.yaml:"))
        let early = try desk.advance(["1", "assess", "--day", "2026-06-02"])
        #expect(early.status == 5)
        #expect(
            early.errors.hasPrefix(
                "jiuzhu: error: assess: refused (illegal-transition): the case is applied (已申请); "))
        let fields = try desk.advance(["1", "accept", "--day", "2026-06-02", "--sum", "1.00"])
        #expect(fields.errors == "jiuzhu: error: accept: refused (wrong-fields): it has no sum\n")
        let member = try desk.advance(
            ["1", "authorize", "--day", "2026-06-02", "--member", "7", "--from", "2026-06-02", "--until", "2027-06-01"])
        #expect(member.errors == "jiuzhu: error: authorize: refused (not-of-case): members are numbered from 0 to 1\n")
        let elsewhere = try CommandRun(
            ["case", "show", desk.file, "1", "--key", desk.key, "--persons", "--actor", "c-9", "--role", "clerk"]
                + ["--office", "231025101"] + CommandDesk.policy)
        #expect(elsewhere.status == 5)
        #expect(elsewhere.output.isEmpty)
        #expect(
            elsewhere.errors
                == "\(desk.file): error: case 1 does not belong to 231025101; ask the office that it belongs to\n")
        #expect(try desk.store("anchor").output == anchor)
    }

    @Test("A case that is none, a request and a household that are wrong are named with their places")
    func wrongInput() throws {
        let desk = try CommandDesk()
        let none = try desk.advance(["7", "accept", "--day", "2026-06-02"])
        #expect(none.status == 1)
        #expect(none.errors == "jiuzhu: error: the file has no case 7; 'jiuzhu case list' shows those it has\n")
        let request = try desk.open(#"{"step": "apply", "day": "2026-06-31", "program": []}"#)
        #expect(request.status == 1)
        #expect(
            request.errors
                == """
                <stdin>:1:26: error: day: a day of the calendar, written as 2026-01-31, was expected [bad-date]
                <stdin>:1:51: error: there is no key 'program' here; did you mean 'programs'? [unknown-key]

                """)
        let household = try desk.folder.write(#"{"memberz": []}"#, to: "h.json")
        let asked = try desk.folder.write(CommandDesk.application, to: "a.json")
        let wrong = try CommandRun(
            ["case", "open", desk.file, "--key", desk.key, "--request", asked, "--document", household]
                + CommandDesk.clerk + CommandDesk.policy)
        #expect(wrong.status == 1)
        #expect(wrong.errors.hasPrefix("\(household):1:2: error: "))
        #expect(wrong.errors.contains("did you mean 'members'?"))
    }

    @Test("A command line that contradicts itself is refused before anything is opened")
    func commandLine() throws {
        let desk = try CommandDesk()
        let both = try desk.advance(["1", "accept", "--day", "2026-06-02", "--request", "-"])
        #expect(both.status == 64)
        #expect(both.errors.contains("name a step with its options, or with --request a file that holds both"))
        #expect(try desk.advance(["1", "accept"]).errors.contains("--day says on which day the step was done"))
        #expect(try desk.advance(["1", "acept", "--day", "2026-06-02"]).status == 64)
        let actor = try desk.advance(
            ["1", "accept", "--day", "2026-06-02"],
            by: ["--actor", "张三", "--role", "clerk", "--office", "231025100"])
        #expect(actor.status == 64)
        #expect(actor.errors.contains("--actor is 1 to 64 letters, digits, '.', '_' and '-'"))
        let office = try desk.advance(
            ["1", "accept", "--day", "2026-06-02"], by: ["--actor", "c", "--role", "clerk", "--office", "23"])
        #expect(office.status == 64)
        #expect(office.errors.contains("a division code has 6, 9 or 12 digits"))
    }
}
