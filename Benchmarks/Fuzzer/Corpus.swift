import AssistancePolicy

/// The real files that are changed, and what they are made of.
struct Corpus {
    /// Policy files that are loaded together.
    struct Jurisdiction {
        /// The folder whose own area is the default.
        let path: String
        let files: [PolicyFile]
        /// The places of the files that are its own; the others are the nation's, or stand above.
        let own: [Int]
    }

    /// A file of policy tests, with the policy files that stand beside it.
    struct TestFile {
        let path: String
        let bytes: [UInt8]
        let beside: [PolicyFile]
    }

    /// The folder of policies with the nation's.
    let root: String
    private(set) var jurisdictions: [Jurisdiction] = []
    private(set) var tests: [TestFile] = []
    private(set) var households: [PolicyFile] = []
    /// How many of the jurisdictions are those of the folder of policies; they come first.
    private(set) var published = 0

    /// Finds all jurisdictions of the folder of policies, those that stand below other folders, all tests and all
    /// households.
    init(root: String, others: [String], households folder: String) {
        self.root = root
        for name in PolicyFiles.names(in: root) where name != "china" && PolicyFiles.isFolder(root + "/" + name) {
            addPolicies(name)
        }
        published = jurisdictions.count
        let nation = PolicyFiles.jurisdiction("china", in: root)
        for other in others { addFolder(other, nation) }
        for path in ([root] + others).flatMap({ PolicyFiles.tests(below: $0) }) {
            guard let bytes = PolicyFiles.read(path), let slash = path.lastIndex(of: "/") else { continue }
            tests.append(TestFile(path: path, bytes: bytes, beside: Self.files(in: String(path[..<slash]), as: "")))
        }
        for name in PolicyFiles.names(in: folder) where name.hasSuffix(".json") || name.hasSuffix(".yaml") {
            guard let bytes = PolicyFiles.read(folder + "/" + name) else { continue }
            households.append(PolicyFile(path: name, bytes: bytes))
        }
    }

    private mutating func addPolicies(_ path: String) {
        let files = PolicyFiles.jurisdiction(path, in: root)
        jurisdictions.append(Jurisdiction(path: path, files: files, own: Array(files.indices)))
        for name in PolicyFiles.names(in: root + "/" + path) where PolicyFiles.isFolder(root + "/" + path + "/" + name)
        {
            addPolicies(path + "/" + name)
        }
    }

    /// A folder with its areas is a jurisdiction of its own; beside a folder `base` each file is one together with it.
    private mutating func addFolder(_ folder: String, _ nation: [PolicyFile]) {
        let names = PolicyFiles.names(in: folder)
        let own = Self.files(in: folder, as: folder)
        func add(_ files: [PolicyFile]) {
            jurisdictions.append(
                Jurisdiction(
                    path: folder, files: nation + files, own: Array(nation.count..<nation.count + files.count)))
        }
        if names.contains("areas.yaml") {
            add(own)
        } else if names.contains("base") {
            let base = Self.files(in: folder + "/base", as: folder)
            for file in own { add(base + [file]) }
        }
        for name in names where PolicyFiles.isFolder(folder + "/" + name) { addFolder(folder + "/" + name, nation) }
    }

    private static func files(in folder: String, as prefix: String) -> [PolicyFile] {
        PolicyFiles.names(in: folder).filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".test.yaml") }.compactMap {
            name in
            let path = prefix.isEmpty ? name : prefix + "/" + name
            return PolicyFiles.read(folder + "/" + name).map { PolicyFile(path: path, bytes: $0) }
        }
    }

    /// All texts, for the words in them.
    var texts: [[UInt8]] {
        jurisdictions.flatMap { place in place.own.map { place.files[$0].bytes } } + tests.map(\.bytes)
            + households.map(\.bytes)
    }
}
