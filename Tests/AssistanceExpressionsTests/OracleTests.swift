import AssistanceCore
import TestSupport
import Testing

@testable import AssistanceExpressions

/// The oracle of what is unknown: hide some facts of a random household and compute a random expression. What is decided
/// is the value under every completion of the hidden facts; what is not lies between the bounds; and answering what is
/// lacking, round after round, ends in a decision.
@Suite("The oracle of hidden facts")
struct OracleTests {
    private static let casesEach = 1_000
    private static let completions = 20

    @Test("A decision holds under every completion of what is hidden", arguments: [1, 2, 3, 4] as [UInt64])
    func oracle(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var (cases, decided, refused) = (0, 0, 0)
        while cases < Self.casesEach {
            let text = Expression.random(&random)
            let builder = GraphBuilder(schema: .national, date: Facts.today)
            let node: NodeID
            do throws(ExpressionError) {
                node = try ExpressionCompiler(into: builder, names: NameScope(.household)).compileNode(text)
            } catch {
                // A well-typed expression may still be too large to be proven exact.
                #expect(error.code == .overflow, "\(text): \(dump(error))")
                refused += 1
                continue
            }
            cases += 1
            let graph = builder.finished()
            let truth = House.random(&random)
            let known = truth.hiding(&random)
            if try check(graph, node, known, &random, text) {
                decided += 1
            } else {
                try answer(graph, node, known, truth, text)
            }
        }
        // Neither kind of case is rare, or the test would show little.
        #expect(decided > cases / 5 && decided < cases * 4 / 5, "\(decided) of \(cases) are decided")
        #expect(refused < cases / 5, "\(refused) are refused")
    }

    /// Compares the value under what is known with that under completions; whether the value is decided.
    private func check(_ graph: Graph, _ node: NodeID, _ known: House, _ random: inout SeededRandom, _ text: String)
        throws
        -> Bool
    {
        var batch = FactBatch()
        known.add(to: &batch)
        for number in 0..<Self.completions { known.completed(number, &random).add(to: &batch) }
        let evaluator = Evaluator(graph, over: batch)
        evaluator.evaluate(household: 0)
        let value = evaluator.value(node)
        for lacking in evaluator.lacking(value) {
            #expect(known.isHidden(lacking), "\(text) lacks \(lacking), which is given")
        }
        #expect(value.isKnown == evaluator.lacking(value).isEmpty, "\(text)")
        for number in 1...Self.completions {
            evaluator.evaluate(household: number)
            guard let complete = evaluator.value(node).known else {
                Issue.record("\(text) is not known though every fact is given")
                continue
            }
            if complete < value.lowest || complete > value.highest {
                Issue.record("\(text) is \(complete), outside \(value.lowest) to \(value.highest): \(known)")
            }
        }
        return value.isKnown
    }

