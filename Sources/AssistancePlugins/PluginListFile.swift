import AssistanceCore
import AssistancePolicy

/// A file that names the plugins of an installation: a list of `{path: meals.so, sha256: 0123…}`.
public enum PluginListFile {
    /// One plugin of the list.
    public struct Entry: Sendable {
        /// Where its file lies; seen from the folder of the list.
        public let path: String
        /// The SHA-256 that is expected.
        public let sha256: String
        /// Where the list says so.
        public let position: SourcePosition
    }

    /// The plugins of a list in their order; what is wrong with it goes to `findings`.
    ///
    /// - Parameter name: The path of the list, which findings carry and from whose folder paths are seen.
    public static func read(_ bytes: [UInt8], file name: String, _ findings: Findings) -> [Entry] {
        let (root, problems) = YAMLReader.read(bytes, file: name)
        findings.report(problems)
        guard let root else { return [] }
        guard let items = root.items else {
            findings.report(root.error(.wrongShape, "a list such as [{path: meals.so, sha256: …}] was expected"))
            return []
        }
        let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
        return items.compactMap { item in
            guard let mapping = MappingReader(item, what: "a plugin", findings) else { return nil }
            mapping.allowOnly(["path", "sha256"], what: "a plugin")
            let path = mapping.text("path", required: true)
            let digest = mapping.text("sha256", required: true)
            guard let path, let digest else { return nil }
            return Entry(path: path.hasPrefix("/") ? path : folder + path, sha256: digest, position: item.position)
        }
    }
}
