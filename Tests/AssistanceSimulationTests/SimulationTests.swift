import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu
import Testing

@Suite("What a reform changes")
struct SimulationTests {
    private typealias Invented = InventedPolicy

    /// Of the near county, in the countryside: one who earns 500 yuan a month, one 620, one 700, and one of whom nothing is
    /// known; and in town one who earns nothing.
    private static let families = """
        - {residence: rural, plots: none, members: [\(InventedPolicy.person(6_000))]}
        - {residence: rural, plots: none, members: [\(InventedPolicy.person(7_440))]}
        - {residence: rural, plots: none, members: [\(InventedPolicy.person(8_400))]}
        - {residence: rural, members: [{birth: 1990-01-01}]}
        - {residence: urban, plots: none, members: [\(InventedPolicy.person(0))]}
        """

    private static func result(_ text: String, _ families: String = families) async throws -> SimulationResult {
        let held = Invented.engine()
        let reform = Invented.engine(reform: Invented.head + text)
        let findings = Findings()
        let part = Invented.part(Invented.near, families, held)
        let result = try await Simulation(held, reform, on: Invented.date).run(over: [part], findings)
        #expect(findings.sorted == [])
        return result
    }

    @Test("A higher line: who comes in, who gains, what it costs, what is lacking still")
    func higher() async throws {
        let result = try await Self.result(
            "figures: {standard: {unit: yuan/month, rows: [{residence: rural, is: 650}]}}")
        let all = result.effect()
        #expect(all.households == 5 && all.persons == 5)
        #expect(all.baseline(.eligible) == 2 && all.reform(.eligible) == 3)
        #expect(all.entries == 1 && all.leavers == 0)
        #expect(all.baseline(.undetermined) == 1 && all.reform(.undetermined) == 1)
        // 100 + 800 a month now; 150 + 30 + 800 then.
        #expect(SumOf(all.baseline.year) == SumOf(12 * 90_000) && SumOf(all.reform.year) == SumOf(12 * 98_000))
        #expect(all.gainers == 2 && SumOf(all.gains) == SumOf(12 * 8_000))
        #expect(all.losers == 0 && SumOf(all.losses) == SumOf(0))
        // Of whom nothing is known, nothing is said.
        #expect(all.unsettled == 1)

        // By residence: the town sees no difference.
        let urban = result.effect(residence: .urban)
        #expect(urban.households == 1 && urban.gainers == 0 && urban.unsettled == 0)
        #expect(urban.baseline == urban.reform)
        #expect(result.programs.map(\.id) == ["low-income"])
        #expect(result.effect(program: 0) == all)

        // The line that holds now measures both: nobody of those known stays below it after the grant.
        let gap = result.gap()
        #expect(gap.unmeasured == 1)
        #expect(gap.baseline == gap.reform && gap.baseline.perhaps == 0)
    }

    @Test("A lower line: who loses, who leaves, and what they lack to the line that held")
    func lower() async throws {
        let result = try await Self.result(
            "figures: {standard: {unit: yuan/month, rows: [{residence: rural, is: 450}]}}")
        let all = result.effect()
        #expect(all.entries == 0 && all.leavers == 1)
        #expect(all.losers == 1 && SumOf(all.losses) == SumOf(12 * 10_000))
        #expect(all.gainers == 0 && all.unsettled == 1)
        let gap = result.gap(residence: .rural)
        #expect(gap.baseline.perhaps == 0 && SumOf(gap.baseline.sum) == SumOf(0))
        #expect(gap.reform.surely == 1 && gap.reform.perhaps == 1 && SumOf(gap.reform.sum) == SumOf(12 * 10_000))
    }

    @Test("What is left to officers has two ends, and nobody surely gains by it")
    func bounded() async throws {
        let result = try await Self.result(
            "low-income: {supplements: {stacking: sum, items: [{id: aid, label: 补助, for: anyone, add: {within: from 10 yuan/month upto 30 yuan/month}}]}}",
            "- {residence: rural, plots: none, members: [\(Invented.person(6_000))]}")
        let all = result.effect()
        #expect(SumOf(all.baseline.year) == SumOf(120_000))
        #expect(SumOf(all.reform.year) == SumOf(132_000, 156_000))
        // At least ten yuan more in any case.
        #expect(all.gainers == 1 && SumOf(all.gains) == SumOf(12_000, 36_000))
    }

