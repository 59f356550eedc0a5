import AssistanceCore
import AssistanceEngine
import AssistanceVerification
import TestSupport
import Testing

@Suite("What is declared beside what registries hold")
struct VerifierTests {
    private static let day = CalendarDate(iso: "2026-06-01")

    /// A register of vehicles: by member the number of vehicles, nil for somebody it does not know.
    private static func vehicles(
        _ fixture: Fixture, _ counts: [Int64?], id: String = "vehicles", confidence: Int = 100,
        on day: CalendarDate? = day
    ) throws -> InventedRegistry {
        let fact = try fixture.fact("household.vehicles")
        var answers: [CitizenNumber: [SourceFinding.Statement]] = [:]
        for (number, count) in zip(Fixture.numbers, counts) {
            guard let count else { continue }
            answers[number] = [
                count == 0
                    ? SourceFinding.Statement.none(of: fact, day: day)
                    : .value(count, of: fact, day: day, confidence: confidence)
            ]
        }
        return InventedRegistry(id: id, facts: [fact], answers: answers)
    }

    private static func row(_ verification: Verification) throws -> VerifiedFact {
        try #require(verification.facts.first)
    }

    @Test("What all members hold together confirms or contradicts what the household declared")
    func added() throws {
        let fixture = try Fixture()
        let same = try fixture.verification([Self.vehicles(fixture, [0, 0, 0])])
        let none = try Self.row(same)
        #expect(none.outcome == .confirmed && none.declared == 0 && none.found == 0 && !none.isAtLeast)
        #expect(same.decisions.isEmpty)

        let more = try fixture.verification([Self.vehicles(fixture, [1, 1, 0], confidence: 90)])
        let two = try Self.row(more)
        #expect(two.outcome == .contradicted && two.found == 2 && two.confidence == 90 && two.day == Self.day)
        let decision = try #require(more.decisions.first)
        #expect(more.decisions.map(\.isChanged) == [true])
        #expect(decision.declared.status == .eligible && decision.verified.status == .ineligible)
        #expect(decision.declared.totals[.monthly]?.known == Money(fen: 30_000))
        #expect(decision.verified.totals[.monthly] == nil)

        let one = try fixture.verification([Self.vehicles(fixture, [1, 0, 0])])
        #expect(try Self.row(one).outcome == .contradicted && one.decisions.map(\.isChanged) == [false])
        let unstated = try fixture.verification(
            [Self.vehicles(fixture, [1, 0, 0])], household: #""residence": "rural""#)
        #expect(try Self.row(unstated).outcome == .notDeclared)
        #expect(unstated.decisions.first?.declared.status == .undetermined)
        #expect(unstated.decisions.first?.verified.status == .eligible)
    }

    @Test("Where a part of the members is not known, a sum is a least one, and none is no zero")
    func partly() throws {
        let fixture = try Fixture()
        let more = try fixture.verification([Self.vehicles(fixture, [2, nil, 0])])
        let row = try Self.row(more)
        #expect(row.outcome == .contradicted && row.found == 2 && row.isAtLeast)
        // How many there are is not known, and so nothing is decided on two.
        #expect(more.decisions.first?.verified.status == .undetermined)
        let nothing = try fixture.verification([Self.vehicles(fixture, [0, nil, 0])])
        #expect(try Self.row(nothing).outcome == .notFound && Self.row(nothing).found == nil)
        let less = try fixture.verification([Self.vehicles(fixture, [1, nil, 0])], household: #""vehicles": 1"#)
        #expect(try Self.row(less).outcome == .notFound && Self.row(less).isAtLeast && less.decisions.isEmpty)
        let nobody = try fixture.verification([Self.vehicles(fixture, [nil, nil, nil])])
        #expect(try Self.row(nobody).outcome == .notFound && Self.row(nobody).found == nil)
    }

    @Test("A yes of one is a yes whoever else is not known, a no of some is no no, and sets grow")
    func partlyOfOtherTypes() throws {
        let fixture = try Fixture()
        func row(_ name: String, _ value: Int64, household: String) throws -> VerifiedFact {
            let fact = try fixture.fact(name)
            let registry = InventedRegistry(
                facts: [fact],
                answers: [Fixture.numbers[0]: [.value(value, of: fact, day: Self.day, confidence: 100)]])
            return try Self.row(try fixture.verification([registry], household: household))
        }
        let yes = try row("household.employs_others", 1, household: #""employs_others": false"#)
        #expect(yes.outcome == .contradicted && yes.found == 1 && !yes.isAtLeast)
        let no = try row("household.employs_others", 0, household: #""employs_others": false"#)
        #expect(no.outcome == .notFound && no.found == nil)
        let code = try row("household.residence", 0, household: #""residence": "rural""#)
        #expect(code.outcome == .contradicted && code.found == 0 && !code.isAtLeast)
        #expect(try row("household.residence", 0, household: #""residence": "urban""#).outcome == .confirmed)
    }

    @Test("About a household without an id nobody is asked")
    func nameless() throws {
        let fixture = try Fixture()
        let registry = try Self.vehicles(fixture, [5, 5, 5])
        let authorisation = Authorisation(
            household: "", member: 0, person: Fixture.everybody[0].person, from: .earliest, until: .latest)
        let verification = try fixture.verification([registry], [authorisation], id: nil)
        #expect(verification.id == nil && verification.members.map(\.permission) == [.missing, .missing, .missing])
        #expect(try Self.row(verification).outcome == .notAuthorised)
    }

    @Test("Nobody is asked about without an authorisation of that day and person")
    func permission() throws {
        let fixture = try Fixture()
        let registry = try Self.vehicles(fixture, [5, 5, 5])
        let (first, second) = (Fixture.everybody[0], Fixture.everybody[1])
        let (early, late) = (
            try #require(CalendarDate(iso: "2026-06-14")), try #require(CalendarDate(iso: "2026-06-16"))
        )
        let verification = try fixture.verification(
            [registry],
            [
                Authorisation(household: "f", member: 0, person: first.person, from: late, until: .latest),
                Authorisation(household: "f", member: 1, person: second.person, from: .earliest, until: early),
                Authorisation(household: "g", member: 2, person: first.person, from: .earliest, until: .latest),
            ])
        #expect(verification.members.map(\.permission) == [.notYet(from: late), .expired(early), .missing])
        #expect(verification.members.map(\.permission.word) == ["not-yet", "expired", "missing"])
        #expect(try Self.row(verification).outcome == .notAuthorised && verification.decisions.isEmpty)
        // Who was born on another day than the number says is somebody else.
        let other = try fixture.verification([registry], member: #""works": false, "birth": "1980-01-01""#)
        #expect(other.members.map(\.permission) == [.granted, .otherPerson, .otherPerson])
        #expect(try Self.row(other).found == 5 && Self.row(other).isAtLeast)
    }

    @Test("Facts of members are compared member by member")
    func members() throws {
        let fixture = try Fixture()
        let works = try fixture.fact("member.works")
        let registry = InventedRegistry(
            facts: [works],
            answers: [
                Fixture.numbers[0]: [.value(1, of: works, day: nil, confidence: 70)],
                Fixture.numbers[1]: [SourceFinding.Statement.none(of: works, day: Self.day)],
            ])
        let verification = try fixture.verification([registry])
        #expect(verification.facts.map(\.outcome) == [.contradicted, .confirmed, .notFound])
        #expect(verification.facts.map(\.member) == [0, 1, 2])
        #expect(verification.decisions.first?.verified.totals[.monthly]?.known == Money(fen: 20_000))
    }

    @Test("Of several registries the surest counts, then the newest, then the first")
    func several() throws {
        let fixture = try Fixture()
        func changed(_ sources: [InventedRegistry]) throws -> Bool {
            try fixture.verification(sources).decisions.contains(where: \.isChanged)
        }
        let unsure = try Self.vehicles(fixture, [2, 2, 2], id: "unsure", confidence: 40)
        let none = try Self.vehicles(fixture, [0, 0, 0], id: "none")
        #expect(try changed([unsure]))
        #expect(try !changed([unsure, none]))
        let newer = try Self.vehicles(fixture, [2, 2, 2], id: "newer", on: Fixture.date)
        #expect(try changed([none, newer]))
        let sameDay = try Self.vehicles(fixture, [2, 2, 2], id: "same-day")
        #expect(try !changed([none, sameDay]) && changed([sameDay, none]))
    }

    @Test("Registries of one id, and facts of others than households and members, are refused")
    func refused() throws {
        let fixture = try Fixture()
        let registry = try Self.vehicles(fixture, [])
        let twice = try #require(throws: SourceProblem.self) { try fixture.verification([registry, registry]) }
        #expect(twice.message == "the data source 'vehicles' is named twice")
        let bills = InventedRegistry(facts: [try fixture.fact("bill.in_scope")], answers: [:])
        let bill = try #require(throws: SourceProblem.self) { try fixture.verification([bills]) }
        #expect(
            bill.message
                == "the data source 'vehicles' confirms 'bill.in_scope', and only facts of households and members are compared"
        )
    }

    @Test("People read it in Chinese and English, with members by their place alone")
    func text() throws {
        let fixture = try Fixture()
        let verification = try fixture.verification(
            [Self.vehicles(fixture, [1, 1, nil])], Array(Fixture.everybody.prefix(2)))
        #expect(
            VerificationText().text(of: verification) == """
                例省,2026-06-15 信息核对
                家庭编号 f
                来源 机动车登记(公安交管部门)

                未核对的成员
                  成员3:没有授权书,未核对

                核对结果
                  不一致:家庭,机动车数量,申报 0,查得 至少 2(机动车登记,2026-06-01,可信度 100)

                对认定的影响
                  生活补贴:按申报符合条件,300.00 元/月;按核对暂不能认定,0.00 至 300.00 元/月

                """)
        let english = VerificationText(in: .english).text(
            of: try fixture.verification([Self.vehicles(fixture, [0, 0, 0])]))
        #expect(
            english == """
                例省, verified on 2026-06-15
                household f
                source register of vehicles (公安交管部门)

                what was found
                  confirmed: household, motor vehicles, declared 0, found 0 (register of vehicles, 2026-06-01, confidence 100)

                this changes no decision

                """)
    }

    /// A department that holds all that the policy reads, and another that holds a part of it.
    private static let departments = """
        police: {label: 公安交管部门, kinds: [{id: v, label: 机动车登记, facts: [household.vehicles, household.homes]}]},
        labour: {label: 人社部门, label_en: labour, kinds: [{id: w, label: 就业登记, label_en: register, facts: member.works},
          {id: p, label: 养老金, facts: member.income.pension}]},
        farms: {label: 农业农村部门, kinds: [{id: t, label: 拖拉机登记, facts: household.vehicles}]}
        """

    @Test("What departments hold of facts that the policy reads, and nobody has asked them, is named")
    func unasked() throws {
        let fixture = try Fixture(departments: Self.departments)
        let registry = try Self.vehicles(fixture, [0, 0, 0])
        let verification = try fixture.verification([registry])
        #expect(
            verification.unasked.map { "\($0.department.id) \($0.kind.id) \($0.facts.map(\.name))" } == [
                #"farms t ["household.vehicles"]"#, #"labour w ["member.works"]"#,
            ])
        let text = VerificationText().text(of: verification)
        #expect(text.contains("\n未核对的数据\n  农业农村部门,拖拉机登记:机动车数量\n  人社部门,就业登记:就业\n\n"))
        #expect(
            VerificationText(in: .english).text(of: verification).contains(
                "\ndata that was not asked for\n  农业农村部门, 拖拉机登记: motor vehicles\n  labour, register: at work\n\n"))
        var json = JSONWriter(.compact)
        verification.write(to: &json)
        #expect(
            json.text.contains(
                #""unasked":[{"department":"farms","department_label":"农业农村部门","kind":"t","label":"拖拉机登记","facts":["household.vehicles"]},{"department":"labour","#
            ))
    }

