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

    init(date: CalendarDate) { self.date = date }

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
                let status = entry.citation?.document.status
            else { continue }
            counts[folder, default: [:]][status, default: 0] += 1
        }
    }

    mutating func addUnfilled(_ terms: [(String, Label)], _ area: DivisionCode, _ areas: AreaRegister) {
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

    private var statusTable: [String] {
        guard !counts.isEmpty else { return [] }
        let statuses: [SourceStatus] = [.official, .reported, .illustrative]
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
