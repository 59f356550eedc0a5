import AssistanceCore
import AssistanceEngine
import AssistanceMatching
import AssistancePolicy
import Jiuzhu
import Testing

/// Households and projects of a small policy, from their files to the result.
@Suite("Needs and projects")
struct MatchingTests {
    private static let policy = [
        "p/areas.yaml": "area: 231000 牡丹江市\nareas: [231025 林口县, 231083 海林市]\n",
        "p/documents.yaml": "documents: {d: {title: t, status: illustrative}}\n",
        "p/policy.yaml": """
        area: 231000 牡丹江市
        from: 2020-01-01
        source: d
        define:
          elder: member.age >= 60
        social-participation:
          items: none
          needs:
            stacking: sum
            items:
              - {id: medical, label: 医疗个人负担, for: anyone, add: medical.remaining}
              - {id: company, label: 陪伴服务, when: "'company' in household.unmet_needs", give: {service: company}}
          priority:
            pick: first
            rows: [{when: low_income, is: 1}, {is: 2}]
        """,
    ]

    private static let households = """
        - {id: A, area: "231025", low_income: true, unmet_needs: [company], members: [{birth: 1950-01-01, medical_remaining: 8703.06}]}
        - {id: B, area: "231083", low_income: false, unmet_needs: [company], members: [{birth: 1990-01-01, medical_remaining: 500}]}
        - {id: C, area: "231025", low_income: false, unmet_needs: [], members: [{birth: 1990-01-01, medical_remaining: 3000}]}
        """

    private func library() throws -> PolicyLibrary {
        let findings = Findings()
        let files = Self.policy.map { PolicyFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let library = PolicyLibrary(
            files: files, jurisdiction: "p", sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.map(\.description) == [])
        return library
    }

    private func projects(_ text: String, _ library: PolicyLibrary, _ findings: Findings) throws -> [SocialProject] {
        let (root, problems) = YAMLReader.read(Array(text.utf8), file: "projects.yaml")
        #expect(problems.isEmpty)
        return ProjectFile(try #require(root), library, findings).projects
    }

    private func matching(_ text: String, households: String = households) throws -> Matching {
        let library = try library()
        let findings = Findings()
        let offered = try projects(text, library, findings)
        let engine = Matching.engine(library, programs: assistancePrograms, for: offered)
        let date = try #require(CalendarDate(iso: "2025-06-01"))
        let (root, _) = YAMLReader.read(Array(households.utf8), file: "families.yaml")
        var tokens = YAMLTokens(try #require(root))
        var problems: [Diagnostic] = []
        let input = HouseholdReader.read(
            &tokens, schema: library.schema, date: date, file: "families.yaml", findings: &problems)
        #expect(problems.map(\.description) == [])
        let assessments = try input.households.enumerated().map { row, header in
            let area = try #require(header.area)
            let policy = engine.policy(area: area, date: date, stage: .application, findings)
            return Assessor(engine, policy, over: input.batch).assess(household: row, id: header.id, explain: false)
        }
        #expect(findings.sorted.map(\.description) == [])
        return Matching(assessments, with: offered)
    }

    private static let offers = """
        projects:
          - {id: warm, label: 暖心医疗, kind: charity, needs: [medical], areas: [231000], capacity: 5, each: 3000 yuan, funds: 6500 yuan}
          - {id: visit, label: 敲门行动, kind: volunteers, needs: [company], areas: [231025], capacity: 9, when: "household.members.exists(m, elder)"}
        """

    @Test("Funds suffice for two, the first priority before sums, and each need that is left has its reason")
    func text() throws {
        #expect(
            MatchingText(in: .chinese).text(of: try matching(Self.offers)) == """
                供需对接:需求 5 项,已对接 3 项,未对接 2 项

                对接
                  家庭 A 陪伴服务 → 敲门行动(志愿者)
                  家庭 A 成员1 医疗个人负担 8,703.06 元 → 暖心医疗(慈善项目),支付 3,000.00 元
                  家庭 C 成员1 医疗个人负担 3,000.00 元 → 暖心医疗(慈善项目),支付 3,000.00 元

                未对接
                  家庭 B 陪伴服务:所在地没有此类项目
                  家庭 B 成员1 医疗个人负担 500.00 元:名额已满:warm

                项目
                  敲门行动(志愿者):名额 9,已用 1
                  暖心医疗(慈善项目):名额 2,已用 2,支付 6,000.00 元

                """)
    }

    @Test("What is not known of a household is no condition met, and is asked for")
    func undecided() throws {
        let result = try matching(
            """
            projects:
              - {id: visit, kind: volunteers, needs: [company], areas: [231000], capacity: 1, when: household.lone_elder}
            """, households: #"[{id: A, area: "231025", unmet_needs: [company], members: [{medical_remaining: 0}]}]"#)
        #expect(result.unmatched.map(\.reason) == [.undecided(["lone_elder"])])
    }

    @Test("Conditions that are not met, and needs that no project is for")
    func refused() throws {
        let result = try matching(
            """
            projects:
              - {id: visit, kind: volunteers, needs: [company], areas: [231000], capacity: 1, when: low_income}
            """)
        #expect(
            result.unmatched.map { "\($0.request.household ?? "") \($0.request.need.code): \($0.reason)" } == [
                "A medical: noProject", "B company: condition", "B medical: noProject", "C medical: noProject",
            ])
    }

    @Test("A household that stands in the file twice is served once")
    func repeated() throws {
        let twice = #"{id: A, area: "231025", unmet_needs: [company], members: [{medical_remaining: 0}]}"#
        let result = try matching(
            "projects: [{id: visit, kind: volunteers, needs: [company], areas: [231000], capacity: 9}]",
            households: "[\(twice), \(twice)]")
        #expect(result.matches.count == 1)
        #expect(result.unmatched.map(\.reason) == [.repeated])
    }

    @Test("The order of the file changes nothing")
    func order() throws {
        let turned = Self.households.split(separator: "\n").reversed().joined(separator: "\n")
        #expect(
            try MatchingText(in: .english).text(of: matching(Self.offers, households: turned))
                == MatchingText(in: .english).text(of: matching(Self.offers)))
    }

    @Test("The JSON has every need once")
    func json() throws {
        let text = MatchingJSON.text(of: try matching(Self.offers), .compact)
        #expect(
            text.hasPrefix(
                #"{"schema":1,"matches":[{"household":"A","place":1,"member":null,"area":"231025","need":"company","amount":null,"priority":1,"project":"visit","paid":null},"#
            ))
        #expect(text.contains(#""need":"medical","amount":"500.00","priority":2,"reason":"full","details":["warm"]}"#))
        #expect(text.hasSuffix(#"{"id":"warm","kind":"charity","places":2,"taken":2,"paid":"6000.00"}]}"#))
    }

