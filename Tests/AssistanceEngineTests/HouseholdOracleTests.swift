import AssistanceCore
import AssistanceEngine
import TestSupport
import Testing

/// The oracle: what is decided while facts are hidden is what every completion of them decides.
@Suite("Hidden facts of households")
struct HouseholdOracleTests {
    /// How what was hidden is filled in; the household as it was comes on top.
    private static let fillings: [SampleHousehold.Filling] = [
        .likely, .likely, .likely, .likely, .anything, .anything, .anything, .extreme, .extreme, .extreme, .lowest,
        .highest,
    ]

    @Test(
        "A decided status, amount or standing is that of every completion", arguments: Situation.four + [.unpublished])
    func completions(_ situation: Situation) throws {
        var random = situation.random(20_261)
        var tally: [String: Int] = [:]
        for number in 0..<(160 * PropertyEffort.times) {
            let truth = SampleHousehold.random(on: situation.date, &random).calibrated(situation.byHand, &random)
                .decided(&random)
            let hidden = Self.hidden(of: truth, &random)
            var batch = truth.batch(hiding: hidden)
            truth.append(to: &batch)
            for filling in Self.fillings {
                truth.completed(hidden, filling, on: situation.date, &random).append(to: &batch)
            }
            let decisions = try situation.decisions(batch)
            let open = decisions[0]
            for (place, full) in decisions.enumerated().dropFirst() {
                let found = Self.contradictions(open, full)
                #expect(found.isEmpty, "household \(number), completion \(place), hidden \(hidden.sorted())")
            }
            checkMissing(open, hidden, situation, "household \(number)")
            tally[open.status.rawValue, default: 0] += 1
            if open.status == .eligible { tally[open.monthly.known == nil ? "bounded" : "known", default: 0] += 1 }
            tally["completions", default: 0] += decisions.count - 1
        }
        if situation.day == Situation.unpublished.day, situation.place == .harbin {
            #expect(tally["eligible"] == nil)
        } else {
            #expect(tally.keys.contains("known") && tally.keys.contains("bounded"))
        }
        #expect(tally["undetermined", default: 0] > 20)
        print(
            "hidden facts, \(situation.testDescription): \(tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
        )
    }

