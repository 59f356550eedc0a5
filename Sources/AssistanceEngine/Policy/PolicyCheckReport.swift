import AssistanceCore
import AssistancePolicy

/// What a check of policy folders has found.
public struct PolicyCheckReport: Sendable {
    /// Terms that nothing fills for an area on the day of the report.
    public struct Unfilled: Sendable {
        /// The area, with its name.
        public let area: String
        /// The keys of the terms with what they are called.
        public let terms: [String: Label]
        /// How many areas below it have entries of their own and lack the same.
        public internal(set) var below = 0
    }

    /// How well what a jurisdiction says of a section is known (来源核实程度).
    public struct Coverage: Sendable {
        /// How many entries rest on documents of each status; those that say `unknown:` are none.
        public internal(set) var entries: [SourceStatus: Int] = [:]
        /// The keys of terms that are not known for some area of the jurisdiction that has entries of its own.
        public internal(set) var unfilled: Set<String> = []
    }

    /// The day for which unfilled terms are named.
    public let date: CalendarDate
    /// All findings, by file and line.
    public internal(set) var findings: [Diagnostic] = []
    /// The files that were read.
    public internal(set) var files: Set<String> = []
    /// How many plans were built.
    public internal(set) var plans = 0
    /// How many entries of each folder rest on documents of each status.
    public internal(set) var counts: [String: [SourceStatus: Int]] = [:]
    /// The unfilled terms of areas with entries of their own. An area that lacks what the one above it lacks is counted
    /// there; one that lacks nothing where the one above does stands here without terms.
    public internal(set) var unfilled: [Unfilled] = []
    private var places: [DivisionCode: Int] = [:]
    /// By the folder of a jurisdiction, `heilongjiang`, and the key of a section.
    public private(set) var coverage: [String: [String: Coverage]] = [:]
    /// What jurisdictions are called, by their folders.
    private var names: [String: String] = [:]
    private let sections: [SectionDeclaration]

    init(date: CalendarDate, sections: [SectionDeclaration]) {
        self.date = date
        self.sections = sections
    }

    /// Whether anything is wrong.
    public var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Counts the entries of a library; those of folders that have been counted are passed over.
    mutating func count(_ library: PolicyLibrary) {
        let known = Set(counts.keys)
        var seen: Set<ObjectIdentifier> = []
        for entry in library.entriesByArea().values.joined() {
            let file = entry.node.file.name
            let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
            guard !known.contains(folder), seen.insert(ObjectIdentifier(entry.node)).inserted,
                entry.node["unknown"] == nil, let status = entry.citation?.document.status
            else { continue }
            counts[folder, default: [:]][status, default: 0] += 1
            let top = Self.top(of: folder)
            coverage[top, default: [:]][Self.section(of: entry.key), default: Coverage()].entries[status, default: 0] +=
                1
            // A jurisdiction is called like the widest of its areas.
            if let widest = entry.areas.min(by: { $0.chain.count < $1.chain.count }) {
                let province = widest.chain.dropLast().last ?? widest
                names[top] = library.areas.name(of: province)
            }
        }
    }

    private static func top(of folder: String) -> String { String(folder.prefix { $0 != "/" }) }

    private static func section(of key: String) -> String { String(key.prefix { $0 != "." }) }

    mutating func addUnfilled(
        _ terms: [(String, Label)], _ area: DivisionCode, of jurisdiction: String, _ areas: AreaRegister
    ) {
        for (key, _) in terms {
            coverage[Self.top(of: jurisdiction), default: [:]][Self.section(of: key), default: Coverage()]
                .unfilled.insert(key)
        }
        let terms = Dictionary(terms) { first, _ in first }
        let above = area.chain.dropFirst().first { places[$0] != nil }.flatMap { places[$0] }
        if let above, unfilled[above].terms.keys == terms.keys {
            unfilled[above].below += 1
            places[area] = above
        } else {
            places[area] = unfilled.count
            unfilled.append(Unfilled(area: "\(area.text) \(areas.name(of: area))", terms: terms))
        }
    }

    // MARK: Text

    /// The findings, the counts by status, the unfilled terms, and one line that sums up.
    public var text: String { (findings.map(\.description) + summary).joined(separator: "\n") }

    /// What follows the findings.
    public var summary: [String] {
        var lines = statusTable
        let lacks = unfilled.contains { !$0.terms.isEmpty }
        lines.append(lacks ? "terms that nothing fills on \(date):" : "nothing is unfilled on \(date)")
        var open = lacks ? unfilled[...] : []
        while let first = open.first {
            // Areas side by side that lack the same are one line.
            let same = open.prefix { $0.terms.keys == first.terms.keys }
            open = open.dropFirst(same.count)
            let names = same.prefix(3).map(\.area).joined(separator: ", ")
            let more = same.count > 3 ? " and \(same.count - 3) more" : ""
            let below = same.map(\.below).reduce(0, +)
            lines.append(
                "  \(names)\(more)\(below == 0 ? "" : " and \(below) below")\(first.terms.isEmpty ? ": none" : "")")
            lines += first.terms.sorted { $0.key < $1.key }.map { "    \($0.key)  \($0.value.chinese)" }
        }
        let errors = findings.filter { $0.severity == .error }.count
        let warnings = findings.filter { $0.severity == .warning }.count
        func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        let counts = [
            counted(files.count, "file"), counted(plans, "plan"), counted(errors, "error"),
            counted(warnings, "warning"),
        ]
        lines.append(counts.joined(separator: ", "))
        return lines
    }

    private static let statuses: [SourceStatus] = [.official, .reported, .illustrative]

    /// A table in Markdown: for each programme and jurisdiction how many entries are official, reported and
    /// illustrative, and how many terms are unfilled on the day.
    public var markdown: String {
        let folders = coverage.keys.sorted { ($0 == "china" ? "" : $0) < ($1 == "china" ? "" : $1) }
        let rows =
            [("figures", Label("共同尺度", "figures")), ("define", Label("用语", "words"))]
            + sections.map { ($0.key, $0.label) }
        var lines = [
            "| official / reported / illustrative / unfilled | "
                + folders.map { "\(names[$0] ?? $0)" }.joined(separator: " | ") + " |",
            "| --- |" + String(repeating: " ---: |", count: folders.count),
        ]
        for (key, label) in rows where coverage.values.contains(where: { $0[key] != nil }) {
            let cells = folders.map { folder in
                guard let known = coverage[folder]?[key] else { return "–" }
                return (Self.statuses.map { known.entries[$0] ?? 0 } + [known.unfilled.count]).map(String.init)
                    .joined(separator: " / ")
            }
            lines.append("| \(label.chinese) \(label.english) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    private var statusTable: [String] {
        guard !counts.isEmpty else { return [] }
        let statuses = Self.statuses
        let width = max(7, counts.keys.map(\.count).max() ?? 0)
        func line(_ name: String, _ cells: [String]) -> String {
            let cells = cells.map { String(repeating: " ", count: max(0, 14 - $0.count)) + $0 }
            return name + String(repeating: " ", count: max(0, width - name.count)) + cells.joined()
        }
        var lines = [line("entries", statuses.map(\.rawValue))]
        var sums = statuses.map { _ in 0 }
        for (folder, count) in counts.sorted(by: { $0.key < $1.key }) {
            let row = statuses.map { count[$0] ?? 0 }
            lines.append(line(folder, row.map(String.init)))
            sums = zip(sums, row).map { $0 + $1 }
        }
        return lines + [line("in all", sums.map(String.init))]
    }
}
