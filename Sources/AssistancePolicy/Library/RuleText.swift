/// What a policy file says, in short lines for people.
public enum RuleText {
    /// What the envelope says is shown elsewhere.
    private static let envelope: Set<String> = [
        "from", "until", "published", "source", "follows", "corrects", "label", "label_en", "area",
    ]
    /// What an element is called is not what it says.
    private static let names: Set<String> = ["id", "code", "label", "label_en", "manual_en", "reason_en", "source"]

    /// Whether lower files amend the rule by ids: items, checks, codes.
    public static func isList(_ node: YAMLNode) -> Bool {
        node.items != nil || ["items", "layers", "checks", "codes", "remove", "replaces"].contains { node[$0] != nil }
    }

    /// The rule of an entry: one line, or one for each row, item or check.
    public static func lines(_ node: YAMLNode) -> [String] {
        if let items = node.items { return items.map(line) }
        guard let entries = node.entries else { return [scalar(node)] }
        let unit = node["unit"]?.text
        var lines: [String] = []
        var remarks: [String] = []
        for entry in entries {
            let key = entry.key.text ?? ""
            switch key {
            case _ where envelope.contains(key): continue
            case "unit" where node["rows"] != nil || node["is"] != nil: continue
            case "is": lines.append(withUnit(entry.value, unit))
            case "unknown": lines.append("unknown: " + line(entry.value))
            case "rows": lines += (entry.value.items ?? []).map { row($0, unit) }
            case "items", "layers", "checks", "codes": lines += (entry.value.items ?? []).map(line)
            default: remarks.append("\(key): \(line(entry.value))")
            }
        }
        if remarks.isEmpty { return lines.isEmpty ? ["offered"] : lines }
        guard lines.count == 1, let only = lines.first else { return remarks + lines }
        return [only + " (" + remarks.joined(separator: ", ") + ")"]
    }

    /// A row of a table: `residence urban: 684 yuan/month`.
    private static func row(_ node: YAMLNode, _ unit: String?) -> String {
        var keys: [String] = []
        var result = ""
        var remarks: [String] = []
        for entry in node.entries ?? [] {
            let key = entry.key.text ?? ""
            switch key {
            case "is": result = withUnit(entry.value, unit)
            case "unknown": result = "unknown: " + line(entry.value)
            case "rounding", "note": remarks.append("\(key): \(line(entry.value))")
            default: keys.append("\(key) \(line(entry.value))")
            }
        }
        let remark = remarks.isEmpty ? "" : " (" + remarks.joined(separator: ", ") + ")"
        if result.isEmpty { return keys.joined(separator: ", ") + remark }
        return (keys.isEmpty ? "otherwise" : keys.joined(separator: ", ")) + ": " + result + remark
    }

    private static func withUnit(_ node: YAMLNode, _ unit: String?) -> String {
        let text = line(node)
        let isBare = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
        return isBare ? text + (unit.map { " " + $0 } ?? "") : text
    }

    /// A node on one line.
    static func line(_ node: YAMLNode) -> String {
        if let items = node.items { return items.map(line).joined(separator: ", ") }
        guard let entries = node.entries else { return scalar(node) }
        if node["rows"] != nil || node["is"] != nil { return lines(node).joined(separator: ", ") }
        let id = (node["id"] ?? node["code"])?.text
        let rest = entries.filter { !names.contains($0.key.text ?? "") }
            .map { "\($0.key.text ?? "") \(line($0.value))" }
        guard let id else { return rest.joined(separator: ", ") }
        return rest.isEmpty ? id : id + ": " + rest.joined(separator: ", ")
    }

    /// A text on one line. Nearly all are one as they are, and long tables have many of them.
    private static func scalar(_ node: YAMLNode) -> String {
        let text = node.text ?? ""
        var last = UInt8(ascii: " ")
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x20 && last == 0x20 {
                return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            last = byte
        }
        return text
    }
}
