import Foundation
import Testing

/// What was decided for a household by one programme, from either output.
private struct Outcome: CustomStringConvertible {
    let household: String
    let program: String
    let status: String
    var sums: [String: String] = [:]
    let missing: Set<String>

    var description: String { "\(household) \(program) \(status) \(sums) \(missing)" }

    /// From a row of a batch, without its line.
    init(row: [String]) {
        (household, program, status) = (row[1], row[3], row[4])
        missing = Set(row[10].split(separator: ";").map(String.init))
        guard !row[5].isEmpty else { return }
        sums[row[5]] = row[7].isEmpty ? "\(row[8])...\(row[9])" : row[7]
        if !row[11].isEmpty { sums[row[5]] = "\(row[11]): \(row[12]) \(row[13])" }
    }

    /// From the JSON of an assessment.
    init(household: String, _ tree: [String: Any]) {
        self.household = household
        program = tree["program"] as? String ?? ""
        status = tree["status"] as? String ?? ""
        missing = Set((tree["missing"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String })
        for benefit in tree["benefits"] as? [[String: Any]] ?? [] {
            let id = benefit["id"] as? String ?? ""
            if let amount = benefit["amount"] as? String {
                sums[id] = amount
            } else if let range = benefit["amount"] as? [String: Any] {
                sums[id] = "\(range["from"] as? String ?? "")...\(range["upto"] as? String ?? "")"
            } else if let gift = benefit["gift"] as? [String: Any] {
                let thing = (gift["thing"] as? [String: String])?["zh"] ?? ""
                let (least, most) = (gift["least"] as? String ?? "", gift["most"] as? String ?? "")
                let quantity = least == most ? least : "from \(least) upto \(most)"
                sums[id] = "\(thing): \(quantity) \(gift["unit"] as? String ?? "")"
            }
        }
        // A benefit that exclusions took altogether is still named there.
        sums = sums.filter { $0.value != "0.00" }
    }
}

@Suite("Populations and batches")
struct BatchCommandTests {
    private static func population(_ path: String, _ more: [String] = []) throws -> CommandRun {
        try CommandRun(["population", "--policy", "heilongjiang", "--households", "60", "-o", path] + more)
    }

