import AssistanceCore
import Testing

@testable import AssistanceExpressions

/// The tree of an expression in one line, or `offset+length code: message` of its error.
func dump(_ text: String) -> String {
    do throws(ExpressionError) {
        return try Parser.parse(text).debugDescription
    } catch {
        return dump(error)
    }
}

func dump(_ error: ExpressionError) -> String {
    let suggestion = error.suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return "\(error.offset)+\(error.length) \(error.code.rawValue): \(error.message)\(suggestion)"
}

@Suite("Literals and other tokens")
struct LexerTests {
    @Test(
        "A number is read exactly",
        arguments: [
            ("42", "42"), ("007", "7"), ("0x55555555", "1431655765"), ("0XfF", "255"), ("0.15", "15e-2"),
            (".99", "99e-2"), ("2.3e+1", "23e0"), ("1e3", "1e3"), ("1.50", "15e-1"), ("100.0", "100e0"),
            ("0.000", "0e0"), ("0e99999999999999999999", "0e0"), ("1e-30", "1e-30"),
            ("999999999999999999999999999999", "999999999999999999999999999999"),
            ("000000000000000000000000000000000000001", "1"),
            ("1.0000000000000000000000000000000000000000", "1e0"),
            ("-9223372036854775808", "(neg 9223372036854775808)"), ("20%", "20e0%"), ("7.5%", "75e-1%"),
        ])
    func number(text: String, tree: String) { #expect(dump(text) == tree) }

    @Test(
        "A number that exceeds the literal range is refused",
        arguments: [
            ("1000000000000000000000000000000", "0+31 literal-range: a number has at most 30 digits"),
            ("x + 0xfffffffffffffffffffffffffff", "4+29 literal-range: a number has at most 30 digits"),
            ("0.1234567890123456789012345678901", "0+33 literal-range: a number has at most 30 digits"),
            (
                "1e31",
                "0+4 literal-range: a number is at most 30 places larger or smaller than its digits say"
            ),
            (
                "1e-999999999999999999999999",
                "0+27 literal-range: a number is at most 30 places larger or smaller than its digits say"
            ),
            ("5000000000000000000000000000000%", "0+31 literal-range: a number has at most 30 digits"),
            ("0x", "0+2 expression-syntax: hexadecimal digits are expected after '0x'"),
            ("0xg", "0+2 expression-syntax: hexadecimal digits are expected after '0x'"),
            ("1u", "0+2 not-supported: unsigned integers are not supported; leave out the 'u'"),
            ("3 + 0xFU", "4+4 not-supported: unsigned integers are not supported; leave out the 'U'"),
            ("1.2.3", "3+2 expression-syntax: an operator is expected before '.3'"),
            ("12abc", "2+3 expression-syntax: 'abc' is not a unit"),
            ("1e+", "1+1 expression-syntax: 'e' is not a unit"),
        ])
    func numberOutOfRange(text: String, error: String) { #expect(dump(text) == error) }

    @Test("Sixty thousand digits are an error and sixty thousand zeros are a number")
    func manyDigits() {
        let digits = String(repeating: "9", count: 60_000)
        #expect(dump(digits) == "0+60000 literal-range: a number has at most 30 digits")
        #expect(
            dump("0x" + String(repeating: "f", count: 60_000))
                == "0+60002 literal-range: a number has at most 30 digits")
        #expect(dump(String(repeating: "0", count: 60_000)) == "0")
        #expect(dump("0." + String(repeating: "0", count: 60_000)) == "0e0")
    }

    @Test("A million digits exceed the size of a text")
    func millionDigits() {
        let digits = String(repeating: "1", count: 1_000_000)
        #expect(dump(digits) == "0+0 too-large: an expression has at most 65536 bytes; split it with 'define:'")
    }

    @Test(
        "A string is read with CEL's quotation marks and escapes",
        arguments: [
            (#"''"#, ""), (#""a""#, "a"), (#"'a"b'"#, "a\"b"), (#"'''a'b''c'''"#, "a'b''c"), (#"r"""""""#, ""),
            ("\"\"\"a\"\"b\"\"\"", "a\"\"b"), (#"r'\n'"#, "\\n"), (#"R"\x""#, "\\x"),
            (#"'\a\b\f\n\r\t\v\\\?\"\'\`'"#, "\u{7}\u{8}\u{c}\n\r\t\u{b}\\?\"'`"),
            (#"'\x41\X4a\u00e9\U0001F62C'"#, "AJé😬"),
            (#"'\101\000\377'"#, "A\0ÿ"), (#"'城市'"#, "城市"), ("'''a\r\nb\rc\n'''", "a\nb\nc\n"),
        ])
    func string(text: String, value: String) { #expect(dump(text) == value.debugDescription) }

    @Test(
        "A string with an error is refused where the error stands",
        arguments: [
            ("'abc", "0+1 expression-syntax: the string is not closed"),
            ("x == 'abc\n'", "5+1 expression-syntax: the string is not closed on its line"),
            ("r'a\rb'", "0+2 expression-syntax: the string is not closed on its line"),
            ("'''abc''", "0+3 expression-syntax: the string is not closed"),
            (#"'abc\"#, "4+1 expression-syntax: the string is not closed"),
            (#"'\d'"#, #"1+2 expression-syntax: '\d' is not an escape; a backslash is written '\\'"#),
            (#"'\x4'"#, #"1+3 expression-syntax: 2 hexadecimal digits are expected after '\x'"#),
            (#"'\u12'"#, #"1+4 expression-syntax: 4 hexadecimal digits are expected after '\u'"#),
            (#"'a\ud800'"#, #"2+6 expression-syntax: '\ud800' is not a Unicode character"#),
            (#"'\U00110000'"#, #"1+10 expression-syntax: '\U00110000' is not a Unicode character"#),
            (#"'\UFFFFFFFF'"#, #"1+10 expression-syntax: '\UFFFFFFFF' is not a Unicode character"#),
            (#"'\18'"#, #"1+2 expression-syntax: 3 octal digits are expected after '\'"#),
            (#"'\477'"#, #"1+2 expression-syntax: '\4' is not an escape; a backslash is written '\\'"#),
            (#"b'a'"#, "0+2 not-supported: bytes literals are not supported"),
            (#"[Rb"a"]"#, "1+3 not-supported: bytes literals are not supported"),
            (#"x'a'"#, "1+3 expression-syntax: an operator is expected before ''a''"),
        ])
    func stringError(text: String, error: String) { #expect(dump(text) == error) }

    @Test("White space and comments separate tokens")
    func trivia() {
        #expect(dump("\t1 // one\r\n+\u{c}2 // two") == "(+ 1 2)")
    }

    @Test(
        "A character without meaning is refused, with what was probably meant",
        arguments: [
            ("a & b", "2+1 expression-syntax: '&' has no meaning in an expression; did you mean '&&'?"),
            ("a | b", "2+1 expression-syntax: '|' has no meaning in an expression; did you mean '||'?"),
            ("a = b", "2+1 expression-syntax: '=' has no meaning in an expression; did you mean '=='?"),
            ("a × b", "2+1 expression-syntax: '×' has no meaning in an expression; did you mean '*'?"),
            ("min（a, b)", "3+1 expression-syntax: '（' has no meaning in an expression; did you mean '('?"),
            ("min(a，b)", "5+1 expression-syntax: '，' has no meaning in an expression; did you mean ','?"),
            ("a ≤ b", "2+1 expression-syntax: '≤' has no meaning in an expression; did you mean '<='?"),
            ("a\u{3000}+ b", "1+1 expression-syntax: U+3000 has no meaning in an expression; did you mean ' '?"),
            ("标准 * 2", "0+1 expression-syntax: '标' has no meaning in an expression"),
            ("a ~ b", "2+1 expression-syntax: '~' has no meaning in an expression"),
            ("\0", "0+1 expression-syntax: U+0000 has no meaning in an expression"),
            ("`a`", "0+1 not-supported: quoted names are not supported"),
        ])
    func character(text: String, error: String) { #expect(dump(text) == error) }
}
