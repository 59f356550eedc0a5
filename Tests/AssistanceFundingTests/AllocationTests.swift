import AssistanceCore
import AssistanceFunding
import TestSupport
import Testing

@Suite("Dividing a budget among areas")
struct AllocationTests {
    private static let rich = DivisionCode("520402") ?? .nation
    private static let poor = DivisionCode("520423") ?? .nation
    private static let poorer = DivisionCode("520425") ?? .nation
    private static let recipients = AllocationFormula.Share(of: "recipients", part: .one)

    private static func area(_ code: DivisionCode, _ recipients: Int64) -> AllocationArea {
        AllocationArea(code, figures: ["recipients": recipients])
    }

    private static func sums(
        _ fen: Int64, _ formula: AllocationFormula, _ areas: [AllocationArea], months: Int = 12
    ) throws -> [Int64] {
        try Allocation(of: Money(fen: fen), months: months, by: formula, among: areas).parts.map(\.sum.fen)
    }

    @Test("A raise of 5 % counts as so many more, and 15 yuan for each and month come from the budget first")
    func worked() throws {
        // 2,000 people, 1,000 of them with 5 %: 1000 / 2050 and 1050 / 2050 of the rest.
        let raised = AllocationFormula(
            shares: [Self.recipients], raises: [.init([Self.poor], by: try #require(Rational(5, over: 100)))])
        let areas = [Self.area(Self.poor, 1000), Self.area(Self.rich, 1000)]
        #expect(try Self.sums(205_000_000, raised, areas) == [100_000_000, 105_000_000])
        let both = AllocationFormula(
            shares: raised.shares, raises: raised.raises,
            supplements: [.init([Self.poor], add: Money(fen: 1500), per: "recipients")])
        // 15 yuan × 12 months × 1,000 people are 180,000 yuan.
        let allocation = try Allocation(
            of: Money(fen: 223_000_000), months: 12, by: both, among: areas)
        #expect(allocation.parts.map(\.sum.fen) == [100_000_000, 123_000_000])
        #expect(allocation.parts.map(\.supplement.fen) == [0, 18_000_000])
    }

    @Test("The fen that is left goes to the largest remainder, and of equal ones to the lower code")
    func remainders() throws {
        let formula = AllocationFormula(shares: [Self.recipients])
        let equal = [Self.area(Self.poorer, 1), Self.area(Self.poor, 1), Self.area(Self.rich, 1)]
        #expect(try Self.sums(100, formula, equal) == [34, 33, 33])
        #expect(try Self.sums(101, formula, equal) == [34, 34, 33])
        let unequal = [Self.area(Self.rich, 1), Self.area(Self.poor, 2), Self.area(Self.poorer, 0)]
        #expect(try Self.sums(100, formula, unequal) == [33, 67, 0])
    }

    @Test("A raise of a city holds for its counties, and several raises add up")
    func raises() throws {
        let part = try #require(Rational(1, over: 2))
        let city = try #require(DivisionCode("520400"))
        let formula = AllocationFormula(
            shares: [Self.recipients], raises: [.init([city], by: part), .init([Self.poor], by: part)])
        let outside = try #require(DivisionCode("520502"))
        let areas = [Self.area(Self.rich, 10), Self.area(Self.poor, 10), Self.area(outside, 10)]
        #expect(try Self.sums(450, formula, areas) == [150, 200, 100])
    }

    @Test("Whatever is divided by whatever: the parts are none below nothing, and together the budget")
    func anything() throws {
        var random = SeededRandom(15)
        for _ in 1...500 {
            let part = 1 + random.below(99)
            let formula = AllocationFormula(
                shares: [
                    .init(of: "recipients", part: try #require(Rational(Int128(part), over: 100))),
                    .init(of: "spent", part: try #require(Rational(Int128(100 - part), over: 100))),
                ],
                raises: [
                    .init(
                        [Self.poor, Self.poorer], by: try #require(Rational(Int128(random.below(3000)), over: 10_000)))
                ],
                supplements: [.init([Self.poorer], add: Money(fen: Int64(random.below(2000))), per: "recipients")])
            let areas = [Self.rich, Self.poor, Self.poorer].map {
                AllocationArea(
                    $0,
                    figures: [
                        "recipients": Int64(1 + random.below(1_000_000)),
                        "spent": Int64(1 + random.below(1_000_000_000)),
                    ])
            }
            let budget = Money(fen: 30_000_000_000 + Int64(random.below(2_000_000_000)))
            let allocation = try Allocation(
                of: budget, months: 1 + random.below(12), by: formula, among: areas.reversed())
            #expect(allocation.parts.allSatisfy { $0.sum >= $0.supplement })
            #expect(allocation.parts.reduce(0) { $0 + $1.sum.fen } == budget.fen)
            let transfers = try allocation.transfers(from: SampleFunds.province, SampleFunds.general)
            #expect(transfers.reduce(0) { $0 + $1.sum.fen } == budget.fen)
        }
    }

    @Test("What is not known, or does not fit, refuses the whole")
    func refusals() throws {
        let formula = AllocationFormula(
            shares: [Self.recipients],
            supplements: [.init([Self.poor], add: Money(fen: 1500), per: "recipients")])
        let good = [Self.area(Self.rich, 10), Self.area(Self.poor, 10)]
        func refused(
            _ message: String, code: FundingRefusal.Code = .wrongAllocation, fen: Int64 = 1_000_000, months: Int = 12,
            _ areas: [AllocationArea]
        ) {
            expectRefusal(code, message) { _ = try Self.sums(fen, formula, areas, months: months) }
        }
        refused("there is no area among which the budget could be divided", [])
        refused("a budget is for 1 to 12 months, and 13 were given", months: 13, good)
        refused("the budget is 0.00 yuan, and more than nothing was expected", code: .wrongSum, fen: 0, good)
        refused("520423 stands twice", good + [Self.area(Self.poor, 1)])
        refused(
            "520423 lies in 520400, and both are given money",
            good.dropFirst() + [Self.area(try #require(DivisionCode("520400")), 1)])
        refused(
            "how much 'recipients' 520402 has is not known; what is none is 0",
            [AllocationArea(Self.rich, figures: ["people": 1])])
        refused("'recipients' of 520402 is -1, and none or more was expected", [Self.area(Self.rich, -1)])
        refused(
            "no area has any 'recipients', by which 10000.00 yuan are divided; give the figures",
            [Self.area(Self.rich, 0)])
        refused(
            "the supplements are 1800.00 yuan, and the budget is 1000.00 yuan; raise the budget", fen: 100_000, good)
        refused(
            "the supplements of 520423 are more than can be counted", code: .wrongSum, [Self.area(Self.poor, .max)])
    }
}
