import Foundation
import Testing

@Suite("The command match")
struct MatchCommandTests {
    private static let household =
        #"{"id": "T-1", "area": "230102", "unmet_needs": ["company"], "members": [{"medical_remaining": 0}]}"#

    private func match(_ projects: String, _ more: [String] = [], input: String = household) throws -> CommandRun {
        let folder = try Scratch()
        let file = try folder.write(projects, to: "projects.yaml")
        return try CommandRun(
            ["match", "-", "--projects", file, "--policy", "heilongjiang/harbin", "--date", "2025-03-05"] + more,
            input: input)
    }

    private static let volunteers = """
        projects:
          - {id: visit, label: 敲门行动, kind: volunteers, needs: [company], areas: [230100], capacity: 2}
        """

    @Test("A need and its project, in Chinese and as JSON")
    func text() throws {
        let run = try match(Self.volunteers)
        #expect(run.status == 0)
        #expect(
            run.output == """
                供需对接:需求 1 项,已对接 1 项,未对接 0 项

                对接
                  家庭 T-1 陪伴服务 → 敲门行动(志愿者)

                项目
                  敲门行动(志愿者):名额 2,已用 1

                """)
        let json = try match(Self.volunteers, ["--format", "json"])
        let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((value?["matches"] as? [[String: Any]])?.first?["project"] as? String == "visit")
    }

    @Test("Nobody is in need")
    func nobody() throws {
        #expect(
            try match(Self.volunteers, ["--language", "en"], input: "[]").output
                == "needs: 0, matched: 0, not matched: 0\n\nprojects\n  visit (volunteers): 0 of 2 places taken\n")
    }

    @Test("Mistakes of the projects, of their conditions and of the households are the input's")
    func mistakes() throws {
        let capacity = try match("projects: [{id: a, kind: charity, needs: [company], areas: [230100], capacity: -2}]")
        #expect(capacity.status == 1)
        #expect(capacity.output.isEmpty)
        #expect(
            capacity.errors.hasSuffix(
                "/projects.yaml:1:80: error: 'capacity' is how many needs it can take up: a whole number from 0 to 1000000 [bad-value]\n"
            ))
        let condition = try match(
            "projects: [{id: a, kind: charity, needs: [company], areas: [230100], capacity: 2, when: member.age}]")
        #expect(condition.status == 1)
        #expect(condition.errors.contains("/projects.yaml:1:89: error: "))
        let empty = try match("")
        #expect(empty.status == 1)
        #expect(empty.errors.hasSuffix("[empty-input]\n"))
        let household = try match(Self.volunteers, input: #"{"unmet_needs": ["compny"]}"#)
        #expect(household.status == 1)
        #expect(household.errors.contains("did you mean 'company'? [unknown-code]"))
    }

    @Test("A file that is not there")
    func missing() throws {
        let run = try CommandRun(
            ["match", "-", "--projects", "/nowhere.yaml", "--policy", "heilongjiang/harbin"], input: "[]")
        #expect(run.status == 74)
    }
}
