import Foundation
import Testing

/// A household file that is wrong, and what is said of it.
struct BadInput: Sendable, CustomTestStringConvertible {
    let name: String
    var file = "household.json"
    let data: Data
    /// `line:column` of the error.
    let place: String
    let code: String
    /// A part of the message.
    let says: String
    /// What must not be in the message.
    var secret: String?

    var testDescription: String { name }

    init(
        _ name: String, file: String = "household.json", _ data: Data, at place: String, _ code: String, _ says: String,
        secret: String? = nil
    ) {
        self.name = name
        self.file = file
        self.data = data
        self.place = place
        self.code = code
        self.says = says
        self.secret = secret
    }

    init(
        _ name: String, file: String = "household.json", _ text: String, at place: String, _ code: String,
        _ says: String,
        secret: String? = nil
    ) {
        self.init(name, file: file, Data(text.utf8), at: place, code, says, secret: secret)
    }

    /// A household of one member with one more fact.
    private static func member(_ fact: String) -> String { "{\"members\": [\n{\"relation\": \"self\",\n\(fact)}]}" }

    static let all: [BadInput] = [
        BadInput("empty", "", at: "1:1", "empty-input", "the text is empty"),
        BadInput("empty YAML", file: "h.yaml", "", at: "1:1", "empty-input", "empty"),
        BadInput("only spaces", " \n\n", at: "1:1", "empty-input", "the text is empty"),
        BadInput("a number alone", "42", at: "1:1", "wrong-type", "a household object or a list of them"),
        BadInput(
            "wages as text", member("\"income\": {\"wages\": \"36000\"}"), at: "3:21", "wrong-type", "without quotes"),
        BadInput(
            "negative wages", member("\"income\": {\"wages\": -1}"), at: "3:21", "out-of-range",
            "members[0].income.wages"),
        BadInput(
            "negative wages in YAML", file: "h.yml", "members:\n  - income:\n      wages: -1\n", at: "3:14",
            "out-of-range",
            "members[0].income.wages"),
        BadInput(
            "three decimals", member("\"income\": {\"wages\": 1.005}"), at: "3:21", "too-many-decimals",
            "nothing is rounded"),
        BadInput(
            "41 members", "{\"members\": [" + Array(repeating: "{}", count: 41).joined(separator: ",\n") + "]}",
            at: "41:1",
            "too-many-entries", "at most 40"),
        BadInput(
            "impossible date", member("\"birth\": \"2001-02-29\""), at: "3:10", "bad-date", "a day of the calendar"),
        BadInput(
            "born after the assessment", member("\"birth\": \"2030-03-06\""), at: "3:10", "birth-after-assessment",
            "2030-03-05"),
        BadInput(
            "bad check character", member("\"citizen_number\": \"110105194912310021\""), at: "3:19",
            "bad-citizen-number",
            "does not agree", secret: "110105194912310021"),
        BadInput(
            "citizen number as a number", member("\"citizen_number\": 11010519491231002"), at: "3:19", "wrong-type",
            "members[0].citizen_number", secret: "11010519491231002"),
        BadInput("unknown area", "{\"area\": \"230199\"}", at: "1:1", "unknown-area", "230100 哈尔滨市"),
        BadInput(
            "area elsewhere", "[{},\n {\"area\": \"210100\"}]", at: "2:2", "area-outside-policy", "households[1].area"),
        BadInput(
            "unknown fact", member("\"incme\": {\"wages\": 1}"), at: "3:1", "unknown-fact", "did you mean 'income'?"),
        BadInput("a name as a key", "{\"张三丰\": 1}", at: "1:2", "unknown-fact", "no fact", secret: "张三丰"),
        BadInput(
            "a number as a key", "{\"110105194912310021\": 1}", at: "1:2", "unknown-fact", "no fact",
            secret: "110105194912310021"),
        BadInput(
            "unknown code", member("\"marriage\": \"maried\""), at: "3:13", "unknown-code", "did you mean 'married'?"),
        BadInput("duplicate key", "{\"homes\": 1,\n\"homes\": 2}", at: "2:1", "duplicate-key", "homes"),
        BadInput("duplicate key in YAML", file: "h.yaml", "homes: 1\nhomes: 2\n", at: "2:1", "duplicate-key", "twice"),
        BadInput("broken UTF-8", Data("{\"id\":\n\"".utf8) + [0xFF, 0x22, 0x7D], at: "2:2", "invalid-utf8", "UTF-8"),
        BadInput("byte-order mark", Data([0xEF, 0xBB, 0xBF, 0x7B, 0x7D]), at: "1:1", "byte-order-mark", "UTF-8"),
        BadInput(
            "byte-order mark in YAML", file: "h.yaml", Data([0xEF, 0xBB, 0xBF]) + Data("homes: 1\n".utf8), at: "1:1",
            "byte-order-mark", "UTF-8"),
        BadInput(
            "400 digits", member("\"income\": {\"wages\": \(String(repeating: "9", count: 400))}"), at: "3:21",
            "literal-range", "64 characters"),
        BadInput("cut short", "{\"homes\": 1", at: "1:12", "json-syntax", "expected"),
        BadInput("a later form", "{\"schema\": 2, \"homes\": 1}", at: "1:12", "schema-version", "1 was expected"),
    ]
}

