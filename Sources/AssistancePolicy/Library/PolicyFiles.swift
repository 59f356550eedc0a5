import AssistanceCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file of policy as read from disk.
public struct PolicyFile: Sendable {
    /// Its path below the folder of policies, with `/`: `heilongjiang/harbin/standard.yaml`.
    public let path: String
    /// Its bytes; empty where it could not be read.
    public let bytes: [UInt8]
    /// Whether it could be read. A file that could not is an error when the policy is loaded.
    public let isReadable: Bool

    /// A file of a path and bytes.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        isReadable = true
    }

    /// A file that could not be read.
    init(unreadable path: String) {
        self.path = path
        bytes = []
        isReadable = false
    }
}

/// Reads policy folders from disk. Nothing else in the library opens a policy file.
public enum PolicyFiles {
    /// The bytes of a file, or nil where it cannot be read. Stops one byte past `limit`.
    public static func read(_ path: String, limit: Int = 8_388_608) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = chunk.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes.append(contentsOf: chunk[0..<count])
        }
        return bytes
    }

    /// Whether a path is a folder.
    public static func isFolder(_ path: String) -> Bool {
        guard let stream = opendir(path) else { return false }
        closedir(stream)
        return true
    }

    /// The names in a folder that do not begin with a dot, sorted.
    public static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The policy files of a folder itself, not of the folders in it. Test files are not policy.
    static func policyFiles(in folder: String, named prefix: String) -> [PolicyFile] {
        names(in: folder).filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".test.yaml") }.map { name in
            let path = prefix.isEmpty ? name : prefix + "/" + name
            return read(folder + "/" + name).map { PolicyFile(path: path, bytes: $0) } ?? PolicyFile(unreadable: path)
        }
    }

    /// The folders in a folder, by name.
    static func subfolders(of folder: String) -> [String] {
        names(in: folder).filter { isFolder(folder + "/" + $0) }
    }

    /// The files of the nation, of every folder on the way to a jurisdiction, and of everything below it.
    public static func jurisdiction(_ path: String, in root: String) -> [PolicyFile] {
        var files = policyFiles(in: root + "/china", named: "china")
        var parts = path.split(separator: "/").map(String.init)
        if parts.first == "china" { parts = [] }
        var current = ""
        for part in parts {
            current = current.isEmpty ? part : current + "/" + part
            files += policyFiles(in: root + "/" + current, named: current)
        }
        if !current.isEmpty { files += below(current, in: root) }
        return files
    }

    /// The policy of a jurisdiction, a path below a folder of policies: `heilongjiang/harbin`.
    ///
    /// Throws what is missing: the folder, or a part of the path.
    public static func pack(of jurisdiction: String, in root: String) throws(Diagnostic) -> PolicyPack {
        func missing(_ message: String, _ suggestion: String? = nil) -> Diagnostic {
            Diagnostic(.noPolicy, at: SourcePosition(line: 1, column: 1), message, suggestion: suggestion)
        }
        guard isFolder(root) else { throw missing("there is no folder of policies '\(root)'; say where it is") }
        var folder = root
        for part in jurisdiction.split(separator: "/").map(String.init) {
            let names = names(in: folder).filter { isFolder(folder + "/" + $0) }
            // Only names that stand in the folder: `..` and the like are none.
            guard names.contains(part) else {
                throw missing("there is no policy '\(part)' in '\(folder)'", closestName(to: part, among: names))
            }
            folder += "/" + part
        }
        let found = String(folder.dropFirst(root.count + 1))
        guard !found.isEmpty else { throw missing("the path of a policy is empty; it is such as heilongjiang/harbin") }
        return PolicyPack(jurisdiction: found, files: self.jurisdiction(found, in: root))
    }

    /// A policy pack on disk; nil where it cannot be read or anything is wrong with it, which goes to `findings`.
    public static func pack(_ path: String, _ findings: Findings) -> PolicyPack? {
        guard let bytes = read(path, limit: PolicyPack.limit) else {
            findings.report(
                Diagnostic(
                    .unreadableFile, file: path, at: SourcePosition(line: 1, column: 1), "the pack cannot be read"))
            return nil
        }
        return PolicyPack(reading: bytes, file: path, findings)
    }

    /// The paths of the packs in a folder, by name.
    public static func packs(in folder: String) -> [String] {
        names(in: folder).filter { $0.hasSuffix(PolicyPack.suffix) }.map { folder + "/" + $0 }
    }

    /// The files of a folder that stands outside the folder of policies, and of everything below it.
    ///
    /// Their paths begin with the folder as it is given.
    public static func tree(_ folder: String) -> [PolicyFile] { tree(folder, depth: depth) }

    private static func tree(_ folder: String, depth: Int) -> [PolicyFile] {
        guard depth > 0 else { return [] }
        return policyFiles(in: folder, named: folder)
            + subfolders(of: folder).flatMap { tree(folder + "/" + $0, depth: depth - 1) }
    }

    /// The policy tests of a folder and of everything below it: all files that end in `.test.yaml`, by path.
    public static func tests(below folder: String) -> [String] { files(below: folder, ending: ".test.yaml") }

    /// The files of a folder and of everything below it whose names end so, by path.
    public static func files(below folder: String, ending: String) -> [String] {
        files(below: folder, ending: ending, depth: depth)
    }

    private static func files(below folder: String, ending: String, depth: Int) -> [String] {
        guard depth > 0 else { return [] }
        return names(in: folder).flatMap { name in
            let path = folder + "/" + name
            if isFolder(path) { return files(below: path, ending: ending, depth: depth - 1) }
            return name.hasSuffix(ending) ? [path] : []
        }
    }

    /// The path of a file or folder without links and dots, from the root of the disk; nil where there is none.
    public static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// Folders within folders that are followed: nation, province, prefecture, county, township and one more. A link
    /// that leads back up ends there.
    private static let depth = 6

    private static func below(_ path: String, in root: String, depth: Int = depth) -> [PolicyFile] {
        guard depth > 0 else { return [] }
        return subfolders(of: root + "/" + path).flatMap { name in
            let inner = path + "/" + name
            return policyFiles(in: root + "/" + inner, named: inner) + below(inner, in: root, depth: depth - 1)
        }
    }
}

private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