    private static func batch(_ input: String, _ output: String, _ more: [String] = [], date: String = "2026-06-01")
        throws
        -> CommandRun
    {
        try CommandRun(["batch", input, "--policy", "heilongjiang", "--date", date, "-o", output] + more)
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test("The same arguments make the same bytes, and another seed others")
    func population() throws {
        let scratch = try Scratch()
        for name in ["a.jsonl", "b.jsonl"] {
            let run = try Self.population(scratch.path + "/" + name)
            #expect(run.status == 0 && run.output == "" && run.errors == "", "\(run.errors)")
        }
        _ = try Self.population(scratch.path + "/c.jsonl", ["--seed", "2"])
        let texts = try ["a", "b", "c"].map { try Self.text(scratch.path + "/\($0).jsonl") }
        #expect(texts[0] == texts[1] && texts[0] != texts[2])
        #expect(texts[0].split(separator: "\n").count == 60)
    }

    @Test("The decisions are the same from JSON Lines, tables and a database, and those of assess")
    func formats() throws {
        let scratch = try Scratch()
        var decisions: [String] = []
        for (name, shift) in [("f.jsonl", 0), ("f/", 1), ("f.db", 0)] {
            #expect(try Self.population(scratch.path + "/" + name).status == 0)
            let run = try Self.batch(scratch.path + "/" + name, scratch.path + "/d.csv")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.hasPrefix("60 households\n"))
            #expect(try Self.text(scratch.path + "/d.csv.rejects") == "")
            // A table has a row of names before the households.
            decisions.append(
                try Self.text(scratch.path + "/d.csv").split(separator: "\n").dropFirst().map { row in
                    let cells = row.split(separator: ",", maxSplits: 1)
                    return "\((Int(cells[0]) ?? 0) - shift),\(cells[1])"
                }.joined(separator: "\n"))
        }
        #expect(decisions[0] == decisions[1] && decisions[0] == decisions[2])

        // One JSON text of the same lines, assessed one by one.
        let lines = try Self.text(scratch.path + "/f.jsonl").split(separator: "\n")
        let file = try scratch.write("[" + lines.joined(separator: ",") + "]", to: "f.json")
        let assessed = try CommandRun([
            "assess", file, "--policy", "heilongjiang", "--date", "2026-06-01", "--format", "json",
        ])
        #expect(assessed.status == 0)
        let tree = try #require(
            try JSONSerialization.jsonObject(with: Data(assessed.output.utf8)) as? [String: Any])
        let households = try #require(tree["households"] as? [[String: Any]])
        let assessments = households.flatMap { household in
            (household["programs"] as? [[String: Any]] ?? []).map { program in
                Outcome(household: household["id"] as? String ?? "", program)
            }
        }
        var decided: [Outcome] = []
        for row in decisions[0].split(separator: "\n") {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let next = Outcome(row: cells)
            if var last = decided.last, last.household == next.household, last.program == next.program {
                last.sums.merge(next.sums) { first, _ in first }
                decided[decided.count - 1] = last
            } else {
                decided.append(next)
            }
        }
        #expect(decided.count > 200 && decided.count == assessments.count)
        #expect(decided.contains { $0.sums.values.contains { $0.contains(": ") } })
        for (batch, single) in zip(decided, assessments) {
            #expect(batch.household == single.household && batch.program == single.program)
            #expect(batch.status == single.status, "\(single)")
            // A decision names no sums before it is made, and asks as well until when something is paid.
            if single.status == "eligible" { #expect(batch.sums == single.sums, "\(batch) \(single)") }
            #expect(batch.missing.isSubset(of: single.missing), "\(batch) \(single)")
            if single.status == "undetermined" { #expect(batch.missing == single.missing, "\(batch) \(single)") }
        }
    }

    @Test("A household that is wrong is refused with its place, the others are decided, and no number or name is told")
    func rejects() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            """
            {"id": "王小明", "residence": "urban", "members": [{"citizen_number": "110105194912310021"}]}
            {"id": "f2", "residence": "urban"}
            {"id": "f3", "area": "110101"}
            {"id": "f4", "vehicles": -1, "residense": "urban"}

            """, to: "f.jsonl")
        let run = try Self.batch(file, scratch.path + "/d.jsonl", ["--rejects", scratch.path + "/wrong.txt"])
        #expect(run.status == 5)
        #expect(run.errors.hasPrefix("4 households, 3 refused: see \(scratch.path)/wrong.txt\n"))
        let wrong = try Self.text(scratch.path + "/wrong.txt").replacingOccurrences(of: scratch.path + "/", with: "")
        let places = wrong.split(separator: "\n").map { $0.split(separator: ":").prefix(3).joined(separator: ":") }
        #expect(places == ["f.jsonl:1:68", "f.jsonl:3:1", "f.jsonl:4:26", "f.jsonl:4:30"])
        for code in ["[bad-citizen-number]", "[area-outside-policy]", "[out-of-range]", "[unknown-fact]"] {
            #expect(wrong.contains(code))
        }
        #expect(!wrong.contains("王小明") && !wrong.contains("110105194912310021"))
        let decided = try Self.text(scratch.path + "/d.jsonl").split(separator: "\n")
        #expect(
            decided.count == 1
                && decided[0].hasPrefix("{\"line\":2,\"id\":\"f2\",\"area\":\"230000\",\"programs\":["))
    }

    @Test(
        "GB 18030 comes in and goes out; a broken sequence ends the run with its line and byte, and nothing is written")
    func encodings() throws {
        let scratch = try Scratch()
        // 哈 in GB 18030.
        let head = Data("id,residence\n".utf8)
        let good = try scratch.write(head + Data([0xB9, 0xFE]) + Data(",urban\n".utf8), to: "good.csv")
        let run = try Self.batch(good, scratch.path + "/d.csv", ["--encoding", "gb18030"])
        #expect(run.status == 0, "\(run.errors)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/d.csv"))
        #expect(bytes.range(of: Data("\n2,".utf8) + Data([0xB9, 0xFE]) + Data(",230000,".utf8)) != nil)

        let bad = try scratch.write(
            head + Data("x,urban\nab".utf8) + Data([0xB9, 0x20]) + Data(",urban\n".utf8), to: "bad.csv")
        let failed = try Self.batch(bad, scratch.path + "/e.csv", ["--encoding", "gb18030"])
        #expect(failed.status == 1)
        #expect(
            failed.errors
                == "\(bad):3:3: error: text in GB 18030 was expected, and byte 3 of this line begins none; say with --encoding how it is encoded [broken-encoding]\n"
        )
        #expect(try Self.names(in: scratch.path) == ["bad.csv", "d.csv", "d.csv.rejects", "good.csv"])
    }

    @Test("A population that is cut in the middle of a row ends the run; what was decided before stays as it was")
    func cut() throws {
        let scratch = try Scratch()
        _ = try Self.population(scratch.path + "/f.jsonl")
        let whole = try Self.text(scratch.path + "/f.jsonl")
        let cut = try scratch.write(String(whole.prefix(whole.count - 100)), to: "cut.jsonl")
        _ = try scratch.write("before\n", to: "d.csv")
        let run = try Self.batch(cut, scratch.path + "/d.csv")
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("\(cut):60:") && run.errors.contains("the file ends in the middle of a household"))
        #expect(run.errors.hasSuffix("[cut-off]\n"))
        #expect(try Self.text(scratch.path + "/d.csv") == "before\n")
        #expect(try Self.names(in: scratch.path) == ["cut.jsonl", "d.csv", "f.jsonl"])
    }

    @Test("A full disk is said, and nothing half-written is left")
    func fullDisk() throws {
        let scratch = try Scratch()
        _ = try Self.population(scratch.path + "/f.jsonl")
        let device = try Self.batch(scratch.path + "/f.jsonl", "/dev/full", ["--to", "csv", "--rejects", "/dev/null"])
        #expect(device.status == 74)
        #expect(device.errors == "/dev/full: error: the file cannot be written: No space left on device\n")
        let population = try Self.population("/dev/full", ["--to", "jsonl"])
        #expect(population.status == 74)
        #expect(population.errors == "/dev/full: error: the file cannot be written: No space left on device\n")
    }

    @Test(
        "What cannot be read, or does not say what it is, is told",
        arguments: [
            (
                ["nowhere.jsonl", "-o", "d.csv"], Int32(74),
                "nowhere.jsonl: error: the file cannot be read: No such file"
            ),
            (["nowhere.db", "-o", "d.csv"], 74, "nowhere.db: error: the database cannot be opened: unable to open"),
            (["f.txt", "-o", "d.csv"], 64, "what 'f.txt' is to be does not follow from its name"),
            (["f.jsonl", "-o", "d"], 64, "what 'd' is to be does not follow from its name"),
        ])
    func unreadable(arguments: [String], status: Int32, says: String) throws {
        let run = try CommandRun(["batch"] + arguments + ["--policy", "heilongjiang"])
        #expect(run.status == status)
        #expect(run.errors.contains(says), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: CommandRun.repository + "/d.csv"))
    }

    @Test("A table of a million columns, or with a NUL, ends the run at its place")
    func wrongTables() throws {
        let scratch = try Scratch()
        let many = try scratch.write(
            repeatElement("a", count: 1_000_000).joined(separator: ",") + "\n", to: "many.csv")
        let run = try Self.batch(many, scratch.path + "/d.csv")
        #expect(run.status == 1)
        #expect(run.errors == "\(many):1:2001: error: at most 1000 columns were expected [too-large]\n")
        let nul = try scratch.write("id,residence\nf1,ur\u{0}ban\n", to: "nul.csv")
        let other = try Self.batch(nul, scratch.path + "/d.csv")
        #expect(other.status == 1)
        #expect(
            other.errors
                == "\(nul):2:6: error: a character of text was expected, and byte 6 of this line is NUL [csv-syntax]\n")
        #expect(try Self.names(in: scratch.path) == ["many.csv", "nul.csv"])
    }

    @Test("An input without households gives decisions of none")
    func empty() throws {
        let scratch = try Scratch()
        let run = try Self.batch(try scratch.write("", to: "f.jsonl"), scratch.path + "/d.csv", ["--quiet"])
        #expect(run.status == 0 && run.errors == "")
        #expect(
            try Self.text(scratch.path + "/d.csv")
                == "line,household,area,program,status,benefit,period,amount,least,most,missing,gift,quantity,unit\n")
    }
}
