import Foundation
import Testing

@Suite("jiuzhu simulate, and assess --vary")
struct SimulateCommandTests {
    private static let reform = """
        area: [230102 道里区, 230123 依兰县]
        from: 2022-01-01
        source: draft 第一条
        documents:
          draft: {title: 〔征求意见稿〕, status: illustrative, note: invented}

        figures:
          standard:
            unit: yuan/month
            rows: [{residence: rural, is: 700}]
        """

    private static func simulate(_ reform: String, _ more: [String] = []) throws -> CommandRun {
        let folder = try Scratch()
        _ = try folder.write(reform, to: "reform.yaml")
        return try CommandRun(
            [
                "simulate", "--policies", CommandRun.repository + "/Policies", "--baseline", "heilongjiang/harbin",
                "--reform", "reform.yaml", "--date", "2022-06-01",
            ] + more, in: folder.path)
    }

    @Test("It prints tables, JSON, and writes one page that needs nothing else")
    func outputs() throws {
        let folder = try Scratch()
        let page = folder.path + "/report.html"
        let text = try Self.simulate(
            Self.reform, ["--households", "360", "--language", "en", "--html", page])
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.contains("households  360("))
        #expect(text.output.contains("areas  18, 2 of which compute differently"))
        #expect(text.output.contains("residence rural: 625 → 700 yuan/month (+12.00 %)"))

        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
        #expect(
            !html.contains("http") && !html.contains("<script") && !html.contains("url(") && !html.contains("@import"))
        // A table stands beside each chart, and each chart has a title and a description.
        let charts = html.components(separatedBy: "<svg").count - 1
        #expect(charts == 5)
        #expect(html.components(separatedBy: "<desc").count - 1 == charts)
        #expect(html.components(separatedBy: "<table").count - 1 > charts)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"])

        let json = try Self.simulate(Self.reform, ["--households", "360", "--format", "json"])
        let tree = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(tree["changed_areas"] as? Int == 2)
        let effects = try #require(tree["effects"] as? [[String: Any]])
        let all = effects.filter { $0["program"] is NSNull && $0["area"] is NSNull }
        #expect(all.count == 1 && all[0]["households"] as? Int == 360)
        let parts = effects.filter { $0["program"] is NSNull && !($0["area"] is NSNull) }
        #expect(parts.reduce(0) { $0 + ($1["households"] as? Int ?? 0) } == 360)
        #expect(try Self.simulate(Self.reform, ["--households", "360", "--format", "json"]).output == json.output)
    }

    @Test("What is wrong with a reform is said with its place, and nothing is computed")
    func wrongReform() throws {
        func finding(_ text: String) throws -> String {
            let run = try Self.simulate(text, ["--households", "10"])
            #expect(run.status == 2 && run.output.isEmpty)
            return run.errors
        }
        let head =
            "area: 230102 道里区\nfrom: 2022-01-01\nsource: draft\ndocuments: {draft: {title: 稿, status: illustrative}}\n"
        #expect(
            try finding(head + "figures: {standrd: 5 yuan/month}\n")
                == "reform.yaml:5:20: error: the policy has no 'figures.standrd', and nothing else in the reform uses it; did you mean 'standard'? [unknown-name]\n"
        )
        #expect(try finding(head).contains("reform.yaml:1:1: error: the reform names no term;"))
        #expect(
            try finding(head + "low-income: {cap: 5}\nmeans: {windw: 1 month}\n")
                == "reform.yaml:6:9: error: 'means' has no key 'windw'; did you mean 'window'? [unknown-key]\n")
        #expect(try finding(head + "low-income: {cap: 5}\n").hasPrefix("reform.yaml:5:19: error: "))
        #expect(try finding("area: 449999\n").hasPrefix("reform.yaml:1:7: error: no areas.yaml has the area 449999"))
        #expect(try finding("").contains("reform.yaml:1:1: error: "))
    }

    @Test("A population of nobody, and a reform that is not there, are refused")
    func nobody() throws {
        for (households, message) in [
            ("0", "--households is a number from 1 to 10000000; of 0 nothing can be said"),
            ("-1", "--households"), ("99999999", "of 99999999 nothing can be said"), ("many", "many"),
        ] {
            let run = try Self.simulate(Self.reform, ["--households=" + households])
            #expect(run.status == 64 && run.errors.contains(message), "\(households): \(run.errors)")
        }
        let missing = try CommandRun([
            "simulate", "--baseline", "heilongjiang/harbin", "--reform", "/nowhere/reform.yaml",
        ])
        #expect(missing.status == 74 && missing.errors.contains("/nowhere/reform.yaml: error: the file cannot be read"))
        let elsewhere = try CommandRun(["simulate", "--baseline", "heilongjiang/harbn", "--reform", "/dev/null"])
        #expect(elsewhere.status == 2 && elsewhere.errors.contains("did you mean 'harbin'?"))
    }

    /// A folder with a reform and a population.
    private static func folder(_ families: String) throws -> Scratch {
        let folder = try Scratch()
        _ = try folder.write(reform, to: "reform.yaml")
        _ = try folder.write(families, to: "families.jsonl")
        return folder
    }

    private static func simulate(in folder: Scratch, _ more: [String] = []) throws -> CommandRun {
        try CommandRun(
            [
                "simulate", "--policies", CommandRun.repository + "/Policies", "--baseline", "heilongjiang/harbin",
                "--reform", "reform.yaml", "--date", "2022-06-01", "--population", "families.jsonl", "--language",
                "en",
            ] + more, in: folder.path)
    }

    private static let family =
        "{\"area\": \"230102\", \"residence\": \"urban\", \"members\": [{\"birth\": \"1990-01-01\"}]}\n"

    @Test("The population may be a file; what is wrong with a household leaves that one out, and is written down")
    func file() throws {
        let family = Self.family
        let good = try Self.folder(family + family.replacing("230102", with: "230123"))
        let run = try Self.simulate(in: good)
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("households  2(2 persons)  of families.jsonl\n"))
        #expect(run.output.contains("areas  2, 2 of which compute differently"))
        // Nothing was refused, and so nothing is written.
        #expect(try good.names() == ["families.jsonl", "reform.yaml"])

        let wrong = try Self.folder(
            family + family.replacing("1990-01-01", with: "1990-02-30") + family.replacing("230102", with: "130102"))
        let part = try Self.simulate(in: wrong)
        #expect(part.status == 5 && part.errors == "3 households, 2 refused: see families.jsonl.rejects\n")
        #expect(part.output.contains("households  1(1 persons)  of families.jsonl, without 2 that are wrong\n"))
        let rejects = try String(contentsOfFile: wrong.path + "/families.jsonl.rejects", encoding: .utf8)
        let lines = rejects.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].hasPrefix("families.jsonl:2:"))
        #expect(lines.last?.hasPrefix("families.jsonl:3:1: error: area: 130102 does not lie in ") == true)

        let elsewhere = try Self.simulate(in: wrong, ["--rejects", "other.txt", "--format", "json"])
        #expect(elsewhere.status == 5 && elsewhere.output.hasPrefix("{"))
        #expect(try String(contentsOfFile: wrong.path + "/other.txt", encoding: .utf8) == rejects)
    }

    @Test("A population of which no household is right, or that is cut, gives no table")
    func noPopulation() throws {
        let none = try Self.simulate(in: Self.folder(""))
        #expect(none.status == 1 && none.output.isEmpty)
        #expect(
            none.errors.contains("families.jsonl:1:1: error: the file has no household; of nobody nothing can be said"))
        let wrong = try Self.folder(Self.family.replacing("1990-01-01", with: "1990-02-30"))
        let all = try Self.simulate(in: wrong)
        #expect(all.status == 1 && all.output.isEmpty)
        #expect(all.errors.contains("every household of the file is refused, and of nobody nothing can be said"))
        #expect(all.errors.contains("'families.jsonl.rejects' says what is wrong"))
        #expect(try wrong.names() == ["families.jsonl", "families.jsonl.rejects", "reform.yaml"])
        let cut = try Self.folder(Self.family + String(Self.family.dropLast(9)))
        let run = try Self.simulate(in: cut)
        #expect(run.status == 1 && run.output.isEmpty && run.errors.contains("[cut-off]"))
        #expect(try cut.names() == ["families.jsonl", "reform.yaml"])
        let unwritable = try Self.simulate(in: Self.folder(Self.family), ["--rejects", "/nowhere/rejects"])
        #expect(unwritable.status == 74 && unwritable.output.isEmpty && unwritable.errors.contains("/nowhere/rejects"))
    }

    @Test("A stage of review is one of two")
    func stage() throws {
        let folder = try Self.folder(Self.family)
        #expect(try Self.simulate(in: folder, ["--stage", "review"]).status == 0)
        let wrong = try Self.simulate(in: folder, ["--stage", "later"])
        #expect(wrong.status == 64 && wrong.errors.contains("later"))
    }

    @Test("policy diff leaves out the wrong households of a file as well")
    func diffOfFile() throws {
        let folder = try Self.folder(Self.family + Self.family.replacing("1990-01-01", with: "1990-02-30"))
        let run = try CommandRun(
            [
                "policy", "diff", "--policies", CommandRun.repository + "/Policies", "--policy", "heilongjiang/harbin",
                "--from", "2021-12-31", "--to", "2022-01-01", "--population", "families.jsonl", "--language", "en",
                "--rejects", "refused.txt",
            ], in: folder.path)
        #expect(run.status == 5 && run.errors == "2 households, 1 refused: see refused.txt\n")
        #expect(run.output.contains("households  1(1 persons)  of families.jsonl, without 1 that are wrong"))
        #expect(try folder.names() == ["families.jsonl", "reform.yaml", "refused.txt"])
    }

    @Test("policy diff shows whom a change reaches")
    func diff() throws {
        let run = try CommandRun([
            "policy", "diff", "--policy", "heilongjiang/harbin", "--from", "2021-12-31", "--to", "2022-01-01", "--area",
            "230102", "--population", "100", "--language", "en",
        ])
        #expect(run.status == 1 && run.errors.isEmpty)
        #expect(run.output.contains("residence rural: 401 → 625 yuan/month (+55.86 %)"))
        #expect(run.output.contains("households  100("))
        #expect(run.output.contains("areas  1, 1 of which compute differently"))
        let folders = try CommandRun(["policy", "diff", "Policies", "Policies", "--date", "2022-01-01"])
        #expect(folders.status == 64 && folders.errors.contains("--date is the day of --population with two policies"))
    }

    @Test("assess --vary prints a table with cliffs, and draws it")
    func vary() throws {
        let folder = try Scratch()
        let chart = folder.path + "/wages.svg"
        let household = [
            "assess", "Examples/households/16-cancer-in-edge-family.json", "--policy", "heilongjiang/qiqihar", "--date",
            "2025-04-14",
        ]
        let run = try CommandRun(household + ["--vary", "wages=0..3000:600", "--svg", chart])
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("  ▼ 陡坡:收入超过 2,032.50 元/月(24,389.99 元/年)时,救助减少 585.00 元/月:最低生活保障 −585.00\n"))
        #expect(run.output.contains("\n陡坡 1 处\n未定,不在表内:"))
        #expect(try String(contentsOfFile: chart, encoding: .utf8).hasPrefix("<svg "))
        let json = try CommandRun(household + ["--vary", "wages=0..3000:600", "--format", "json"])
        let tree = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect((tree.first?["cliffs"] as? [[String: Any]])?.first?["last"] as? String == "24389.99")

        for (arguments, status, message) in [
            (["--vary", "wages=0..6000"], Int32(64), "names no step"),
            (["--vary", "wagse=0..6000:100"], 64, "there is no income 'wagse'; did you mean 'wages'?"),
            (["--svg", chart], 64, "--svg draws what --vary shows, and there is none"),
            (["--vary", "members[7].income.wages=0..1:1"], 1, "there is no members[7]; the household has 3"),
            (["--vary", "wages=-5..1:1"], 1, "-5.00 yuan is none that a household file may state"),
        ] {
            let run = try CommandRun(household + arguments)
            #expect(run.status == status && run.errors.contains(message), "\(arguments): \(run.errors)")
        }
    }
}
