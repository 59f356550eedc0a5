import Jiuzhu
import TestSupport
import Testing

/// `import Jiuzhu` is all that a service in Swift needs; this file imports nothing else of the library.
@Suite("One import")
struct OneImportTests {
    private static let county = DivisionCode("231025") ?? .nation
    private static let date = CalendarDate(year: 2026, month: 6, day: 1) ?? .earliest

    private static func engine() throws -> Engine {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang/mudanjiang", in: Repository.policies, sections: Engine.sections(of: assistancePrograms),
            findings)
        #expect(!findings.hasErrors)
        return Engine(library, programs: assistancePrograms)
    }

    @Test("Households are invented, decided in bulk, simulated and swept with it")
    func households() async throws {
        let engine = try Self.engine()
        let parts = PopulationPart.synthetic(
            households: 40, in: [Self.county], seed: 1, schema: engine.library.schema, on: Self.date)
        let population = SyntheticPopulation(
            areas: [Self.county], seed: 1, households: 40, schema: engine.library.schema, date: Self.date)
        let policy = engine.policy(area: Self.county, date: Self.date, stage: .application, Findings())
        let totals = BulkAssessor(policy, over: population.batch(0..<40)).run()
        #expect(totals.first?.status.count == 40)
        let result = try await Simulation(engine, engine, on: Self.date).run(over: parts, Findings())
        #expect(result.effect().households == 40 && result.effect().entries == 0)
        let sweep = try IncomeSweep(
            IncomeRange("wages=0..100:50"), policy, over: population.batch(0..<1), household: 0, members: [])
        #expect(sweep.points.map(\.income) == [0, 60_000, 120_000])
    }

    @Test("What goes wrong with files and ranges is told by types that come with it")
    func mistakes() async throws {
        let run = BatchRun(try Self.engine(), date: Self.date, knownOn: nil, stage: .application)
        await #expect(throws: Diagnostic.self) {
            _ = try await run.run(
                .init("/dev/zero", .jsonl), to: .init("/dev/null", .csv), rejects: "/dev/null", report: { _ in })
        }
        await #expect(throws: StorageProblem.self) {
            _ = try await run.run(
                .init("/nowhere.jsonl", .jsonl), to: .init("/dev/null", .csv), rejects: "/dev/null", report: { _ in })
        }
        #expect(throws: IncomeRange.Mistake.self) { try IncomeRange("wages") }
        #expect(Matching([], with: []).unmatched.isEmpty)
    }
}
