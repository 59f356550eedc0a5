import AssistanceCore
import CJiuzhu

/// What the entry of a plugin answers, copied and checked.
struct PluginDescriptor: Sendable {
    let name: String
    let version: String
    let programs: [ProgramTable]
    let sources: [SourceTable]
    let channels: [ChannelTable]

    /// The most programmes, sources or channels of a plugin.
    private static let limit = 64

    init(_ pointer: UnsafePointer<jzp_descriptor>) throws(PluginRefusal) {
        let reader = TableReader(table: "the descriptor")
        guard UInt(bitPattern: pointer) % UInt(MemoryLayout<jzp_descriptor>.alignment) == 0 else {
            throw reader.flaw("it does not lie where a struct of its kind can")
        }
        // Magic and number stand first in every version; nothing else is looked at before they are right.
        let raw = UnsafeRawPointer(pointer)
        let magic = raw.load(as: UInt64.self)
        guard magic == JZP_MAGIC else {
            throw PluginRefusal(
                .magic, "what its entry answers is no descriptor: it does not begin with JZP_MAGIC",
                expected: String(JZP_MAGIC, radix: 16), found: String(magic, radix: 16))
        }
        let abi = raw.load(fromByteOffset: 8, as: UInt32.self)
        guard abi >= 1 else {
            throw PluginRefusal(
                .abi, "it was written against interface \(abi), which this host no longer has; build it anew",
                expected: "1 to \(JZP_ABI)", found: String(abi))
        }
        guard abi <= UInt32(JZP_ABI) else {
            throw PluginRefusal(
                .abi, "it was written against interface \(abi), and this host has \(JZP_ABI); use a newer host",
                expected: "1 to \(JZP_ABI)", found: String(abi))
        }
        _ = try reader.size(pointer, at: 12)
        let table = pointer.pointee
        name = try reader.name(table.name, "name", with: "-")
        version = try reader.text(table.version, "version")
        guard version.utf8.count <= PluginText.nameLimit,
            version.utf8.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: "\"") })
        else { throw reader.flaw("version is none", expected: "letters, digits and marks such as 1.0.0") }
        var programs: [ProgramTable] = []
        for pointer in try reader.pointers(table.programs, table.program_count, "programs", limit: Self.limit) {
            programs.append(try ProgramTable(pointer, at: programs.count))
        }
        var sources: [SourceTable] = []
        for pointer in try reader.pointers(table.sources, table.source_count, "sources", limit: Self.limit) {
            sources.append(try SourceTable(pointer, at: sources.count))
        }
        var channels: [ChannelTable] = []
        for pointer in try reader.pointers(table.channels, table.channel_count, "channels", limit: Self.limit) {
            channels.append(try ChannelTable(pointer, at: channels.count))
        }
        guard !(programs.isEmpty && sources.isEmpty && channels.isEmpty) else {
            throw reader.flaw("it provides nothing: no programme, data source or payment channel")
        }
        self.programs = programs
        self.sources = sources
        self.channels = channels
    }
}
