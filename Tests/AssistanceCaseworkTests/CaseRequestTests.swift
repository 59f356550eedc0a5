import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import Testing

@Suite("What somebody asks for, in JSON")
struct CaseRequestTests {
    private func mistakes(_ text: String) -> [String] {
        do throws(CaseProblem) {
            _ = try CaseRequest(json: Array(text.utf8), file: "r.json")
            return []
        } catch {
            guard case .wrongInput(let findings) = error else { return ["\(error)"] }
            return findings.map(\.description)
        }
    }

    @Test("A visit, a permission and a relief say what their options say")
    func fields() throws {
        let visit = try CaseRequest(
            json: Array(
                #"{"step": "visit", "day": "2026-06-06", "from": "2026-06-05", "visitors": ["s-1", "v-3"]}"#.utf8),
            document: [1])
        var action = CaseAction(.visit, on: SampleCase.day("2026-06-06"))
        (action.from, action.visitors) = (SampleCase.day("2026-06-05"), ["s-1", "v-3"])
        #expect(visit.action == action)
        #expect(visit.document == [1])
        let permission = try CaseRequest(
            json: Array(
                #"{"step": "authorize", "day": "2026-06-02", "members": [0, 1], "from": "2026-06-02", "until": "2027-06-01"}"#
                    .utf8))
        #expect(permission.members == [0, 1])
        let relief = try CaseRequest(
            json: Array(
                #"{"step": "relieve", "day": "2026-06-02", "programs": ["temporary-relief"], "sum": "2000.00"}"#.utf8))
        #expect(relief.action.sum == Money(fen: 200_000))
    }

    @Test("Persons are read with their numbers and names")
    func people() throws {
        let request = try CaseRequest(
            json: Array(
                #"{"step": "apply", "day": "2026-06-01", "people": [{"citizen_number": "11010519491231002X", "name": "张桂兰"}]}"#
                    .utf8))
        #expect(request.people.map(\.name) == ["张桂兰"])
        #expect(request.people.map(\.citizenNumber.clearText) == ["11010519491231002X"])
    }

    @Test("Every mistake is said, in the order of the text")
    func everyMistake() {
        #expect(
            mistakes(
                """
                {"step": "vist", "from": "2026-02-30",
                 "visitors": "s-1", "members": [0, "1"],
                 "sum": 2000, "area": "23", "vistors": []}
                """) == [
                    "r.json:1:1: error: day is missing [missing-key]",
                    "r.json:1:10: error: step: one of \(CaseStep.allCases.map(\.rawValue).joined(separator: ", ")) was expected; did you mean 'visit'? [unknown-code]",
                    "r.json:1:26: error: from: a day of the calendar, written as 2026-01-31, was expected [bad-date]",
                    "r.json:2:14: error: visitors: a list was expected [wrong-type]",
                    "r.json:2:36: error: members[1]: a whole number was expected [wrong-type]",
                    "r.json:3:9: error: sum: yuan as a text with at most two decimals, such as \"2000.00\" was expected [bad-value]",
                    "r.json:3:23: error: area: a division code of 9 or 12 digits was expected [bad-value]",
                    "r.json:3:40: error: there is no key 'vistors' here; did you mean 'visitors'? [unknown-key]",
                ])
    }

    @Test("No mistake quotes a name or a number")
    func quotesNothing() {
        let found = mistakes(
            #"{"step": "apply", "day": "2026-06-01", "张桂兰": 1, "people": [{"citizen_number": "110105194912310021", "name": "张桂兰"}, {"citizen_number": "11010519491231002X", "name": ""}, {"name": "张桂兰", "sex": 1}, 7]}"#
        )
        #expect(found.count == 5)
        #expect(found.allSatisfy { !$0.contains("张桂兰") && !$0.contains("1101051949") })
        #expect(found.contains { $0.contains("people[1].name: a name has 1 to 100 characters") })
    }

    @Test("What is no object, is cut off, or names more than a case can have is one mistake")
    func shapes() {
        #expect(mistakes("[]") == ["r.json:1:1: error: an object was expected [wrong-type]"])
        #expect(mistakes("").count == 1)
        let many = Array(repeating: "0", count: 1001).joined(separator: ",")
        #expect(
            mistakes(#"{"step": "authorize", "day": "2026-06-02", "members": [\#(many)]}"#) == [
                "r.json:1:55: error: members: at most 1000 were expected [too-many-entries]"
            ])
    }

    @Test("What stands in the clear has no room for a name or for what is not seen")
    func clearTexts() throws {
        var sample = try SampleCase()
        try sample.takeToAccepted()
        try sample.take(.verify, by: SampleCase.verifier, on: "2026-01-08")
        do throws(CaseRefusal) {
            try sample.take(.visit, by: SampleCase.surveyor, on: "2026-01-08") {
                ($0.visitors, $0.from) = (["surveyor-1", "张三"], SampleCase.day("2026-01-08"))
            }
            Issue.record("it was taken")
        } catch {
            #expect(
                error.description
                    == "visit: refused (wrong-fields): visitors are staff numbers of 1 to 64 letters, digits, '.', '_' and '-', and no names"
            )
        }
        do throws(CaseRefusal) {
            try sample.take(.dispatch, by: SampleCase.clerk, on: "2026-01-08") {
                ($0.department, $0.programs) = ("housing\u{1B}[2J", ["low-income"])
            }
            Issue.record("it was taken")
        } catch {
            #expect(error.message == "a paper or department is named by 1 to 64 plain characters")
        }
    }
}

