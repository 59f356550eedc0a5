import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// One-stop settlement over random households and bills: everything that is paid and what is left make the cost in scope.
@Suite("Settlement of medical costs")
struct SettlementPropertyTests {
    /// A policy beside its test, with the nation's.
    private func engine(_ files: [String: String]) throws -> Engine {
        let findings = Findings()
        let nation = PolicyFiles.jurisdiction("china", in: Repository.policies)
        let own = files.map { PolicyFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let library = PolicyLibrary(
            files: nation + own, jurisdiction: "p", sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.map(\.description) == [])
        return Engine(library, programs: assistancePrograms, run: ["medical"])
    }

    private static let place = [
        "p/areas.yaml": "area: 231000 牡丹江市\n",
        "p/documents.yaml": "documents: {d: {title: t, status: illustrative}}\n",
    ]

    private static let header = "area: 231000 牡丹江市\nfrom: 2022-01-01\nsource: d\n"

    /// Each layer, its columns drawn by chance.
    private static func policy(_ random: inout SeededRandom) -> String {
        func layers(_ ids: [String], _ unit: String, _ random: inout SeededRandom) -> String {
            ids.map { id in
                var text = "{id: \(id), rate: \(random.below(101))%"
                if random.chance(40) { text += ", threshold: \(random.below(3_000)) \(unit)" }
                if random.chance(40) { text += ", cap: \(random.below(20_000)) \(unit)" }
                if random.chance(20) { text += ", base-cap: \(random.below(40_000)) \(unit)" }
                if random.chance(30) { text += ", payer: \(random.pick(["insurance", "charity", "treasury"]))" }
                return "    - \(text)}"
            }.joined(separator: "\n")
        }
        let year = "yuan/year"
        return header + """
            medical:
              premium: none
              layers:
                remove: [aid]
                layers:
            \(layers(["first", "second"], year, &random).replacing("    -", with: "      -"))
              outpatient:
            \(layers(["aid"], year, &random))
              special-disease:
            \(layers(["aid", "more"], year, &random))
              single-disease:
            \(layers(["aid", "more"], "yuan", &random))
              tilted:
            \(layers(["aid"], year, &random))

            """
    }

    private static func batch(_ schema: FactSchema, _ random: inout SeededRandom) -> FactBatch {
        var batch = FactBatch(schema: schema)
        func put(_ owner: FactOwner, _ key: String, _ row: Int, _ value: Int64) {
            if let place = schema.place(owner, key) { batch.set(place, row: row, to: value) }
        }
        func code(_ owner: FactOwner, _ key: String, _ row: Int) {
            guard let place = schema.place(owner, key), let list = schema.facts[place].type.codeList else { return }
            batch.set(place, row: row, to: Int64(random.below(list.codes.count)))
        }
        let household = batch.add(.household)
        put(.household, "low_income", household, 1)
        batch.markListed(.member)
        for _ in 0..<(1 + random.below(3)) {
            let member = batch.add(.member)
            for key in ["cost_in_scope", "basic_paid", "major_paid", "other_paid"] where !random.chance(8) {
                put(.member, key, member, random.number(in: 0...4_000_000))
            }
            put(.member, "cost_total", member, random.number(in: 0...9_000_000))
            batch.markListed(.bill)
            for _ in 0..<random.below(4) {
                let bill = batch.add(.bill)
                code(.bill, "kind", bill)
                code(.bill, "disease", bill)
                put(.bill, "in_scope", bill, random.number(in: 0...2_000_000))
            }
        }
        return batch
    }

    @Test("What is paid and what is left make the cost in scope, to the fen")
    func balances() throws {
        var random = SeededRandom(31)
        var known = 0
        for number in 0..<(40 * PropertyEffort.times) {
            let engine = try engine(Self.place.merging(["p/policy.yaml": Self.policy(&random)]) { $1 })
            let findings = Findings()
            let policy = engine.policy(
                area: try #require(DivisionCode("231000")), date: try #require(CalendarDate(iso: "2025-06-01")),
                stage: .application, findings)
            #expect(!findings.hasErrors)
            for _ in 0..<10 {
                let batch = Self.batch(engine.library.schema, &random)
                let decision = try #require(
                    Assessor(engine, policy, over: batch).assess(household: 0, explain: false).determinations.first)
                for account in decision.settlements {
                    for sum in account.parts.map(\.amount) + [account.remaining] {
                        #expect(sum.least >= .zero && sum.most <= account.scope.most, "case \(number)")
                    }
                    let sums = (account.parts.map(\.amount) + [account.remaining]).map(\.known)
                    guard let scope = account.scope.known, !sums.contains(nil) else { continue }
                    #expect(sums.reduce(0) { $0 + ($1?.fen ?? 0) } == scope.fen, "case \(number)")
                    known += 1
                }
                // The programme pays what its own layers come to, and no more than insurance and others leave.
                let own = decision.settlements.flatMap(\.parts).filter { PlannedLayer.isOwn($0.payer) }
                if decision.status == .eligible, let total = decision.total(.yearly).known {
                    let sums = own.compactMap(\.amount.known)
                    if sums.count == own.count {
                        #expect(total.fen == sums.reduce(0) { $0 + $1.fen }, "case \(number)")
                    }
                }
            }
        }
        #expect(known > 300)
    }

    /// Pages written by machines add up 70 %, 60 % and 30 % of one and the same cost, and pay 240,000 yuan on 200,000.
    @Test("Tiers that each work on the whole cost still pay no more than there is")
    func noMoreThanThereIs() throws {
        let text =
            Self.header + """
                medical:
                  premium: none
                  layers:
                    replaces: all
                    layers:
                      - {id: low, rate: 70%, of: scope}
                      - {id: middle, rate: 60%, of: scope}
                      - {id: high, rate: 30%, of: scope}

                """
        let engine = try engine(Self.place.merging(["p/policy.yaml": text]) { $1 })
        let findings = Findings()
        let policy = engine.policy(
            area: try #require(DivisionCode("231000")), date: try #require(CalendarDate(iso: "2025-06-01")),
            stage: .application, findings)
        #expect(findings.sorted.map(\.description) == [])
        var batch = FactBatch(schema: engine.library.schema)
        batch.set(try #require(batch.schema.place(.household, "low_income")), row: batch.add(.household), to: 1)
        batch.markListed(.member)
        batch.set(try #require(batch.schema.place(.member, "cost_in_scope")), row: batch.add(.member), to: 20_000_000)
        let decision = try #require(
            Assessor(engine, policy, over: batch).assess(household: 0, explain: false).determinations.first)
        let account = try #require(decision.settlements.first)
        #expect(account.parts.map(\.amount.known) == [140_000, 60_000, 0].map { Money(fen: $0 * 100) })
        #expect(account.remaining.known == .zero)
        #expect(decision.total(.yearly).known == Money(fen: 20_000_000))
    }
}
