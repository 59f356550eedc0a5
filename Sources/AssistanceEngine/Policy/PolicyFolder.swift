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

    /// Loads what a path names by itself: a pack, a folder of policies with all of its jurisdictions, or one jurisdiction.
    ///
    /// Nil where it is none of them.
    static func named(
        _ path: String, in root: String, sections: [SectionDeclaration], _ findings: Findings
    ) -> PolicyFolder? {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard PolicyFiles.isFolder(path) else {
            if path.hasSuffix(PolicyPack.suffix) { return load(path, in: root, sections: sections, findings) }
            let place = SourcePosition(line: 1, column: 1)
            findings.report(Diagnostic(.noPolicy, file: path, at: place, "there is no such folder or pack"))
            return nil
        }
        guard PolicyFiles.isFolder(path + "/china") else {
            return load(path, in: self.root(above: path) ?? root, sections: sections, findings)
        }
        let library = PolicyLibrary(
            files: PolicyFiles.tree(path), jurisdiction: path + "/china", sections: sections, findings)
        return PolicyFolder(library: library, prefix: "", files: [])
    }

    /// The folder of policies in which a folder lies: the nearest above that has the nation's policy.
    static func root(above path: String) -> String? {
        var folder = path
        while let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
            if PolicyFiles.isFolder(folder + "/china") { return folder }
        }
        return !path.hasPrefix("/") && PolicyFiles.isFolder("china") ? "." : nil
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