@Suite("Bad household files")
struct BadInputTests {
    /// The command over a file, and what must hold whatever the mistake is.
    static func run(_ file: String, _ more: [String] = []) throws -> CommandRun {
        let run = try CommandRun(["assess", file, "--policy", "heilongjiang", "--date", "2030-03-05"] + more)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        return run
    }

    @Test("Each mistake is one error with its place", arguments: BadInput.all)
    func mistake(_ input: BadInput) throws {
        let folder = try Scratch()
        let file = try folder.write(input.data, to: input.file)
        let run = try Self.run(file)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 1, "\(run.errors)")
        let line = lines.first ?? ""
        #expect(line.hasPrefix("\(file):\(input.place): error: "), "\(line)")
        #expect(line.hasSuffix("[\(input.code)]"), "\(line)")
        #expect(line.contains(input.says), "\(line)")
        if let secret = input.secret { #expect(!run.errors.contains(secret)) }
    }

    @Test("Any number of opening brackets is one error", arguments: [1, 2, 3, 63, 64, 65, 66, 512, 513, 1_000, 2_000])
    func brackets(_ count: Int) throws {
        let folder = try Scratch()
        for name in ["h.json", "h.yaml"] {
            let run = try Self.run(try folder.write(String(repeating: "[", count: count), to: name))
            let code = name == "h.json" ? "json-syntax" : "yaml-syntax"
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
            #expect(run.errors.hasSuffix(count > 64 ? "[too-deep]\n" : "[\(code)]\n"), "\(run.errors)")
        }
    }

    @Test("A file of 100 MB is refused before it is read whole")
    func large() throws {
        let folder = try Scratch()
        for name in ["h.json", "h.yaml"] {
            let file = try folder.write("", to: name)
            let handle = try #require(FileHandle(forWritingAtPath: file))
            try handle.truncate(atOffset: 100_000_000)
            try handle.close()
            let run = try Self.run(file)
            #expect(run.errors.hasPrefix("\(file):1:1: error: at most 64 MB"))
            #expect(run.errors.hasSuffix("[too-large]\n"))
        }
    }

    @Test("Several mistakes are all said, in their order")
    func several() throws {
        let folder = try Scratch()
        let file = try folder.write(
            "[{\"homes\": -1},\n{\"residence\": \"town\"},\n{\"area\": \"230102\", \"mony\": 1}]", to: "h.json")
        let run = try Self.run(file)
        let codes = run.errors.split(separator: "\n").compactMap { $0.split(separator: "[").last }
        #expect(codes == ["out-of-range]", "unknown-code]", "unknown-fact]"])
    }

    @Test("The whole nation is no household's area")
    func nation() throws {
        let run = try CommandRun(["assess", "-", "--policy", "china"], input: "{}")
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("<stdin>:1:1: error: area: "))
        #expect(run.errors.hasSuffix("[missing-area]\n"))
    }
}