    @Test("Columns find the ends that the evaluator finds", arguments: [5, 6, 7, 8] as [UInt64])
    func columns(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var (cases, computed, open) = (0, 0, 0)
        while cases < Self.casesEach {
            let text = Expression.random(&random)
            let builder = GraphBuilder(schema: .national, date: Facts.today)
            guard
                let node = try? ExpressionCompiler(into: builder, names: NameScope(.household)).compileNode(text)
            else { continue }
            cases += 1
            var batch = FactBatch()
            // All known, all of one kind hidden, or each something else.
            let hiding = random.below(3)
            let known = House.random(&random).hiding(&random)
            for number in 0..<(hiding == 0 ? 4 : 12) {
                switch hiding {
                case 0: House.random(&random).add(to: &batch)
                case 1: known.completed(number, &random).add(to: &batch)
                default: House.random(&random).hiding(&random).add(to: &batch)
                }
            }
            if hiding == 1 { known.add(to: &batch) }
            let graph = builder.finished()
            let coverage = ColumnCoverage(of: batch, reading: graph.facts(behind: [node]))
            guard let program = ColumnProgram(graph, results: [node], over: coverage) else { continue }
            computed += 1
            let ends = ColumnEnds.all(program, over: batch)
            let evaluator = Evaluator(graph, over: batch)
            for household in 0..<batch.count {
                evaluator.evaluate(household: household)
                let value = evaluator.value(node)
                if !value.isKnown { open += 1 }
                #expect(
                    ends[household] == [value.lowest.reduced, value.highest.reduced],
                    "\(text), household \(household) of seed \(seed), case \(cases)")
            }
        }
        #expect(computed > cases * 2 / 3, "columns compute \(computed) of \(cases)")
        #expect(open > cases, "\(open) values are open")
    }

    /// Answers what is lacking until the value is known; it is then the value of the whole truth.
    private func answer(_ graph: Graph, _ node: NodeID, _ known: House, _ truth: House, _ text: String) throws {
        func value(_ house: House) -> (Value, [Lacking]) {
            var batch = FactBatch()
            house.add(to: &batch)
            let evaluator = Evaluator(graph, over: batch)
            evaluator.evaluate(household: 0)
            let value = evaluator.value(node)
            return (value, evaluator.lacking(value))
        }
        var house = known
        var (current, lacking) = value(house)
        var rounds = 0
        while !current.isKnown {
            rounds += 1
            guard rounds < 30, !lacking.isEmpty else {
                Issue.record("\(text) is still open after \(rounds) rounds, lacking \(lacking)")
                return
            }
            for item in lacking { house.answer(item, from: truth) }
            (current, lacking) = value(house)
        }
        #expect(current.known == value(truth).0.known, "\(text)")
    }
}

// MARK: Households

/// The facts that the expressions read.
private enum Facts {
    static let today = CalendarDate(iso: "2026-03-01") ?? .latest
    static let household = places(
        .household, ["residence", "vehicles", "single_parent", "financial_assets", "running.since", "running.base"])
    static let member = places(
        .member, ["sex", "disability_grade", "can_work", "income.wages", "income.business", "birth", "illness"])
    static let size = FactSchema.national.place(of: Fact.size) ?? 0

    static func places(_ owner: FactOwner, _ keys: [String]) -> [Int] {
        keys.compactMap { FactSchema.national.place(owner, $0) }
    }

    /// A value such as households have; now and then one from the whole range.
    static func plausible(_ place: Int, _ random: inout SeededRandom) -> Int64 {
        let range = FactSchema.national.facts[place].type.storedRange
        if random.below(8) == 0 { return random.number(in: range) }
        switch FactSchema.national.facts[place].type {
        case .amount: return random.number(in: max(range.lowerBound, -500_000)...500_000)
        case .count: return random.number(in: range.lowerBound...min(range.upperBound, 5))
        case .date: return random.number(in: -15_000...21_000)
        default: return random.number(in: range)
        }
    }

    /// A value that tries the bounds: the least, the greatest, or any, by the number of the completion.
    static func completing(_ place: Int, _ number: Int, _ random: inout SeededRandom) -> Int64 {
        let range = FactSchema.national.facts[place].type.storedRange
        switch number {
        case 0: return range.lowerBound
        case 1: return range.upperBound
        case 2..<8: return random.below(2) == 0 ? range.lowerBound : range.upperBound
        default: return plausible(place, &random)
        }
    }
}

/// What is known of a household; nil for the members where the list is hidden.
private struct House {
    var facts: [Int: Int64] = [:]
    var members: [[Int: Int64]]?

    static func random(_ random: inout SeededRandom) -> House {
        var house = House()
        for place in Facts.household { house.facts[place] = Facts.plausible(place, &random) }
        let members = (0..<random.below(4)).map { _ in
            var member: [Int: Int64] = [:]
            for place in Facts.member { member[place] = Facts.plausible(place, &random) }
            return member
        }
        house.members = members
        return house
    }

    func hiding(_ random: inout SeededRandom) -> House {
        var house = self
        for place in Facts.household where random.below(3) == 0 { house.facts[place] = nil }
        for member in members.map({ $0.indices }) ?? 0..<0 {
            for place in Facts.member where random.below(4) == 0 { house.members?[member][place] = nil }
        }
        if let count = members?.count, random.below(8) == 0 {
            // The list is hidden; the number of members may be stated in its place.
            house.members = nil
            if count > 0, random.below(2) == 0 { house.facts[Facts.size] = Int64(count) }
        }
        return house
    }

