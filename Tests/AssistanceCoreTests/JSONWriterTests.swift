import AssistanceCore
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    private func sample(_ layout: JSONWriter.Layout) -> JSONWriter {
        var writer = JSONWriter(layout)
        writer.beginObject()
        writer.key("b")
        writer.integer(Int64.min)
        writer.key("a")
        writer.beginArray()
        writer.decimal("1234.50")
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.endArray()
        writer.key("name")
        writer.string("低保")
        writer.endObject()
        return writer
    }

    @Test("The compact form has no space, and keys stand in the order given")
    func compact() {
        let writer = sample(.compact)
        #expect(writer.text == #"{"b":-9223372036854775808,"a":[1234.50,true,null,{},[]],"name":"低保"}"#)
        #expect(writer.isComplete)
        #expect(writer.bytes == Array(writer.text.utf8))
    }

    @Test("The pretty form has a line for each value and two spaces a level")
    func pretty() {
        #expect(
            sample(.pretty).text == """
                {
                  "b": -9223372036854775808,
                  "a": [
                    1234.50,
                    true,
                    null,
                    {},
                    []
                  ],
                  "name": "低保"
                }
                """)
    }

    @Test("Quotes, backslashes and control characters are escaped, and nothing else")
    func escapes() {
        var writer = JSONWriter()
        writer.string("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{2028}é😀")
        #expect(writer.text == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}\u{2028}é😀\"")
    }

    @Test("What is written is read back the same")
    func roundTrip() throws {
        let strings = ["", "a\"b\\c", "\u{0}\u{1}\u{1F}\n", "低保😀", "\u{FEFF}\u{FFFD}"]
        var writer = JSONWriter(.pretty)
        writer.beginObject()
        for string in strings {
            writer.key(string)
            writer.string(string)
        }
        writer.endObject()
        #expect(writer.isComplete)
        var scanner = JSONScanner(writer.bytes)
        #expect(try scanner.next().kind == .beginObject)
        for string in strings {
            #expect(try scanner.next().kind == .key(string))
            #expect(try scanner.next().kind == .string(string))
        }
        #expect(try scanner.next().kind == .endObject)
        #expect(try scanner.next().kind == .end)
    }

    @Test(
        "A decimal that is no JSON number is written as a string",
        arguments: ["", "-", "01", "1.", "NaN", "1 ", "1,5", "٣"])
    func noNumber(text: String) {
        var writer = JSONWriter()
        writer.decimal(text)
        #expect(writer.text == "\"\(text)\"")
    }

    @Test("A decimal that is a JSON number stands as it is", arguments: ["0", "-0.00", "1234.50", "1e3", "1E-3"])
    func number(text: String) {
        var writer = JSONWriter()
        writer.decimal(text)
        #expect(writer.text == text)
    }

    @Test("A call that does not fit writes nothing and is remembered")
    func misuse() {
        let misuses: [(String, (inout JSONWriter) -> Void)] = [
            ("", { $0.key("a") }), ("", { $0.endObject() }), ("", { $0.endArray() }),
            (
                "1",
                {
                    $0.integer(1); $0.integer(2)
                }
            ),
            (
                "{",
                {
                    $0.beginObject(); $0.null()
                }
            ),
            (
                "{",
                {
                    $0.beginObject(); $0.endArray()
                }
            ),
            (
                "[",
                {
                    $0.beginArray(); $0.key("a")
                }
            ),
            (
                "[",
                {
                    $0.beginArray(); $0.endObject()
                }
            ),
            (
                "{\"a\":",
                {
                    $0.beginObject(); $0.key("a"); $0.key("b")
                }
            ),
            (
                "{\"a\":",
                {
                    $0.beginObject(); $0.key("a"); $0.endObject()
                }
            ),
            (
                "[]",
                {
                    $0.beginArray(); $0.endArray(); $0.beginArray()
                }
            ),
        ]
        for (text, calls) in misuses {
            var writer = JSONWriter()
            calls(&writer)
            #expect(writer.text == text)
            #expect(!writer.isComplete)
            writer.endObject()
            writer.endArray()
            #expect(!writer.isComplete)
        }
    }

    @Test("Nothing, or half a value, is not complete")
    func incomplete() {
        var writer = JSONWriter()
        #expect(!writer.isComplete)
        writer.beginArray()
        #expect(!writer.isComplete)
        writer.endArray()
        #expect(writer.isComplete)
    }
}
