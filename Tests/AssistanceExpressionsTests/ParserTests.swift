import AssistanceCore
import Foundation
import Testing

@testable import AssistanceExpressions

@Suite("Expressions")
struct ParserTests {
    @Test(
        "Operators bind as in CEL",
        arguments: [
            ("a + b * c - d", "(- (+ a (* b c)) d)"), ("a - b - c", "(- (- a b) c)"), ("a / b * c", "(* (/ a b) c)"),
            ("(a + b) * c", "(* (+ a b) c)"), ("a || b && c || d", "(|| (|| a (&& b c)) d)"),
            ("a == b && c < d + 1", "(&& (== a b) (< c (+ d 1)))"), ("a < b == c", "(== (< a b) c)"),
            ("a != b", "(!= a b)"), ("a <= b", "(<= a b)"), ("a >= b", "(>= a b)"), ("a > b", "(> a b)"),
            ("!a && -b < c", "(&& (not a) (< (neg b) c))"), ("!!a", "(not (not a))"), ("--1", "(neg (neg 1))"),
            ("-a.b[0]", "(neg (index (member a b) 0))"), ("-a * b", "(* (neg a) b)"), ("a - -b", "(- a (neg b))"),
            ("x in [1, 2] || y", "(|| (in x [1 2]) y)"), ("3 in x", "(in 3 x)"),
            ("a ? b : c ? d : e", "(? a b (? c d e))"), ("a ? (b ? c : d) : e", "(? a (? b c d) e)"),
            ("a || b ? c + 1 : d", "(? (|| a b) (+ c 1) d)"), ("a ?.5 : 1", "(? a 5e-1 1)"),
        ])
    func operators(text: String, tree: String) { #expect(dump(text) == tree) }

    @Test(
        "Names, members, calls, lists and constants are read",
        arguments: [
            ("a.b.c", "(member (member a b) c)"), ("a.as", "(member a as)"), ("f()", "(call f)"),
            ("f(a, -b)", "(call f a (neg b))"), ("a.b(c).d()", "(method d (method b a c))"),
            ("a.all(x, x > 0)", "(method all a x (> x 0))"), ("f(g(h(1)))", "(call f (call g (call h 1)))"),
            ("[]", "[]"), ("[[1], [], [a, b,]]", "[[1] [] [a b]]"), ("[1][0]", "(index [1] 0)"),
            ("true", "true"), ("false", "false"), ("null", "null"), ("1.size()", "(method size 1)"),
            ("from + to", "(+ from to)"), ("months * year", "(* months year)"),
        ])
    func operands(text: String, tree: String) { #expect(dump(text) == tree) }

    @Test(
        "A unit directly after a number makes a quantity",
        arguments: [
            ("632 yuan/month", "(unit 632 yuan/month)"), ("24 months", "(unit 24 months)"),
            ("45 m2", "(unit 45 m2)"), ("45m2", "(unit 45 m2)"), ("38.32 yuan/m2", "(unit 3832e-2 yuan/m2)"),
            ("20 yuan/m2/month * 45 m2", "(* (unit 20 yuan/m2/month) (unit 45 m2))"),
            ("30 months * standard / 1 year", "(/ (* (unit 30 months) standard) (unit 1 year))"),
            (
                "20 yuan/day * min(loss.days, 90 days)",
                "(* (unit 20 yuan/day) (call min (member loss days) (unit 90 days)))"
            ),
            ("600 yuan / months", "(/ (unit 600 yuan) months)"), ("600 yuan/n", "(/ (unit 600 yuan) n)"),
            ("600 yuan/ months", "(/ (unit 600 yuan) months)"),
            ("600 yuan/household.size", "(/ (unit 600 yuan) (member household size))"),
            ("600 yuan/month/months(x)", "(/ (unit 600 yuan/month) (call months x))"),
            ("-5 yuan", "(neg (unit 5 yuan))"), ("5 kg in x", "(in (unit 5 kg) x)"),
        ])
    func quantities(text: String, tree: String) { #expect(dump(text) == tree) }

    @Test(
        "What is not a unit is refused after a number",
        arguments: [
            ("600 yuans", "4+5 expression-syntax: 'yuans' is not a unit; did you mean 'yuan'?"),
            ("2 * (3 standard)", "7+8 expression-syntax: 'standard' is not a unit"),
            ("5 yuan per month", "7+3 expression-syntax: an operator is expected before 'per'"),
            ("5 yuan month", "7+5 expression-syntax: an operator is expected before 'month'"),
            ("1 yuan/m2/month/day/year", "19+5 expression-syntax: a unit has at most 3 divisors"),
            (
                "600 yuan /month",
                "9+6 expression-syntax: '/month' could be a unit or a division; "
                    + "write 'yuan/month' or 'yuan / month'"
            ),
            ("3 true", "2+4 expression-syntax: an operator is expected before 'true'"),
        ])
    func unitErrors(text: String, error: String) { #expect(dump(text) == error) }

    @Test(
        "A percent sign directly after a number is a percentage where no operand follows",
        arguments: [
            ("20% + x", "(+ 20e0% x)"), ("50% * standard", "(* 50e0% standard)"), ("(20%) - x", "(- 20e0% x)"),
            ("x - 20%", "(- x 20e0%)"), ("20% in rates", "(in 20e0% rates)"), ("20% != x", "(!= 20e0% x)"),
            ("[20%, 1e1%]", "[20e0% 1e1%]"), ("a ? 7.5% : 0%", "(? a 75e-1% 0e0%)"), ("-20%", "(neg 20e0%)"),
        ])
    func percentages(text: String, tree: String) { #expect(dump(text) == tree) }

    @Test(
        "Modulo is refused, and so is what CEL would read as modulo",
        arguments: [
            ("42 % 5", "3+1 modulo: modulo is not offered"), ("a % b", "2+1 modulo: modulo is not offered"),
            ("5%2", "1+1 modulo: modulo is not offered"), ("20% x", "2+1 modulo: modulo is not offered"),
            ("20%(x)", "2+1 modulo: modulo is not offered"), ("20% 'a'", "2+1 modulo: modulo is not offered"),
            ("20% !x", "2+1 modulo: modulo is not offered"), ("20% .5", "2+1 modulo: modulo is not offered"),
            ("0x10%", "4+1 modulo: modulo is not offered"), ("20 yuan%", "7+1 modulo: modulo is not offered"),
            ("20%%", "3+1 modulo: modulo is not offered"),
            (
                "20% - x",
                "2+1 modulo: '20% - x' could be read as modulo; put the percentage in brackets: (20%) - x"
            ),
            (
                "a + 7.5%-(b)",
                "7+1 modulo: '7.5% - …' could be read as modulo; put the percentage in brackets: (7.5%) - …"
            ),
            (
                "20% // comment\n - 5",
                "2+1 modulo: '20% - 5' could be read as modulo; put the percentage in brackets: (20%) - 5"
            ),
        ])
    func modulo(text: String, error: String) { #expect(dump(text) == error) }

    @Test(
        "What CEL has and policies do not is refused by name",
        arguments: [
            ("{'a': 1}", "0+1 not-supported: map literals are not supported"),
            ("f({})", "2+1 not-supported: map literals are not supported"),
            ("a.B{c: 1}", "3+1 not-supported: struct literals are not supported"),
            (".a", "0+1 not-supported: a leading dot is not supported"),
            ("a + .b", "4+1 not-supported: a leading dot is not supported"),
            ("a?.b", "1+1 not-supported: optional values with '?' are not supported"),
            ("a.?b", "2+1 not-supported: optional values with '?' are not supported"),
            ("a[?b]", "2+1 not-supported: optional values with '?' are not supported"),
            ("[?a]", "1+1 not-supported: optional values with '?' are not supported"),
            ("a.`b-c`", "2+1 not-supported: quoted names are not supported"),
        ])
    func notSupported(text: String, error: String) { #expect(dump(text) == error) }

    @Test(
        "An expression that is not well formed is refused at the first wrong token",
        arguments: [
            ("", "0+0 empty-input: an expression is expected"),
            ("  // only a comment", "19+0 empty-input: an expression is expected"),
            ("1 +", "3+0 expression-syntax: an expression is expected at the end"),
            ("* 2", "0+1 expression-syntax: an expression is expected before '*'"),
            ("a b", "2+1 expression-syntax: an operator is expected before 'b'"),
            ("a 'b'", "2+3 expression-syntax: an operator is expected before ''b''"),
            ("a !b", "2+1 expression-syntax: an operator is expected before '!'"),
            ("(a + b", "0+1 expression-syntax: '(' is not closed"),
            ("f(a, [b", "5+1 expression-syntax: '[' is not closed"),
            ("f(a", "1+1 expression-syntax: '(' is not closed"),
            ("(a + b]", "6+1 expression-syntax: ')' is expected before ']'"),
            ("[a)", "2+1 expression-syntax: ']' is expected before ')'"),
            ("a)", "1+1 expression-syntax: ')' has nothing to belong to"),
            ("()", "1+1 expression-syntax: an expression is expected before ')'"),
            ("f(a,)", "4+1 expression-syntax: an expression is expected before ')'"),
            ("[,]", "1+1 expression-syntax: an expression is expected before ','"),
            ("a[]", "2+1 expression-syntax: an expression is expected before ']'"),
            ("a[1, 2]", "3+1 expression-syntax: ']' is expected before ','"),
            ("(a, b)", "2+1 expression-syntax: ')' is expected before ','"),
            ("a, b", "1+1 expression-syntax: ',' has nothing to belong to"),
            ("a ? b", "2+1 expression-syntax: '?' has no ':'"),
            ("a ? b : ", "7+0 expression-syntax: an expression is expected at the end"),
            ("a ? b, c", "5+1 expression-syntax: ':' is expected before ','"),
            ("a : b", "2+1 expression-syntax: ':' has nothing to belong to"),
            ("a ? b : c : d", "10+1 expression-syntax: ':' has nothing to belong to"),
            (
                "a ? b ? c : d : e",
                "6+1 expression-syntax: a conditional between '?' and ':' is put in brackets"
            ),
            ("a.", "2+0 expression-syntax: a name is expected at the end"),
            ("a.1", "1+2 expression-syntax: an operator is expected before '.1'"),
            ("a.in", "2+2 expression-syntax: 'in' is a reserved word and cannot be a name"),
            ("in + 1", "0+2 expression-syntax: an expression is expected before 'in'"),
            ("1 + for", "4+3 expression-syntax: 'for' is a reserved word and cannot be a name"),
            ("while(a)", "0+5 expression-syntax: 'while' is a reserved word and cannot be a name"),
            ("(f)(a)", "3+1 expression-syntax: only a name can be called"),
            ("3(a)", "1+1 expression-syntax: only a name can be called"),
            ("true(a)", "4+1 expression-syntax: only a name can be called"),
            ("!-a", "1+1 expression-syntax: '!' and '-' cannot follow each other"),
            ("-!a", "1+1 expression-syntax: '!' and '-' cannot follow each other"),
            ("a }", "2+1 expression-syntax: '}' has nothing to belong to"),
            ("+1", "0+1 expression-syntax: an expression is expected before '+'"),
        ])
    func malformed(text: String, error: String) { #expect(dump(text) == error) }

    @Test("Every node knows where it stands, and brackets around it belong to it")
    func ranges() throws {
        let text = "( a + 2 yuan/month ) * f(x)[1] // end"
        func cut(_ node: Syntax) -> String {
            String(String.UnicodeScalarView(Array(text.unicodeScalars)[node.range]))
        }
        let tree = try Parser.parse(text)
        #expect(cut(tree) == "( a + 2 yuan/month ) * f(x)[1]")
        #expect(tree.children.map(cut) == ["( a + 2 yuan/month )", "f(x)[1]"])
        #expect(tree.children[0].children.map(cut) == ["a", "2 yuan/month"])
        #expect(tree.children[0].children[1].children.map(cut) == ["2"])
        #expect(tree.children[1].children.map(cut) == ["f(x)", "1"])
        guard case .quantity(_, let unit) = tree.children[0].children[1].kind else {
            Issue.record("a quantity is expected")
            return
        }
        #expect(unit.range == 8..<18)
        #expect(unit.parts == [.init(name: "yuan", power: 1), .init(name: "month", power: -1)])
    }

    @Test("Positions count Unicode scalars")
    func positions() {
        #expect(dump("'城市😬é' + )") == "9+1 expression-syntax: an expression is expected before ')'")
        #expect(dump("'e\u{301}' )") == "5+1 expression-syntax: ')' has nothing to belong to")
    }
}

@Suite("The limits of an expression")
struct LimitTests {
    private static func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
        String(repeating: open, count: count) + inner + String(repeating: close, count: count)
    }

    private static func chain(_ first: String, _ more: String, _ count: Int) -> String {
        first + String(repeating: more, count: count)
    }

    /// A text too long to be printed whole.
    struct Text: Sendable, CustomTestStringConvertible {
        var text: String
        var error = ""
        var testDescription: String { "\(text.prefix(24))… of \(text.utf8.count) bytes" }
    }

    /// As large and deep as the limits allow, in every way that needs a stack somewhere.
    static let largest: [Text] = [
        nested("(", "a", ")", 64), nested("-", "a", "", 64), nested("!", "a", "", 64),
        nested("[", "", "]", 64), nested("f(", "a", ")", 64), nested("a[", "0", "]", 64),
        nested("a || b && c == d + e * (", "x", ")", 19), nested("a ? b : ", "c", "", 64),
        chain("a", " + 1", 256), chain("a", ".b", 95), chain("a", "[0]", 95),
        nested("(", "(" + chain("a", " + 1", 256) + ")", " + 1)", 63),
    ].map { Text(text: $0) }

    @Test("What the limits allow is read on a stack of 128 kilobytes", arguments: largest)
    func smallStack(largest: Text) throws {
        let tree = try onSmallStack { dump(largest.text) }
        #expect(["a", "(", "["].contains(tree.prefix(1)))
    }

    private static let tooDeep = "too-deep: an expression is nested at most 64 deep"
    private static let tooLong = "too-large: a chain has at most 256 operators"

    static let tooLarge: [Text] = [
        Text(text: nested("(", "a", ")", 65), error: "64+1 " + tooDeep),
        Text(text: nested("(", "a", ")", 10_000), error: "64+1 " + tooDeep),
        Text(text: nested("-", "a", "", 10_000), error: "64+1 " + tooDeep),
        Text(text: nested("[", "", "]", 10_000), error: "64+1 " + tooDeep),
        Text(text: nested("f(", "a", ")", 10_000), error: "129+1 " + tooDeep),
        Text(text: nested("a?b:", "c", "", 10_000), error: "257+1 " + tooDeep),
        Text(
            text: chain("a", ".b", 400), error: "0+193 too-deep: an expression has at most 96 steps one upon the other"
        ),
        Text(text: chain("false", " || false", 5_000), error: "0+2318 " + tooLong),
        Text(text: chain("a", "*b/c", 200), error: "0+515 " + tooLong),
        Text(text: chain("[", "a,", 10_001) + "]", error: "20001+1 too-large: an expression has at most 10000 parts"),
        Text(text: chain("a", " ", 65_536), error: "0+0 too-large: an expression has at most 65536 bytes"),
    ]

    @Test("What exceeds a limit is an error, also on a stack of 128 kilobytes", arguments: tooLarge)
    func exceeded(tooLarge: Text) throws {
        let outcome = try onSmallStack { dump(tooLarge.text) }
        #expect(outcome == tooLarge.error + "; split it with 'define:'")
    }

    @Test("A long chain in brackets may go on")
    func bracketedChains() {
        let chain = "(" + Self.chain("a", " || b", 256) + ")"
        #expect(dump(chain + " || " + chain).hasPrefix("(|| (||"))
    }
}

/// Does a thing on a thread of its own with a stack of so many kilobytes.
func onSmallStack(kilobytes: Int = 128, _ body: @escaping @Sendable () -> String) throws -> String {
    final class Box: @unchecked Sendable {
        var outcome: String?
    }
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        box.outcome = body()
        done.signal()
    }
    thread.stackSize = kilobytes * 1_024
    thread.start()
    done.wait()
    return try #require(box.outcome)
}

@Suite("CEL's own conformance cases")
struct ConformanceSyntaxTests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/cel-conformance.jsonl")

    @Test(
        "Every case is read or refused with a position inside it",
        .enabled(if: FileManager.default.fileExists(atPath: file.path)))
    func cases() throws {
        let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
        var read = 0
        for line in lines {
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let text = try #require(record?["expr"] as? String)
            do throws(ExpressionError) {
                let tree = try Parser.parse(text)
                #expect(tree.range.upperBound <= text.unicodeScalars.count)
                read += 1
            } catch {
                #expect(error.offset + error.length <= text.unicodeScalars.count)
                // Every case is CEL, so all that may be refused is what policies do not have.
                if ![.notSupported, .modulo, .literalRange].contains(error.code) {
                    Issue.record("\(text): \(dump(error))")
                }
            }
        }
        #expect(read > 400)
    }
}
