import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Glibc
import Jiuzhu
import TestSupport
import Testing

/// How long properties are tried: `JIUZHU_PROPERTY_TIMES=20` tries twenty times as many cases.
enum PropertyEffort {
    static let times = max(1, getenv("JIUZHU_PROPERTY_TIMES").flatMap { Int(String(cString: $0)) } ?? 1)
}

/// Real policy of an area, day and stage that properties are tried on.
struct Situation: Sendable, CustomTestStringConvertible {
    let place: LowIncomeByHand.Place
    let area: String
    let day: String
    let stage: Stage
    let urban: Int64
    let rural: Int64

    var testDescription: String { "\(place) \(day) \(stage)" }

    private static func linkou(_ stage: Stage) -> Situation {
        Situation(place: .linkou, area: "231025", day: "2026-06-01", stage: stage, urban: 83_200, rural: 63_200)
    }

    /// 道里区.
    private static func harbin(_ stage: Stage) -> Situation {
        Situation(place: .harbin, area: "230102", day: "2024-10-01", stage: stage, urban: 86_000, rural: 64_800)
    }

    /// 绥芬河市, which has nothing of its own.
    private static func province(_ stage: Stage) -> Situation {
        Situation(place: .province, area: "231081", day: "2025-06-01", stage: stage, urban: 78_000, rural: 58_500)
    }

    static let four = [linkou(.application), linkou(.review), harbin(.application), province(.application)]
    /// 道里区 in a year of which the standard is not known: nobody can be found eligible.
    static let unpublished = harbin(.application).on("2025-06-01", urban: 86_000, rural: 64_800)
    static let all = Stage.allCases.flatMap { [linkou($0), harbin($0), province($0)] }

    /// The same place and stage on another day.
    func on(_ day: String, urban: Int64, rural: Int64) -> Situation {
        Situation(place: place, area: area, day: day, stage: stage, urban: urban, rural: rural)
    }

    var date: CalendarDate { CalendarDate(iso: day) ?? .earliest }
    var isReview: Bool { stage == .review }
    /// A generator of its own for each place, stage and property.
    func random(_ seed: UInt64) -> SeededRandom {
        SeededRandom(seed &+ (UInt64(area) ?? 0) &+ (isReview ? 1 << 40 : 0))
    }
    var byHand: LowIncomeByHand { LowIncomeByHand(place: place, date: date, urban: urban, rural: rural) }

    static let engine: Engine = {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang", in: Repository.policies, sections: Engine.sections(of: assistancePrograms), findings)
        return Engine(library, programs: assistancePrograms, run: ["low-income"])
    }()

    /// The compiled policy; a mistake of the policy fails the test.
    func policy() throws -> CompiledPolicy {
        let findings = Findings()
        let policy = Self.engine.policy(
            area: try #require(DivisionCode(area)), date: date, stage: stage, findings)
        #expect(!findings.hasErrors, "\(findings.sorted)")
        return policy
    }

    /// What low income decides about each household of a batch.
    func decisions(_ batch: FactBatch) throws -> [Determination] {
        let assessor = Assessor(Self.engine, try policy(), over: batch)
        return try (0..<batch.count).map {
            try #require(assessor.assess(household: $0, explain: false).determinations.first)
        }
    }

    /// What low income decides about one household.
    func decision(_ household: SampleHousehold, hiding hidden: Set<String> = []) throws -> Determination {
        try #require(try decisions(household.batch(hiding: hidden)).first)
    }
}

extension Determination {
    /// The sum of a benefit in fen; zero where it is not among them.
    func fen(_ benefit: String) -> ClosedRange<Int64> {
        benefits.first { $0.id == benefit }.map { $0.amount.least.fen...max($0.amount.least.fen, $0.amount.most.fen) }
            ?? 0...0
    }

    /// The route that is taken.
    var route: String? { routes.first { $0.isTaken }?.id }

    func standing(_ id: String) -> StandingDecision? { standings.first { $0.id == id } }
}
