import AssistanceCore
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(
        "Yuan as plain decimal text are read to the fen",
        arguments: [
            ("0", 0), ("0.5", 50), ("1234.5", 123_450), ("1234.50", 123_450), ("-0.01", -1), ("-0", 0), ("10", 1000),
            ("92233720368547758.07", Int64.max), ("-92233720368547758.08", Int64.min),
        ])
    func reads(text: String, fen: Int64) {
        #expect(Money(yuanText: text) == Money(fen: fen))
    }

    @Test(
        "What is not plain yuan with at most two decimals is refused, never rounded",
        arguments: [
            "", "-", ".", "1.", ".5", "1.000", "1.234", "+1", "01", "00", "-01", "1,234", "1 ", " 1", "1e3", "--1",
            "1.-5",
            "1.2.3", "0x10", "NaN", "１２", "٣", "92233720368547758.08", "-92233720368547758.09",
            "99999999999999999999", String(repeating: "9", count: 5000),
        ])
    func refuses(text: String) {
        #expect(Money(yuanText: text) == nil)
    }

    @Test(
        "A sum is written with two decimals, for people with thousands set apart",
        arguments: [
            (0, "0.00", "0.00"), (5, "0.05", "0.05"), (-5, "-0.05", "-0.05"), (99_999, "999.99", "999.99"),
            (123_450, "1234.50", "1,234.50"), (-100_000_000, "-1000000.00", "-1,000,000.00"),
            (Int64.min, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
        ])
    func writes(fen: Int64, text: String, grouped: String) {
        let money = Money(fen: fen)
        #expect(money.text == text)
        #expect("\(money)" == text)
        #expect(money.grouped == grouped)
        #expect(Money(yuanText: money.text) == money)
    }

    @Test("Sums and differences are exact, and nil where they leave the range")
    func arithmetic() {
        #expect(Money(fen: 1).adding(Money(fen: 2)) == Money(fen: 3))
        #expect(Money(fen: 1).subtracting(Money(fen: 2)) == Money(fen: -1))
        #expect(Money(fen: .max).adding(Money(fen: 1)) == nil)
        #expect(Money(fen: .min).subtracting(Money(fen: 1)) == nil)
        #expect(Money.zero.subtracting(Money(fen: .min)) == nil)
        #expect(Money(fen: -1) < Money.zero)
    }
}
