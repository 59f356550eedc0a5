import Foundation
import Testing

/// The same input gives the same bytes in every process, whatever seed its hashes have.
@Suite("The same bytes in three processes")
struct DeterminismTests {
    /// Standard output and error of three runs, whose hashes are seeded at random.
    private func sameThreeTimes(_ arguments: [String]) throws -> CommandRun {
        #expect(ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] == nil)
        let runs = try (0..<3).map { _ in try CommandRun(arguments) }
        for run in runs.dropFirst() {
            #expect(run.output == runs[0].output)
            #expect(run.errors == runs[0].errors)
            #expect(run.status == runs[0].status)
        }
        return runs[0]
    }

    @Test("Decisions with every step, as JSON and as text", arguments: ["json", "text"])
    func decisions(_ format: String) throws {
        let scratch = try Scratch()
        let households = (0..<24).map(Self.household).joined(separator: ",\n")
        let file = try scratch.write("[\(households)]", to: "households.json")
        for stage in ["application", "review"] {
            let run = try sameThreeTimes([
                "assess", file, "--policies", "Policies", "--policy", "heilongjiang", "--date", "2026-06-01", "--stage",
                stage,
                "--format", format, "--explain",
            ])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.utf8.count > 20_000)
        }
        print("three processes, \(format): 48 decisions")
    }

    @Test("The findings of broken policy, broken households and a check of all policy")
    func findings() throws {
        let bad = try sameThreeTimes([
            "policy", "check", "Tests/Policies/bad/twelve-mistakes", "--policies", "Policies",
        ])
        #expect(bad.status != 0)
        let all = try sameThreeTimes(["policy", "check", "Policies"])
        #expect(all.status == 0, "\(all.errors)")

        let scratch = try Scratch()
        for name in try FileManager.default.contentsOfDirectory(atPath: CommandRun.repository + "/Policies/china") {
            let text = try String(contentsOfFile: CommandRun.repository + "/Policies/china/" + name, encoding: .utf8)
            _ = try scratch.write(text, to: "china/" + name)
        }
        _ = try scratch.write("area: 440000 广东省\nareas:\n  - 440100 广州\n  - 440100 广州市\n", to: "here/areas.yaml")
        _ = try scratch.write(Self.documents, to: "here/documents.yaml")
        for name in ["one", "two", "three"] { _ = try scratch.write(Self.broken, to: "here/\(name).yaml") }
        let broken = try sameThreeTimes(["policy", "check", scratch.path + "/here", "--policies", scratch.path])
        #expect(broken.status != 0)
        #expect((broken.output + broken.errors).split(separator: "\n").count { $0.contains(": error: ") } > 15)

        let wrong = (0..<12).map { "{\"residense\": 1, \"members\": [{\"ilness\": [\($0)], \"wages\": \(-$0)}]}" }
        let file = try scratch.write("[\(wrong.joined(separator: ","))]", to: "wrong.json")
        let refused = try sameThreeTimes([
            "assess", file, "--policies", "Policies", "--policy", "heilongjiang/harbin", "--date", "2024-10-01",
        ])
        #expect(refused.status != 0)
        print("three processes: findings of 4 inputs")
    }

    /// Households of every kind: with and without members, facts and lists.
    private static func household(_ number: Int) -> String {
        let area = ["231025", "230102", "231081"][number % 3]
        let residence = number % 5 == 4 ? "" : "\"residence\": \"\(number % 2 == 0 ? "urban" : "rural")\", "
        let members = (0...(number % 4)).map { place -> String in
            let income =
                number % 6 == 5 && place == 1
                ? "" : "\"income\": {\"wages\": \(number * 900 + place * 77), \"others\": \"none\"}, "
            let birth =
                number % 7 == 6 ? "" : "\"birth\": \"\(1950 + (number * 7 + place * 19) % 70)-0\(1 + number % 9)-11\", "
            return """
                {\(birth)\(income)"relation": "\(place == 0 ? "head" : "child")", "lives_with_family": true, "away": "none",
                 "disability": "none", "illness": [\(number % 3 == 0 ? "\"serious\"" : "")], "can_work": \(place % 2 == 1),
                 "refusals": 0, "study": "none", "orphan": "none"}
                """
        }
        let list = number % 8 == 7 ? "" : "\"members\": [\(members.joined(separator: ", "))], "
        let running =
            "\"running\": {\"route\": \"\(["household", "single", "grace"][number % 3])\", \"base\": 800, \"grace_until\": \"2026-08-01\"}"
        let plots = number % 3 == 1 ? "" : "\"plots\": [{\"mu\": 4.5, \"use\": \"own\", \"crop\": \"corn\"}], "
        return
            "{\"id\": \"\(number)\", \"area\": \"\(area)\", \(residence)\(list)\(plots)\"rigid_expenditure\": \"none\", \(running)}"
    }

    private static let documents = """
        documents:
          a: {title: A, status: offical}
          b: {title: B, date: 2024-13-01, status: reported}
          c: {title: C, status: reported, colour: red}
        """

    /// Read three times under three names: every term contradicts itself, and every mistake stands three times.
    private static let broken = """
        area: 440100 广州市
        from: 2024-01-01
        source: d

        figures:
          standard: {unit: yuan/month, is: 900 yuan/moth}
          other: {is: standard * other}

        define:
          young: {is: member.ag < 18}
          round: {is: young && round}

        low-income:
          routes:
            household: {incom: below line}
            single: {who: [yung, old], each: 300 yuan}
          supplements:
            items: [{id: x, for: young, add: 5 persons}, {id: x, for: minor, add: 1}]
        """
}