    func completed(_ number: Int, _ random: inout SeededRandom) -> House {
        var house = self
        if members == nil {
            let count = facts[Facts.size].map { Int($0) } ?? (number < 2 ? number * 40 : random.below(5))
            house.members = Array(repeating: [:], count: count)
        }
        for place in Facts.household where house.facts[place] == nil {
            house.facts[place] = Facts.completing(place, number, &random)
        }
        for member in house.members.map({ $0.indices }) ?? 0..<0 {
            for place in Facts.member where house.members?[member][place] == nil {
                house.members?[member][place] = Facts.completing(place, number, &random)
            }
        }
        return house
    }

    func add(to batch: inout FactBatch) {
        func fill(_ row: Int, _ facts: [Int: Int64]) {
            for (place, value) in facts {
                let isSet = batch.set(place, row: row, to: value)
                #expect(isSet, "\(place) cannot be \(value)")
            }
        }
        fill(batch.add(.household), facts)
        if let members {
            batch.markListed(.member)
            for member in members { fill(batch.add(.member), member) }
        }
    }

    /// Whether this is hidden in a household that is the first of its batch.
    func isHidden(_ lacking: Lacking) -> Bool {
        switch lacking {
        case .fact(let fact) where Facts.member.contains(fact.place):
            members.map { $0.indices.contains(fact.row) && $0[fact.row][fact.place] == nil } ?? false
        case .fact(let fact): fact.row == 0 && facts[fact.place] == nil
        case .list(.member, parent: 0): members == nil
        default: false
        }
    }

    mutating func answer(_ lacking: Lacking, from truth: House) {
        switch lacking {
        case .fact(let fact) where Facts.member.contains(fact.place):
            members?[fact.row][fact.place] = truth.members?[fact.row][fact.place]
        case .fact(let fact): facts[fact.place] = truth.facts[fact.place]
        default: members = truth.members?.map { _ in [:] }
        }
    }
}

// MARK: Expressions

/// Makes well-typed expressions as text.
private enum Expression {
    static func random(_ random: inout SeededRandom) -> String {
        switch random.below(4) {
        case 0: count(5, false, &random)
        case 1: money(5, false, &random)
        default: truth(5, false, &random)
        }
    }

    /// Yes or no; `inside` a macro over the members, whose variable is `m`.
    private static func truth(_ depth: Int, _ inside: Bool, _ random: inout SeededRandom) -> String {
        let next = depth - 1
        guard depth > 1, random.below(7) > 0 else { return truthLeaf(inside, &random) }
        switch random.below(inside ? 8 : 12) {
        case 0, 1: return "(\(truth(next, inside, &random)) && \(truth(next, inside, &random)))"
        case 2: return "(\(truth(next, inside, &random)) || \(truth(next, inside, &random)))"
        case 3: return "!\(truth(next, inside, &random))"
        case 4:
            return
                "(\(truth(next, inside, &random)) ? \(truth(next, inside, &random)) : \(truth(next, inside, &random)))"
        case 5: return "(\(count(next, inside, &random)) \(comparison(&random)) \(count(next, inside, &random)))"
        case 6, 7: return "(\(money(next, inside, &random)) \(comparison(&random)) \(money(next, inside, &random)))"
        default:
            let macro = random.pick(["all", "exists", "exists_one"])
            return "\(members(next, &random)).\(macro)(m, \(truth(next, true, &random)))"
        }
    }

    private static func truthLeaf(_ inside: Bool, _ random: inout SeededRandom) -> String {
        let own = [
            "m.can_work", "m.sex == 'female'", "m.sex in ['male', 'unknown']", "'serious' in m.illness",
            "m.birth < date('1966-03-01')", "m.disability_grade in [1, 2]", "m.birth == date('2000-01-01')",
        ]
        let all = [
            "household.single_parent", "residence == 'rural'", "residence in ['urban', 'rural']",
            "household.running.since >= date('2020-02-29')", "true", "household.vehicles == 0",
            "household.single_parent == (residence == 'urban')", "household.financial_assets > 1000 yuan",
        ]
        return "(" + random.pick(inside && random.below(4) > 0 ? own : all) + ")"
    }

