import AssistanceCore
import CJiuzhu

/// A bank's or the treasury's file, as a plugin describes it (发放渠道).
///
/// The pointer lives as long as the process, and what is behind it may be read by any thread.
struct ChannelTable: @unchecked Sendable {
    /// Its id: `bank-csv`.
    let id: String
    /// What it is called.
    let label: Label
    /// Whether it can read what the bank sends back.
    let readsReturns: Bool
    /// The table itself, with the functions that are called.
    let pointer: UnsafePointer<jzp_channel>

    init(_ pointer: UnsafePointer<jzp_channel>, at place: Int) throws(PluginRefusal) {
        let nameless = TableReader(table: "channels[\(place)]")
        _ = try nameless.size(pointer)
        let table = pointer.pointee
        id = try nameless.name(table.id, "id", with: "-")
        let reader = TableReader(table: "the payment channel '\(id)'")
        try reader.flags(table.flags, among: 0)
        label = try reader.label(table.label_zh, table.label_en)
        guard table.payments != nil else { throw reader.flaw("payments is NULL") }
        readsReturns = table.returned != nil
        self.pointer = pointer
    }
}
