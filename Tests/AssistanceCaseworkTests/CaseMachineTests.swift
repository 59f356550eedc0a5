import AssistanceCasework
import AssistanceCore
import Testing

@Suite("A case from the window to its end")
struct CaseMachineTests {
    private func refusal(_ body: () throws -> Void) throws -> CaseRefusal {
        do { try body() } catch let refusal as CaseRefusal { return refusal }
        struct NotRefused: Error {}
        throw NotRefused()
    }

    @Test("An application that is complete is accepted, examined, noticed, confirmed and granted from the next month")
    func wholeWay() throws {
        var sample = try SampleCase()
        #expect(sample.state.stage == .applied)
        #expect(sample.state.nextDeadline?.step == .accept)
        #expect(sample.state.nextDeadline?.due == SampleCase.day("2026-01-12"))
        try sample.takeToGranted()
        let state = sample.state
        #expect(state.stage == .granted)
        #expect(state.noticeEnds == SampleCase.day("2026-01-20"))
        #expect(state.grants.map(\.from) == [SampleCase.day("2026-02-01")])
        #expect(state.grants.map(\.grant.amount.fen) == [80_000])
        #expect(state.reviewDue == SampleCase.day("2027-01-22"))
        #expect(state.events == 10)
        #expect(state.nextDeadline == nil)
    }

