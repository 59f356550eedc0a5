import AssistanceCore
import CJiuzhu

/// One registry of one department, as a plugin describes it (信息核对数据源).
///
/// The pointer lives as long as the process, and what is behind it may be read by any thread.
struct SourceTable: @unchecked Sendable {
    /// Its id: `vehicle-registry`.
    let id: String
    /// What it is called.
    let label: Label
    /// The department whose registry it is, in Chinese.
    let department: String
    /// The facts that it can confirm, each with its owner: `member.vehicles`.
    let facts: [String]
    /// The table itself, with the functions that are called.
    let pointer: UnsafePointer<jzp_source>

    init(_ pointer: UnsafePointer<jzp_source>, at place: Int) throws(PluginRefusal) {
        let nameless = TableReader(table: "sources[\(place)]")
        _ = try nameless.size(pointer)
        let table = pointer.pointee
        id = try nameless.name(table.id, "id", with: "-")
        let reader = TableReader(table: "the data source '\(id)'")
        try reader.flags(table.flags, among: 0)
        label = try reader.label(table.label_zh, table.label_en)
        department = try reader.label(table.department_zh, "department_zh")
        var facts: [String] = []
        for name in try reader.pointers(table.facts, table.fact_count, "facts", limit: 256) {
            let fact = try reader.text(name, "facts[\(facts.count)]")
            let parts = fact.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, FactOwner.allCases.contains(where: { $0.word == parts[0] }),
                PluginText.isName(parts[1], with: "_.")
            else { throw reader.flaw("'\(fact)' is no fact with its owner", expected: "member.vehicles") }
            guard !facts.contains(fact) else { throw reader.flaw("the fact '\(fact)' stands twice") }
            facts.append(fact)
        }
        guard !facts.isEmpty else { throw reader.flaw("it confirms no fact") }
        guard table.query != nil else { throw reader.flaw("query is NULL") }
        guard (table.open == nil) == (table.close == nil) else {
            throw reader.flaw("open and close are both there, or neither is")
        }
        self.facts = facts
        self.pointer = pointer
    }
}
