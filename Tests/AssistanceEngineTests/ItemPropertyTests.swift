import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// Whatever items, groups, limits, payers and exclusions a policy has: what is paid adds up to the fen and is never
/// negative, hiding facts never changes an answer into another, and totals in bulk are those of one at a time.
@Suite("Items of random policies")
struct ItemPropertyTests {
    @Test("Parts, payers and instalments add up, and limits hold", arguments: 0..<(24 * PropertyEffort.times))
    func sums(_ seed: Int) throws {
        var random = SeededRandom(UInt64(seed) &+ 7_001)
        let policy = RandomItemPolicy(&random)
        let engine = try policy.engine()
        for _ in 0..<12 {
            let household = policy.household(&random)
            let full = try assess(household.joined(separator: ","), engine)
            for decision in full {
                check(decision, policy)
                #expect(decision.status != .undetermined, "\(policy.text)")
            }
            // A part of the facts is not stated.
            let hidden = try assess(household.filter { _ in random.chance(60) }.joined(separator: ","), engine)
            for (known, open) in zip(full, hidden) {
                check(open, policy)
                compare(known, open, policy)
            }
        }
    }

    @Test("Totals in bulk are those of one household at a time", arguments: 0..<(6 * PropertyEffort.times))
    func bulk(_ seed: Int) throws {
        var random = SeededRandom(UInt64(seed) &+ 9_001)
        let policy = RandomItemPolicy(&random)
        let engine = try policy.engine()
        let texts = (0..<40).map { _ in
            "{" + policy.household(&random).filter { _ in random.chance(90) }.joined(separator: ",") + "}"
        }
        var scanner = JSONScanner(Array("[\(texts.joined(separator: ","))]".utf8), file: "households.json")
        let batch = try Self.read(&scanner)
        let compiled = try Self.policy(of: engine)
        let assessor = Assessor(engine, compiled, over: batch)
        let all = BulkAssessor(compiled, over: batch).run()
        for (place, plan) in compiled.plans.enumerated() {
            let alone = try #require(BulkAssessor(compiled, programs: [plan.program], over: batch).run().first)
            let totals = all[place]
            #expect(alone.status == totals.status && alone.least == totals.least && alone.most == totals.most)
            for row in 0..<batch.count {
                let decisions = assessor.assess(household: row, explain: false).determinations
                let decision = try #require(decisions.first { $0.program == plan.program })
                #expect(Totals.codes[Int(totals.status[row])] == decision.status)
                for (place, benefit) in plan.benefits.enumerated() {
                    let fen = totals.least[place][row]...max(totals.least[place][row], totals.most[place][row])
                    #expect(
                        fen == decision.fen(benefit.id), "\(benefit.id) of \(plan.program), row \(row)\n\(policy.text)")
                }
            }
        }
    }

    // MARK: What must hold

    private func check(_ decision: Determination, _ policy: RandomItemPolicy) {
        for benefit in decision.benefits {
            #expect(benefit.amount.least >= .zero && benefit.amount.least <= benefit.amount.most, "\(policy.text)")
            guard let amount = benefit.amount.known else { continue }
            if !benefit.parts.isEmpty {
                #expect(benefit.parts.map(\.amount.fen).reduce(0, +) == amount.fen, "\(benefit.id)\n\(policy.text)")
                #expect(benefit.parts.allSatisfy { $0.amount >= .zero }, "\(benefit.id)\n\(policy.text)")
            }
            if !benefit.payers.isEmpty {
                #expect(benefit.payers.map(\.amount.fen).reduce(0, +) == amount.fen, "\(benefit.id)\n\(policy.text)")
            }
            if let paid = benefit.instalments, benefit.period == .yearly {
                let last = paid.last ?? paid.each
                #expect(paid.each.fen * Int64(paid.count - 1) + last.fen == amount.fen, "\(benefit.id)\n\(policy.text)")
            }
        }
        for (period, total) in decision.totals {
            let own = decision.benefits.filter { $0.period == period && $0.gift == nil }
            if own.allSatisfy({ $0.amount.known != nil }) {
                #expect(
                    total.known?.fen == own.map(\.amount.least.fen).reduce(0, +), "\(decision.program)\n\(policy.text)")
            }
            if let cap = policy.cap { #expect(total.most.fen <= cap, "\(decision.program)\n\(policy.text)") }
        }
    }

    /// What is known of less is what is known of more; what is open holds it.
    private func compare(_ full: Determination, _ hidden: Determination, _ policy: RandomItemPolicy) {
        if hidden.status != .undetermined { #expect(hidden.status == full.status, "\(policy.text)") }
        guard full.status == .eligible, hidden.status != .ineligible else { return }
        for period in PaymentPeriod.allCases {
            guard let sum = full.total(period).known else { continue }
            let open = hidden.total(period)
            #expect(
                open.least <= sum && sum <= open.most,
                "\(full.program) \(period): \(open.least) to \(open.most), not \(sum)\n\(policy.text)")
        }
    }

    // MARK: Runs

    private func assess(_ facts: String, _ engine: Engine) throws -> [Determination] {
        var scanner = JSONScanner(Array("{\(facts)}".utf8), file: "household.json")
        let batch = try Self.read(&scanner)
        return Assessor(engine, try Self.policy(of: engine), over: batch).assess(household: 0, explain: true)
            .determinations
    }

    private static func policy(of engine: Engine) throws -> CompiledPolicy {
        let findings = Findings()
        let policy = engine.policy(
            area: try #require(DivisionCode("990000")), date: RandomItemPolicy.date, stage: .application, findings)
        #expect(findings.sorted.map(\.description) == [])
        return policy
    }

    private static func read(_ scanner: inout JSONScanner) throws -> FactBatch {
        var problems: [Diagnostic] = []
        let file = HouseholdReader.read(
            &scanner, schema: .national, date: RandomItemPolicy.date, file: "household.json", findings: &problems)
        #expect(problems.map(\.description) == [])
        return file.batch
    }
}

