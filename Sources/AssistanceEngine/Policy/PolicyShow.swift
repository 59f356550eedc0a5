import AssistanceCore
import AssistancePolicy

/// Shows what a policy says of a term: in force on a day for an area, where it comes from, and its history.
public struct PolicyShow {
    private let library: PolicyLibrary
    private let area: DivisionCode
    private let date: CalendarDate
    private let knownOn: CalendarDate?
    private let root: String

    /// The terms of a policy for an area on a day.
    ///
    /// - Parameter root: The folder of policies, which is put before the paths of its files; empty for none.
    public init(
        _ library: PolicyLibrary, area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil,
        root: String = ""
    ) {
        self.library = library
        self.area = area
        self.date = date
        self.knownOn = knownOn
        self.root = root
    }

    // MARK: Terms

    /// The keys of all terms: those that programmes declare, and the figures and words that files add.
    public var terms: [String] {
        let declared = library.sections.flatMap { section in
            section.terms.filter { !$0.isOfOwnMaking }.map { section.key(of: $0.path) }
        }
        return Set(declared).union(library.filledKeys).sorted()
    }

    /// The terms that a name means: `figures.standard`, or by its last parts `standard`, `edge.layers`. Several where
    /// more than one ends so; none where the name is unknown.
    public func terms(named name: String) -> [String] {
        let all = terms
        if all.contains(name) { return [name] }
        let own = all.filter { $0.drop { $0 != "." }.dropFirst() == name }
        return own.isEmpty ? all.filter { $0.hasSuffix("." + name) } : own
    }

    /// The name that an unknown one probably means.
    public func suggestion(for name: String) -> String? {
        let all = terms
        if let near = closestName(to: name, among: all) { return near }
        let short = Dictionary(all.map { ($0.drop { $0 != "." }.dropFirst(), $0) }) { first, _ in first }
        return closestName(to: name, among: short.keys.map(String.init)).flatMap { short[Substring($0)] }
    }

    private func label(_ key: String) -> String { library.label(of: key).chinese }

    private func inForce(_ key: String) -> [TermEntry] {
        library.inForce(key, chain: area.chain, on: date, knownOn: knownOn)
    }

    private var heading: String {
        let known = knownOn.map { ", as known on \($0)" } ?? ""
        return "\(area.text) \(library.areas.name(of: area)), \(date)\(known)"
    }

    // MARK: One term

    /// A term: what is in force, where it comes from, and its history for the area and those above it.
    public func text(of key: String) -> String {
        var lines = ["\(key)  \(label(key))", heading, ""]
        var entries = inForce(key)[...]
        if entries.isEmpty { lines += [nothing(key), ""] }
        var title: String? = "in force"
        while let heading = title, let entry = entries.popFirst() {
            lines.append(heading)
            lines += library.rule(of: entry).map { "  " + $0 }
            lines += origin(entry).map { "    " + $0 } + [""]
            title = self.title(below: entry)
        }
        let history = area.chain.flatMap { place in self.history(key, place).map { (place, $0) } }
        guard !history.isEmpty else { return lines.dropLast().joined(separator: "\n") }
        lines.append("history")
        lines += table(
            [["area", "from", "until", "value", "document"]]
                + history.flatMap { place, entry in
                    // A long value goes on below itself.
                    let value =
                        TextLayout.wrapped(library.rule(of: entry).joined(separator: "; "), to: 64)
                        + remark(entry, place)
                    let first = [
                        "\(place.text) \(library.areas.name(of: place))", entry.from.iso, entry.until?.iso ?? "",
                        value.first ?? "", entry.citation?.text ?? "",
                    ]
                    return [first] + value.dropFirst().map { ["", "", "", $0, ""] }
                })
        return lines.joined(separator: "\n")
    }

    /// All entries of an area by their first days, those that were corrected before what corrects them.
    private func history(_ key: String, _ place: DivisionCode) -> [TermEntry] {
        let corrected = library.corrected(key)[place] ?? []
        return (library.history(of: key)[place] ?? []).flatMap { entry in
            corrected.filter { $0.from == entry.from } + [entry]
        }
    }

