import Foundation
import Testing

@Suite("Packs, replay and back pay on the command line")
struct PackCommandTests {
    private static let fixtures = "Tests/Fixtures/policies"
    private static let household =
        "{\"id\": \"T-1\", \"residence\": \"urban\", \"members\": [{\"birth\": \"1990-01-01\", \"disability\": \"none\", \"income\": {\"wages\": 2400, \"others\": \"none\"}}]}"

    private static func pack(_ folder: Scratch, _ jurisdiction: String = "late") throws -> String {
        let path = folder.path + "/\(jurisdiction).pack"
        let run = try CommandRun(["policy", "pack", fixtures + "/" + jurisdiction, "-o", path])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        return path
    }

    private static func assess(_ policy: [String], _ date: String = "2023-06-01") throws -> CommandRun {
        try CommandRun(
            ["assess", "-", "--date", date, "--explain", "--format", "json"] + policy, input: household)
    }

    @Test("two packs of a tree are the same bytes, whatever its files' dates, order and place")
    func canonical() throws {
        let folder = try Scratch()
        let pack = try Self.pack(folder)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: pack))
        #expect(bytes.starts(with: Data("jiuzhu-pack 1\nlate\n6\nchina/areas.yaml\n".utf8)))
        // The same files, written anew in another order elsewhere.
        let files = try FileManager.default.subpathsOfDirectory(atPath: CommandRun.repository + "/" + Self.fixtures)
        for file in files.sorted(by: >) where file.hasSuffix(".yaml") {
            let text = try Data(contentsOf: URL(fileURLWithPath: CommandRun.repository + "/\(Self.fixtures)/\(file)"))
            _ = try folder.write(text, to: "other/" + file)
        }
        let again = folder.path + "/again.pack"
        let run = try CommandRun(["policy", "pack", folder.path + "/other/late/", "--output", again])
        #expect(run.status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".pack.") } == [])
    }

    @Test("a pack decides what its tree decides, byte for byte, with the same places and digest")
    func assess() throws {
        let folder = try Scratch()
        let pack = try Self.pack(folder)
        let fromTree = try Self.assess(["--policy", "late", "--policies", Self.fixtures])
        let fromPack = try Self.assess(["--policy", pack])
        #expect(fromTree.status == 0)
        #expect(fromTree.output == fromPack.output)
        #expect(fromPack.output.contains("\"place\": \"late/standard.yaml:16\""))
        #expect(fromPack.output.contains("\"value\": \"650 yuan/month\""))
        let check = try CommandRun(["policy", "check", pack, "--date", "2023-06-01"])
        #expect(check.status == 0)
        #expect(check.output.hasSuffix("6 files, 6 plans, 0 errors, 0 warnings\n"))
        let show = try CommandRun(["policy", "show", "standard", "--policy", pack, "--date", "2023-06-01"])
        #expect(show.output.contains("\(pack)/late/standard.yaml:16\n"))
        let ended = try CommandRun(
            ["policy", "show", "standard", "--policy", pack, "--area", "232723", "--date", "2023-06-01"])
        #expect(ended.status == 1)
        #expect(ended.errors.hasSuffix("; its successor is 232701 漠河市 [area-not-in-use]\n"))
    }

    @Test("tests may ask a pack")
    func test() throws {
        let folder = try Scratch()
        _ = try Self.pack(folder)
        let text = """
            policy: late.pack
            cases:
              - name: the pack decides
                date: 2023-06-01
                household: {residence: urban, members: [{birth: 1990-01-01, income: none, disability: none}]}
                expect: {total: 650}

            """
        let passed = try CommandRun(["policy", "test", try folder.write(text, to: "a.test.yaml")])
        #expect(passed.output == "1 passed, 0 failed\n")
        let file = try folder.write(text.replacingOccurrences(of: "late.pack", with: "lost.pack"), to: "a.test.yaml")
        let lost = try CommandRun(["policy", "test", file])
        #expect(lost.status == 1)
        #expect(lost.errors.hasPrefix("\(file):1:9: error: there is no such pack, "))
        _ = try folder.write("{}", to: "late.pack")
        let broken = try CommandRun(["policy", "test", try folder.write(text, to: "a.test.yaml")])
        #expect(broken.status == 1)
        #expect(broken.errors.hasSuffix("[not-a-pack]\n"))
    }

    @Test("a policy with errors, a folder of none and a file that cannot be written are no pack")
    func refused() throws {
        let folder = try Scratch()
        let output = folder.path + "/x.pack"
        for name in ["china/areas.yaml", "china/low-income.yaml", "china/documents.yaml", "late/areas.yaml"] {
            let text = try Data(contentsOf: URL(fileURLWithPath: CommandRun.repository + "/\(Self.fixtures)/\(name)"))
            _ = try folder.write(text, to: "p/" + name)
        }
        _ = try folder.write("area: 232700 大兴安岭\nfrom: 2022-01-01\n", to: "p/late/wrong.yaml")
        let wrong = try CommandRun(["policy", "pack", folder.path + "/p/late", "-o", output])
        #expect(wrong.status == 1)
        #expect(
            wrong.errors
                == "\(folder.path)/p/late/wrong.yaml:1:7: error: 232700 is 大兴安岭地区, not 大兴安岭 [area-name]\n")
        let none = try CommandRun(["policy", "pack", folder.path, "-o", output])
        #expect(none.status == 1)
        #expect(none.errors.hasSuffix(" was expected, below one with china [no-policy]\n"))
        #expect(!FileManager.default.fileExists(atPath: output))
        #expect(try CommandRun(["policy", "pack", Self.fixtures + "/late", "-o", folder.path + "/x"]).status == 64)
        let nowhere = try CommandRun(["policy", "pack", Self.fixtures + "/late", "-o", folder.path + "/no/x.pack"])
        #expect(nowhere.status == 74)
        #expect(nowhere.errors.contains("the file cannot be written: No such file or directory"))
    }

    @Test("a pack that is damaged or not there decides nothing")
    func damaged() throws {
        let folder = try Scratch()
        let pack = try Self.pack(folder)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: pack))
        let cut = try folder.write(bytes.dropLast(), to: "cut.pack")
        let run = try Self.assess(["--policy", cut])
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasSuffix("[pack-damaged]\n"))
        let lost = try Self.assess(["--policy", folder.path + "/lost.pack"])
        #expect(lost.status == 2)
        #expect(lost.errors == "\(folder.path)/lost.pack:1:1: error: the pack cannot be read [unreadable-file]\n")
        let check = try CommandRun(["policy", "check", cut])
        #expect(check.status == 1)
        #expect(check.errors.hasSuffix("[pack-damaged]\n"))
    }

    @Test("replay is 0 for the same, 3 for another decision, 4 where it cannot be made again")
    func replay() throws {
        let folder = try Scratch()
        let pack = try Self.pack(folder)
        let family = try folder.write(Self.household, to: "family.json")
        let assessed = try Self.assess(["--policy", "late", "--policies", Self.fixtures])
        let result = try folder.write(assessed.output, to: "result.json")
        func replay(_ result: String, _ more: [String]) throws -> CommandRun {
            try CommandRun(["replay", result, "--household", family, "--language", "en"] + more)
        }
        for policy in [
            ["--policy", pack], ["--policy", "late", "--policies", Self.fixtures], ["--packs", folder.path],
        ] {
            let same = try replay(result, policy)
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.output == "same     T-1\n1 same, 0 differs, 0 cannot\n")
        }
        let changed = try folder.write(
            assessed.output.replacingOccurrences(of: "\"450.00\"", with: "\"460.00\""), to: "changed.json")
        let differs = try replay(changed, ["--packs", folder.path])
        #expect(differs.status == 3)
        #expect(differs.output.contains("  low-income.benefits.base.amount: 460.00 → 450.00\n"))
        let json = try replay(changed, ["--policy", pack, "--format", "json"])
        #expect(json.status == 3)
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])

        let other = try replay(result, ["--policy", "invented", "--policies", Self.fixtures])
        #expect(other.status == 4)
        #expect(other.output.contains("  its policy is not at hand (digest "))
        _ = try folder.write(Self.household.replacingOccurrences(of: "2400", with: "2401"), to: "family.json")
        let facts = try replay(result, ["--policy", pack])
        #expect(facts.status == 4)
        #expect(facts.output.contains("  the facts are others (recorded digest "))
        try FileManager.default.removeItem(atPath: pack)
        #expect(try replay(result, ["--packs", folder.path]).status == 4)
    }

    @Test(
        "what all programmes or some of them decided by the policies of the project is decided again",
        arguments: [[], ["--program", "low-income"], ["--program", "special-poverty", "--explain"]])
    func replayPrograms(options: [String]) throws {
        let folder = try Scratch()
        let policy = ["--policy", "heilongjiang/mudanjiang"]
        let household = "Examples/households/elderly-couple.json"
        let assessed = try CommandRun(
            ["assess", household, "--date", "2026-06-01", "--format", "json"] + policy + options)
        #expect(assessed.status == 0)
        let result = try folder.write(assessed.output, to: "result.json")
        let run = try CommandRun(["replay", result, "--household", household] + policy)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output == "一致      elderly-couple\n一致 1 户,不一致 0 户,无法重算 0 户\n")
    }

    @Test("a wrong record, household, folder or command line of replay")
    func badReplay() throws {
        let folder = try Scratch()
        let family = try folder.write("{\"homes\": -1}", to: "family.json")
        let policy = ["--policy", "late", "--policies", Self.fixtures]
        let none = try CommandRun(["replay", family, "--household", family] + policy)
        #expect(none.status == 1)
        #expect(
            none.errors
                == "\(family):1:1: error: the list 'households' is missing: this is no result of 'assess' [missing-key]\n"
        )
        let result = try folder.write(try Self.assess(policy).output, to: "result.json")
        let household = try CommandRun(["replay", result, "--household", family] + policy)
        #expect(household.status == 1)
        #expect(household.errors.hasSuffix("[out-of-range]\n"))
        let packs = try CommandRun(["replay", result, "--household", family, "--packs", folder.path + "/no"])
        #expect(packs.status == 2)
        #expect(try CommandRun(["replay", result, "--household", family]).status == 64)
        #expect(try CommandRun(["replay", result, "--household", family, "--packs", "."] + policy).status == 64)
        #expect(try CommandRun(["replay", folder.path + "/no", "--household", family] + policy).status == 74)
    }

    @Test("back pay, in both languages and as JSON")
    func backPay() throws {
        let options = [
            "backpay", "-", "--policy", "late", "--policies", Self.fixtures, "--from", "2023-01", "--upto", "2023-10",
            "--known-on-before", "2023-09-30",
        ]
        let run = try CommandRun(options + ["--language", "en"], input: Self.household)
        #expect(run.status == 0)
        #expect(run.output.contains("  2023-01  400.00  450.00       50.00\n"))
        #expect(run.output.contains("  sum                          500.00\n"))
        #expect(try CommandRun(options, input: Self.household).output.contains("合计"))
        let json = try CommandRun(options + ["--format", "json"], input: "[\(Self.household), \(Self.household)]")
        #expect(json.output.contains("\"total\": \"500.00\""))
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    }

    @Test("months in the wrong order, no month and days in the wrong order are a wrong command line")
    func badBackPay() throws {
        let options = ["backpay", "-", "--policy", "late", "--policies", Self.fixtures]
        for months in [["2023-02", "2023-01"], ["2023-13", "2023-13"], ["2013-01", "2023-02"], ["2023", "2023-01"]] {
            let run = try CommandRun(
                options + ["--from", months[0], "--upto", months[1], "--known-on-before", "2023-09-30"],
                input: Self.household)
            #expect(run.status == 64)
        }
        let span = ["--from", "2023-01", "--upto", "2023-02"]
        #expect(
            try CommandRun(
                options + span + ["--known-on-before", "2023-09-30", "--known-on", "2023-09-29"], input: Self.household
            ).status == 64)
        let ended = try CommandRun(
            options + ["--from", "2022-02", "--upto", "2022-03", "--known-on-before", "2023-09-30"],
            input: "{\"area\": \"232723\"}")
        #expect(ended.status == 1)
        #expect(
            ended.errors
                == "<stdin>:1:1: error: area: the code 232723 漠河县 ended on 2022-03-01 and is not in use on 2022-03-01; its successor is 232701 漠河市 [area-not-in-use]\n"
        )
    }
}
