import AssistanceCore

extension PolicyDiff {
    /// The changes for people: by area and term, each with what it said and says, since when and by which document.
    public func text(in language: Language = .chinese) -> String {
        var lines: [String] = []
        var heading = ""
        for change in changes {
            let areas = Self.heading(change, language)
            if areas != heading { lines += (heading.isEmpty ? [] : [""]) + [areas] }
            heading = areas
            lines += Self.lines(of: change, language).map { "  " + $0 }
        }
        let none = Label("没有差别", "no difference")
        let count = Label("\(changes.count) 项变化", "\(changes.count) change\(changes.count == 1 ? "" : "s")")
        lines += changes.isEmpty ? [none.text(in: language)] : ["", count.text(in: language)]
        return lines.map { $0 + "\n" }.joined()
    }

    private static func heading(_ change: Change, _ language: Language) -> String {
        let names = change.areas.prefix(3).map { "\($0.code.text) \($0.name)" }
        let more = change.areas.count - names.count
        let rest = more > 0 ? Label("等 \(change.areas.count) 个地区", " and \(more) more").text(in: language) : ""
        return names.joined(separator: language == .chinese ? "、" : ", ") + rest
    }

    private static func lines(of change: Change, _ language: Language) -> [String] {
        let isRuleSame = change.lines.isEmpty
        let same = Label("规定不变,依据或者期限不同", "the same rule, by another document or to another day")
        let rule = isRuleSame ? [same.text(in: language)] : change.lines.map { $0.text(in: language) }
        let old = change.old.map { origin(of: $0, language) } ?? Label("此前没有规定", "nothing before").text(in: language)
        let new = change.new.map { origin(of: $0, language) } ?? Label("此后没有规定", "nothing after").text(in: language)
        let (before, after) = (Label("原 ", "old "), Label("现 ", "new "))
        return ["\(change.term)  \(change.label.text(in: language))"]
            + rule.map { "  " + $0 }
            + ["    " + before.text(in: language) + old, "    " + after.text(in: language) + new]
    }

    /// Since when, by which document, and where it stands.
    private static func origin(of entry: Entry, _ language: Language) -> String {
        let until = entry.until.map { Label(",至 \($0)", " until \($0)").text(in: language) } ?? ""
        let from = Label("\(entry.from) 起", "from \(entry.from)").text(in: language)
        return [from + until, entry.citation?.text ?? "", entry.place].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// The changes for programs, as JSON: the same as the text says, figures and percentages as text.
    public var json: String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("changes")
        write(to: &json)
        json.endObject()
        return json.text + "\n"
    }

    /// The changes as a list of JSON.
    public func write(to json: inout JSONWriter) {
        json.beginArray()
        for change in changes { Self.write(change, to: &json) }
        json.endArray()
    }

    private static func write(_ change: Change, to json: inout JSONWriter) {
        json.beginObject()
        json.key("areas")
        json.beginArray()
        for area in change.areas {
            json.beginObject()
            write("code", area.code.text, to: &json)
            write("name", area.name, to: &json)
            json.endObject()
        }
        json.endArray()
        write("term", change.term, to: &json)
        json.key("label")
        json.beginObject()
        write("zh", change.label.chinese, to: &json)
        write("en", change.label.english, to: &json)
        json.endObject()
        json.key("lines")
        json.beginArray()
        for line in change.lines {
            json.beginObject()
            write("key", line.key, to: &json)
            write("old", line.old, to: &json)
            write("new", line.new, to: &json)
            write("percent", line.percent, to: &json)
            json.endObject()
        }
        json.endArray()
        for (key, entry) in [("old", change.old), ("new", change.new)] {
            json.key(key)
            write(entry, to: &json)
        }
        json.endObject()
    }

    private static func write(_ entry: Entry?, to json: inout JSONWriter) {
        guard let entry else { return json.null() }
        json.beginObject()
        json.key("rule")
        json.beginArray()
        for line in entry.rule { json.string(line) }
        json.endArray()
        write("from", entry.from.iso, to: &json)
        write("until", entry.until?.iso, to: &json)
        write("document", entry.citation?.document.id, to: &json)
        write("number", entry.citation?.document.number, to: &json)
        write("title", entry.citation?.document.title, to: &json)
        write("article", entry.citation?.article, to: &json)
        write("status", entry.citation?.document.status.rawValue, to: &json)
        write("place", entry.place, to: &json)
        json.endObject()
    }

    private static func write(_ key: String, _ text: String?, to json: inout JSONWriter) {
        json.key(key)
        if let text { json.string(text) } else { json.null() }
    }
}
