/// 部门: a department or institution whose registries can be asked about persons, and what it holds, as policy says.
public struct Department: Hashable, Sendable {
    /// 数据项目: one kind of data that a department holds.
    public struct Kind: Hashable, Sendable {
        /// Its id among those of the department: `vehicles`.
        public let id: String
        /// What it is called.
        public let label: Label
        /// The facts of a household and its members that it can confirm or contradict, at least one.
        public let facts: [Fact]
        /// Document and article.
        public let citation: Citation?

        /// One kind of data.
        public init(id: String, label: Label, facts: [Fact], citation: Citation? = nil) {
            (self.id, self.label, self.facts, self.citation) = (id, label, facts, citation)
        }
    }

    /// By which a case and an extract name it: `public-security`.
    public let id: String
    /// What it is called.
    public let label: Label
    /// What it holds, in the order written.
    public let kinds: [Kind]

    /// A department.
    public init(id: String, label: Label, kinds: [Kind]) {
        (self.id, self.label, self.kinds) = (id, label, kinds)
    }

    /// The facts that it can confirm, each once.
    public var facts: [Fact] {
        var met: Set<Fact> = []
        return kinds.flatMap(\.facts).filter { met.insert($0).inserted }
    }
}

extension [Department] {
    /// The department of an id, where there is one.
    public subscript(id id: String) -> Department? { first { $0.id == id } }

    /// Why there is no department of an id, with what there is; nil where there is one.
    public func objection(to id: String) -> String? {
        guard self[id: id] == nil else { return nil }
        guard !isEmpty else { return "policy names no departments; declare them under 'departments' in a policy file" }
        let named = isQuotable(id) ? "no department '\(id)'" : "no department of this name"
        let meant = first { $0.label.chinese == id }?.id ?? closestName(to: id, among: map(\.id))
        let hint = meant.map { "; did you mean '\($0)'? There are" } ?? "; there are"
        return "there is \(named)\(hint) \(map(\.id).joined(separator: ", "))"
    }
}