    @Test(
        "Answering what is missing, round after round, ends in a decision", arguments: Situation.four + [.unpublished])
    func answers(_ situation: Situation) throws {
        var random = situation.random(20_262)
        var (rounds, longest, cases) = (0, 0, 0)
        for number in 0..<(60 * PropertyEffort.times) {
            let truth = SampleHousehold.random(on: situation.date, &random).calibrated(situation.byHand, &random)
                .decided(&random)
            var hidden = Self.hidden(of: truth, &random)
            let facts = hidden.count
            let full = try situation.decision(truth)
            var round = 0
            while true {
                let open = try situation.decision(truth, hiding: hidden)
                let asked = open.missing.filter { !$0.isPolicy }.map(\.path)
                let askedOfStandings = open.standings.flatMap(\.missing).filter { !$0.isPolicy }.map(\.path)
                if asked.isEmpty {
                    // The status and the amounts are settled, as far as policy settles them.
                    #expect(open.status == full.status, "household \(number)")
                    // No sum is promised, and none asked for, while policy leaves the status open.
                    #expect(open.status == .undetermined || open.monthly == full.monthly, "household \(number)")
                    #expect(
                        open.status != .undetermined || open.missing.contains(where: \.isPolicy), "household \(number)")
                }
                let answered = asked.isEmpty ? askedOfStandings : asked
                guard !answered.isEmpty else {
                    #expect(open.standings == full.standings, "household \(number)")
                    break
                }
                let left = hidden.subtracting(answered)
                try #require(left.count < hidden.count, "household \(number): \(answered) was asked and is known")
                hidden = left
                round += 1
                try #require(round <= facts)
            }
            (cases, rounds, longest) = (cases + 1, rounds + round, max(longest, round))
        }
        print(
            "answers, \(situation.testDescription): \(cases) households, \(rounds) rounds, at most \(longest) for one")
    }

    // MARK: Found by hiding

    @Test("Who may not count is not said to count and receive nothing")
    func notPaid() throws {
        let situation = Situation.four[0]
        var household = SampleHousehold.adults(4, "rural", on: situation.date)
        household.members?[1]["away"] = SampleFacts.code("away", "prison")
        for place in [2, 3] {
            household.members?[place]["can_work"] = 1
            household.members?[place]["refusals"] = 3
        }
        household.members?[0]["illness"] = 1
        let full = try situation.decision(household)
        #expect(full.notCounted == [1] && full.notPaid == [2, 3] && full.membersPaid == 1)
        let open = try situation.decision(household, hiding: ["members[2].away"])
        #expect(open.status == .eligible)
        #expect(open.notCounted == [1] && open.notPaid == [3] && open.membersPaid == 1 && open.membersCounted == nil)
    }

    @Test("A standing that holds asks for what its layer lacks")
    func layer() throws {
        let situation = Situation.four[2]
        var household = SampleHousehold.adults(4, "urban", on: situation.date)
        household.members?[3]["lives_with_family"] = 1
        household.members?[0]["income.wages"] = 350_000 * 12
        let layers = try [Int64(1), 0].map { lives in
            household.members?[3]["lives_with_family"] = lives
            return try situation.decision(household).standing("edge")?.layer
        }
        #expect(layers == ["城市低收入困难家庭", "城市低收入家庭"])
        let assessor = Assessor(
            Situation.engine, try situation.policy(), over: household.batch(hiding: ["members[3].lives_with_family"]))
        let assessment = assessor.assess(household: 0, explain: false)
        let edge = try #require(assessment.determinations.first?.standing("edge"))
        #expect(edge.status == .eligible && edge.layer == nil)
        #expect(edge.missing.map(\.path) == ["members[3].lives_with_family"])
        #expect(AssessmentText().text(of: assessment).contains("层次暂不能认定"))
    }

    // MARK: Hiding

    /// Facts, groups, lists, one fact of all members: in any mixture.
    private static func hidden(of household: SampleHousehold, _ random: inout SeededRandom) -> Set<String> {
        var hidden: Set<String> = []
        let paths = household.paths
        let member = "members[\(random.below(household.members?.count ?? 1))]."
        repeat {
            switch random.below(12) {
            case 0, 1, 9, 10, 11: for _ in 0..<(1 + random.below(3)) { hidden.insert(random.pick(paths)) }
            case 2:
                let percent = random.pick([2, 4, 10, 50])
                for path in paths where random.chance(percent) { hidden.insert(path) }
            case 3: for path in paths where path.hasPrefix(member + "income.") { hidden.insert(path) }
            case 4: for path in paths where path.hasPrefix(member) { hidden.insert(path) }
            case 5:
                let key = "." + random.pick(SampleFacts.member)
                for path in paths where path.hasSuffix(key) { hidden.insert(path) }
            case 6: hidden.insert(random.pick(["members", "plots", "plots", member + "obligors"]))
            case 7: for path in SampleFacts.household where random.chance(50) { hidden.insert(path) }
            default: if random.chance(10) { hidden.formUnion(paths) }
            }
        } while random.chance(30) || hidden.isEmpty
        if random.chance(40) { hidden.formUnion(paths.filter { $0.hasSuffix("." + SampleFacts.decided) }) }
        // A special-poverty standing that nobody stated counts as none, and the assessment says so; it is no unknown fact.
        for (place, member) in (household.members ?? []).enumerated() where member["special_poverty"] == 1 {
            hidden.remove("members[\(place)].special_poverty")
            hidden.remove("members")
        }
        return hidden
    }

    // MARK: Comparing

    private func checkMissing(
        _ open: Determination, _ hidden: Set<String>, _ situation: Situation, _ household: Comment
    ) {
        let all = open.missing + open.standings.flatMap(\.missing)
        for item in all where !item.isPolicy { #expect(hidden.contains(item.path), household) }
        if open.status == .undetermined || open.monthly.known == nil { #expect(!open.missing.isEmpty, household) }
        if open.status == .ineligible { #expect(open.missing.isEmpty, household) }
        // Layers of members, and groups, may be open while the standing itself is known.
        for standing in open.standings where !["population", "priority_groups"].contains(standing.id) {
            let hasLayers = standing.id == "edge" && situation.place == .harbin
            let isOpen =
                standing.status == .undetermined || (standing.status == .eligible && hasLayers && standing.layer == nil)
            #expect(isOpen == !standing.missing.isEmpty, household)
        }
        #expect(!all.contains { $0.path == "arithmetic" }, household)
    }

    /// Where a decision with hidden facts says something that a completion does not bear out.
    static func contradictions(_ open: Determination, _ full: Determination) -> [String] {
        var found: [String] = []
        func check(_ holds: Bool, _ what: @autoclosure () -> String) { if !holds { found.append(what()) } }
        func same(_ a: Status, _ b: Status, _ what: String) {
            check(a == .undetermined || a == b, "\(what): \(a), and completed \(b)")
        }
        func within(_ a: MoneyRange, _ b: MoneyRange, _ what: String) {
            check(a.least <= b.least && b.most <= a.most, "\(what): \(a), and completed \(b)")
        }
        func known<Item: Equatable>(_ a: Item?, _ b: Item?, _ what: String) {
            check(a == nil || a == b, "\(what): \(String(describing: a)), and completed \(String(describing: b))")
        }
        same(open.status, full.status, "status")
        within(open.monthly, full.monthly, "monthly")
        known(open.membersCounted, full.membersCounted, "members counted")
        known(open.membersPaid, full.membersPaid, "members paid")
        check(open.notCounted.allSatisfy(full.notCounted.contains), "who does not count")
        check(open.notPaid.allSatisfy(full.notPaid.contains), "who is not paid")
        known(open.route, full.route, "route")
        if open.route != nil { check(open.manual.allSatisfy(full.manual.contains), "what people check") }
        if open.status == .eligible { known(open.review, full.review, "review") }
        for id in ["base", "supplements"] {
            let (a, b) = (open.fen(id), full.fen(id))
            check(a.lowerBound <= b.lowerBound && b.upperBound <= a.upperBound, "\(id): \(a), and completed \(b)")
            let (parts, others) = (
                open.benefits.first { $0.id == id }?.parts, full.benefits.first { $0.id == id }?.parts
            )
            check(parts?.isEmpty ?? true || parts == others, "parts of \(id)")
        }
        for (a, b) in zip(open.routes, full.routes) {
            same(a.status, b.status, "route \(a.id)")
            let fails = Set(b.failed.map(\.id))
            check(a.failed.allSatisfy { fails.contains($0.id) }, "conditions of route \(a.id)")
        }
        check(open.standings.map(\.id) == full.standings.map(\.id), "the standings")
        for (a, b) in zip(open.standings, full.standings) {
            same(a.status, b.status, "standing \(a.id)")
            known(a.layer, b.layer, "layer of \(a.id)")
            check(a.layers.allSatisfy(b.layers.contains), "layers of \(a.id)")
        }
        return found
    }
}
