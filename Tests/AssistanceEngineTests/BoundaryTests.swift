import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import TestSupport
import Testing

/// Every threshold of low income, one fen or one day below, at it and above, against a computation by hand.
///
/// Property has no threshold in these policies: their limits are not published, and people check it.
@Suite("Thresholds of low income")
struct BoundaryTests {
    @Test("The line and its multiples, to the fen of a year", arguments: Situation.all)
    func income(_ situation: Situation) throws {
        var cases = Cases(situation)
        for residence in ["urban", "rural"] {
            for size in 1...5 {
                for severe in [true, false] {
                    var household = SampleHousehold.adults(size, residence, on: situation.date)
                    if severe { household.members?[size - 1]["illness"] = 1 }
                    let year = situation.byHand.line(household) * 12 * Int64(size)
                    for (percent, matters) in [(50, false), (100, true), (120, false), (150, true), (200, false)] {
                        // 120 % divides the edge families of Harbin's towns; at review they are in gradual exit.
                        let isLayer =
                            percent == 120 && situation.place == .harbin && residence == "urban" && !situation.isReview
                        cases.cross("\(percent) % of the line", matters: matters || isLayer) { step in
                            household.members?[0]["income.wages"] = year * Int64(percent) / 100 + step
                            return household
                        }
                    }
                }
            }
        }
        try cases.check()
    }

    @Test("Rigid expenditure is taken from income, and land of Linkou added, to the fen", arguments: Situation.all)
    func deductions(_ situation: Situation) throws {
        var cases = Cases(situation)
        for residence in ["urban", "rural"] {
            var household = SampleHousehold.adults(2, residence, on: situation.date)
            let year = situation.byHand.line(household) * 24
            household.members?[0]["income.wages"] = year + 500_000
            let counts = situation.place == .linkou || residence == "urban"
            cases.cross("rigid expenditure", matters: counts) { step in
                household.facts["rigid_expenditure.total"] = 500_000 - step
                return household
            }
            // 10,000 mu-hundredths at 1,126.33 yuan a mu: more than all the line allows without wages.
            household.facts["rigid_expenditure.total"] = 0
            household.plots = [
                [
                    "mu": 1_000, "use": SampleFacts.code(.plot, "use", "own"),
                    "crop": SampleFacts.code(.plot, "crop", "soybean"),
                ]
            ]
            cases.cross("land", matters: situation.place == .linkou) { step in
                household.members?[0]["income.wages"] = year - 1_126_330 + step
                return household
            }
        }
        try cases.check()
    }

    @Test("16, 18 and 60 years, to the day", arguments: Situation.all)
    func ages(_ situation: Situation) throws {
        var cases = Cases(situation)
        for residence in ["urban", "rural"] {
            for years in [16, 18, 60] {
                func cross(_ what: String, matters: Bool, _ change: (inout SampleHousehold) -> Void) {
                    var household = SampleHousehold.adults(3, residence, on: situation.date)
                    change(&household)
                    let day = CalendarDate(
                        year: situation.date.year - years, month: situation.date.month, day: situation.date.day)
                    cases.cross("\(years), \(what)", matters: matters) { step in
                        household.members?[2]["birth"] = Int64(day?.days ?? 0) - step
                        return household
                    }
                }
                func child(_ household: inout SampleHousehold, _ key: String, _ value: Int64) {
                    household.members?[2]["relation"] = SampleFacts.code("relation", "child")
                    household.members?[2][key] = value
                }
                cross("a child away from home", matters: years == 18) { child(&$0, "lives_with_family", 0) }
                cross("an orphan", matters: years == 18) {
                    child(&$0, "orphan", SampleFacts.code("orphan", "dispersed"))
                }
                cross("who refused three jobs", matters: years == 18) {
                    child(&$0, "refusals", 3)
                    $0.members?[2]["can_work"] = 1
                }
                cross("who can work", matters: years == 18) {
                    child(&$0, "can_work", 1)
                }
                // In Linkou supplements are for those under 18 and from 60 on.
                cross("whose age alone may give a supplement", matters: situation.place == .linkou && years != 16) {
                    child(&$0, "income.wages", 0)
                }
                cross("all old", matters: situation.place == .linkou && years == 60) {
                    $0.members?.removeFirst(2)
                    $0.members?.insert(
                        contentsOf: SampleHousehold.adults(2, residence, age: 70, on: situation.date).members ?? [],
                        at: 0)
                    $0.members?[0]["can_work"] = 1
                }
            }
        }
        try cases.check()
    }

    @Test("A birthday on 29 February is reached on 1 March", arguments: Stage.allCases)
    func leapDay(_ stage: Stage) throws {
        let harbin = try #require(Situation.all.first { $0.place == .harbin && $0.stage == stage })
        let leap = try #require(CalendarDate(iso: "2004-02-29"))
        var household = SampleHousehold.adults(2, "urban", on: harbin.date)
        household.members?[1]["relation"] = SampleFacts.code("relation", "child")
        household.members?[1]["birth"] = Int64(leap.days)
        household.members?[1]["lives_with_family"] = 0
        for (day, counted) in [("2022-02-28", 2), ("2022-03-01", 1)] {
            let situation = harbin.on(day, urban: 83_500, rural: 62_500)
            #expect(try situation.decision(household).membersCounted == counted, "\(day)")
            var cases = Cases(situation)
            cases.add("leap day", household)
            try cases.check()
        }
    }

