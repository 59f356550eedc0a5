import AssistanceCore
import AssistanceEngine
import TestSupport
import Testing

/// More income never means more money, but where another route begins; those places are listed.
@Suite("More income")
struct MonotonicityTests {
    /// A change of route at which the sum rises with income, and what the law says there.
    struct Cliff: Hashable {
        let place: LowIncomeByHand.Place
        let isReview: Bool
        let from: String
        let to: String
    }

    /// Every cliff there is. What is found and does not stand here fails, and so does what stands here and is not found.
    static let cliffs: [Cliff: String] = {
        var all: [Cliff: String] = [:]
        for isReview in [false, true] {
            // 民发〔2021〕57号, 单人保: above the line the severely disabled or ill person of an edge family is paid alone. In
            // 林口县 a fixed sum (liushu-config), elsewhere between 0 and the line, where the gap had shrunk to nothing.
            for place in LowIncomeByHand.Place.allCases {
                all[Cliff(place: place, isReview: isReview, from: "household", to: "single")] =
                    "mca-2021-57-recalled; hlj-mca-2023-1"
            }
        }
        // 黑政办规〔2018〕36号, 渐退: a family that rose above the line keeps its running sum for some months.
        for place in LowIncomeByHand.Place.allCases {
            all[Cliff(place: place, isReview: true, from: "household", to: "grace")] = "hlj-2018-36"
        }
        // The check of 林口县's labour (liushu-notes) belongs to the route of the family; 渐退 does not ask.
        all[Cliff(place: .linkou, isReview: true, from: "none", to: "grace")] = "hlj-2018-36; liushu-notes"
        return all
    }()

    @Test("Within a route more income never raises the sum, and every other rise is listed", arguments: Situation.all)
    func moreIncome(_ situation: Situation) throws {
        var random = situation.random(20_264)
        var found: Set<Cliff> = []
        var cases = 0
        var rises = 0
        for number in 0..<(160 * PropertyEffort.times) {
            // Half of them one fen or so below the line, where one step more is another route.
            let household = SampleHousehold.random(on: situation.date, &random).calibrated(
                situation.byHand, &random, to: number % 2 == 0 ? [100] : [0, 40, 80, 99, 100, 120, 149, 150])
            var batch = household.batch()
            var changes: [String] = [""]
            for place in (household.members ?? []).indices {
                for _ in 0..<2 {
                    let kind =
                        random.chance(60) ? random.pick(SampleHousehold.usualIncomes) : random.pick(SampleFacts.incomes)
                    let step = random.pick([1, 1, 2, 100, 1_200, 9_999, Int64(1 + random.below(100_000)), 100_000])
                    var richer = household
                    richer.members?[place][kind] += step
                    richer.append(to: &batch)
                    changes.append("\(step) fen more of \(kind) for member \(place) of household \(number)")
                }
            }
            let decisions = try situation.decisions(batch)
            let before = decisions[0]
            for (change, after) in zip(changes, decisions).dropFirst() {
                cases += 1
                guard after.monthly.least > before.monthly.least || after.monthly.most > before.monthly.most else {
                    continue
                }
                rises += 1
                let cliff = Cliff(
                    place: situation.place, isReview: situation.isReview, from: before.route ?? "none",
                    to: after.route ?? "none")
                #expect(cliff.from != cliff.to, "\(change): \(before.monthly) becomes \(after.monthly) on one route")
                #expect(Self.cliffs[cliff] != nil, "\(change): an unlisted cliff, \(cliff)")
                found.insert(cliff)
            }
        }
        for cliff in Self.cliffs.keys where cliff.place == situation.place && cliff.isReview == situation.isReview {
            #expect(found.contains(cliff), "\(cliff) is listed and was not met")
        }
        print(
            "more income, \(situation.testDescription): \(cases) rises of income, \(rises) of the sum, \(found.count) cliffs"
        )
    }

    @Test("The parts of a benefit add up to it to the fen", arguments: Situation.all)
    func parts(_ situation: Situation) throws {
        var random = situation.random(20_265)
        var batch = FactBatch(schema: SampleFacts.schema)
        for _ in 0..<(250 * PropertyEffort.times) {
            SampleHousehold.random(on: situation.date, &random).calibrated(situation.byHand, &random).append(to: &batch)
        }
        var cases = 0
        for decision in try situation.decisions(batch) {
            var sum = MoneyRange(.zero, .zero)
            for benefit in decision.benefits {
                sum = MoneyRange(
                    Money(fen: sum.least.fen + benefit.amount.least.fen),
                    Money(fen: sum.most.fen + benefit.amount.most.fen))
                guard let amount = benefit.amount.known else { continue }
                #expect(benefit.parts.reduce(0) { $0 + $1.amount.fen } == amount.fen)
                #expect(benefit.parts.allSatisfy { $0.amount >= .zero })
                cases += 1
            }
            #expect(decision.monthly == sum)
        }
        print("parts, \(situation.testDescription): \(cases) benefits")
    }
}
