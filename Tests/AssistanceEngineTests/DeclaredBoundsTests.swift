import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// Arithmetic at the ends of what facts may be.
@Suite("Declared bounds")
struct DeclaredBoundsTests {
    /// Which facts have a number at an end of its range.
    private enum Ends: Sendable {
        case none
        case one(Int, isMost: Bool)
        case all(isMost: Bool)
    }

    @Test(
        "With every number at its least and its most, alone and together, both ways decide and agree",
        arguments: [("heilongjiang", "231081"), ("shandong", "370102"), ("guizhou", "520103")])
    func ends(_ jurisdiction: String, _ area: String) throws {
        let findings = Findings()
        let library = PolicyLibrary.load(
            jurisdiction, in: Repository.policies, sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms)
        let policy = engine.policy(
            area: try #require(DivisionCode(area)), date: OutputFixtures.day("2026-06-01"), stage: .application,
            findings)
        #expect(!findings.hasErrors)

        let schema = library.schema
        let numbers = schema.facts.indices.filter { Self.isNumber(schema.facts[$0].type) }
        #expect(numbers.count > 50)
        var cases: [Ends] = [.none, .all(isMost: false), .all(isMost: true)]
        for fact in numbers { cases += [.one(fact, isMost: false), .one(fact, isMost: true)] }
        var batch = FactBatch(schema: schema)
        for ends in cases {
            Self.add(ends, knowsRest: true, entries: 1, to: &batch)
            Self.add(ends, knowsRest: false, entries: 1, to: &batch)
        }
        // As many entries as there may be, so that sums are as great as any.
        Self.add(.all(isMost: false), knowsRest: true, entries: 40, to: &batch)
        Self.add(.all(isMost: true), knowsRest: true, entries: 40, to: &batch)

        let bulk = BulkAssessor(policy, over: batch)
        let totals = bulk.run()
        let assessor = Assessor(engine, policy, over: batch)
        for household in 0..<batch.count {
            let decisions = assessor.assess(household: household, explain: false).determinations
            for (place, plan) in bulk.plans.enumerated() {
                let decision = try #require(decisions.first { $0.program == plan.program })
                let name = Comment(rawValue: "\(plan.program) of household \(household)")
                #expect(Totals.codes[Int(totals[place].status[household])] == decision.status, name)
                #expect(!decision.missing.contains { $0.path == "arithmetic" }, name)
                guard decision.status != .ineligible else { continue }
                for (number, benefit) in plan.benefits.enumerated() where benefit.gift == nil {
                    let given = decision.benefits.first { $0.id == benefit.id }
                    let expected = given?.amount ?? MoneyRange(.zero, .zero)
                    #expect(totals[place].sum(number, household: household) == expected, name)
                }
            }
        }
        print("declared bounds, \(jurisdiction): \(numbers.count) numbers, \(batch.count) households")
    }

    private static func isNumber(_ type: FactType) -> Bool {
        switch type {
        case .count, .amount: true
        default: false
        }
    }

    /// Adds a household whose lists all have so many entries. What is at no end is a modest number, the first code, yes, or
    /// not known.
    private static func add(_ ends: Ends, knowsRest: Bool, entries: Int, to batch: inout FactBatch) {
        func fill(_ owner: FactOwner) {
            let row = batch.add(owner)
            for (place, fact) in batch.schema.facts.enumerated() where fact.owner == owner {
                let range = fact.type.storedRange
                let modest: Int64
                switch fact.type {
                case .count, .amount: modest = min(max(range.lowerBound, 0) + 1, range.upperBound)
                case .yesNo: modest = 1
                // 1980-01-01
                case .date: modest = 3_652
                case .code, .codes, .division: modest = range.lowerBound
                }
                switch ends {
                case .one(place, let isMost):
                    batch.set(place, row: row, to: isMost ? range.upperBound : range.lowerBound)
                case .all(let isMost) where isNumber(fact.type):
                    batch.set(place, row: row, to: isMost ? range.upperBound : range.lowerBound)
                default: if knowsRest { batch.set(place, row: row, to: modest) }
                }
            }
            for below in FactOwner.allCases where below.parent == owner {
                for _ in 0..<entries { fill(below) }
                batch.markListed(below)
            }
        }
        fill(.household)
    }
}
