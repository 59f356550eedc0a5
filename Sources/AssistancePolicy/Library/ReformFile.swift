import AssistanceCore

/// A reform (政策改革方案): a policy file that is laid over the policy that holds, to see what would change.
///
/// It has the language of every other policy file. A proposal rests on a draft, which no jurisdiction's documents.yaml
/// has, so it may declare its own `documents:`.
struct ReformFile {
    /// What it says, but for its documents.
    let terms: YAMLNode
    /// The documents it declares, as a file of documents; nil where it declares none.
    let documents: YAMLNode?

    /// Reads a reform; nil where it cannot be read, which goes to `findings`.
    init?(_ file: PolicyFile, _ findings: Findings) {
        let (root, problems) = YAMLReader.read(file.bytes, file: file.path)
        findings.report(problems)
        guard let root else { return nil }
        func part(_ isIncluded: (String?) -> Bool) -> YAMLNode? {
            root.entries.map { entries in
                YAMLNode(
                    .mapping(entries.filter { isIncluded($0.key.text) }), at: root.position, in: root.file,
                    cut: root.cut)
            }
        }
        terms = part { $0 != "documents" } ?? root
        documents = root["documents"] == nil ? nil : part { $0 == "documents" }
    }

    /// A reform that names nothing that any policy reads would pass for one that changes nothing.
    func check(_ entries: [TermEntry], over library: PolicyLibrary, _ findings: Findings) {
        if entries.isEmpty, !findings.hasErrors {
            findings.report(
                terms.error(
                    .nothingReformed,
                    "the reform names no term; below 'area', 'from' and 'source' a section such as 'figures' or 'low-income' was expected"
                ))
        }
        for entry in entries {
            guard let section = PolicyLibrary.openSections.first(where: { entry.key.hasPrefix($0 + ".") }) else {
                continue
            }
            let names = library.names(in: section)
            let name = String(entry.key.dropFirst(section.count + 1))
            // A new figure or word is there for something else that the reform says.
            guard !names.contains(name), !entries.contains(where: { $0.node !== entry.node && $0.node.mentions(name) })
            else { continue }
            findings.report(
                entry.node.error(
                    .unknownName,
                    "the policy has no '\(entry.key)', and nothing else in the reform uses it",
                    suggestion: closestName(to: name, among: names)))
        }
    }
}

extension YAMLNode {
    /// Whether a name stands as a word in any text of the node, keys included.
    fileprivate func mentions(_ name: String) -> Bool {
        switch content {
        case .scalar(let text, _):
            text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
        case .sequence(let items): items.contains { $0.mentions(name) }
        case .mapping(let entries): entries.contains { $0.key.mentions(name) || $0.value.mentions(name) }
        }
    }
}