@Suite("A case as it is looked at")
struct CaseOverviewTests {
    @Test("A part is dispatched to a department that policy names, and is shown by what that is called")
    func dispatched() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .accept, on: "2026-06-02")
        func dispatch(to department: String) throws {
            try desk.take(number, .dispatch, on: "2026-06-03") {
                ($0.action.department, $0.action.programs) = (department, ["low-income"])
            }
        }
        for (name, start) in [
            ("houzing", "there is no department 'houzing'; did you mean 'housing'? There are agriculture, banks, "),
            ("住房城乡建设部门", "there is no department of this name; did you mean 'housing'? There are agriculture, "),
            ("张桂兰", "there is no department of this name; there are agriculture, banks, "),
        ] {
            do {
                try dispatch(to: name)
                Issue.record("it was taken")
            } catch CaseProblem.refused(let refusal) {
                #expect(refusal.code == .wrongFields && refusal.message.hasPrefix(start), "\(refusal.message)")
            }
        }
        try dispatch(to: "housing")
        let overview = try desk.store.overview(
            of: number, on: SampleCase.day("2026-06-03"), for: SampleDesk.clerk)
        #expect(CaseText().text(of: overview).contains("转办 dispatch  clerk-1(受理员)  住房城乡建设部门\n"))
        #expect(
            CaseText(in: .english).text(of: overview).contains("dispatch  clerk-1 (clerk)  housing and construction\n"))
        #expect(overview.json().contains(#""department": "housing""#))
    }

    @Test("What may be done next, by whom, and what stands in its way")
    func next() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .accept, on: "2026-06-02")
        let overview = try desk.store.overview(
            of: number, on: SampleCase.day("2026-06-03"), for: SampleDesk.clerk)
        let steps = overview.next.map(\.step)
        #expect(steps.contains(.authorize) && !steps.contains(.answer) && !steps.contains(.recount))
        // Relief at once is for another programme.
        #expect(!steps.contains(.relieve))
        #expect(overview.next.first { $0.step == .verify }?.hindrance?.code == .notPermitted)
        #expect(overview.next.first { $0.step == .verify }?.roles == [.verifier])
        #expect(overview.next.first { $0.step == .verify }?.level == .county)
        #expect(overview.next.first { $0.step == .assess }?.hindrance?.message == "before it comes verify, visit")
        #expect(overview.next.first { $0.step == .authorize }?.hindrance == nil)
    }

    @Test("Of a case that is paid, what may be done next is what changes, ends or disputes it")
    func paid() throws {
        let desk = try SampleDesk()
        let state = try desk.takeToGranted()
        let overview = try desk.store.overview(of: state.number, on: state.last, for: SampleDesk.confirmer)
        #expect(
            overview.next.map(\.step)
                == CaseStep.allCases.filter { step in
                    [
                        .registerRelative, .authorize, .report, .recheck, .end, .transfer, .recordDeath, .complain,
                        .appeal,
                    ].contains(step)
                })
        try desk.take(state.number, .recheck, on: "2027-06-01")
        #expect(try desk.store.state(of: state.number, for: SampleDesk.clerk).stage == .reviewing)
    }

    @Test("No text and no JSON of a case holds a name or a number, unless it is asked for")
    func nothingPersonal() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let overview = try desk.store.overview(
            of: number, on: SampleCase.day("2026-06-23"), for: SampleDesk.clerk)
        let texts = [
            CaseText(in: .chinese).text(of: overview), CaseText(in: .english).text(of: overview), overview.json(),
        ]
        for text in texts {
            #expect(!text.contains("张桂兰") && !text.contains("11010519491231002X"))
        }
        let persons = try desk.store.persons(of: number, by: SampleDesk.clerk, at: 7)
        #expect(CaseText().text(of: overview, persons: persons).contains("\n家庭成员\n  张桂兰  11010519491231002X\n"))
        #expect(overview.json(persons: persons).contains(#""name": "李长顺""#))
    }

    @Test("Who read names is in the log of reads, and an office of elsewhere reads nothing")
    func reads() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        _ = try desk.store.persons(of: number, by: SampleDesk.clerk, at: 7)
        let elsewhere = CaseActor(id: "clerk-9", role: .clerk, area: try #require(DivisionCode("231025101")))
        for read in [
            { _ = try desk.store.persons(of: number, by: elsewhere, at: 8) },
            { _ = try desk.store.overview(of: number, on: SampleCase.day("2026-06-03"), for: elsewhere) },
        ] {
            #expect(try desk.problem(read) == "case 1 does not belong to 231025101; ask the office that it belongs to")
        }
        let reads = try desk.store.records.read { try $0.reads(of: number) }
        #expect(reads.map(\.actor.id) == ["clerk-1"])
        #expect(reads.map(\.time) == [7])
    }

    @Test("A file that was opened without a policy shows its cases and takes no step")
    func withoutPolicy() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        let store = try CaseStore.open(
            desk.folder + "/cases.db", keys: RecordKeys(secret: Array(repeating: 7, count: 32)), engine: nil)
        let overview = try store.overview(of: number, on: SampleCase.day("2026-06-03"), for: SampleDesk.clerk)
        #expect(overview.next.isEmpty)
        #expect(overview.state.stage == .applied)
        do {
            _ = try store.advance(
                number, CaseRequest(CaseAction(.accept, on: SampleCase.day("2026-06-02"))), by: SampleDesk.clerk,
                at: SampleDesk.now)
            Issue.record("it was taken")
        } catch .refused(let refusal) {
            #expect(
                refusal.description
                    == "accept: refused (no-rule): the file was opened without a policy; open it with one")
        } catch { Issue.record("\(error)") }
    }
}
