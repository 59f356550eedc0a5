import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu
import Testing

@Suite("A reform laid over a policy")
struct ReformTests {
    private typealias Invented = InventedPolicy

    private static func engine(_ text: String) -> Engine { Invented.engine(reform: Invented.head + text) }

    @Test("It wins over what the same area says, also of the same day and from later; a row that it leaves out goes on")
    func same() {
        let engine = Self.engine("figures: {standard: {unit: yuan/month, rows: [{residence: rural, is: 650}]}}")
        #expect(Invented.line(Invented.engine(), Invented.near, "rural") == "600.00")
        #expect(Invented.line(engine, Invented.near, "rural") == "650.00")
        #expect(Invented.line(engine, Invented.near, "urban") == "800.00")
        // What the county says itself is nearer than the province's reform.
        #expect(Invented.line(engine, Invented.far, "rural") == "700.00")
    }

    @Test("Before its first day and after its last the policy goes on")
    func days() throws {
        let engine = Self.engine(
            "figures: {standard: {until: 2030-07-01, unit: yuan/month, rows: [{residence: rural, is: 650}]}}")
        let lines = try ["2029-12-31", "2030-01-01", "2030-06-30", "2030-07-01"].map { day in
            Invented.line(engine, Invented.near, "rural", on: try #require(CalendarDate(iso: day)))
        }
        #expect(lines == ["600.00", "650.00", "650.00", "600.00"])
    }

    @Test("It amends the items of the same area by their ids, and keeps the others")
    func items() throws {
        let text =
            Invented.head.replacing("990000 例省", with: "990102 远县")
            + "low-income: {supplements: {items: [{id: old, label: 老人, for: anyone, when: member.age >= 60, add: 90 yuan/month}]}}"
        let engine = Invented.engine(reform: text)
        func supplements(_ engine: Engine, _ born: String) -> String? {
            let findings = Findings()
            let policy = engine.policy(area: Invented.far, date: Invented.date, stage: .application, findings)
            let batch = Invented.batch(
                "{residence: rural, plots: none, members: [\(Invented.person(0, born: born))]}", engine.library.schema)
            return Assessor(engine, policy, over: batch).assess(household: 0, explain: false).determinations.first?
                .benefits.first { $0.id == "supplements" }?.amount.known?.text
        }
        #expect(supplements(Invented.engine(), "1960-01-01") == "50.00")
        #expect(supplements(engine, "1960-01-01") == "90.00")
        #expect(supplements(engine, "2020-01-01") == "40.00")
    }

    @Test("A word of its own serves its other terms")
    func words() {
        let engine = Self.engine("define: {raised: 110% * standard}\nlow-income: {line: raised}")
        #expect(Invented.line(engine, Invented.near, "rural") == "660.00")
    }

    @Test(
        "What is wrong with it is found, with its place",
        arguments: [
            (
                "",
                "reform.yaml:1:1: error: the reform names no term; below 'area', 'from' and 'source' a section such as 'figures' or 'low-income' was expected [nothing-reformed]"
            ),
            (
                "figures: {standrad: 900 yuan/month}",
                "reform.yaml:5:21: error: the policy has no 'figures.standrad', and nothing else in the reform uses it; did you mean 'standard'? [unknown-name]"
            ),
            (
                "low-incme: {line: standard}",
                "reform.yaml:5:1: error: a policy file has no key 'low-incme'; did you mean 'low-income'? [unknown-key]"
            ),
            (
                "low-income: {lin: standard}",
                "reform.yaml:5:14: error: 'low-income' has no key 'lin'; did you mean 'line'? [unknown-key]"
            ),
            (
                "low-income: {line: standard, cap: {source: other, is: 1 yuan/month}}",
                "reform.yaml:5:44: error: no documents.yaml declares the document 'other' [unknown-document]"
            ),
        ])
    func mistakes(_ text: String, _ finding: String) {
        #expect(Invented.library(reform: Invented.head + text).findings == [finding])
    }

    @Test("A reform that is no YAML, or says a thing twice, is refused")
    func twice() {
        #expect(
            Invented.library(reform: "area: [").findings == [
                "reform.yaml:2:1: error: a value is missing here; put an expression in quotes [yaml-syntax]"
            ])
        #expect(
            Invented.library(
                reform: Invented.head
                    + "low-income: {cap: [{from: 2030-01-01, is: 1 yuan/month}, {from: 2030-01-01, is: 2 yuan/month}]}"
            )
            .findings.map { String($0.suffix(16)) } == ["[duplicate-term]"])
    }

    @Test("A mistake in a value is found where it is compiled, at its place in the reform")
    func value() async throws {
        let held = Invented.engine()
        let simulation = Simulation(held, Self.engine("low-income: {cap: standrad * 2}"), on: Invented.date)
        let part = Invented.part(Invented.near, "[]", held)
        #expect(
            await Self.mistakes(of: simulation, over: [part]) == [
                "reform.yaml:5:19: error: unknown name 'standrad'; did you mean 'standard'? [unknown-name]"
            ])
        // Household by household it is the same.
        #expect(throws: Simulation.Failure.self) { try simulation.count(part.batch(0..<0), in: Invented.near) }
    }

    /// Why a simulation says nothing of a population.
    private static func mistakes(of simulation: Simulation, over parts: [PopulationPart]) async -> [String] {
        do throws(Simulation.Failure) {
            _ = try await simulation.run(over: parts, Findings())
            return []
        } catch {
            return error.findings.map(\.description)
        }
    }

    @Test("A reform that is not in force on the day, or not where anybody lives, is named")
    func idle() async throws {
        let held = Invented.engine()
        let part = Invented.part(Invented.far, "[]", held)
        let early = try #require(CalendarDate(iso: "2029-06-01"))
        let reform = Self.engine("low-income: {cap: 900 yuan/month}")
        #expect(
            await Self.mistakes(of: Simulation(held, reform, on: early), over: [part]) == [
                "reform.yaml:5:19: error: 'low-income.cap' from 2030-01-01 is not in force on 2029-06-01 in any area of the simulation [nothing-reformed]"
            ])

        let shadowed = Findings()
        let lower = Self.engine("figures: {standard: 650 yuan/month}")
        let result = try await Simulation(held, lower, on: Invented.date).run(over: [part], shadowed)
        #expect(result.places.map(\.code) == [Invented.far] && result.effect().households == 0)
        #expect(
            shadowed.sorted.map(\.description) == [
                "reform.yaml:5:21: warning: in 1 of the 1 areas for which 'figures.standard' is given, what is nearer goes on, as in 990102 远县 (p/county.yaml:7); write it for those areas where it is to hold there [nothing-reformed]"
            ])
    }
}
