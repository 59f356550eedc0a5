import AssistanceCore
import AssistancePolicy

/// What became of every file that was to be loaded as a plugin, in the order of loading.
public struct PluginReport: Sendable {
    /// One file.
    public struct Entry: Sendable {
        /// The file as it was named.
        public let path: String
        /// The plugin, or why it was not loaded.
        public let outcome: Result<Plugin, PluginRefusal>
    }

    /// The files, of which the last thousand are kept.
    public private(set) var entries: [Entry] = []
    private static let limit = 1_000

    /// Nothing was named yet.
    init() {}

    mutating func add(_ path: String, _ outcome: Result<Plugin, PluginRefusal>) {
        entries = entries.suffix(Self.limit - 1) + [Entry(path: path, outcome: outcome)]
    }

    /// `{"schema": 1, "plugins": [{"path", "outcome": "loaded", "reason", "message", "expected", "found", "name",
    /// "version", "sha256", "programs", "sources", "channels"}]}`; what does not apply is null or empty.
    public func json(_ layout: JSONWriter.Layout = .pretty) -> String {
        var json = JSONWriter(layout)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("plugins")
        json.beginArray()
        for entry in entries { entry.write(to: &json) }
        json.endArray()
        json.endObject()
        return json.text
    }
}

extension PluginReport.Entry {
    fileprivate func write(to json: inout JSONWriter) {
        func string(_ key: String, _ value: String?) {
            json.key(key)
            if let value { json.string(value) } else { json.null() }
        }
        func strings(_ key: String, _ values: [String]) {
            json.key(key)
            json.beginArray()
            for value in values { json.string(value) }
            json.endArray()
        }
        let plugin = try? outcome.get()
        var refusal: PluginRefusal?
        if case .failure(let found) = outcome { refusal = found }
        json.beginObject()
        string("path", path)
        string("outcome", plugin == nil ? "refused" : "loaded")
        string("reason", refusal?.reason.rawValue)
        string("message", refusal?.message)
        string("expected", refusal?.expected)
        string("found", refusal?.found)
        string("name", plugin?.identity.name)
        string("version", plugin?.identity.version)
        string("sha256", plugin?.identity.sha256)
        strings("programs", plugin?.programs.map(\.id) ?? [])
        strings("sources", plugin?.sources.map(\.id) ?? [])
        strings("channels", plugin?.channels.map(\.id) ?? [])
        json.endObject()
    }
}
