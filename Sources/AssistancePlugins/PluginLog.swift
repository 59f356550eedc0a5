import AssistanceCore
import CJiuzhu
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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
    private struct Call: @unchecked Sendable {
        let log: PluginLog
        let thread: pthread_t
    }

    private static let calls = Mutex<[Call]>([])

    private let plugin: PluginIdentity
    private let receive: (@Sendable (PluginLogEntry) -> Void)?

    init(of plugin: PluginIdentity, _ receive: (@Sendable (PluginLogEntry) -> Void)?) {
        self.plugin = plugin
        self.receive = receive
    }

    /// Calls a function of the plugin on this thread.
    func during<Answer>(_ call: () -> Answer) -> Answer {
        guard receive != nil else { return call() }
        Self.calls.withLock { $0.append(Call(log: self, thread: pthread_self())) }
        defer {
            Self.calls.withLock { calls in
                if let place = calls.lastIndex(where: { Self.isThisThread($0) }) { calls.remove(at: place) }
            }
        }
        return call()
    }

    /// The host's function.
    static func write(_ level: Int32, _ message: UnsafePointer<CChar>?) {
        guard let log = calls.withLock({ $0.last(where: isThisThread)?.log }) else { return }
        let text: String
        do throws(PluginText.Flaw) {
            text = try PluginText(message).text
        } catch {
            text = "a line of its log \(error.message)"
        }
        log.receive?(PluginLogEntry(plugin: log.plugin, isWarning: level != JZP_LOG_DEBUG, message: text))
    }

    private static func isThisThread(_ call: Call) -> Bool { pthread_equal(call.thread, pthread_self()) != 0 }
}
