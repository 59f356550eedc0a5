import AssistanceCore
import AssistanceExpressions

/// One term asked by itself, with values given to the names it uses: for tests of policy.
extension PolicyContext {
    /// Lets a name stand for a value, whatever else has that name.
    public func give(_ name: String, _ node: NodeID) { given[name] = node }

    /// Lets a name stand for a code: of the fact of that name, or of those that the rows of the term write under it,
    /// or else of those that any rows do.
    public func give(_ name: String, code: String, in key: String) throws(GraphError) {
        var list = CodeList([])
        for owner in FactOwner.allCases {
            guard let place = builder.schema.place(owner, name),
                case .code(let codes) = builder.schema.facts[place].type
            else { continue }
            list = codes
        }
        if list.codes.isEmpty {
            list = CodeList(codes(written: name, in: [qualified(key)]).map { Code($0, $0, $0) })
            if list.codes.isEmpty {
                list = CodeList(codes(written: name, in: library.filledKeys).map { Code($0, $0, $0) })
            }
        }
        guard let place = list.codes.firstIndex(where: { $0.name == code }) else {
            let all = list.codes.map(\.name)
            throw GraphError(
                .unknownCode,
                all.isEmpty
                    ? "'\(code)' is no amount, yes/no or day, and no row has codes under '\(name)'"
                    : "'\(code)' is not one of \(all.joined(separator: ", "))")
        }
        give(name, builder.code(place, of: list))
    }

    /// The codes that the rows of some terms write under a key, at most as many as a list holds.
    private func codes(written name: String, in terms: [String]) -> [String] {
        var found: [String] = []
        for term in terms {
            for entries in library.history(of: term).sorted(by: { $0.key < $1.key }).map(\.value) {
                for entry in entries { Self.collect(name, in: entry.node, &found) }
            }
        }
        return Array(found.prefix(62))
    }

    private static func collect(_ name: String, in node: YAMLNode, _ found: inout [String]) {
        for item in node.items ?? [] { collect(name, in: item, &found) }
        for entry in node.entries ?? [] {
            if entry.key.text == name {
                for code in (entry.value.items ?? [entry.value]).compactMap(\.text) where !found.contains(code) {
                    found.append(code)
                }
            } else {
                collect(name, in: entry.value, &found)
            }
        }
    }

    /// The names that were given and that nothing has asked for.
    public var unusedGiven: [String] { given.keys.filter { !usedGiven.contains($0) }.sorted() }

    /// The node of a figure, a word, or a declared term that is one value, under its name; nil where there is none.
    public func term(_ key: String) -> NodeID? {
        let key = qualified(key)
        let (head, path) = Self.split(key)
        let node: NodeID?
        switch head {
        case Self.figures: node = figure(path)
        case "define": node = word(path)
        default:
            guard let section = library.sections.first(where: { $0.key == head }), let term = section[path] else {
                return nil
            }
            switch term.shape {
            case .value, .number, .condition, .code, .openCode: node = value(section, path)
            default: node = nil
            }
        }
        guard let node else { return nil }
        if case .named = builder[node].operation { return node }
        return builder.named(path, .step, library.label(of: key), unit: unit(of: node), origin: nil, node)
    }

    /// `figures.basic` or `define.basic` for `basic`; any other key is whole already.
    private func qualified(_ key: String) -> String {
        PolicyLibrary.openSections.map { $0 + "." + key }.first(where: library.isFilled) ?? key
    }

    private static func split(_ key: String) -> (head: String, path: String) {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    /// The terms that can be asked: for suggestions.
    public var termKeys: [String] {
        let open = PolicyLibrary.openSections.flatMap { library.names(in: $0) }
        return open + library.sections.flatMap { section in section.terms.map { section.key + "." + $0.path } }
    }
}

/// What policy does not know.
extension PolicyContext {
    /// What the terms are called that could be lacking, each with why policy says that it is not known.
    public var gapLabels: [String: Label] {
        gapNames.reduce(into: [:]) { labels, entry in
            let (name, reasons) = (entry.value, gapReasons[entry.key] ?? [])
            labels[entry.key] =
                reasons.isEmpty
                ? name
                : Label(
                    "\(name.chinese):\(reasons.joined(separator: ";"))",
                    "\(name.english): \(reasons.joined(separator: "; "))")
        }
    }

    /// Notes why policy says that a term is not known.
    func explainGap(_ key: String, _ reason: YAMLNode) {
        guard let text = reason.text, !(gapReasons[key] ?? []).contains(text) else { return }
        gapReasons[key, default: []].append(text)
    }
}
