import AssistanceCore
import Testing

/// What a finding says stays fit to be printed, whatever it quotes.
@Suite struct DiagnosticTests {
    private func message(_ text: String) -> String {
        Diagnostic(.unknownKey, at: SourcePosition(line: 1, column: 1), text).message
    }

    @Test("a plain message stays as it is")
    func plain() {
        for text in [
            "", "a list has at most 1000 elements", "231025 is 林口县, not 林口", String(repeating: "a", count: 1_000),
        ] {
            #expect(message(text) == text)
        }
    }

    @Test("a message is cut after a thousand characters")
    func long() {
        #expect(message(String(repeating: "低", count: 1_001)) == String(repeating: "低", count: 1_000) + "…")
        #expect(message(String(repeating: "a", count: 1 << 20)).unicodeScalars.count == 1_001)
    }

    @Test(
        "control characters, breaks of lines and marks of direction are shown as unknown characters",
        arguments: ["\n", "\r", "\t", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}", "\u{202E}", "\u{2066}"])
    func hidden(character: String) {
        #expect(message("no key 'a\(character)b'") == "no key 'a\u{FFFD}b'")
        let finding = Diagnostic(.unknownKey, at: SourcePosition(line: 1, column: 1), "x", suggestion: "a\(character)")
        #expect(finding.suggestion == "a\u{FFFD}")
    }

    @Test("of a citizen number only the region is shown, even where more digits stand beside it")
    func citizenNumbers() {
        #expect(message("no key '11010519491231002X'") == "no key '110105************'")
        #expect(
            message("'11010519491231002x' and '440524188001010014'") == "'110105************' and '440524************'")
        #expect(message("711010519491231002X") == "7110105************")
        #expect(message("the digest 12345678901234567890") == "the digest 12345678901234567890")
    }
}
