import AssistanceCore
import CJiuzhu

/// A line that a plugin wrote to the host's log.
public struct PluginLogEntry: Hashable, Sendable {
    /// The plugin.
    public let plugin: PluginIdentity
    /// Whether somebody should look at it; else it is for the plugin's author.
    public let isWarning: Bool
    /// What it says, on one line without control characters or citizen numbers.
    public let message: String
}

/// Where the lines of a plugin go while one of its functions is called. The host's function `log` is told no plugin, so
/// that of the call on its thread is meant; outside of calls nothing is written.
struct PluginLog: Sendable {
    private let plugin: PluginIdentity
    private let receive: (@Sendable (PluginLogEntry) -> Void)?

    init(of plugin: PluginIdentity, _ receive: (@Sendable (PluginLogEntry) -> Void)?) {
        self.plugin = plugin
        self.receive = receive
    }

    /// Writes a line of a level of the header.
    func write(_ level: Int32, _ message: UnsafePointer<CChar>?) {
        guard let receive else { return }
        let text: String
        do throws(PluginText.Flaw) {
            text = try PluginText(message).text
        } catch {
            text = "a line of its log \(error.message)"
        }
        receive(PluginLogEntry(plugin: plugin, isWarning: level != JZP_LOG_DEBUG, message: text))
    }
}
