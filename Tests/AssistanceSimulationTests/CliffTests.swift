import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import Testing

@testable import AssistanceSimulation

/// More income never gives more of a programme, but at cliffs of the law.
@Suite("Cliffs of every programme")
struct CliffTests {
    @Test("Where more income gives more of a programme, the law says so, and every such place is listed")
    func pinned() async throws {
        let hits = try await withThrowingTaskGroup(of: (CliffPlace, [CliffSearch.Hit]).self) { group in
            for place in CliffPlace.all { group.addTask { (place, try Self.hits(in: place)) } }
            return try await group.reduce(into: [CliffPlace: [CliffSearch.Hit]]()) { $0[$1.0] = $1.1 }
        }
        #expect(Self.objections(to: hits, Cliffs.listed) == [])
        for place in CliffPlace.all { print("cliffs, \(place.area) \(place.stage): \(hits[place]?.count ?? 0) met") }
    }

    private static func hits(in place: CliffPlace) throws -> [CliffSearch.Hit] {
        let findings = Findings()
        let library = PolicyLibrary.load(
            place.policy, in: repository + "/Policies", sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms)
        let date = try #require(CalendarDate(iso: place.day))
        let policy = engine.policy(
            area: try #require(DivisionCode(place.area)), date: date, stage: place.stage, findings)
        #expect(!findings.hasErrors, "\(findings.sorted)")
        let households = ChanceHouseholds.batch(400, schema: library.schema, on: date, seed: 11)
        return CliffSearch(engine, policy, among: households, seed: 12).run()
    }

    /// What is met and not listed, or listed and not met.
    private static func objections(
        to hits: [CliffPlace: [CliffSearch.Hit]], _ listed: [ListedCliff]
    ) -> [String] {
        var objections: [String] = []
        for (place, hits) in hits {
            for hit in hits {
                let entry = listed.first {
                    $0.program == hit.program && $0.ways == hit.ways && $0.places.contains(place)
                }
                let isListed =
                    entry.map { $0.benefits.isSuperset(of: hit.benefits) && $0.articles.isSuperset(of: hit.articles) }
                    ?? false
                if !isListed { objections.append("not listed: \(place.area) \(place.stage): \(hit)") }
            }
        }
        for entry in listed {
            let met = entry.places.map { place in
                (hits[place] ?? []).filter { $0.program == entry.program && $0.ways == entry.ways }
            }
            for (place, met) in zip(entry.places, met) where met.isEmpty {
                objections.append("not met: \(entry.program) \(entry.ways) in \(place.area) \(place.stage)")
            }
            let all = met.joined()
            let benefits = entry.benefits.subtracting(all.flatMap(\.benefits)).sorted()
            let articles = entry.articles.subtracting(all.flatMap(\.articles)).sorted()
            objections += (benefits + articles).map { "not met: \(entry.program) \(entry.ways): \($0)" }
        }
        return objections.sorted()
    }

    // MARK: The search itself

    /// A county that gives 50 yuan a month to whoever has 300 or more, and the difference to 600 to all.
    private static let odd = """
        low-income:
          supplements:
            stacking: sum
            items: [{id: odd, label: 奇补贴, for: anyone, when: income / 1 person >= 3600 yuan/year, add: 50 yuan/month}]
        """

    private static func invented(_ reform: String?) throws -> [CliffSearch.Hit] {
        let engine = InventedPolicy.engine(reform: reform.map { InventedPolicy.head + $0 })
        let findings = Findings()
        let policy = engine.policy(
            area: InventedPolicy.near, date: InventedPolicy.date, stage: .application, findings)
        #expect(findings.sorted == [])
        let family = "{residence: rural, plots: none, members: [\(InventedPolicy.person(0))]}"
        let households = InventedPolicy.batch("[\(family), \(family), \(family)]", engine.library.schema)
        return CliffSearch(engine, policy, among: households, seed: 3).run()
    }

    @Test("A rise is found to the fen, with what turns there; where nothing rises, none is")
    func found() throws {
        #expect(try Self.invented(nil).isEmpty)
        let hits = try Self.invented(Self.odd)
        #expect(hits.count == 3)
        for hit in hits {
            #expect(hit.program == "low-income" && hit.ways == "household → household")
            #expect(hit.benefits == ["supplements"] && hit.articles == ["draft 第一条"])
            #expect(hit.last == 359_999)
        }
    }

    @Test("What is not listed, and what is listed and not met, is objected to")
    func objections() throws {
        let hits = [CliffPlace.liushu: Array(try Self.invented(Self.odd).prefix(1))]
        func listed(
            _ benefits: Set<String> = ["supplements"], _ articles: Set<String> = ["draft 第一条"],
            _ places: Set<CliffPlace> = [.liushu]
        ) -> [String] {
            let entry = ListedCliff("low-income", "household → household", benefits, by: articles, in: places)
            return Self.objections(to: hits, [entry]).map { String($0.prefix { $0 != "(" }) }
        }
        #expect(listed() == [])
        #expect(listed(["supplements", "base"]) == ["not met: low-income household → household: base"])
        #expect(
            listed(["supplements"], ["draft 第一条", "law 第二条"])
                == ["not met: low-income household → household: law 第二条"])
        #expect(
            listed(["supplements"], ["draft 第一条"], [.liushu, .harbin])
                == ["not met: low-income household → household in 230102 application"])
        #expect(listed(["supplements"], ["law 第一条"]).count == 2)
        #expect(Self.objections(to: hits, []).count == 1)
    }
}
