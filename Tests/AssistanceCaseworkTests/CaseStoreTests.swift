import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import AssistanceStorage
import Testing

@Suite("Cases in a file")
struct CaseStoreTests {
    @Test("A household of Heilongjiang goes from the window to a grant, and the file is whole")
    func wholeWay() throws {
        let desk = try SampleDesk()
        let state = try desk.takeToGranted()
        #expect(state.stage == .granted)
        #expect(state.outcomes.map(\.program) == ["low-income"])
        #expect(state.grants.first?.from == SampleCase.day("2026-07-01"))
        #expect(try desk.store.state(of: state.number, for: SampleDesk.clerk) == state)
        #expect(
            try desk.store.history(of: state.number, for: SampleDesk.verifier).map(\.event.action.step).last == .decide)
        #expect(try desk.store.list(in: SampleDesk.county, for: SampleDesk.verifier).map(\.number) == [1])
        #expect(try desk.store.list(in: SampleDesk.county, for: SampleDesk.verifier, stage: .closed).isEmpty)
        let couple = try CitizenNumber("11010519491231002X")
        #expect(try desk.store.cases(of: couple, by: SampleDesk.clerk, at: 7) == [1])
        let verification = try desk.store.verify(anchor: try desk.store.records.head)
        #expect(verification.problems.map(\.description) == [])
        // Ten steps, the event that began the file, and that somebody has looked for a person.
        #expect(verification.events == 12)
    }

    @Test("An office sees the cases of its own area, and of no other")
    func offices() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let elsewhere = CaseActor(id: "c-9", role: .clerk, area: try #require(DivisionCode("231025101")))
        let day = SampleCase.day("2026-09-01")
        let refusals = [
            { _ = try desk.store.state(of: number, for: elsewhere) },
            { _ = try desk.store.history(of: number, for: elsewhere) },
        ]
        for refusal in refusals {
            #expect(
                try desk.problem(refusal) == "case 1 does not belong to 231025101; ask the office that it belongs to")
        }
        let lists = [
            { _ = try desk.store.list(in: SampleDesk.township, for: elsewhere) },
            { _ = try desk.store.overdue(in: SampleDesk.township, for: elsewhere, on: day) },
            { _ = try desk.store.dueForReview(in: SampleDesk.township, for: elsewhere, by: day) },
        ]
        for list in lists {
            #expect(
                try desk.problem(list)
                    == "the cases of 231025100 are not shown to an office of 231025101; ask the office it belongs to")
        }
        // A township does not see the cases of its county.
        #expect(
            try desk.problem { _ = try desk.store.list(in: SampleDesk.county, for: SampleDesk.clerk) }
                == "the cases of 231025 are not shown to an office of 231025100; ask the office it belongs to")
        // Who is looked for elsewhere is not found, and nothing is noted.
        let head = try desk.store.records.head
        #expect(try desk.store.cases(of: CitizenNumber("11010519491231002X"), by: elsewhere, at: 7).isEmpty)
        #expect(try desk.store.records.head == head)
    }

    @Test("What was due is listed where the case belongs, the longest overdue first, and elsewhere it is not")
    func overdue() throws {
        let desk = try SampleDesk()
        for day in ["2026-06-03", "2026-06-02"] {
            let state = try desk.apply(on: day)
            _ = try desk.take(state.number, .accept, on: day)
        }
        let late = try desk.store.overdue(
            in: SampleDesk.township, for: SampleDesk.clerk, on: SampleCase.day("2026-09-01"))
        #expect(late.map(\.number) == [2, 1])
        #expect(late.map(\.due?.step) == [.confirm, .confirm])
        #expect(
            try desk.store.overdue(in: SampleDesk.township, for: SampleDesk.clerk, on: SampleCase.day("2026-06-20"))
                .isEmpty)
        let elsewhere = try #require(DivisionCode("230103"))
        let office = CaseActor(id: "c-1", role: .clerk, area: elsewhere)
        #expect(try desk.store.overdue(in: elsewhere, for: office, on: SampleCase.day("2026-09-01")).isEmpty)
    }

    @Test("A refused step changes nothing: no event, no document, no person")
    func refusedChangesNothing() throws {
        let desk = try SampleDesk()
        let before = try desk.store.records.head
        var wrong = try desk.application(on: "2026-06-02")
        wrong.action.programs = ["low-incom"]
        #expect(throws: CaseProblem.self) { try desk.store.apply(wrong, by: SampleDesk.clerk, at: SampleDesk.now) }
        #expect(throws: CaseProblem.self) {
            try desk.store.apply(desk.application(on: "2026-06-02"), by: SampleDesk.reviewer, at: SampleDesk.now)
        }
        #expect(try desk.store.records.head == before)
        #expect(try desk.store.records.statistics.persons == 0)
        #expect(try desk.store.records.statistics.documents == 0)
    }

    @Test("A step of tomorrow is refused, by the day of China, and one of today is not")
    func future() throws {
        let desk = try SampleDesk()
        // A quarter of an hour before midnight in China.
        let evening = Int64(SampleCase.day("2026-06-02").days) * 86_400 + 15 * 3600 + 45 * 60
        let request = try desk.application(on: "2026-06-03")
        do {
            _ = try desk.store.apply(request, by: SampleDesk.clerk, at: evening)
            Issue.record("it was taken")
        } catch .refused(let refusal) {
            #expect(
                refusal.description == "apply: refused (too-early): 2026-06-03 lies in the future; today is 2026-06-02")
        }
        let number = try desk.store.apply(request, by: SampleDesk.clerk, at: evening + 15 * 60).number
        do {
            _ = try desk.store.advance(
                number, CaseRequest(CaseAction(.accept, on: SampleCase.day("2026-06-04"))), by: SampleDesk.clerk,
                at: evening + 15 * 60)
            Issue.record("it was taken")
        } catch .refused(let refusal) {
            #expect(refusal.message == "2026-06-04 lies in the future; today is 2026-06-03")
        }
        #expect(try desk.store.state(of: number, for: SampleDesk.clerk).stage == .applied)
    }

    @Test("Who the members are has to be said of all of them")
    func people() throws {
        let desk = try SampleDesk()
        var wrong = try desk.application(on: "2026-06-02")
        wrong.people.removeLast()
        do {
            _ = try desk.store.apply(wrong, by: SampleDesk.clerk, at: SampleDesk.now)
            Issue.record("it was taken")
        } catch .refused(let refusal) {
            #expect(refusal.message == "the household has 2 members, and 1 persons are named")
        } catch { Issue.record("\(error)") }
    }

    @Test("A household that cannot be read is refused with every mistake, and a case that is none is named")
    func wrongInput() throws {
        let desk = try SampleDesk()
        var wrong = try desk.application(on: "2026-06-02")
        wrong.document = Array(#"{"area": "230102", "memberz": []}"#.utf8)
        do {
            _ = try desk.store.apply(wrong, by: SampleDesk.clerk, at: SampleDesk.now)
            Issue.record("it was taken")
        } catch .wrongInput(let findings) {
            #expect(findings.contains { $0.message.contains("memberz") })
        } catch { Issue.record("\(error)") }
        do {
            _ = try desk.store.state(of: 7, for: SampleDesk.clerk)
            Issue.record("it was found")
        } catch .noCase(let number) {
            #expect(number == 7)
        } catch { Issue.record("\(error)") }
    }

    @Test("A row that was edited beside the events is found")
    func editedRow() throws {
        let desk = try SampleDesk()
        _ = try desk.apply(on: "2026-06-02")
        try desk.store.records.write { try $0.database.run("UPDATE cases SET stage = 'granted' WHERE id = 1") }
        let problems = try desk.store.verify(anchor: nil).problems
        #expect(problems.map(\.message) == ["case 1 stands otherwise in the lists than its events say"])
    }

    @Test(
        "Whatever the lists say otherwise than the events is found, case by case",
        arguments: [
            ("UPDATE cases SET opened = opened + 1 WHERE id = 2", [2]),
            ("UPDATE cases SET due = 5 WHERE id = 2", [2]),
            ("UPDATE cases SET review = NULL WHERE id = 1", [1]),
            ("DELETE FROM cases WHERE id IN (1, 3)", [1, 3]),
            ("INSERT INTO cases(id, area, stage, opened, last, events) VALUES (9, 1, 'applied', 0, 0, 1)", [9]),
            ("INSERT INTO cases(id, area, stage, opened, last, events) VALUES (-9, 1, 'applied', 0, 0, 1)", [-9]),
            ("UPDATE case_grants SET fen = fen + 1", [1]),
            ("DELETE FROM case_grants", [1]),
            ("INSERT INTO case_grants(case_id, place, program, period, first, fen) VALUES (2, 0, 'a', 'b', 0, 1)", [2]),
            ("INSERT INTO case_grants(case_id, place, program, period, first, fen) VALUES (8, 0, 'a', 'b', 0, 1)", [8]),
            ("UPDATE case_members SET case_id = 7 WHERE case_id = 3", [3]),
        ])
    func editedLists(change: String, numbers: [Int]) throws {
        let desk = try SampleDesk()
        _ = try desk.takeToGranted()
        _ = try desk.apply(on: "2026-06-02")
        _ = try desk.apply(on: "2026-06-02")
        #expect(try desk.store.verify(anchor: nil).isWhole)
        try desk.store.records.write { try $0.database.run(change) }
        #expect(
            try desk.store.verify(anchor: nil).problems.map(\.message)
                == numbers.map { "case \($0) stands otherwise in the lists than its events say" })
    }

    @Test("Events that do not follow from each other are found with their case")
    func strangeEvents() throws {
        let desk = try SampleDesk()
        _ = try desk.apply(on: "2026-06-02")
        let actor = try #require(RecordActor(id: "c-1", role: "clerk", area: 0))
        try desk.store.records.write { writer throws in
            for (subject, body) in [(1, "{}"), (1, "[1]"), (4, #"{"step":"accept","day":"2026-06-02","rule":""}"#)] {
                try writer.append(
                    subject: Int64(subject), kind: "accept", time: 0, actor: actor, body: Array(body.utf8))
            }
        }
        #expect(
            try desk.store.verify(anchor: nil).problems.map(\.message) == [
                "the events of case 1 do not follow from each other",
                "the events of case 4 do not follow from each other",
            ])
    }

    @Test("A step that is done while the file is verified is no difference between events and lists")
    func stepMeanwhile() throws {
        let desk = try SampleDesk()
        _ = try desk.takeToGranted()
        let verification = try desk.store.records.verify(anchor: nil) { reader in
            let other = try desk.other()
            let recheck = CaseRequest(CaseAction(.recheck, on: SampleCase.day("2027-01-04")))
            _ = try other.advance(1, recheck, by: SampleDesk.clerk, at: SampleDesk.now)
            return try CaseComparison.checks(of: reader)
        }
        #expect(verification.problems == [])
        #expect(try desk.store.state(of: 1, for: SampleDesk.clerk).stage == .reviewing)
        #expect(try desk.store.verify(anchor: nil).isWhole)
    }

    @Test("What was handed over at once is kept with the grants, and an edited sum of it is found")
    func relief() throws {
        let desk = try SampleDesk()
        let state = try desk.takeToRelieved()
        #expect(state.grants.map(\.given.fen) == [200_000, 200_000])
        #expect(try desk.store.verify(anchor: nil).isWhole)
        // A file of before this was kept has it after it is opened.
        try desk.store.records.write {
            try $0.database.run("ALTER TABLE case_grants DROP COLUMN given")
            try $0.database.run("DELETE FROM migration WHERE name = 'relief-1'")
        }
        let store = try CaseStore.open(
            desk.folder + "/cases.db", keys: RecordKeys(secret: Array(repeating: 7, count: 32)), engine: nil)
        #expect(try store.verify(anchor: nil).problems.map(\.message) == [])
        try store.records.write { try $0.database.run("UPDATE case_grants SET given = 0 WHERE place = 1") }
        #expect(
            try store.verify(anchor: nil).problems.map(\.message)
                == ["case 1 stands otherwise in the lists than its events say"])
    }

    @Test("Neither names nor citizen numbers stand anywhere in the file")
    func nothingInClear() throws {
        let desk = try SampleDesk()
        _ = try desk.takeToGranted()
        _ = try desk.store.records.write { try $0.database.run("PRAGMA user_version") }
        let bytes = try desk.bytes()
        #expect(bytes.count > 4096)
        for secret in ["张桂兰", "11010519491231002X", "11010519491231002", "邻里反映情况属实"] {
            #expect(!bytes.contains(secret), "\(secret) stands in the file")
        }
        #expect(bytes.contains("low-income"))
    }
}