/// A policy of two allowances with random items, and households that it can tell apart.
struct RandomItemPolicy {
    static let date = CalendarDate(iso: "2025-03-10") ?? .earliest

    /// The policy file.
    let text: String
    /// The cap of each allowance in fen, where there is one.
    let cap: Int64?

    init(_ random: inout SeededRandom) {
        var lines = [
            "area: 990000 例省", "from: 2025-01-01", "source: example", "figures:", "  standard: 1000 yuan/month",
            "define:",
            "  old: member.age >= 60", "  ill: \"'serious' in member.illness\"", "allowances:",
        ]
        let unit = random.pick(["yuan/month", "yuan/year", "yuan"])
        let cap: Int64? = random.chance(40) ? random.number(in: 1...200_000) : nil
        for key in ["one", "two"] {
            lines.append("  \(key):")
            if random.chance(30) { lines.append("    checks: [{id: rural, that: residence == 'rural'}]") }
            if let cap { lines.append("    cap: \(Self.yuan(cap)) \(unit)") }
            if random.chance(40) { lines.append("    payers: \(Self.payers(&random))") }
            if random.chance(50) {
                let rounding = random.pick(["down to fen", "up to yuan", "nearest 10 yuan"])
                lines.append("    payment: {instalments: \(2 + random.below(11)), rounding: \(rounding)}")
            }
            lines += ["    items:", "      stacking: \(random.pick(["sum", "highest", "first"]))"]
            if random.chance(30) { lines.append("      at-most: \(Self.yuan(random.number(in: 1...150_000))) \(unit)") }
            lines.append("      items:")
            for number in 0...random.below(6) { lines.append("        - " + Self.item(number, unit, &random)) }
        }
        if random.chance(60) {
            let rule = random.pick(["keep: higher", "keep: allowances.two", "pay: difference"])
            lines += ["exclusions:", "  - {id: either, among: [allowances.one, allowances.two], \(rule)}"]
        }
        text = lines.joined(separator: "\n") + "\n"
        self.cap = cap
    }

    private static func item(_ number: Int, _ unit: String, _ random: inout SeededRandom) -> String {
        var parts = ["id: i\(number)"]
        parts += random.pick([
            ["for: old"], ["for: ill"], ["for: [old, ill]"], ["for: anyone"], [], ["when: lone_elder"],
        ])
        if random.chance(30) { parts.append("group: \(random.pick(["a", "b"]))") }
        let months = unit == "yuan" ? "1 month * " : ""
        let amount = random.pick([
            "\(yuan(random.number(in: 0...120_000))) \(unit)", "\(random.below(130))% * \(months)standard",
            "\(months)standard / 7", "\(months)standard / 3 - 100 \(unit)",
        ])
        parts.append("unit: \(unit)")
        parts.append("add: \(amount)")
        if random.chance(25) { parts.append("at-most: \(yuan(random.number(in: 0...60_000))) \(unit)") }
        if random.chance(25) {
            parts.append("rounding: \(random.pick(["up to yuan", "down to 10 yuan", "nearest fen"]))")
        }
        if random.chance(20) { parts.append("payers: \(payers(&random))") }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    private static func payers(_ random: inout SeededRandom) -> String {
        random.pick([
            "[{who: a, share: 1/3}, {who: b, share: 2/3}]", "[{who: a, share: 100%}]",
            "[{who: a, share: 17.5%}, {who: b, share: 50%}, {who: c, share: 32.5%}]",
            "[{who: a, share: 1/7}, {who: b, share: 1/7}, {who: c, share: 5/7}]",
        ])
    }

    private static func yuan(_ fen: Int64) -> String { "\(fen / 100).\(fen % 100 / 10)\(fen % 10)" }

    /// The facts of a household, each a key with its value.
    func household(_ random: inout SeededRandom) -> [String] {
        let members = (0...random.below(5)).map { _ in
            let facts = [
                "\"birth\":\"\(random.pick(["1940-01-01", "1965-03-10", "1990-05-05"]))\"",
                "\"illness\":\(random.pick(["[]", "[\"serious\"]"]))",
            ]
            return "{\(facts.joined(separator: ","))}"
        }
        return [
            "\"residence\":\"\(random.pick(["urban", "rural"]))\"", "\"lone_elder\":\(random.chance(50))",
            "\"members\":[\(members.joined(separator: ","))]",
        ]
    }

    /// An engine over this policy alone.
    func engine() throws -> Engine {
        let files = [
            ("areas.yaml", "area: 990000 例省\n"),
            ("documents.yaml", "documents: {example: {title: invented, status: illustrative}}\n"),
            ("policy.yaml", text),
        ]
        let findings = Findings()
        let library = PolicyLibrary(
            files: files.map { PolicyFile(path: "random/" + $0.0, bytes: Array($0.1.utf8)) }, jurisdiction: "random",
            sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.map(\.description) == [], "\(text)")
        return Engine(library, programs: assistancePrograms)
    }
}
