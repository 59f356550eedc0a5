import Foundation
import Testing

@Suite("The tools for those who write policy")
struct PolicyToolTests {
    private static let untidy = "source: a 第一条\narea: 230000\n# why\nfigures: {x:   1 yuan}\n"
    private static let tidy = "area: 230000\nsource: a 第一条\n\n# why\nfigures: {x: 1 yuan}\n"

    private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    // MARK: format

    @Test("format writes what is not laid out, names it, and keeps its mode")
    func format() throws {
        let folder = try Scratch()
        let file = try folder.write(Self.untidy, to: "a/b.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        let run = try CommandRun(["policy", "format", folder.path])
        #expect(run.status == 0)
        #expect(run.output == file + "\n")
        #expect(try read(file) == Self.tidy)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a") == ["b.yaml"])
        let again = try CommandRun(["policy", "format", folder.path])
        #expect(again.status == 0 && again.output.isEmpty && again.errors.isEmpty)
    }

    @Test("format --check names what is not laid out, and changes nothing")
    func formatCheck() throws {
        let folder = try Scratch()
        let file = try folder.write(Self.untidy, to: "b.yaml")
        _ = try folder.write(Self.tidy, to: "c.yaml")
        let run = try CommandRun(["policy", "format", "--check", folder.path])
        #expect(run.status == 1)
        #expect(run.output == file + "\n")
        #expect(try read(file) == Self.untidy)
        #expect(try CommandRun(["policy", "format", "--check", "Policies"]).status == 0)
    }

    @Test("format leaves a file with mistakes alone and names them all")
    func formatMistakes() throws {
        let folder = try Scratch()
        let file = try folder.write("a:  1\na: 2\nb: *c\n", to: "b.yaml")
        let run = try CommandRun(["policy", "format", file])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix(file + ":2:1: error: ") == true)
        #expect(try read(file) == "a:  1\na: 2\nb: *c\n")
        #expect(try CommandRun(["policy", "format", folder.path + "/none.yaml"]).status == 74)
        #expect(try CommandRun(["policy", "format"]).status == 64)
    }

    // MARK: schema

    @Test("schema prints what is published, and writes a file")
    func schema() throws {
        for kind in ["policy", "areas", "documents", "tests"] {
            let run = try CommandRun(["policy", "schema", "--kind", kind])
            #expect(run.status == 0)
            #expect(run.output == (try read(CommandRun.repository + "/docs/schema/\(kind)-1.schema.json")))
        }
        let folder = try Scratch()
        let written = try CommandRun(["policy", "schema", "-o", folder.path + "/a.json"])
        #expect(written.status == 0 && written.output.isEmpty)
        #expect(try read(folder.path + "/a.json").hasPrefix("{\n  \"$schema\""))
        #expect(try CommandRun(["policy", "schema", "-o", folder.path + "/none/a.json"]).status == 74)
        #expect(try CommandRun(["policy", "schema", "--kind", "households"]).status == 64)
    }

    // MARK: diff

    @Test("diff is 0 where nothing differs and 1 where something does")
    func diff() throws {
        let same = try CommandRun(["policy", "diff", "Policies", "Policies", "--language", "en"])
        #expect(same.status == 0)
        #expect(same.output == "no difference\n")
        let days = [
            "policy", "diff", "--policy", "heilongjiang/mudanjiang", "--from", "2026-03-31", "--to", "2026-04-01",
        ]
        let differs = try CommandRun(days + ["--area", "231025"])
        #expect(differs.status == 1)
        #expect(differs.output.contains("    282 → 313 元/月 (+10.99 %)\n"))
        #expect(differs.output.hasSuffix("\n\n2 项变化\n"))
        let json = try CommandRun(days + ["--format", "json"])
        #expect(json.status == 1)
        #expect(json.output.hasPrefix("{\n  \"schema\": 1,"))
    }

    @Test("diff is 2 where a policy is wrong or is not there, and names all that is wrong")
    func diffTrouble() throws {
        let missing = try CommandRun(["policy", "diff", "Policies", "Policies/nowhere"])
        #expect(missing.status == 2)
        #expect(missing.output.isEmpty)
        #expect(missing.errors == "Policies/nowhere:1:1: error: there is no such folder or pack [no-policy]\n")
        let folder = try Scratch()
        _ = try folder.write("area: 000000 全国\nfigure: {x: 1 yuan}\nfrom: soon\n", to: "china/a.yaml")
        let wrong = try CommandRun(["policy", "diff", "Policies", folder.path])
        #expect(wrong.status == 2)
        #expect(wrong.errors.split(separator: "\n").count == 3)
        #expect(wrong.errors.contains("/china/a.yaml:2:1: error: "))
        for arguments in [
            ["Policies"], ["--policy", "heilongjiang"], ["Policies", "Policies", "--from", "2030-01-01"],
        ] {
            #expect(try CommandRun(["policy", "diff"] + arguments).status == 64)
        }
        let days = ["--policy", "heilongjiang", "--from", "2025-01-01", "--to", "2026-01-01"]
        let area = try CommandRun(["policy", "diff"] + days + ["--area", "231099"])
        #expect(area.status == 2)
        #expect(area.errors.hasPrefix("jiuzhu: error: no areas.yaml has the area 231099; did you mean '"))
        #expect(area.errors.hasSuffix("'? [unknown-area]\n"))
    }

    // MARK: cases

    @Test("cases writes a test file that asks to be filled in, and passes once it is recorded")
    func cases() throws {
        let folder = try Scratch()
        let options = ["--policy", "heilongjiang/mudanjiang", "--area", "231025", "--date", "2026-06-01"]
        let file = folder.path + "/edge.test.yaml"
        let run = try CommandRun(["policy", "cases", "edge.income"] + options + ["-o", file])
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty)
        let waiting = try CommandRun(["policy", "test", file, "--policies", "Policies"])
        #expect(waiting.status == 1)
        #expect(waiting.errors.split(separator: "\n").count == 12)
        #expect(waiting.errors.hasPrefix("\(file):36:13: error: write what must be decided about this case, "))
        let recorded = try CommandRun(["policy", "cases", "edge.income", "--record"] + options)
        let other = try folder.write(recorded.output, to: "recorded.test.yaml")
        let passed = try CommandRun(["policy", "test", other, "--policies", "Policies"])
        #expect(passed.output == "12 passed, 0 failed\n")
        #expect(try CommandRun(["policy", "cases", "edge.income"] + options + ["-o", file]).status == 64)
    }

    @Test("cases of what is no term, or has no threshold, are refused with the reason")
    func noCases() throws {
        let options = ["--policy", "heilongjiang/mudanjiang", "--date", "2026-06-01"]
        let unknown = try CommandRun(["policy", "cases", "low-income.standings.egde.income"] + options)
        #expect(unknown.status == 1)
        #expect(
            unknown.errors
                == "jiuzhu: error: there is no term 'low-income.standings.egde.income'; did you mean 'low-income.standings.edge.income'? [unknown-name]\n"
        )
        let many = try CommandRun(["policy", "cases", "income"] + options)
        #expect(many.status == 1)
        #expect(many.errors.hasPrefix("jiuzhu: error: 'income' may be low-income.routes.expenditure.income, "))
        let none = try CommandRun(["policy", "cases", "low-income.line"] + options)
        #expect(none.status == 1)
        #expect(none.errors.hasSuffix(" [no-threshold]\n"))
        #expect(try CommandRun(["policy", "cases", "elder"] + options + ["-o", "elder.yaml"]).status == 64)
        #expect(try CommandRun(["policy", "cases", "elder", "--policy", "nowhere"]).status == 2)
    }
}
