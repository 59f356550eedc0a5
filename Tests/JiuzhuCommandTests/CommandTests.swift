import Foundation
import Testing

@Suite("The command")
struct CommandTests {
    static let household =
        "{\"id\": \"T-1\", \"area\": \"231025\", \"residence\": \"urban\", \"members\": [{\"relation\": \"self\"}]}"

    static func assess(_ more: [String], input: String = household) throws -> CommandRun {
        try CommandRun(["assess", "-", "--policy", "heilongjiang", "--date", "2025-03-05"] + more, input: input)
    }

    @Test("One household from standard input, in Chinese unless told")
    func text() throws {
        let run = try Self.assess([])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.hasPrefix("黑龙江省牡丹江市林口县  申请日 2025-03-05  首次申请\n家庭编号 T-1\n"))
        #expect(!run.output.contains("计算过程"))
    }

    @Test("A list of households, each with what it says of itself, in the order of the file")
    func list() throws {
        let run = try Self.assess(
            ["--language", "en", "--stage", "review"], input: "[\(Self.household), {\"id\": \"T-2\"}]")
        #expect(run.status == 0)
        let first = try #require(run.output.range(of: "household T-1"))
        let second = try #require(run.output.range(of: "household T-2"))
        #expect(first.lowerBound < second.lowerBound)
        #expect(run.output.contains("day of review 2025-03-05, review of a running grant"))
    }

    @Test("An empty list is no household, and no mistake")
    func nobody() throws {
        let run = try Self.assess(["--format", "json"], input: "[]")
        #expect(run.status == 0)
        #expect(run.output.hasSuffix("\"households\": []\n}\n"))
        #expect(try Self.assess([], input: "[]").output.isEmpty)
    }

    @Test("JSON and YAML of the same household give the same bytes")
    func yaml() throws {
        let yaml = "id: T-1\narea: 231025\nresidence: urban\nmembers:\n  - relation: self\n"
        let fromYAML = try Self.assess(["--format", "json", "--input", "yaml", "--explain"], input: yaml)
        let fromJSON = try Self.assess(["--format", "json", "--explain"])
        #expect(fromYAML.status == 0)
        #expect(fromYAML.output == fromJSON.output)
        #expect(fromJSON.output.hasPrefix("{\n  \"schema\": 1,\n"))
        #expect(fromJSON.output.contains("\"steps\": ["))
        #expect(try JSONSerialization.jsonObject(with: Data(fromJSON.output.utf8)) is [String: Any])
    }

    @Test("Three runs give the same bytes")
    func repeatable() throws {
        let first = try Self.assess(["--explain", "--format", "json"])
        for _ in 0..<2 { #expect(try Self.assess(["--explain", "--format", "json"]).output == first.output) }
    }

    @Test("Without a date it is today in China, and the result says which day that is")
    func today() throws {
        let run = try CommandRun(["assess", "-", "--policy", "heilongjiang"], input: Self.household)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 8 * 3600))
        let now = calendar.dateComponents([.year, .month, .day], from: Date())
        let year = try #require(now.year)
        #expect(run.output.contains("申请日 \(year)-"))
    }

    @Test(
        "A wrong command line is 64",
        arguments: [
            ["assess"], ["assess", "-"], ["assess", "-", "--policy", "heilongjiang", "--date", "2025-02-30"],
            ["assess", "-", "--policy", "heilongjiang", "--stage", "twice"], ["asess"],
        ])
    func usage(_ arguments: [String]) throws {
        let run = try CommandRun(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("Error: "))
    }

    @Test("A file that cannot be read is 74")
    func unreadable() throws {
        for file in ["/nonexistent/household.json", "/"] {
            let run = try CommandRun(["assess", file, "--policy", "heilongjiang"])
            #expect(run.status == 74)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("\(file): error: the file cannot be read: "))
        }
    }

    @Test("The help says how the command ends")
    func help() throws {
        let run = try CommandRun(["assess", "--help"])
        #expect(run.status == 0)
        for status in ["0   done", "1   the input file", "2   the policy", "64  the command line", "74  a file"] {
            #expect(run.output.contains(status))
        }
    }

    @Test("Facts, their JSON Schema, and the version")
    func others() throws {
        #expect(try CommandRun(["facts", "--language", "en"]).output.contains("income.wages"))
        let schema = try CommandRun(["facts", "--json-schema"]).output
        #expect(!schema.contains("\"decided\""))
        let own = try CommandRun(["facts", "--policy", "heilongjiang"])
        #expect(own.status == 0 && own.output.contains("decided.each"))
        #expect(own.output.contains("单人保每人金额(由地方或经办人员确定)"))
        #expect(try CommandRun(["facts", "--policy", "heilongjiang", "--json-schema"]).output.contains("\"decided\""))
        let none = try CommandRun(["facts", "--policy", "heilongjian"])
        #expect(none.status == 2 && none.output.isEmpty)
        #expect(none.errors.contains("there is no policy 'heilongjian' in 'Policies'; did you mean 'heilongjiang'?"))
        let published = try String(
            contentsOfFile: CommandRun.repository + "/docs/schema/household-1.schema.json", encoding: .utf8)
        #expect(schema == published)
        #expect(try CommandRun(["--version"]).output.split(separator: ".").count == 3)
    }
}

@Suite("Bad policy on the command line")
struct BadPolicyTests {
    static func assess(_ policy: String, in folder: String) throws -> CommandRun {
        try CommandRun(["assess", "-", "--policy", policy, "--policies", folder, "--date", "2030-03-05"], input: "{}")
    }

    @Test(
        "A path that is no policy's is 2, with the name probably meant",
        arguments: [
            ("heilongjang", "did you mean 'heilongjiang'?"), ("heilongjiang/harbn", "did you mean 'harbin'?"),
            ("../Policies/heilongjiang", "there is no policy '..'"), ("", "the path of a policy is empty"),
        ])
    func path(_ policy: String, _ says: String) throws {
        let run = try Self.assess(policy, in: "Policies")
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(says))
        #expect(run.errors.hasSuffix("[no-policy]\n"))
    }

    @Test("A folder that is not there is 2")
    func folder() throws {
        let run = try Self.assess("heilongjiang", in: "/nonexistent")
        #expect(run.status == 2)
        #expect(run.errors.contains("--policies"))
    }

    @Test("All mistakes of a policy are said with their places, and nothing is decided")
    func mistakes() throws {
        let folder = try Scratch()
        _ = try folder.write("area: 000000 全国\nareas:\n  - 230000 黑龙江省\n", to: "china/areas.yaml")
        _ = try folder.write("area: 230000 黑龙江省\nplaces: []\n", to: "example/areas.yaml")
        let file = try folder.write(
            "area: 230000 黑龙江省\nfrom: 2030-01-01\nsource: nowhere\nfigures:\n  standard: {unit: yuan/month, is: 900}\nlow-incme:\n  line: standard\n",
            to: "example/standard.yaml")
        let run = try Self.assess("example", in: folder.path)
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(
            lines.contains {
                $0.hasPrefix("\(folder.path)/example/areas.yaml:2:1: error: ") && $0.hasSuffix("[unknown-key]")
            })
        #expect(lines.contains { $0.hasPrefix("\(file):3:") && $0.hasSuffix("[unknown-document]") })
        #expect(lines.contains { $0.hasPrefix("\(file):6:1: error: ") && $0.contains("did you mean 'low-income'?") })
    }
}
