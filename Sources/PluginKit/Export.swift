import CJiuzhu

/// The table of a plugin, to be answered by the one function that it exports:
///
/// ```swift
/// @c(jiuzhu_plugin)
/// public func entry(_ host: UInt32) -> UnsafeRawPointer? {
///     exportPlugin("nursing-insurance", version: "1.0.0", to: host, programs: [NursingInsurance()])
/// }
/// ```
///
/// The host calls that function once. What is made for it stays to the end of the process, as the plugin does.
///
/// - Parameters:
///   - name: The plugin's name, of small letters, digits and `-`.
///   - version: Its version: `1.0.0`.
///   - host: The number of the host's interface, as the function was given it.
/// - Returns: The table; nil, which refuses the host, where that is older than what the plugin was built with.
public func exportPlugin(
    _ name: String, version: String, to host: UInt32, programs: [any Program] = [], sources: [any DataSource] = [],
    channels: [any PaymentChannel] = []
) -> UnsafeRawPointer? {
    guard host >= UInt32(JZP_ABI) else { return nil }
    var descriptor = jzp_descriptor()
    descriptor.magic = UInt64(JZP_MAGIC)
    descriptor.abi = UInt32(JZP_ABI)
    descriptor.struct_size = UInt32(MemoryLayout<jzp_descriptor>.size)
    descriptor.name = Lasting.text(name)
    descriptor.version = Lasting.text(version)
    descriptor.program_count = programs.count
    descriptor.programs = Lasting.array(programs.map { Lasting.value($0.table) })
    descriptor.source_count = sources.count
    descriptor.sources = Lasting.array(sources.map { Lasting.value($0.table) })
    descriptor.channel_count = channels.count
    descriptor.channels = Lasting.array(channels.map { Lasting.value($0.table) })
    return UnsafeRawPointer(Lasting.value(descriptor))
}
