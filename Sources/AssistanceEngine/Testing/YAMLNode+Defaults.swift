import AssistancePolicy

extension YAMLNode {
    /// The mapping with the keys it lacks taken from another. What is written here wins; mappings in both are merged
    /// in the same way, lists are not.
    func withDefaults(_ defaults: YAMLNode?) -> YAMLNode {
        guard let own = entries, let others = defaults?.entries else { return self }
        var merged = own.map { entry in
            Entry(key: entry.key, value: entry.value.withDefaults(entry.key.text.flatMap { defaults?[$0] }))
        }
        for entry in others where !own.contains(where: { $0.key.text == entry.key.text }) { merged.append(entry) }
        return YAMLNode(.mapping(merged), at: position, in: file, cut: cut)
    }

    /// The mapping with another value for one of its keys.
    func replacing(_ key: String, with value: YAMLNode) -> YAMLNode {
        guard let own = entries else { return self }
        let replaced = own.map { $0.key.text == key ? Entry(key: $0.key, value: value) : $0 }
        return YAMLNode(.mapping(replaced), at: position, in: file, cut: cut)
    }

    /// A household of a test: with the test file's defaults for the household and for each of its members.
    func household(_ defaults: YAMLNode?, members memberDefaults: YAMLNode?) -> YAMLNode {
        let household = withDefaults(defaults)
        guard let members = household["members"], let items = members.items else { return household }
        let merged = items.map { $0.withDefaults(memberDefaults) }
        return household.replacing("members", with: YAMLNode(.sequence(merged), at: members.position, in: members.file))
    }
}
