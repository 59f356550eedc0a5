import AssistanceCore
import Testing

@testable import AssistanceExpressions

@Suite("Ranges")
struct RangeTests {
    private func dumpRange(_ text: String) -> String {
        do throws(ExpressionError) {
            return try Parser.parseRange(text).debugDescription
        } catch {
            return dump(error)
        }
    }

    @Test(
        "A range has its ends in or out as its words say",
        arguments: [
            ("from 60", "[60, )"), ("over 100", "(100, )"), ("upto 100", "(, 100]"), ("below 500", "(, 500)"),
            ("from 1 upto 2", "[1, 2]"), ("from 1 below 2", "[1, 2)"), ("over 1 upto 2", "(1, 2]"),
            ("over 1 below 2", "(1, 2)"), ("80 to 89", "[80, 89]"),
            ("from standard below 150% * standard", "[standard, (* 150e0% standard))"),
            ("from 20% upto 40%", "[20e0%, 40e0%]"), ("20% to 40%", "[20e0%, 40e0%]"),
            ("from 2 months upto 6 months", "[(unit 2 months), (unit 6 months)]"),
            ("below 40000 yuan", "(, (unit 40000 yuan))"),
            ("from -5 upto min(from, to)", "[(neg 5), (call min from to)]"),
            ("bill.from to bill.until", "[(member bill from), (member bill until)]"),
            ("from a ? b : c upto d", "[(? a b c), d]"), ("from (to) upto [over][0]", "[to, (index [over] 0)]"),
        ])
    func ranges(text: String, interval: String) {
        #expect(dumpRange(text) == interval)
        #expect(Parser.looksLikeRange(text))
    }

    @Test(
        "A range that is not well formed is refused",
        arguments: [
            ("", "0+0 empty-input: a range is expected"),
            ("from", "4+0 expression-syntax: an expression is expected at the end"),
            ("from upto 3", "5+4 expression-syntax: an expression is expected before 'upto'"),
            ("to 3", "0+2 expression-syntax: an expression is expected before 'to'"),
            ("80 to", "5+0 expression-syntax: an expression is expected at the end"),
            ("from 1 + upto 3", "9+4 expression-syntax: an expression is expected before 'upto'"),
            (
                "100",
                "0+3 expression-syntax: a range is written 'from 60', 'over 60', 'upto 60', 'below 60' or '60 to 69'"
            ),
            (
                "80 upto 89",
                "3+4 expression-syntax: 'upto' is not expected here: "
                    + "a range with two ends is written 'from 60 upto 69' or '60 to 69'"
            ),
            (
                "from 80 to 89",
                "8+2 expression-syntax: 'to' is not expected here: the upper end is written with 'upto' or 'below'"
            ),
            (
                "upto 9 from 3",
                "7+4 expression-syntax: 'from' is not expected here: the lower end comes first"
            ),
            (
                "upto 9 below 3",
                "7+5 expression-syntax: 'below' is not expected here: the range has its upper end"
            ),
            (
                "from 3 over 4",
                "7+4 expression-syntax: 'over' is not expected here: the range has its lower end"
            ),
            (
                "from 3 upto 4 upto 5",
                "14+4 expression-syntax: 'upto' is not expected here: the range has both its ends"
            ),
            ("1 to 2 to 3", "7+2 expression-syntax: 'to' is not expected here: the range has both its ends"),
            ("from (1 upto 2)", "8+4 expression-syntax: 'upto' is not a unit"),
            ("from (a upto 2)", "8+4 expression-syntax: an operator is expected before 'upto'"),
            ("from (1", "5+1 expression-syntax: '(' is not closed"),
            (
                "from 20% - x",
                "7+1 modulo: '20% - x' could be read as modulo; put the percentage in brackets: (20%) - x"
            ),
            ("from a ? b upto c", "7+1 expression-syntax: '?' has no ':'"),
            ("from 1 ~ 2", "7+1 expression-syntax: '~' has no meaning in an expression"),
        ])
    func errors(text: String, error: String) { #expect(dumpRange(text) == error) }

    @Test(
        "A code, a list or an expression does not look like a range",
        arguments: [
            "", "from", "to", "over", "urban", "100", "a.to", "bill.from", "[from, to]", "(a to b)", "from + 1",
            "from.x",
            "150% * standard", "to to", "'a to b'", "~", "a ~ to b", "a + to + b",
        ])
    func noRange(text: String) { #expect(!Parser.looksLikeRange(text)) }

    @Test(
        "A range with an error still looks like one",
        arguments: ["from 'a", "over 1 ~", "upto 3 below 4", "1 to 2 to 3", "80 to 'a"])
    func rangeWithError(text: String) { #expect(Parser.looksLikeRange(text)) }

    @Test("The words of a range are names in an expression")
    func names() {
        #expect(dump("from + upto * below") == "(+ from (* upto below))")
        #expect(dump("80 to 89") == "3+2 expression-syntax: 'to' is not a unit")
    }
}