    @Test("Where it is open which of several benefits is paid, all of them together cost what an assessment says")
    func wholes() async throws {
        let findings = Findings()
        let date = try #require(CalendarDate(iso: "2025-06-12"))
        let area = try #require(DivisionCode("230184"))
        let library = PolicyLibrary.load(
            "heilongjiang/harbin", in: repository + "/Policies", sections: Engine.sections(of: assistancePrograms),
            findings)
        let engine = Engine(library, programs: assistancePrograms, run: ["medical"])
        let path = repository + "/Examples/households/33-one-stop-settlement.json"
        var tokens = JSONScanner(try #require(PolicyFiles.read(path)), file: path)
        var problems: [Diagnostic] = []
        let batch = HouseholdReader.read(
            &tokens, schema: library.schema, date: date, file: path, findings: &problems
        ).batch
        #expect(problems == [] && !findings.hasErrors)
        let part = PopulationPart(area: area, households: 1) { _ in batch }
        let result = try await Simulation(engine, engine, on: date).run(over: [part], findings)
        let place = try #require(result.programs.firstIndex { $0.id == "medical" })
        #expect(SumOf(result.effect(program: place).baseline.year) == SumOf(48_000, 2_048_000))
    }

    @Test("A programme that the reform leaves alone cannot differ, not even where it is undetermined")
    func untouched() async throws {
        let result = try await Self.result(
            "means: {property: [{id: review, manual: 改由乡镇核对}]}", "- {residence: rural, members: [{birth: 1990-01-01}]}")
        #expect(result.changedPlaces == [])
        let all = result.effect()
        #expect(all.baseline(.undetermined) == 1 && all.reform(.undetermined) == 1 && all.unsettled == 0)
    }

    @Test("At a review what runs counts, and gradual exit with it")
    func review() async throws {
        let held = Invented.engine()
        let reform = Invented.engine(
            reform: Invented.head
                + "low-income: {routes: {grace: {income: from line below 2 * line, months: 6 months, whole: running.base}}}"
        )
        let families = """
            - {residence: rural, plots: none, running: {route: household, base: 120}, members: [\(Invented.person(8_400))]}
            """
        let part = Invented.part(Invented.near, families, held)
        func effect(_ stage: Stage) async throws -> ReformEffect {
            let simulation = Simulation(held, reform, on: Invented.date, stage: stage)
            return try await simulation.run(over: [part], Findings()).effect()
        }
        let first = try await effect(.application)
        #expect(first.entries == 0 && first.baseline(.ineligible) == 1)
        let review = try await effect(.review)
        #expect(review.entries == 1 && SumOf(review.reform.year) == SumOf(144_000))
    }

    @Test("A population of nobody gives a result of nothing")
    func nobody() async throws {
        let result = try await Self.result("low-income: {cap: 900 yuan/month}", "[]")
        let all = result.effect()
        #expect(all.households == 0 && all.gainers == 0 && SumOf(all.reform.year) == SumOf(0))
        #expect(result.gap().unmeasured == 0)
    }

    @Test("Sums of many households equal one assessment at a time, however the households are divided")
    func oracle() async throws {
        let findings = Findings()
        let date = try #require(CalendarDate(iso: "2022-06-01"))
        let files = PolicyFiles.jurisdiction("heilongjiang/harbin", in: repository + "/Policies")
        let text = """
            area: [230102 道里区, 230123 依兰县]
            from: 2022-01-01
            source: draft 第一条
            documents: {draft: {title: 稿, status: illustrative}}
            figures: {standard: {unit: yuan/month, rows: [{residence: rural, is: 700}, {residence: urban, is: 800}]}}
            """
        func engine(_ reform: PolicyFile?) -> Engine {
            let library = PolicyLibrary(
                files: files, jurisdiction: "heilongjiang/harbin", reform: reform,
                sections: Engine.sections(of: assistancePrograms), findings)
            return Engine(library, programs: assistancePrograms)
        }
        let (held, reform) = (engine(nil), engine(PolicyFile(path: "reform.yaml", bytes: Array(text.utf8))))
        let areas = try ["230102", "230123"].map { try #require(DivisionCode($0)) }
        let parts = PopulationPart.synthetic(
            households: 240, in: areas, seed: 7, schema: held.library.schema, on: date)
        let simulation = Simulation(held, reform, on: date)
        let result = try await simulation.run(over: parts, findings)
        #expect(!findings.hasErrors)

        var moves: [String: Int] = [:]
        var costs: [String: Money] = [:]
        for part in parts {
            let batch = part.batch(0..<part.households)
            for household in 0..<batch.count {
                let sides = [held, reform].map { engine in
                    Assessor(
                        engine, engine.policy(area: part.area, date: date, stage: .application, findings), over: batch
                    ).assess(household: household, explain: false).determinations
                }
                for (old, new) in zip(sides[0], sides[1]) {
                    moves["\(old.program) \(old.status) \(new.status)", default: 0] += 1
                    for (side, one) in [("old", old), ("new", new)] where one.status == .eligible {
                        for benefit in one.benefits {
                            costs["\(one.program) \(side) \(benefit.period)", default: .zero].fen +=
                                benefit.amount.least.fen
                        }
                    }
                }
            }
        }
        for (place, program) in result.programs.enumerated() {
            let effect = result.effect(program: place)
            #expect(effect.households == 240)
            for before in Totals.codes {
                for after in Totals.codes {
                    let expected = moves["\(program.id) \(before) \(after)"] ?? 0
                    #expect(effect.households(before, after) == expected, "\(program.id) \(before) \(after)")
                }
            }
            for period in PaymentPeriod.allCases {
                let (old, new) = (effect.baseline.sum(period).least, effect.reform.sum(period).least)
                #expect(old == Int128(costs["\(program.id) old \(period)"]?.fen ?? 0), "\(program.id) \(period)")
                #expect(new == Int128(costs["\(program.id) new \(period)"]?.fen ?? 0), "\(program.id) \(period)")
            }
        }
        // The same households, counted as they come, without being known before.
        var tally = SimulationTally()
        for part in parts.reversed() {
            for first in stride(from: 0, to: part.households, by: 50) {
                let batch = part.batch(first..<min(first + 50, part.households))
                tally += try simulation.count(batch, in: part.area)
            }
        }
        let streamed = try simulation.result(of: tally, findings)
        #expect(streamed.effect() == result.effect() && streamed.gap() == result.gap())
        #expect(streamed.places == result.places && streamed.changedPlaces == result.changedPlaces)
        // The same households, handed over one at a time and in another order.
        let single = parts.reversed().flatMap { part in
            (0..<part.households).reversed().map { number in
                PopulationPart(area: part.area, households: 1) { _ in part.batch(number..<(number + 1)) }
            }
        }
        let divided = try await simulation.run(over: single, findings)
        for place in [nil, 0, 1] as [Int?] {
            for program in [nil] + result.programs.indices.map({ $0 }) as [Int?] {
                #expect(divided.effect(place: place, program: program) == result.effect(place: place, program: program))
            }
            #expect(divided.gap(place: place) == result.gap(place: place))
        }
        print("simulation: 240 households, \(moves.count) moves, \(costs.count) sums")
        #expect(result.effect(program: 0).baseline(.eligible) > 20 && result.effect(program: 0).gainers > 10)
    }
}

/// A sum of both ends, for comparing.
struct SumOf: Equatable {
    let least: Int128
    let most: Int128

    init(_ sum: SumRange) { (least, most) = (sum.least, sum.most) }
    init(_ fen: Int128) { (least, most) = (fen, fen) }
    init(_ least: Int128, _ most: Int128) { (self.least, self.most) = (least, most) }
}

let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
