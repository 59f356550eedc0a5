import AssistanceCore
import Testing

@Suite("Rounding")
struct RoundingTests {
    @Test(
        "Each mode goes its way on both sides of zero",
        arguments: [
            (7, 2, 3, 4, 4), (-7, 2, -4, -3, -4), (5, 3, 1, 2, 2), (-5, 3, -2, -1, -2), (4, 3, 1, 2, 1),
            (-4, 3, -2, -1, -1), (6, 3, 2, 2, 2), (-6, 3, -2, -2, -2), (0, 5, 0, 0, 0), (1, 1000, 0, 1, 0),
        ] as [(Int128, Int128, Int128, Int128, Int128)])
    func modes(numerator: Int128, denominator: Int128, down: Int128, up: Int128, nearest: Int128) {
        #expect(RoundingMode.down.divide(numerator, by: denominator) == down)
        #expect(RoundingMode.up.divide(numerator, by: denominator) == up)
        #expect(RoundingMode.nearest.divide(numerator, by: denominator) == nearest)
        #expect(RoundingMode.divide(numerator, by: denominator, .up) == up)
    }

    @Test("No numerator and no denominator makes a division trap", arguments: RoundingMode.allCases)
    func extremes(mode: RoundingMode) {
        let values: [Int128] = [.min, .min + 1, -3, -2, -1, 0, 1, 2, 3, .max - 1, .max]
        for numerator in values {
            for denominator in values { _ = mode.divide(numerator, by: denominator) }
        }
        #expect(mode.divide(.min, by: 1) == .min)
        #expect(mode.divide(.max, by: 1) == .max)
        #expect(mode.divide(.max, by: .max) == 1)
    }

    @Test("What has no quotient takes the end of the range")
    func saturates() {
        #expect(RoundingMode.down.divide(.min, by: -1) == .max)
        #expect(RoundingMode.down.divide(1, by: 0) == .max)
        #expect(RoundingMode.down.divide(-1, by: 0) == .min)
        #expect(RoundingMode.down.divide(0, by: 0) == 0)
        #expect(RoundingMode.down.divide(7, by: -2) == -4)
    }

    @Test("The words of a policy file name the modes, and no others do")
    func words() {
        #expect(RoundingMode(rawValue: "nearest") == .nearest)
        #expect(RoundingMode(rawValue: "half-up") == nil)
        #expect(RoundingMode(rawValue: "Down") == nil)
    }
}