    @Test("Three refusals, three years of clergy, grades of disability", arguments: Situation.all)
    func counts(_ situation: Situation) throws {
        var cases = Cases(situation)
        for residence in ["urban", "rural"] {
            var worker = SampleHousehold.adults(2, residence, on: situation.date)
            worker.members?[0]["illness"] = 1
            worker.members?[1]["can_work"] = 1
            cases.cross("refusals", matters: true) { step in
                worker.members?[1]["refusals"] = 3 + step
                return worker
            }
            var clergy = SampleHousehold.adults(2, residence, on: situation.date)
            clergy.members?[1]["away"] = SampleFacts.code("away", "clergy")
            let since = CalendarDate(
                year: situation.date.year - 3, month: situation.date.month, day: situation.date.day)
            cases.cross("years of clergy", matters: true) { step in
                clergy.members?[1]["away_since"] = Int64(since?.days ?? 0) - step
                return clergy
            }
            for kind in ["vision", "limb", "intellectual", "mental", "multiple"] {
                var disabled = SampleHousehold.adults(2, residence, on: situation.date)
                disabled.members?[1]["disability_kind"] = SampleFacts.code("disability_kind", kind)
                let line = situation.byHand.line(disabled)
                disabled.members?[0]["income.wages"] = line * 30
                let isMind = kind == "intellectual" || kind == "mental"
                for grade in [Int64(2), 3] {
                    cases.cross("grade \(grade) of \(kind)", matters: (grade == 3) == isMind) { step in
                        disabled.members?[1]["disability_grade"] = grade + max(0, step)
                        return disabled
                    }
                }
            }
        }
        try cases.check()
    }

    @Test("The last day of gradual exit, and its limit", arguments: Situation.all.filter(\.isReview))
    func grace(_ situation: Situation) throws {
        var cases = Cases(situation)
        for residence in ["urban", "rural"] {
            var household = SampleHousehold.adults(3, residence, on: situation.date)
            let line = situation.byHand.line(household)
            household.members?[0]["income.wages"] = line * 45
            household.facts["running.route"] = SampleFacts.code(.household, "running.route", "grace")
            household.facts["running.grace_until"] = Int64(situation.date.days) + 30
            // In 林口县 the sum is rounded up to yuan: one fen less is the same.
            cases.cross("running sum", matters: situation.place != .linkou) { step in
                household.facts["running.base"] = line * 3 + step
                return household
            }
            cases.cross("grace until", matters: true) { step in
                household.facts["running.grace_until"] = Int64(situation.date.days) + step
                return household
            }
        }
        try cases.check()
    }

    @Test("Random households are decided as by hand", arguments: Situation.all)
    func random(_ situation: Situation) throws {
        var random = situation.random(20_266)
        var cases = Cases(situation)
        for number in 0..<(250 * PropertyEffort.times) {
            cases.add(
                "random \(number)",
                SampleHousehold.random(on: situation.date, &random).calibrated(situation.byHand, &random))
        }
        try cases.check()
    }

    /// Households to be decided by the engine and by hand.
    private struct Cases {
        let situation: Situation
        var households: [(name: String, household: SampleHousehold)] = []

        init(_ situation: Situation) { self.situation = situation }

        mutating func add(_ name: String, _ household: SampleHousehold) { households.append((name, household)) }

        /// One below, at, and one above. Where the threshold matters, by hand the three are not all alike.
        mutating func cross(_ name: String, matters: Bool, _ household: (Int64) -> SampleHousehold) {
            var seen: [LowIncomeByHand.Decision] = []
            for step in [Int64(-1), 0, 1] {
                let next = household(step)
                add("\(name) \(step > 0 ? "+" : "")\(step)", next)
                var decision = situation.byHand.decide(next, isReview: situation.isReview)
                if !matters { decision.income = 0 }
                if matters { decision.income = seen.first?.income ?? decision.income }
                if !seen.contains(decision) { seen.append(decision) }
            }
            if matters { #expect(seen.count > 1, "\(name) of \(situation.testDescription) is no threshold") }
        }

        func check() throws {
            var batch = FactBatch(schema: SampleFacts.schema)
            for (_, household) in households { household.append(to: &batch) }
            for ((name, household), decision) in zip(households, try situation.decisions(batch)) {
                let hand = situation.byHand.decide(household, isReview: situation.isReview)
                let comment = Comment(rawValue: "\(name), \(situation.testDescription)")
                #expect(decision.status == (hand.route == nil ? .ineligible : .eligible), comment)
                #expect(decision.route == hand.route, comment)
                #expect(decision.fen("base") == hand.base, comment)
                #expect(decision.fen("supplements") == hand.supplements...hand.supplements, comment)
                #expect(decision.membersCounted == hand.counted, comment)
                #expect(decision.membersPaid == hand.paid, comment)
                #expect((decision.standing("edge")?.status == .eligible) == hand.edge, comment)
                #expect(decision.standing("edge")?.status != .undetermined, comment)
                #expect(decision.standing("edge")?.layer == hand.layer, comment)
                #expect(decision.review?.classCode == hand.reviewClass, comment)
            }
            print("thresholds, \(situation.testDescription): \(households.count) cases as by hand")
        }
    }
}
