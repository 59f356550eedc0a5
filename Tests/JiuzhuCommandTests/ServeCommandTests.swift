import Foundation
import Testing

@Suite("Answering a program line by line")
struct ServeCommandTests {
    private static let policy = ["--policy", "heilongjiang/mudanjiang", "--date", "2026-06-01"]

    /// The household of a file on one line.
    private static func line(_ name: String) throws -> String {
        let path = CommandRun.repository + "/Examples/households/" + name
        let tree = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
        return String(decoding: try JSONSerialization.data(withJSONObject: tree, options: [.sortedKeys]), as: UTF8.self)
    }

    private static func serve(_ input: String, _ more: [String] = []) throws -> (run: CommandRun, lines: [String]) {
        let run = try CommandRun(["serve", "--stdio"] + policy + more, input: input)
        #expect(run.errors.isEmpty)
        #expect(run.status == 0)
        #expect(run.output.isEmpty || run.output.hasSuffix("\n"))
        return (run, run.output.split(separator: "\n").map(String.init))
    }

    private static func tree(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    @Test("A line is answered with what assess writes as JSON, on one line", arguments: [[], ["--explain"]])
    func equalsAssess(more: [String]) throws {
        let household = try Self.line("elderly-couple.json")
        let (_, lines) = try Self.serve(household + "\n", more)
        #expect(lines.count == 1)
        let assessed = try CommandRun(["assess", "-", "--format", "json"] + Self.policy + more, input: household)
        #expect(try Self.tree(lines.first ?? "") == Self.tree(assessed.output))
    }

    @Test("Every line has its answer, in its place: wrong ones an error, and those behind them are decided")
    func keepsItsPlace() throws {
        let household = try Self.line("elderly-couple.json")
        let (_, lines) = try Self.serve("\(household)\n\n{\"homes\": 1\n[]\r\n{\"area\": \"210100\"}\n\(household)\r\n")
        try #require(lines.count == 6)
        #expect(lines[0] == lines[5])
        #expect(
            lines[1]
                == #"{"error":{"code":30,"class":4,"message":"1:1: error: a JSON value was expected, and the text is "#
                + #"empty [empty-input]","findings":[{"severity":"error","code":"empty-input","file":"","line":1,"#
                + #""column":1,"message":"a JSON value was expected, and the text is empty","suggestion":null}]}}"#)
        #expect(lines[2].hasPrefix(#"{"error":{"code":30,"class":4,"message":"1:12: error: "#))
        #expect(lines[3].hasPrefix(#"{"schema":1,"engine":""#) && lines[3].hasSuffix(#""households":[]}"#))
        #expect(lines[4].hasPrefix(#"{"error":{"code":36,"class":4,"message":"1:1: error: area: 210100 does not lie"#))
        #expect(lines[4].contains(#""code":"area-outside-policy""#))
    }

    @Test("The last line needs no line break, and no input is no answer")
    func end() throws {
        #expect(try Self.serve("[]").lines.count == 1)
        #expect(try Self.serve("").lines.isEmpty)
    }

    @Test("Bytes that are no UTF-8 are an error of their line alone")
    func encoding() throws {
        let folder = try Scratch()
        let input = try folder.write(Data("{\"id\": \"".utf8) + [0xD5, 0xC5] + Data("\"}\n[]\n".utf8), to: "input")
        let run = try CommandRun(inShell: "\"$0\" serve --stdio --policy heilongjiang < '\(input)'")
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"error":{"code":30,"#) && lines[0].contains(#""code":"invalid-utf8""#))
        #expect(lines[1].hasSuffix(#""households":[]}"#))
    }

    @Test("A line of more than 64 MB is an error, and the next is answered")
    func tooLong() throws {
        let run = try CommandRun(
            inShell: "{ head -c 67108865 /dev/zero | tr '\\0' ' '; echo; echo '[]'; }"
                + " | \"$0\" serve --stdio --policy heilongjiang")
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 2)
        #expect(
            lines[0]
                == #"{"error":{"code":10,"class":2,"message":"json has more than 67108864 bytes, or no end","findings":[]}}"#
        )
        #expect(lines[1].hasSuffix(#""households":[]}"#))
    }

    @Test("A line is answered while the input stays open")
    func answersAtOnce() throws {
        // The second line is asked only once the first was answered; otherwise `read` would wait for ever.
        let run = try CommandRun(
            inShell: "coproc SERVER { \"$0\" serve --stdio --policy heilongjiang; }; "
                + "for i in 1 2; do echo '[]' >&${SERVER[1]}; read -r -t 60 answer <&${SERVER[0]} || exit 9; "
                + "echo \"$answer\"; done")
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").count == 2)
    }

    @Test("A programme is named as it is for assess; a household's wrong member is named by its path")
    func programs() throws {
        let (_, lines) = try Self.serve(
            try Self.line("elderly-couple.json") + "\n" + #"{"members":[{"income":{"wages":-1}}]}"# + "\n",
            ["--program", "low-income"])
        try #require(lines.count == 2)
        let households = try Self.tree(lines[0])["households"] as? [[String: Any]]
        let programs = households?.first?["programs"] as? [[String: Any]] ?? []
        #expect(programs.compactMap { $0["program"] as? String } == ["low-income"])
        #expect(lines[1].contains(#""code":"out-of-range""#) && lines[1].contains("members[0].income.wages"))
    }

    @Test(
        "Nothing is served where the command line or the policy is wrong",
        arguments: [
            (["serve", "--policy", "heilongjiang"], 64, "say --stdio"),
            (["serve", "--stdio"], 64, "Missing expected argument '--policy"),
            (["serve", "--stdio", "--policy", "heilongjian"], 2, "did you mean 'heilongjiang'?"),
            (
                ["serve", "--stdio", "--policy", "heilongjiang", "--program", "low"], 64,
                "there is no programme 'low'. There are low-income, "
            ),
        ])
    func refuses(arguments: [String], status: Int32, says: String) throws {
        let run = try CommandRun(arguments, input: "[]\n")
        #expect(run.status == status)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(says), "\(run.errors)")
    }
}
