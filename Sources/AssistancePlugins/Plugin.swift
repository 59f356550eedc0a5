import AssistanceCore
import AssistancePolicy

/// A loaded plugin. It stays loaded until the process ends.
///
/// May be shared between threads.
public struct Plugin: Sendable {
    /// Its name, version and digest, as receipts have them.
    public let identity: PluginIdentity
    /// The programmes it provides.
    public let programs: [any AssistanceProgram]
    /// The data sources it provides.
    public let sources: [PluginSource]
    /// The payment channels it provides.
    public let channels: [PluginChannel]

    /// - Parameter log: What becomes of the lines that it logs; nil where nothing does.
    init(
        _ descriptor: PluginDescriptor, sha256: String, log receive: (@Sendable (PluginLogEntry) -> Void)? = nil
    ) {
        let identity = PluginIdentity(name: descriptor.name, version: descriptor.version, sha256: sha256)
        self.identity = identity
        let log = PluginLog(of: identity, receive)
        programs = descriptor.programs.map { PluginProgram($0, of: identity, log) }
        sources = descriptor.sources.map { PluginSource($0, of: identity, log) }
        channels = descriptor.channels.map { PluginChannel($0, of: identity, log) }
    }
}
