import AssistanceCore
import AssistancePolicy

/// A folder of policy as it is named on a command line, loaded with what it needs.
struct PolicyFolder {
    /// The policy.
    let library: PolicyLibrary
    /// The folder of policies, and the files that stand below it.
    private let root: String
    private let files: Set<String>

    /// Loads a folder: with all above it where it lies among the policies, else with the nation's policy alone.
    static func load(
        _ folder: String, in root: String, sections: [SectionDeclaration], _ findings: Findings
    ) -> PolicyFolder {
        if let top = PolicyFiles.resolved(root), let path = PolicyFiles.resolved(folder), path.hasPrefix(top + "/") {
            let library = PolicyLibrary.load(
                String(path.dropFirst(top.count + 1)), in: root, sections: sections, findings)
            return PolicyFolder(library: library, root: root, files: Set(library.files.map(\.path)))
        }
        let nation = PolicyFiles.jurisdiction("china", in: root)
        let library = PolicyLibrary(
            files: nation + PolicyFiles.tree(folder), jurisdiction: folder, sections: sections, findings)
        return PolicyFolder(library: library, root: root, files: Set(nation.map(\.path)))
    }

    /// The path of a policy file, as the reader of a finding finds it.
    func shown(_ file: String) -> String { files.contains(file) && root != "." ? root + "/" + file : file }

    /// A finding with that path.
    func shown(_ finding: Diagnostic) -> Diagnostic {
        var finding = finding
        finding.file = shown(finding.file)
        return finding
    }
}
