import AssistanceCore
import CJiuzhu

/// What a plugin does wrong in one call, in the order in which it was noted; the first few.
struct MistakeList {
    private(set) var messages: [String] = []
    private static let limit = 16

    mutating func note(_ message: String) {
        if messages.count < Self.limit, !messages.contains(message) { messages.append(message) }
    }

    /// The first mistake and how many more there are; nil where there is none and the call answered JZP_OK.
    func summary(of call: String, answering answer: Int32) -> String? {
        guard let first = messages.first else {
            return answer == JZP_OK ? nil : "its \(call) answered \(answer), and it did not say why"
        }
        return messages.count == 1 ? first : "\(first) (and \(messages.count - 1) more)"
    }
}

extension LentObject {
    /// A text of a call; nil where it is wrong, which is noted.
    func text(
        _ pointer: UnsafePointer<CChar>?, _ what: String,
        _ read: (UnsafePointer<CChar>?) throws(PluginText.Flaw) -> String
    ) -> String? {
        do throws(PluginText.Flaw) {
            return try read(pointer)
        } catch {
            mistake("\(what) \(error.message)")
            return nil
        }
    }

    /// Any text.
    func text(_ pointer: UnsafePointer<CChar>?, _ what: String) -> String? {
        text(pointer, what) { (pointer) throws(PluginText.Flaw) in try PluginText(pointer).text }
    }
}

extension PluginIdentity {
    /// What messages call the plugin.
    var title: String { "the plugin '\(name)' \(version)" }
}
