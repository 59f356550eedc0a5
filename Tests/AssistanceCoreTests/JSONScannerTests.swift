import AssistanceCore
import Testing

/// All tokens of a text, without the end.
private func tokens(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(Diagnostic) -> [JSONToken] {
    var scanner = JSONScanner(bytes, file: "h.json", limits: limits)
    var tokens: [JSONToken] = []
    while true {
        let token = try scanner.next()
        if token.kind == .end { return tokens }
        tokens.append(token)
    }
}

private func kinds(_ text: String) throws -> [JSONToken.Kind] { try tokens(Array(text.utf8)).map(\.kind) }

/// The finding a text ends in, as it is printed; nil where there is none.
private func finding(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> String? {
    do throws(Diagnostic) {
        _ = try tokens(bytes, limits: limits)
        return nil
    } catch {
        return error.description
    }
}

private func finding(_ text: String) -> String? { finding(Array(text.utf8)) }

@Suite("The JSON scanner")
struct JSONScannerTests {
    @Test("A text gives its tokens in order, each where it begins")
    func positions() throws {
        let text = "{\"低保\": [1,\r\n  true, \"é\", null],\n\"b\":{}}"
        let found = try tokens(Array(text.utf8))
        let expected: [(JSONToken.Kind, Int, Int)] = [
            (.beginObject, 1, 1), (.key("低保"), 1, 2), (.beginArray, 1, 8), (.number("1"), 1, 9), (.bool(true), 2, 3),
            (.string("é"), 2, 9), (.null, 2, 14), (.endArray, 2, 18), (.key("b"), 3, 1), (.beginObject, 3, 5),
            (.endObject, 3, 6), (.endObject, 3, 7),
        ]
        #expect(found == expected.map { JSONToken($0.0, at: SourcePosition(line: $0.1, column: $0.2)) })
    }

    @Test("Any one value may be a text, with space around it")
    func values() throws {
        #expect(try kinds(" \t\r\n false \n") == [.bool(false)])
        #expect(try kinds("null") == [.null])
        #expect(try kinds("\"\"") == [.string("")])
        #expect(try kinds("[]") == [.beginArray, .endArray])
        #expect(try kinds("{}") == [.beginObject, .endObject])
    }

    @Test("After the last token comes the end, again and again, at the end of the text")
    func end() throws {
        var scanner = JSONScanner(Array("1\n ".utf8))
        _ = try scanner.next()
        let end = JSONToken(.end, at: SourcePosition(line: 2, column: 2))
        #expect(try scanner.next() == end)
        #expect(try scanner.next() == end)
    }

    @Test("After a mistake the same mistake is reported again")
    func sticks() {
        var scanner = JSONScanner(Array("[1 2]".utf8), file: "h.json")
        for _ in 0..<4 { _ = try? scanner.next() }
        let first = #expect(throws: Diagnostic.self) { try scanner.next() }
        #expect(first?.description == "h.json:1:4: error: ',' or ']' was expected [json-syntax]")
    }

    @Test(
        "Numbers stay the text they were written as",
        arguments: [
            "0", "-0", "12", "-12.50", "1.0000000000000000000001", "1e3", "1E+3", "0.1e-10", "36000.00",
            String(repeating: "9", count: 64),
        ])
    func numbers(text: String) throws {
        #expect(try kinds(text) == [.number(text)])
        #expect(try kinds("[\(text)]") == [.beginArray, .number(text), .endArray])
    }

    @Test(
        "What is no number by the grammar is refused where it goes wrong",
        arguments: [
            ("-", 2, "a digit was expected after '-'"), ("-a", 2, "a digit was expected after '-'"),
            ("01", 1, "a number without a leading zero was expected"),
            ("-012", 2, "a number without a leading zero was expected"),
            ("1.", 3, "a digit was expected after the decimal point"),
            ("1.e1", 3, "a digit was expected after the decimal point"),
            ("1e", 3, "a digit was expected in the exponent"), ("1e+", 4, "a digit was expected in the exponent"),
            ("+1", 1, "a JSON value was expected"), (".5", 1, "a JSON value was expected"),
            ("NaN", 1, "a JSON value was expected"), ("Infinity", 1, "a JSON value was expected"),
            ("1.2.3", 4, "the end of the text was expected after its value"),
            ("0x10", 2, "the end of the text was expected after its value"),
            ("1_000", 2, "the end of the text was expected after its value"),
        ])
    func noNumbers(text: String, column: Int, message: String) {
        #expect(finding(text) == "h.json:1:\(column): error: \(message) [json-syntax]")
    }

    @Test("A number of more than 64 characters is refused and not quoted", arguments: [65, 400, 1_000_000])
    func longNumbers(count: Int) {
        let message = "h.json:1:2: error: a number of at most 64 characters was expected [literal-range]"
        #expect(finding("[" + String(repeating: "7", count: count) + "]") == message)
    }

    @Test("Escapes are resolved, a surrogate pair to one character")
    func escapes() throws {
        #expect(try kinds(#""\"\\\/\b\f\n\r\t\u0041\u4f4E\ud83d\ude00z""#) == [.string("\"\\/\u{8}\u{C}\n\r\tA低😀z")])
        #expect(try kinds(#"{"a\u0062c":"x\u0000y"}"#).prefix(3) == [.beginObject, .key("abc"), .string("x\u{0}y")])
        #expect(try kinds("\"é\u{10FFFF}\u{7F}\"") == [.string("é\u{10FFFF}\u{7F}")])
    }

    @Test(
        "A broken string is refused and never quoted",
        arguments: [
            (#""a\x""#, 3, #"one of " \ / b f n r t u was expected after '\'"#),
            (#""a\u12g4""#, 3, #"four hexadecimal digits were expected after '\u'"#),
            (#""a\u12"#, 3, #"four hexadecimal digits were expected after '\u'"#),
            (#""a\"#, 3, #"an escape was expected after '\', and the text ends here"#),
            (#""\ud800""#, 2, "a surrogate in an escape must be half of a pair, high before low"),
            (#""\udc00""#, 2, "a surrogate in an escape must be half of a pair, high before low"),
            (#""\ud800\u0041""#, 2, "a surrogate in an escape must be half of a pair, high before low"),
            (#""\ud800\ud800""#, 2, "a surrogate in an escape must be half of a pair, high before low"),
            (#""\ud800\n""#, 2, "a surrogate in an escape must be half of a pair, high before low"),
            (#""\ud800\u""#, 2, #"four hexadecimal digits were expected after '\u'"#),
            ("\"secret", 1, "a closing '\"' was expected for the string that begins here"),
            (
                "\"低a\nb\"", 4,
                "a control character in a string must be written as an escape, such as \\n"
            ),
            ("\"\u{0}\"", 2, "a control character in a string must be written as an escape, such as \\n"),
            ("\"\t\"", 2, "a control character in a string must be written as an escape, such as \\n"),
            ("'a'", 1, "a JSON value was expected"),
        ])
    func brokenStrings(text: String, column: Int, message: String) {
        #expect(finding(text) == "h.json:1:\(column): error: \(message) [json-syntax]")
    }

    @Test(
        "What may not stand where it stands is refused with what was expected",
        arguments: [
            ("[", 2, "a JSON value or ']' was expected, and the text ends here"),
            ("[1", 3, "',' or ']' was expected, and the text ends here"),
            ("[1,", 4, "a JSON value was expected after ',', and the text ends here"),
            ("[1,]", 4, "a JSON value was expected after ','; the last value has no comma after it"),
            ("[,1]", 2, "a JSON value or ']' was expected"), ("[1 2]", 4, "',' or ']' was expected"),
            ("[1}", 3, "',' or ']' was expected"), ("[}", 2, "a JSON value or ']' was expected"),
            ("{", 2, "a key in double quotes or '}' was expected, and the text ends here"),
            ("{a:1}", 2, "a key in double quotes or '}' was expected"),
            ("{1:1}", 2, "a key in double quotes or '}' was expected"),
            ("{]", 2, "a key in double quotes or '}' was expected"),
            ("{\"a\"", 5, "':' was expected after the key, and the text ends here"),
            ("{\"a\" 1}", 6, "':' was expected after the key"),
            ("{\"a\":", 6, "a JSON value was expected, and the text ends here"),
            ("{\"a\":}", 6, "a JSON value was expected"), ("{\"a\":1]", 7, "',' or '}' was expected"),
            ("{\"a\":1,}", 8, "a key in double quotes was expected after ','; the last value has no comma after it"),
            ("{\"a\":1,b}", 8, "a key in double quotes was expected after ','"),
            ("{\"a\":1 \"b\":2}", 8, "',' or '}' was expected"),
            ("1 2", 3, "the end of the text was expected after its value"),
            ("{}]", 3, "the end of the text was expected after its value"),
            ("1,", 2, "the end of the text was expected after its value"), ("]", 1, "a JSON value was expected"),
            ("tru", 1, "a JSON value was expected"), ("True", 1, "a JSON value was expected"),
            ("nul", 1, "a JSON value was expected"),
            ("truex", 5, "the end of the text was expected after its value"),
            ("// a\n1", 1, "a JSON value was expected"), ("[1 /* a */]", 4, "',' or ']' was expected"),
            ("\u{A0}1", 1, "a JSON value was expected"), ("[1\u{3000}]", 3, "',' or ']' was expected"),
            ("\u{C}1", 1, "a JSON value was expected"),
        ])
    func outOfPlace(text: String, column: Int, message: String) {
        #expect(finding(text) == "h.json:1:\(column): error: \(message) [json-syntax]")
    }

    @Test("Columns count scalars, and a new line begins at each line feed")
    func columns() {
        #expect(finding("[\"低保😀\"x") == "h.json:1:7: error: ',' or ']' was expected [json-syntax]")
        #expect(finding("[\"低保\",\r\n  x") == "h.json:2:3: error: a JSON value was expected after ',' [json-syntax]")
    }

    @Test("A text without a value is empty", arguments: ["", " ", "\r\n\t \n"])
    func empty(text: String) {
        let message = "h.json:1:1: error: a JSON value was expected, and the text is empty [empty-input]"
        #expect(finding(text) == message)
    }

    @Test("A byte order mark is refused, that of UTF-16 too")
    func byteOrderMark() {
        let utf8 = "h.json:1:1: error: UTF-8 without a byte order mark was expected [byte-order-mark]"
        #expect(finding([0xEF, 0xBB, 0xBF, 0x31]) == utf8)
        #expect(finding([0xEF, 0xBB, 0xBF]) == utf8)
        let utf16 =
            "h.json:1:1: error: UTF-8 was expected, and this begins with the byte order mark of UTF-16 [byte-order-mark]"
        #expect(finding([0xFF, 0xFE, 0x31, 0x00]) == utf16)
        #expect(finding([0xFE, 0xFF, 0x00, 0x31]) == utf16)
        #expect(finding("[\u{FEFF}1]") == "h.json:1:2: error: a JSON value or ']' was expected [json-syntax]")
    }

    @Test(
        "Broken UTF-8 of every kind is refused where it stands",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE4, 0xBD], [0xE4, 0xBD, 0x22], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func brokenUTF8(bytes: [UInt8]) {
        let inString = "h.json:1:4: error: UTF-8 was expected, and the bytes here are none [invalid-utf8]"
        #expect(finding(Array("\"é低".utf8) + bytes + [0x22]) == inString)
        #expect(finding(Array("\"é低".utf8) + bytes) == inString)
        let outside = "h.json:1:2: error: UTF-8 was expected, and the bytes here are none [invalid-utf8]"
        #expect(finding([0x5B] + bytes) == outside)
        #expect(finding([0x31] + bytes) == outside)
    }

    @Test("The ends of every range of UTF-8 are read")
    func goodUTF8() throws {
        let ends = "\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(try kinds("\"\(ends)\"") == [.string(ends)])
    }

    @Test("A key that stands twice in one object is refused at its second place, by name if it is a plain one")
    func duplicateKeys() throws {
        #expect(
            finding(#"{"wages":1, "wages":2}"#)
                == "h.json:1:13: error: the key 'wages' stands twice in this object [duplicate-key]")
        #expect(
            finding(#"{"a":1,"b":2,"\u0061":3}"#)
                == "h.json:1:14: error: the key 'a' stands twice in this object [duplicate-key]")
        let unnamed = "error: a key stands twice in this object [duplicate-key]"
        for key in [
            "张三", "Zhang San", "", "34052419800101001X", "a34052", "2024", "a b", String(repeating: "k", count: 33),
            "é",
        ] {
            let message = finding("{\"\(key)\":1,\"\(key)\":1}")
            #expect(message?.hasSuffix(unnamed) == true)
        }
        #expect(finding("{\"\u{E9}\":1,\"e\u{301}\":1}") == "h.json:1:8: " + unnamed)
        #expect(try kinds(#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#).count == 18)
    }

    @Test("Among a hundred thousand keys the one that stands twice is found", arguments: [1, 7, 8, 9, 10, 99_999])
    func manyKeys(repeated: Int) throws {
        var text = "{"
        for number in 0..<100_000 { text += "\"k\(number)\":0," }
        #expect(try tokens(Array((text + "\"last\":0}").utf8)).count == 200_004)
        let message = finding(text + "\"k\(repeated)\":0}")
        #expect(message?.contains("error: ") == true)
        #expect(message?.hasSuffix("stands twice in this object [duplicate-key]") == true)
    }

    @Test("Opening brackets alone, 1 to 2,000 of them, are an error and nothing worse", arguments: [UInt8(0x5B), 0x7B])
    func openBrackets(bracket: UInt8) {
        for count in 1...2000 {
            let bytes =
                bracket == 0x5B
                ? Array(repeating: bracket, count: count) : Array(String(repeating: "{\"a\":", count: count).utf8)
            let message = finding(bytes)
            let isDeep = message?.contains("error: objects and arrays may nest 64 deep at most [too-deep]") == true
            #expect(message != nil && isDeep == (count > 64), "\(count)")
        }
    }

    @Test("Sixty-four levels are read, the sixty-fifth is refused where it opens")
    func depth() throws {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(try kinds(deepest).count == 128)
        let message = "h.json:1:66: error: objects and arrays may nest 64 deep at most [too-deep]"
        #expect(finding(" [\(deepest)]") == message)
    }

    @Test("A text, a key or a depth beyond its limit is refused")
    func limits() {
        var limits = JSONLimits()
        #expect(limits.bytes == 67_108_864)
        limits.bytes = 4
        #expect(
            finding(Array("[1,2]".utf8), limits: limits)
                == "h.json:1:1: error: a text of at most 4 bytes was expected [too-large]")
        #expect(finding(Array("[12]".utf8), limits: limits) == nil)
        limits = JSONLimits()
        limits.keyBytes = 3
        #expect(
            finding(Array("{\"abcd\":1}".utf8), limits: limits)
                == "h.json:1:2: error: a key of at most 3 bytes was expected [too-large]")
        #expect(finding(Array("{\"abc\":\"abcd\"}".utf8), limits: limits) == nil)
        limits.numberCharacters = -1
        #expect(
            finding(Array("1".utf8), limits: limits)
                == "h.json:1:1: error: a number of at most 0 characters was expected [literal-range]")
        limits.numberCharacters = .max
        #expect(finding(Array(String(repeating: "1", count: 100).utf8), limits: limits) == nil)
        limits.depth = -1
        #expect(
            finding(Array("[]".utf8), limits: limits)
                == "h.json:1:1: error: objects and arrays may nest -1 deep at most [too-deep]")
    }

    @Test("Every beginning of a text, and the text with any one byte changed, ends in an answer")
    func mutations() {
        let text = Array(#"{"a":[1,-2.5e+3,true,null],"低":{"b\u00e9\ud83d\ude00":"x\n"},"c":false}"#.utf8)
        for length in 0..<text.count { #expect(finding(Array(text.prefix(length))) != nil) }
        var read = 0
        for place in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[place] = byte
                if finding(changed) == nil { read += 1 }
            }
        }
        #expect(read > 256)
    }

    @Test("A long string of escapes takes time in proportion")
    func longString() throws {
        let text = "\"" + String(repeating: #"\u4f4e"#, count: 200_000) + "\""
        #expect(try kinds(text) == [.string(String(repeating: "低", count: 200_000))])
    }
}
