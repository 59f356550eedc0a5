/// The mistakes found in one file, up to a limit.
struct FindingLog {
    private let limit: Int
    private var findings: [Diagnostic] = []
    private var rest: Diagnostic?

    /// An empty log for so many findings.
    init(limit: Int) { self.limit = limit }

    /// Adds a finding; beyond the limit only says that there are more.
    mutating func add(_ finding: Diagnostic) {
        guard findings.count >= limit else { return findings.append(finding) }
        guard rest == nil else { return }
        rest = finding
        rest?.severity = .note
        rest?.message = "there are more mistakes than these \(limit); correct them and read the file again"
        rest?.suggestion = nil
    }

    /// The findings by position, in the order they were found where the position is one; at the end, if need be, a note
    /// that there are more.
    var sorted: [Diagnostic] {
        let order = findings.enumerated().sorted {
            ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
        }
        return order.map(\.element) + (rest.map { [$0] } ?? [])
    }
}
