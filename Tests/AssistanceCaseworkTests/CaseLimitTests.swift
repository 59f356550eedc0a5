import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import Testing

@Suite("By when the steps of a case are due")
struct CaseLimitTests {
    private func due(_ sample: SampleCase, _ step: CaseStep) -> String? { sample.state.deadlines[step]?.due.iso }

    private func extend(_ sample: inout SampleCase, _ step: CaseStep, on day: String) throws(CaseRefusal) {
        try sample.take(.extend, by: SampleCase.reviewer, on: day) { $0.limit = step }
    }

    private func refusal(_ body: () throws(CaseRefusal) -> Void) -> String? {
        do throws(CaseRefusal) {
            try body()
            return nil
        } catch { return error.description }
    }

    @Test("Of several times of one step the first day due counts, and that after a notice begins when it is over")
    func several() throws {
        var sample = try SampleCase()
        try sample.takeToAccepted()
        #expect(due(sample, .confirm) == "2026-02-16")
        try sample.examine(from: "2026-01-08", [SampleCase.lowIncome])
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .approve }
        try sample.take(.publish, by: SampleCase.clerk, on: "2026-01-13")
        // The notice lasts to 20 January, and ten days follow.
        #expect(due(sample, .confirm) == "2026-01-30")
        #expect(sample.state.deadlines[.confirm]?.since == SampleCase.day("2026-01-20"))
    }

    @Test("A time is extended to what policy says, and the event tells of it when it is read again")
    func extended() throws {
        var sample = try SampleCase()
        try sample.takeToAccepted()
        #expect(due(sample, .review) == "2026-01-26")
        try extend(&sample, .review, on: "2026-01-26")
        #expect(due(sample, .review) == "2026-02-05")
        #expect(sample.state.deadlines[.review]?.since == SampleCase.day("2026-01-06"))
        let event = try #require(sample.events.last)
        #expect(CaseEvent(json: event.json, actor: event.actor) == event)
        #expect(event.action.limit == .review)
        // Counting the days anew keeps the longer time.
        try sample.take(.recount, by: SampleCase.clerk, on: "2026-01-27")
        #expect(due(sample, .review) == "2026-02-05")
    }

    @Test("It is extended once, before it has passed, and only where policy says so")
    func notExtended() throws {
        var sample = try SampleCase()
        #expect(
            refusal { () throws(CaseRefusal) in try extend(&sample, .review, on: "2026-01-05") }
                == "extend: refused (not-of-case): no time of review runs; what is due is accept (procedure.yaml:extend)"
        )
        try sample.takeToAccepted()
        #expect(
            refusal { () throws(CaseRefusal) in try extend(&sample, .confirm, on: "2026-01-07") }
                == "extend: refused (not-ready): policy does not let the time of confirm be longer; it is due on 2026-02-16 (procedure.yaml:extend)"
        )
        var late = sample
        #expect(
            refusal { () throws(CaseRefusal) in try extend(&late, .review, on: "2026-01-27") }
                == "extend: refused (too-late): the time of review passed on 2026-01-26, and is extended before it has passed (procedure.yaml:extend)"
        )
        try extend(&sample, .review, on: "2026-01-07")
        #expect(
            refusal { () throws(CaseRefusal) in try extend(&sample, .review, on: "2026-01-08") }
                == "extend: refused (already-done): the time of review has been extended to 2026-02-05, and is extended once (procedure.yaml:extend)"
        )
        #expect(
            refusal { () throws(CaseRefusal) in
                try sample.take(.extend, by: SampleCase.reviewer, on: "2026-01-08")
            } == "extend: refused (wrong-fields): it needs limit")
        #expect(
            refusal { () throws(CaseRefusal) in
                try sample.take(.extend, by: SampleCase.clerk, on: "2026-01-08") { $0.limit = .review }
            } == "extend: refused (wrong-role): clerk may not do it, but reviewer (procedure.yaml:extend)")
    }

    @Test("A case that is sent back keeps the time that counts from the acceptance, and an extension with it")
    func sentBack() throws {
        var sample = try SampleCase()
        try sample.takeToAssessed()
        try extend(&sample, .review, on: "2026-01-09")
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .sendBack }
        #expect(sample.state.stage == .accepted)
        #expect([due(sample, .review), due(sample, .confirm)] == ["2026-02-05", "2026-02-16"])
        #expect(
            refusal { () throws(CaseRefusal) in try extend(&sample, .review, on: "2026-01-13") }?.contains(
                "already-done") == true)
        try sample.examine(from: "2026-01-14", [SampleCase.lowIncome])
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-15") { $0.verdict = .approve }
        #expect(due(sample, .review) == nil)
        try sample.take(.publish, by: SampleCase.clerk, on: "2026-01-16")
        #expect(due(sample, .confirm) == "2026-02-02")
        try sample.take(.object, by: SampleCase.clerk, on: "2026-01-19")
        try sample.take(.settle, by: SampleCase.reviewer, on: "2026-01-20") { ($0.number, $0.verdict) = (1, .approve) }
        // What counted from the notice fell away with it.
        #expect([due(sample, .review), due(sample, .confirm)] == ["2026-02-05", "2026-02-16"])
        #expect(sample.state.deadlines.count == 2)
    }

    @Test("A review begins without the times of the round before it")
    func reviewed() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        #expect(sample.state.deadlines.isEmpty)
        try sample.take(.recheck, by: SampleCase.clerk, on: "2026-01-23")
        #expect(sample.state.deadlines.isEmpty)
    }

    @Test("A complaint and an appeal are answered each in its own time")
    func replies() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-02-02")
        #expect(due(sample, .reply) == "2026-03-04")
        try sample.take(.complain, by: SampleCase.supervisor, on: "2026-02-03")
        #expect(due(sample, .reply) == "2026-02-23")
        try sample.take(.reply, by: SampleCase.supervisor, on: "2026-02-04") { ($0.number, $0.verdict) = (2, .refuse) }
        #expect(due(sample, .reply) == "2026-03-04")
    }

    @Test("A task is due until it is answered, and a case that was withdrawn waits for nothing")
    func tasks() throws {
        var sample = try SampleCase()
        try sample.takeToAccepted()
        try sample.take(.dispatch, by: SampleCase.clerk, on: "2026-01-07") {
            ($0.department, $0.programs) = ("住建", ["low-income"])
        }
        #expect(due(sample, .answer) == "2026-01-19")
        try sample.take(.withdraw, by: SampleCase.clerk, on: "2026-01-08")
        #expect(sample.state.deadlines.isEmpty)
    }

    // MARK: In a file

    @Test("The county extends the 30 working days of low income to 45, by the policy of the nation")
    func nation() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .accept, on: "2026-06-02")
        let state = try desk.take(number, .extend, on: "2026-06-03", text: "家庭成员在外地,调查需要延长") {
            $0.action.limit = .confirm
        }
        #expect(state.deadlines[.confirm]?.due == SampleCase.day("2026-08-05"))
        #expect(
            try desk.store.list(in: SampleDesk.county, for: SampleDesk.confirmer).first?.due?.day
                == SampleCase.day("2026-08-05"))
        #expect(try desk.store.verify(anchor: nil).problems.isEmpty)
    }
}