    /// A whole number.
    private static func count(_ depth: Int, _ inside: Bool, _ random: inout SeededRandom) -> String {
        let next = depth - 1
        guard depth > 1, random.below(6) > 0 else {
            let own = ["m.disability_grade", "m.age", "size(m.illness)", "months_since(m.birth)"]
            let all = ["household.vehicles", "months_since(household.running.since)", "\(random.below(7))"]
            return random.pick(inside && random.below(3) > 0 ? own : all)
        }
        switch random.below(inside ? 6 : 9) {
        case 0: return "(\(count(next, inside, &random)) + \(count(next, inside, &random)))"
        case 1: return "(\(count(next, inside, &random)) - \(count(next, inside, &random)))"
        case 2: return "(\(count(next, inside, &random)) * \(random.pick(["-1", "0", "2", "household.vehicles"])))"
        case 3: return "min(\(count(next, inside, &random)), \(count(next, inside, &random)))"
        case 4: return "max(\(count(next, inside, &random)), \(count(next, inside, &random)))"
        case 5:
            return
                "(\(truth(next, inside, &random)) ? \(count(next, inside, &random)) : \(count(next, inside, &random)))"
        case 6: return "sum(\(members(next, &random)).map(m, \(count(next, true, &random))))"
        default: return "size(\(members(next, &random)))"
        }
    }

    /// Money each month.
    private static func money(_ depth: Int, _ inside: Bool, _ random: inout SeededRandom) -> String {
        let next = depth - 1
        guard depth > 1, random.below(7) > 0 else {
            let own = ["m.income.wages", "m.income.business"]
            let all = [
                "household.running.base", "\(random.below(1_000)) yuan/month", "\(random.below(9_999)) yuan/year",
            ]
            return random.pick(inside && random.below(3) > 0 ? own : all)
        }
        switch random.below(inside ? 9 : 13) {
        case 0: return "(\(money(next, inside, &random)) + \(money(next, inside, &random)))"
        case 1: return "(\(money(next, inside, &random)) - \(money(next, inside, &random)))"
        case 2: return "(\(money(next, inside, &random)) * \(random.pick(["15%", "-3", "1.5", "2", "(20%)"])))"
        case 3: return "(\(money(next, inside, &random)) / \(random.pick(["3", "-7", "60%", "12"])))"
        case 4: return "min(\(money(next, inside, &random)), \(money(next, inside, &random)))"
        case 5: return "max(\(money(next, inside, &random)), 0 yuan/month)"
        case 6:
            return
                "(\(truth(next, inside, &random)) ? \(money(next, inside, &random)) : \(money(next, inside, &random)))"
        case 7:
            let unit = random.pick(["yuan/month", "fen/month", "10 yuan/month", "yuan/year"])
            return "round(\(money(next, inside, &random)), \(random.pick(["up", "down", "nearest"])), \(unit))"
        case 8:
            // A quotient is rounded, as those of members are before they are summed.
            let divisor = "max(1, \(count(next, inside, &random)))"
            return "round(\(money(next, inside, &random)) / \(divisor), nearest, fen/month)"
        case 9, 10: return "sum(\(members(next, &random)).map(m, \(money(next, true, &random))))"
        case 11: return "(household.financial_assets / \(random.pick(["1 year", "3 months"])))"
        default:
            let divisor = random.pick(["size(household.members)", "household.vehicles"])
            return "(\(divisor) > 0 ? \(money(next, inside, &random)) / \(divisor) : \(money(next, inside, &random)))"
        }
    }

    private static func members(_ depth: Int, _ random: inout SeededRandom) -> String {
        guard depth > 1, random.below(2) == 0 else { return "household.members" }
        return "household.members.filter(m, \(truth(depth - 1, true, &random)))"
    }

    private static func comparison(_ random: inout SeededRandom) -> String {
        random.pick(["<", "<=", ">", ">=", "==", "!="])
    }
}