    /// What the history says below an entry that corrects another, or that was corrected.
    private func remark(_ entry: TermEntry, _ place: DivisionCode) -> [String] {
        let isCorrected = library.corrected(entry.key)[place]?.contains { $0.node === entry.node } ?? false
        return (isCorrected ? ["  corrected by the next"] : [])
            + (entry.correction.map { ["  corrects the one before, on \($0.date): \($0.reason)"] } ?? [])
    }

    /// How the entry of the area above is used beside a nearer one; nil where it is not.
    private func title(below entry: TermEntry) -> String? {
        if RuleText.isList(entry.node) {
            return entry.node["replaces"] == nil ? "above it, as amended by the nearer" : nil
        }
        // A step of the procedure may be one row that is for some programmes only.
        let isTable = entry.node["rows"] != nil || entry.node["for"] != nil
        return isTable ? "above it, where no row of the nearer matches" : nil
    }

    private func nothing(_ key: String) -> String {
        let meaning =
            switch library.declaration(of: key)?.unfilled {
            case .nation: "; the programme's own rule holds"
            case .required: "; it is required where it is offered"
            case .optional: "; there is none"
            case .undetermined, nil: "; what depends on it is undetermined"
            }
        return "nothing fills this term on \(date)\(meaning)"
    }

    /// The period, the document and the line of an entry.
    private func origin(_ entry: TermEntry) -> [String] {
        let until = entry.until.map { " until \($0)" } ?? ""
        let names = entry.areas.count == 1 ? "" : " and \(entry.areas.count - 1) more areas"
        let place = area.chain.first { entry.areas.contains($0) } ?? area
        var lines = ["\(place.text) \(library.areas.name(of: place))\(names), from \(entry.from)\(until)"]
        if let citation = entry.citation {
            let document = citation.document
            let title = document.number == nil ? "" : " 《\(document.title)》"
            let published = (entry.published ?? document.published).map { ", published \($0)" } ?? ""
            lines.append("\(citation.text)\(title), \(document.status.rawValue)\(published)")
            if let address = document.address { lines.append(address) }
        }
        return lines + [shown(entry)]
    }

    private func shown(_ entry: TermEntry) -> String {
        let file = entry.node.file.name
        return (root.isEmpty || root == "." ? file : root + "/" + file) + ":\(entry.node.position.line)"
    }

    // MARK: All terms

    /// Every term that something fills here and now, each on a line, and the names of those that nothing does.
    public var overview: String {
        var rows: [[String]] = [["term", "", "in force", "from", "document", "status"]]
        var open: [String] = []
        for key in terms {
            guard let entry = inForce(key).first else {
                open.append(key)
                continue
            }
            let lines = library.rule(of: entry)
            let more = lines.count > 1 ? " …" : ""
            rows.append([
                key, label(key), shortened(lines.first ?? "", to: 48 - more.count) + more, entry.from.iso,
                entry.citation?.text ?? "", entry.citation?.document.status.rawValue ?? "",
            ])
        }
        let unfilled = open.isEmpty ? [] : ["", "nothing fills"] + open.map { "  \($0)  \(label($0))" }
        return ([heading, ""] + table(rows) + unfilled).joined(separator: "\n")
    }

    private func shortened(_ text: String, to columns: Int) -> String {
        guard TextLayout.width(text) > columns else { return text }
        var result = ""
        for character in text {
            if TextLayout.width(result + String(character)) > columns - 1 { break }
            result.append(character)
        }
        return result + "…"
    }

    /// Rows as columns, two spaces apart, under a head.
    private func table(_ rows: [[String]]) -> [String] {
        let count = rows.first?.count ?? 0
        let widths = (0..<count).map { column in rows.map { TextLayout.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == count - 1 ? cell : TextLayout.padded(cell, to: widths[column])
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension PolicyLibrary {
    /// What an entry says; of a route or standing that it is offered, for its terms are shown one by one.
    func rule(of entry: TermEntry) -> [String] {
        if case .offer? = declaration(of: entry.key)?.shape, entry.node.entries != nil { return ["offered"] }
        return RuleText.lines(entry.node)
    }
}