    @Test("A registry of a department that policy does not name speaks for any")
    func unknownDepartment() throws {
        let fixture = try Fixture(
            departments: "farms: {label: 农业农村部门, kinds: [{id: t, label: 拖拉机登记, facts: household.vehicles}]}")
        #expect(try fixture.verification([Self.vehicles(fixture, [0, 0, 0])]).unasked == [])
    }

    @Test("The published schema is that of the code, and what is written follows it")
    func schema() throws {
        RecordedText.expect(Verification.schema, at: "docs/schema/verification-1.schema.json")
        let fixture = try Fixture(departments: Self.departments)
        let check = SchemaCheck(root: try JSONTree(Verification.schema))
        for (verification, part) in [
            (try fixture.verification([Self.vehicles(fixture, [1, 1, 0])]), #""contradicted""#),
            (try fixture.verification([Self.vehicles(fixture, [2, nil, 0])]), #""at_least":true"#),
            (
                try fixture.verification([Self.vehicles(fixture, [1, 0, 0])], household: #""residence": "rural""#),
                #""least""#
            ),
            (try fixture.verification([Self.vehicles(fixture, [0])], [], id: nil), #""missing""#),
        ] {
            var json = JSONWriter(.compact)
            verification.write(to: &json)
            #expect(json.text.contains(part), "\(part) is not shown")
            #expect(check.problems(of: try JSONTree(json.text)) == [])
            let wrong = json.text.replacing("\"outcome\":", with: "\"outcom\":")
            #expect(check.problems(of: try JSONTree(wrong)) != [])
        }
    }

    @Test("Programs read it in JSON")
    func json() throws {
        let fixture = try Fixture()
        let verification = try fixture.verification([Self.vehicles(fixture, [1, 1, 0])], household: #""vehicles": 1"#)
        var json = JSONWriter(.compact)
        verification.write(to: &json)
        #expect(
            json.text
                == #"{"id":"f","area":"990000","date":"2026-06-15","sources":[{"id":"vehicles","label":"机动车登记","department":"公安交管部门"}],"members":[{"authorisation":"granted"},{"authorisation":"granted"},{"authorisation":"granted"}],"facts":[{"source":"vehicles","fact":"household.vehicles","member":null,"outcome":"contradicted","declared":"1","found":"2","at_least":false,"day":"2026-06-01","confidence":100}],"unasked":[],"decisions":[{"program":"allowances.living","label":"生活补贴","changed":true,"declared":{"status":"eligible","monthly":"300.00","yearly":null,"once":null},"verified":{"status":"ineligible","monthly":null,"yearly":null,"once":null}}]}"#
        )
        #expect(!json.text.contains("9901011980"))
    }
}