    @Test("Every mistake of a file of projects is named at its place")
    func mistakes() throws {
        let library = try library()
        let findings = Findings()
        _ = try projects(
            """
            projects:
              - {id: a, kind: charty, needs: [medicl], areas: [990000], capacity: -1}
              - {id: a, kind: charity, needs: [], areas: [23], capacity: 1.5, each: 3000, funds: -1 yuan}
              - {id: b, kind: charity, needs: [medical], areas: [231000], capacity: 1, funds: 10 yuan, prize: 3}
              - {id: a, kind: charity, needs: [medical], areas: [231000], capacity: 1, each: 20 yuan, funds: 10 yuan}
              - {id: a, kind: charity, needs: [medical], areas: [231000], capacity: 1}
              - {kind: charity}
            """, library, findings)
        #expect(
            findings.sorted.map(\.description) == [
                "projects.yaml:2:19: error: 'kind' is charity, organisation, volunteers; did you mean 'charity'? [unknown-code]",
                "projects.yaml:2:35: error: there is no need 'medicl'; there are living, medical, school, care, housing, work, company, legal; did you mean 'medical'? [unknown-code]",
                "projects.yaml:2:52: error: no areas.yaml of this policy has the area 990000 [unknown-area]",
                "projects.yaml:2:71: error: 'capacity' is how many needs it can take up: a whole number from 0 to 1000000 [bad-value]",
                "projects.yaml:3:35: error: 'needs' is a list such as [medical] [wrong-shape]",
                "projects.yaml:3:47: error: an area is a division code of 6, 9 or 12 digits, such as 230100 [bad-value]",
                "projects.yaml:3:62: error: 'capacity' is how many needs it can take up: a whole number from 0 to 1000000 [bad-value]",
                "projects.yaml:3:73: error: a bare number; write its unit, as in '3000 yuan' [bare-number]",
                "projects.yaml:3:86: error: 'funds' is a sum above zero such as 3000 yuan [bad-value]",
                "projects.yaml:4:83: error: 'funds' needs 'each', what is paid for one need at most: it says for how many they suffice [missing-key]",
                "projects.yaml:4:92: error: a project has no key 'prize' [unknown-key]",
                "projects.yaml:5:98: error: the funds do not suffice for one need at 20.00 yuan [bad-value]",
                "projects.yaml:6:5: error: the project 'a' stands twice in this file [duplicate-identifier]",
                "projects.yaml:7:5: error: the key 'areas' is missing, as in areas: [230100] [missing-key]",
                "projects.yaml:7:5: error: the key 'capacity' is missing [missing-key]",
                "projects.yaml:7:5: error: the key 'id' is missing [missing-key]",
                "projects.yaml:7:5: error: the key 'needs' is missing, as in needs: [medical] [missing-key]",
            ])
    }

    @Test("A condition with a mistake is an error of the projects' file")
    func wrongCondition() throws {
        let library = try library()
        let findings = Findings()
        let offered = try projects(
            """
            projects:
              - {id: a, kind: charity, needs: [medical], areas: [231000], capacity: 1, when: low_incme}
            """, library, findings)
        let engine = Matching.engine(library, programs: assistancePrograms, for: offered)
        let area = try #require(DivisionCode("231025"))
        let date = try #require(CalendarDate(iso: "2025-06-01"))
        _ = engine.policy(area: area, date: date, stage: .application, findings)
        #expect(
            findings.sorted.map(\.description) == [
                "projects.yaml:2:82: error: unknown name 'low_incme'; did you mean 'low_income'? [unknown-name]"
            ])
    }
}
