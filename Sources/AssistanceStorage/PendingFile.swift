#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is written whole or not at all: beside its path under another name, which it gets once it is complete.
///
/// What is not a regular file (a pipe, a device) cannot be replaced and is written to as it is. Where it is let go without
/// `commit`, nothing is left. Not safe to share between threads.
public final class PendingFile {
    /// The path, as it was named.
    public let path: String
    /// Where the file is while it is written; what else writes there has to be done before `commit`.
    public let place: String
    private let target: String
    private let isReplacing: Bool
    private let mode: mode_t
    private var stream: Int32

    /// Begins a file.
    ///
    /// A file that was there keeps its mode, and a link goes on pointing to it.
    ///
    /// - Parameters:
    ///   - name: What problems are to name, where that is not the path.
    ///   - isPrivate: Whether only its owner may read it, whatever the mask says.
    public init(_ path: String, named name: String? = nil, isPrivate: Bool = false) throws(StorageProblem) {
        self.path = name ?? path
        let target = Self.resolved(path)
        self.target = target
        var status = stat()
        let exists = stat(target, &status) == 0
        isReplacing = !exists || status.st_mode & S_IFMT == S_IFREG
        guard isReplacing else {
            (place, mode) = (target, 0)
            stream = open(target, O_WRONLY | O_CLOEXEC)
            guard stream >= 0 else { throw Self.unwritable(self.path) }
            return
        }
        mode = isPrivate ? 0o600 : exists ? status.st_mode & 0o7777 : Self.usual
        var template = Array("\(target).XXXXXX".utf8CString)
        stream = mkstemp(&template)
        place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard stream >= 0 else { throw Self.unwritable(self.path) }
    }

    deinit { discard() }

    /// Adds bytes at the end.
    public func write(_ bytes: [UInt8]) throws(StorageProblem) {
        let isWritten = bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = systemWrite(stream, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        guard isWritten else { throw Self.unwritable(path) }
    }

    /// Gives the file its name, once all of it is on the disk.
    public func commit() throws(StorageProblem) {
        guard stream >= 0 else { return }
        guard isReplacing else {
            let isClosed = close(stream) == 0
            stream = -1
            guard isClosed else { throw Self.unwritable(self.path) }
            return
        }
        guard fchmod(stream, mode) == 0, fsync(stream) == 0, rename(place, target) == 0 else {
            let problem = Self.unwritable(path)
            discard()
            throw problem
        }
        close(stream)
        stream = -1
    }

    /// Gives the file up, and leaves nothing of it.
    func discard() {
        guard stream >= 0 else { return }
        close(stream)
        stream = -1
        if isReplacing { unlink(place) }
    }

    /// What other files that are made here have, since mkstemp gives its file to its owner alone.
    private static var usual: mode_t {
        let mask = umask(0)
        umask(mask)
        return 0o666 & ~mask
    }

    /// The path without links, so that a link goes on pointing to the file.
    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    private static func unwritable(_ path: String) -> StorageProblem {
        .ofSystem(path, "the file cannot be written")
    }
}

private func systemWrite(_ stream: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(stream, buffer.baseAddress, buffer.count)
}

/// A new folder of files that appears whole or not at all.
///
/// Where it is let go without `commit`, nothing is left. Not safe to share between threads.
public final class PendingFolder {
    /// The path, as it was named.
    public let path: String
    private let place: String
    private var files: [(name: String, file: PendingFile)] = []
    private var isOpen = true

    /// Begins a folder; there must not be one of this name with anything in it.
    public init(_ path: String) throws(StorageProblem) {
        self.path = path
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        var name = Array("\(trimmed).XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw .ofSystem(path, "the folder cannot be made") }
        place = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        guard isOpen else { return }
        for (name, file) in files {
            file.discard()
            unlink(place + "/" + name)
        }
        rmdir(place)
    }

    /// Begins a file of the folder; it has to be committed before the folder is.
    public func file(_ name: String) throws(StorageProblem) -> PendingFile {
        let named = (path.hasSuffix("/") ? path : path + "/") + name
        let file = try PendingFile(place + "/" + name, named: named)
        files.append((name, file))
        return file
    }

    /// Gives the folder its name.
    public func commit() throws(StorageProblem) {
        let mask = umask(0)
        umask(mask)
        guard chmod(place, 0o777 & ~mask) == 0, rename(place, path) == 0 else {
            throw .ofSystem(path, "the folder cannot be made")
        }
        isOpen = false
    }
}
