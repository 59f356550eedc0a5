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
        #expect(try desk.store.state(of: state.number) == state)
        #expect(try desk.store.history(of: state.number).map(\.event.action.step).last == .decide)
        #expect(try desk.store.list(in: SampleDesk.county).map(\.number) == [1])
        #expect(try desk.store.list(in: SampleDesk.county, stage: .closed).isEmpty)
        #expect(try desk.store.cases(of: CitizenNumber("11010519491231002X")) == [1])
        let verification = try desk.store.verify(anchor: try desk.store.records.head)
        #expect(verification.problems.map(\.description) == [])
        // Ten steps, and the event that began the file.
        #expect(verification.events == 11)
    }

    @Test("What was due is listed where the case belongs, the longest overdue first, and elsewhere it is not")
    func overdue() throws {
        let desk = try SampleDesk()
        for day in ["2026-06-03", "2026-06-02"] {
            let state = try desk.apply(on: day)
            _ = try desk.take(state.number, .accept, on: day)
        }
        let late = try desk.store.overdue(in: SampleDesk.township, on: SampleCase.day("2026-09-01"))
        #expect(late.map(\.number) == [2, 1])
        #expect(late.map(\.due?.step) == [.confirm, .confirm])
        #expect(try desk.store.overdue(in: SampleDesk.township, on: SampleCase.day("2026-06-20")).isEmpty)
        let elsewhere = try #require(DivisionCode("230103"))
        #expect(try desk.store.overdue(in: elsewhere, on: SampleCase.day("2026-09-01")).isEmpty)
    }

    @Test("A refused step changes nothing: no event, no document, no person")
    func refusedChangesNothing() throws {
        let desk = try SampleDesk()
        let before = try desk.store.records.head
        var wrong = try desk.application(on: "2026-06-02")
        wrong.action.programs = ["low-incom"]
        #expect(throws: CaseProblem.self) { try desk.store.apply(wrong, by: SampleDesk.clerk, at: 0) }
        #expect(throws: CaseProblem.self) {
            try desk.store.apply(desk.application(on: "2026-06-02"), by: SampleDesk.reviewer, at: 0)
        }
        #expect(try desk.store.records.head == before)
        #expect(try desk.store.records.statistics.persons == 0)
        #expect(try desk.store.records.statistics.documents == 0)
    }

    @Test("Who the members are has to be said of all of them")
    func people() throws {
        let desk = try SampleDesk()
        var wrong = try desk.application(on: "2026-06-02")
        wrong.people.removeLast()
        do {
            _ = try desk.store.apply(wrong, by: SampleDesk.clerk, at: 0)
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
            _ = try desk.store.apply(wrong, by: SampleDesk.clerk, at: 0)
            Issue.record("it was taken")
        } catch .wrongInput(let findings) {
            #expect(findings.contains { $0.message.contains("memberz") })
        } catch { Issue.record("\(error)") }
        do {
            _ = try desk.store.state(of: 7)
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
            ("INSERT INTO case_grants(case_id, place, program, period, first, fen) VALUES (2, 0, 'a', 'once', 0, 1)", [2]),
            ("INSERT INTO case_grants(case_id, place, program, period, first, fen) VALUES (8, 0, 'a', 'once', 0, 1)", [8]),
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
            _ = try other.advance(1, recheck, by: SampleDesk.clerk, at: 0)
            return try CaseComparison.checks(of: reader)
        }
        #expect(verification.problems == [])
        #expect(try desk.store.state(of: 1).stage == .reviewing)
        #expect(try desk.store.verify(anchor: nil).isWhole)
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
