import AssistanceCore

/// How a text is written: without quotes where its author did so, or where it needs none anywhere.
enum ScalarText {
    /// Words that other readers of YAML take for yes, no or nothing; they keep their quotes.
    private static let ambiguous: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"]

    /// A value. Quotes stay where the text would need them inside `{ }`, so that it can be moved there and back.
    static func value(_ text: String, _ style: SourceNode.Style, inFlow: Bool) -> String {
        if style == .plain, !text.contains("\n") { return text }
        return style == .quoted && canBePlain(text) ? text : quoted(text)
    }

    /// A key.
    static func key(_ node: SourceNode) -> String {
        guard case .scalar(let text, let style) = node.content else { return "" }
        return value(text, style, inFlow: false)
    }

    /// In double quotes; in single ones where that saves escapes.
    static func quoted(_ text: String) -> String {
        let needsEscapes = text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        if !needsEscapes, text.contains("\"") || text.contains("\\") {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Whether a text in quotes says the same without them wherever it stands.
    private static func canBePlain(_ text: String) -> Bool {
        guard case .string = JSONToken.Kind(plain: text), !ambiguous.contains(text.lowercased()) else { return false }
        return isSimple(text) || (!text.contains("\n") && readsAsPlain(text))
    }

    /// Letters, digits, `_`, and Chinese, with single spaces between: what nobody need ask about.
    private static func isSimple(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isSimple(first), text.utf8.last != UInt8(ascii: " ") else {
            return false
        }
        return text.unicodeScalars.allSatisfy { isSimple($0) || $0 == " " }
    }

    private static func isSimple(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "\u{4E00}"..."\u{9FFF}": true
        default: false
        }
    }

    /// Asks the reader itself, of every place in which a text can stand.
    private static func readsAsPlain(_ text: String) -> Bool {
        let (root, findings) = YAMLReader.read(
            Array("- {\(text): 0, k: \(text)}\n- \(text): 0\n  k: \(text)\n".utf8), file: "")
        guard findings.isEmpty, let items = root?.items, items.count == 2 else { return false }
        return items.allSatisfy { item in
            item.entries?.count == 2 && item.entries?.first?.key.plainText == text && item["k"]?.plainText == text
        }
    }

    // MARK: Texts over lines

    /// Whether a text is the same after it has been folded at its spaces.
    static func canFold(_ text: String) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.count > 1 && !words.contains("") && !text.unicodeScalars.contains { $0.value < 0x20 }
    }

    /// The lines of a folded text.
    static func folded(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, TextWidth.of(last) + 1 + TextWidth.of(String(word)) <= columns {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
