import AssistanceCore
import AssistancePolicy

/// A folder of policy, or a pack, as it is named on a command line, loaded with what it needs.
struct PolicyFolder {
    /// The policy.
    let library: PolicyLibrary
    /// What stands before the paths of some files, as the reader of a finding finds them: the folder of policies, or the
    /// pack.
    private let prefix: String
    private let files: Set<String>

    /// Loads a pack; or a folder, with all above it where it lies among the policies, else with the nation's alone.
    ///
    /// Nil where a pack cannot be read.
    static func load(
        _ folder: String, in root: String, sections: [SectionDeclaration], _ findings: Findings
    ) -> PolicyFolder? {
        if folder.hasSuffix(PolicyPack.suffix), !PolicyFiles.isFolder(folder) {
            guard let pack = PolicyFiles.pack(folder, findings) else { return nil }
            let library = PolicyLibrary(
                files: pack.files, jurisdiction: pack.jurisdiction, sections: sections, findings)
            return PolicyFolder(library: library, prefix: folder, files: Set(pack.files.map(\.path)))
        }
        if let path = path(of: folder, below: root) {
            let library = PolicyLibrary.load(path, in: root, sections: sections, findings)
            return PolicyFolder(library: library, prefix: root, files: Set(library.pack.files.map(\.path)))
        }
        let nation = PolicyFiles.jurisdiction("china", in: root)
        let library = PolicyLibrary(
            files: nation + PolicyFiles.tree(folder), jurisdiction: folder, sections: sections, findings)
        return PolicyFolder(library: library, prefix: root, files: Set(nation.map(\.path)))
    }

    /// The path of a folder below the folder of policies; nil where it lies elsewhere.
    static func path(of folder: String, below root: String) -> String? {
        guard let top = PolicyFiles.resolved(root), let path = PolicyFiles.resolved(folder), path.hasPrefix(top + "/")
        else { return nil }
        return String(path.dropFirst(top.count + 1))
    }

    /// The path of a policy file, as the reader of a finding finds it.
    func shown(_ file: String) -> String { files.contains(file) && prefix != "." ? prefix + "/" + file : file }

    /// A finding with that path.
    func shown(_ finding: Diagnostic) -> Diagnostic {
        var finding = finding
        finding.file = shown(finding.file)
        return finding
    }
}