    @Test("What is folded again from its events as JSON is the same case")
    func foldsFromJSON() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        try sample.take(.recheck, by: SampleCase.clerk, on: "2027-01-10")
        var state: CaseState?
        for event in sample.events {
            let read = try #require(CaseEvent(json: event.json, actor: event.actor))
            #expect(read == event)
            if state == nil { state = CaseState(number: 1, read) } else { _ = state?.fold(read) }
        }
        #expect(state == sample.state)
    }

    @Test("Papers are asked for once, and a case with papers lacking is not accepted")
    func papers() throws {
        var sample = try SampleCase()
        try sample.take(.askPapers, by: SampleCase.clerk, on: "2026-01-05") { $0.papers = ["户口簿", "收入证明"] }
        #expect(sample.state.stage == .incomplete)
        let early = try refusal { try sample.take(.accept, by: SampleCase.clerk, on: "2026-01-06") }
        #expect(early.code == .illegalTransition)
        try sample.take(.supplyPapers, by: SampleCase.clerk, on: "2026-01-06") { $0.papers = ["户口簿"] }
        #expect(sample.state.stage == .incomplete)
        #expect(sample.state.lacking == ["收入证明"])
        let unknown = try refusal {
            try sample.take(.supplyPapers, by: SampleCase.clerk, on: "2026-01-06") { $0.papers = ["户口簿"] }
        }
        #expect(
            unknown.description
                == "supply-papers: refused (not-of-case): not asked for: 户口簿 (procedure.yaml:supply-papers)")
        try sample.take(.supplyPapers, by: SampleCase.clerk, on: "2026-01-06") { $0.papers = ["收入证明"] }
        #expect(sample.state.stage == .applied)
        let twice = try refusal {
            try sample.take(.askPapers, by: SampleCase.clerk, on: "2026-01-06") { $0.papers = ["残疾证"] }
        }
        #expect(twice.code == .alreadyDone)
        #expect(twice.message == "papers are asked for once and completely, and have been asked for")
    }

    @Test("Nobody is verified who has not allowed it, or no longer")
    func permission() throws {
        var sample = try SampleCase()
        try sample.take(.accept, by: SampleCase.clerk, on: "2026-01-06")
        let none = try refusal { try sample.take(.verify, by: SampleCase.verifier, on: "2026-01-06") }
        #expect(none.code == .notPermitted)
        #expect(none.message == "2 of 2 members have not allowed verification on 2026-01-06")
        try sample.take(.authorize, by: SampleCase.clerk, on: "2026-01-06") {
            ($0.persons, $0.from, $0.until) = ([1, 2], SampleCase.day("2026-01-06"), SampleCase.day("2026-01-07"))
        }
        let late = try refusal { try sample.take(.verify, by: SampleCase.verifier, on: "2026-01-08") }
        #expect(late.code == .notPermitted)
        try sample.take(.verify, by: SampleCase.verifier, on: "2026-01-07")
    }

    @Test("A role, a level, an area or a person that may not do it is refused, with the rule")
    func whoMayNot() throws {
        var sample = try SampleCase()
        let role = try refusal { try sample.take(.accept, by: SampleCase.reviewer, on: "2026-01-06") }
        #expect(
            role.description
                == "accept: refused (wrong-role): reviewer may not do it, but clerk (procedure.yaml:accept)")
        let level = try refusal {
            try sample.take(
                .accept, by: CaseActor(id: "a", role: .clerk, area: SampleCase.county), on: "2026-01-06")
        }
        #expect(level.code == .wrongLevel)
        let elsewhere = try #require(DivisionCode("230102002"))
        let area = try refusal {
            try sample.take(.accept, by: CaseActor(id: "a", role: .clerk, area: elsewhere), on: "2026-01-06")
        }
        #expect(area.code == .outsideArea)
        try sample.takeToAssessed()
        let same = try refusal {
            try sample.take(
                .review, by: CaseActor(id: "clerk-1", role: .reviewer, area: SampleCase.township), on: "2026-01-12"
            ) { $0.verdict = .approve }
        }
        #expect(same.code == .notApart)
        #expect(same.message == "clerk-1 has done apply, accept, and one person may not do both")
    }

    @Test("A step that policy gives to nobody is refused")
    func noRule() throws {
        var sample = try SampleCase(publishes: false)
        try sample.takeToAssessed()
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .approve }
        let refusal = try refusal { try sample.take(.publish, by: SampleCase.clerk, on: "2026-01-13") }
        #expect(refusal.code == .noRule)
        #expect(
            refusal.message
                == "no policy of 230102 on 2026-01-05 says who may do it for low-income; fill procedure.publish")
        // Where nobody publishes, confirmation does not wait for it.
        try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-13") { $0.verdict = .approve }
        #expect(sample.state.stage == .confirmed)
    }

    @Test("A notice lasts to its last day, and an objection holds the confirmation up until it is settled")
    func noticeAndObjection() throws {
        var sample = try SampleCase()
        try sample.takeToNoticed()
        let early = try refusal {
            try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-20") { $0.verdict = .approve }
        }
        #expect(early.code == .tooEarly)
        #expect(early.message == "the public notice lasts until 2026-01-20")
        try sample.take(.object, by: SampleCase.clerk, on: "2026-01-20")
        #expect(sample.state.deadlines[.settle]?.due == SampleCase.day("2026-01-26"))
        let open = try refusal {
            try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-21") { $0.verdict = .approve }
        }
        #expect(open.message == "1 objections are not settled")
        let none = try refusal {
            try sample.take(.settle, by: SampleCase.reviewer, on: "2026-01-21") {
                ($0.number, $0.verdict) = (2, .refuse)
            }
        }
        #expect(none.code == .notOfCase)
        try sample.take(.settle, by: SampleCase.reviewer, on: "2026-01-21") {
            ($0.number, $0.verdict) = (1, .approve)
        }
        // It was right: all is examined again, by whoever.
        #expect(sample.state.stage == .accepted)
        #expect(sample.state.verification == nil)
        #expect(sample.state.objections.isEmpty)
    }

    @Test("A small sum of temporary relief is the township's to confirm, a large one the county's")
    func levelsOfConfirmation() throws {
        for (fen, level) in [(Int64(200_000), DivisionLevel.township), (200_001, .county)] {
            var sample = try SampleCase(publishes: false)
            let relief = CaseOutcome(
                program: "temporary-relief", status: .eligible,
                grants: [CaseGrant(benefit: "relief", period: .once, amount: Money(fen: fen))])
            try sample.takeToAssessed([relief])
            try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .approve }
            let township = CaseActor(id: "head-1", role: .confirmer, area: SampleCase.township)
            if level == .township {
                try sample.take(.confirm, by: township, on: "2026-01-13") { $0.verdict = .approve }
            } else {
                let refusal = try refusal {
                    try sample.take(.confirm, by: township, on: "2026-01-13") { $0.verdict = .approve }
                }
                #expect(refusal.message == "an office of township may not do it, but one of county")
            }
        }
    }

    @Test("What is not decided cannot be proposed, and what is not proposed cannot be approved")
    func undetermined() throws {
        var sample = try SampleCase()
        try sample.takeToAssessed([CaseOutcome(program: "low-income", status: .undetermined)])
        let open = try refusal {
            try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .approve }
        }
        #expect(open.code == .undetermined)
        #expect(open.message == "low-income is not decided; report what is missing and assess again")
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .refuse }
        let approve = try refusal {
            try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-13") { $0.verdict = .approve }
        }
        #expect(approve.message == "what the review does not propose cannot be approved; send it back")
        try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-13") { $0.verdict = .refuse }
        try sample.take(.decide, by: SampleCase.clerk, on: "2026-01-14")
        #expect(sample.state.stage == .closed)
        #expect(sample.state.grants.isEmpty)
    }

    @Test("A refused household may appeal in time; where it is right the case opens again")
    func appeal() throws {
        var sample = try SampleCase()
        try sample.takeToAssessed([CaseOutcome(program: "low-income", status: .ineligible)])
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-01-12") { $0.verdict = .refuse }
        try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-01-13") { $0.verdict = .refuse }
        try sample.take(.decide, by: SampleCase.clerk, on: "2026-01-14")
        let late = try refusal { try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-03-17") }
        #expect(late.code == .tooLate)
        try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-03-15")
        #expect(sample.state.nextDeadline?.step == .reply)
        #expect(sample.state.nextDeadline?.due == SampleCase.day("2026-04-14"))
        try sample.take(.reply, by: SampleCase.supervisor, on: "2026-03-20") {
            ($0.number, $0.verdict) = (1, .approve)
        }
        #expect(sample.state.stage == .accepted)
    }

    @Test("What is not taken up may be appealed against in time; where that is right the case stands where it stood")
    func declined() throws {
        for asks in [false, true] {
            var sample = try SampleCase()
            if asks { try sample.take(.askPapers, by: SampleCase.clerk, on: "2026-01-06") { $0.papers = ["户口簿"] } }
            try sample.take(.decline, by: SampleCase.clerk, on: "2026-01-07")
            let late = try refusal { try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-03-10") }
            #expect(
                late.description
                    == "appeal: refused (too-late): an appeal against the decision of 2026-01-07 is no longer possible (procedure.yaml:appeal)"
            )
            try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-02-02")
            try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-02-02")
            try sample.take(.reply, by: SampleCase.supervisor, on: "2026-02-04") {
                ($0.number, $0.verdict) = (1, .approve)
            }
            #expect(sample.state.stage == (asks ? .incomplete : .applied))
            #expect(sample.state.lacking == (asks ? ["户口簿"] : []))
            // The second appeal against the same has nothing left to bring about.
            try sample.take(.reply, by: SampleCase.supervisor, on: "2026-02-05") {
                ($0.number, $0.verdict) = (2, .approve)
            }
            #expect(sample.state.stage == (asks ? .incomplete : .applied))
        }
    }

    @Test("What is not taken up stays so where the appeal is wrong, and what was withdrawn has no decision")
    func declinedForGood() throws {
        var sample = try SampleCase()
        var withdrawn = sample
        try sample.take(.decline, by: SampleCase.clerk, on: "2026-01-07")
        try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-02-02")
        try sample.take(.reply, by: SampleCase.supervisor, on: "2026-02-04") { ($0.number, $0.verdict) = (1, .refuse) }
        #expect(sample.state.stage == .closed)
        try withdrawn.take(.withdraw, by: SampleCase.clerk, on: "2026-01-07")
        let none = try refusal { try withdrawn.take(.appeal, by: SampleCase.supervisor, on: "2026-01-08") }
        #expect(none.message == "there is no decision to appeal against")
    }

    @Test("A review replaces the sum from the next month, and an end stops it; what was is kept")
    func reviewAndEnd() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        try sample.take(.report, by: SampleCase.clerk, on: "2026-05-10")
        #expect(sample.state.stage == .reviewing)
        var less = SampleCase.lowIncome
        less.grants[0].amount = Money(fen: 30_000)
        try sample.examine(from: "2026-05-12", [less])
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-05-13") { $0.verdict = .approve }
        try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-05-14") { $0.verdict = .approve }
        try sample.take(.decide, by: SampleCase.clerk, on: "2026-05-15")
        #expect(sample.state.grants.map(\.grant.amount.fen) == [80_000, 30_000])
        #expect(sample.state.grants.map(\.until) == [SampleCase.day("2026-06-01"), nil])
        try sample.take(.end, by: SampleCase.confirmer, on: "2026-07-03") {
            ($0.programs, $0.from) = (["low-income"], SampleCase.day("2026-07-03"))
        }
        #expect(sample.state.stage == .closed)
        #expect(sample.state.grants.map(\.until) == [SampleCase.day("2026-06-01"), SampleCase.day("2026-08-01")])
    }

    @Test("The death of one member begins a review, that of the last one ends the case")
    func deaths() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        try sample.take(.recordDeath, by: SampleCase.clerk, on: "2026-05-10") {
            ($0.persons, $0.from) = ([1], SampleCase.day("2026-05-08"))
        }
        #expect(sample.state.stage == .reviewing)
        let again = try refusal {
            try sample.take(.recordDeath, by: SampleCase.clerk, on: "2026-05-10") {
                ($0.persons, $0.from) = ([1], SampleCase.day("2026-05-08"))
            }
        }
        #expect(again.code == .notOfCase)
        try sample.take(.recordDeath, by: SampleCase.clerk, on: "2026-05-11") {
            ($0.persons, $0.from) = ([2], SampleCase.day("2026-05-11"))
        }
        #expect(sample.state.stage == .closed)
        #expect(sample.state.grants.map(\.until) == [SampleCase.day("2026-06-01")])
    }

    @Test("A household with a relative of staff is visited by the county itself")
    func relatives() throws {
        var sample = try SampleCase()
        try sample.takeToAccepted()
        try sample.take(.registerRelative, by: SampleCase.clerk, on: "2026-01-07") {
            ($0.persons, $0.visitors) = ([2], ["clerk-9"])
        }
        let visit = try refusal {
            try sample.take(.visit, by: SampleCase.surveyor, on: "2026-01-08") {
                ($0.visitors, $0.from) = (["surveyor-1", "village-7"], SampleCase.day("2026-01-08"))
            }
        }
        #expect(visit.message == "surveyor may not do it, but confirmer")
    }

    @Test("Relief comes first up to the sum that policy allows, and is kept as a grant")
    func reliefFirst() throws {
        var sample = try SampleCase()
        let tooMuch = try refusal {
            try sample.take(.relieve, by: SampleCase.clerk, on: "2026-01-05") {
                ($0.programs, $0.sum) = (["temporary-relief"], Money(fen: 200_001))
            }
        }
        #expect(tooMuch.code == .noRule)
        try sample.take(.relieve, by: SampleCase.clerk, on: "2026-01-05") {
            ($0.programs, $0.sum) = (["temporary-relief"], Money(fen: 200_000))
        }
        #expect(sample.state.grants.map(\.grant.amount.fen) == [200_000])
        #expect(sample.state.grants.map(\.given.fen) == [200_000])
        #expect(sample.state.stage == .applied)
    }

    @Test(
        "What was handed over counts as given: of a larger grant the rest is owed, of a smaller one nothing",
        arguments: [(300_000, 200_000, 100_000), (200_000, 200_000, 0), (150_000, 150_000, 0)])
    func reliefIsSetOff(_ granted: Int64, _ given: Int64, _ rest: Int64) throws {
        var sample = try SampleCase()
        try sample.take(.relieve, by: SampleCase.clerk, on: "2026-01-05") {
            ($0.programs, $0.sum) = (["temporary-relief"], Money(fen: 200_000))
        }
        var outcome = SampleCase.relief
        outcome.grants[0].amount = Money(fen: granted)
        try sample.takeToGranted([outcome, SampleCase.lowIncome])
        let (relief, grant, base) = (sample.state.grants[0], sample.state.grants[1], sample.state.grants[2])
        #expect([relief.given.fen, relief.rest.fen] == [200_000, 0])
        #expect([grant.given.fen, grant.rest.fen] == [given, rest])
        // Another programme has nothing to do with it.
        #expect([base.given.fen, base.rest.fen] == [0, 80_000])
    }

    @Test("What is paid once ends with its decision: the case is closed, and may still be appealed against")
    func paidOnce() throws {
        var sample = try SampleCase()
        try sample.takeToGranted([SampleCase.relief])
        #expect(sample.state.stage == .closed)
        #expect(sample.state.grants.map(\.rest.fen) == [300_000])
        #expect(sample.state.reviewDue == nil)
        // The appeal is right: what is granted then stands in place of what was granted.
        try sample.take(.appeal, by: SampleCase.supervisor, on: "2026-02-02")
        try sample.take(.reply, by: SampleCase.supervisor, on: "2026-02-03") { ($0.number, $0.verdict) = (1, .approve) }
        #expect(sample.state.stage == .accepted)
        var more = SampleCase.relief
        more.grants[0].amount = Money(fen: 350_000)
        try sample.examine(from: "2026-02-04", [more])
        try sample.take(.review, by: SampleCase.reviewer, on: "2026-02-05") { $0.verdict = .approve }
        try sample.take(.publish, by: SampleCase.clerk, on: "2026-02-06")
        try sample.take(.confirm, by: SampleCase.confirmer, on: "2026-02-16") { $0.verdict = .approve }
        try sample.take(.decide, by: SampleCase.clerk, on: "2026-02-17")
        #expect(sample.state.grants.map(\.grant.amount.fen) == [300_000, 350_000])
        #expect(sample.state.grants.map(\.until) == [SampleCase.day("2026-01-22"), nil])
    }

    @Test("What is granted without money runs on, and beside it what is paid once is over and is not reviewed again")
    func reviewOfWhatRuns() throws {
        var sample = try SampleCase(for: ["medical", "temporary-relief"])
        let medical = CaseOutcome(program: "medical", status: .eligible)
        try sample.takeToGranted([medical, SampleCase.relief])
        #expect(sample.state.stage == .granted)
        #expect(sample.state.running.keys.sorted() == ["medical"])
        try sample.take(.recheck, by: SampleCase.clerk, on: "2026-05-11")
        #expect(sample.state.examined == ["medical"])
        let again = try refusal { try sample.examine(from: "2026-05-12", [medical, SampleCase.relief]) }
        #expect(
            again.description
                == "assess: refused (not-of-case): it holds each programme that is examined once, and no other: medical (procedure.yaml:assess)"
        )
    }

    @Test("Of several sums that are paid once each is set off against what is left")
    func reliefOfSeveral() throws {
        var sample = try SampleCase()
        for sum in [Int64(150_000), 100_000] {
            try sample.take(.relieve, by: SampleCase.clerk, on: "2026-01-05") {
                ($0.programs, $0.sum) = (["temporary-relief"], Money(fen: sum))
            }
        }
        var outcome = SampleCase.relief
        outcome.grants[0].amount = Money(fen: 200_000)
        outcome.grants.append(CaseGrant(benefit: "extra", period: .once, amount: Money(fen: 80_000)))
        try sample.takeToGranted([outcome])
        #expect(sample.state.grants.map(\.given.fen) == [150_000, 100_000, 200_000, 50_000])
    }

    @Test("A step with a field too few or too many, or before the last day of the case, is refused")
    func wrongFields() throws {
        var sample = try SampleCase()
        let few = try refusal { try sample.take(.askPapers, by: SampleCase.clerk, on: "2026-01-05") }
        #expect(few.description == "ask-papers: refused (wrong-fields): it needs papers")
        let many = try refusal {
            try sample.take(.accept, by: SampleCase.clerk, on: "2026-01-05") { $0.sum = Money(fen: 1) }
        }
        #expect(many.message == "it has no sum")
        let early = try refusal { try sample.take(.accept, by: SampleCase.clerk, on: "2026-01-04") }
        #expect(early.message == "2026-01-04 lies before the last step of the case, which was on 2026-01-05")
        try sample.take(.withdraw, by: SampleCase.clerk, on: "2026-01-05")
        let closed = try refusal { try sample.take(.accept, by: SampleCase.clerk, on: "2026-01-05") }
        #expect(closed.message == "the case is closed (已办结); what may be done now is complain, appeal, reply")
    }
}
