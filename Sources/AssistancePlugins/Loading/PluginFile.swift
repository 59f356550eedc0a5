import AssistanceCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file of a plugin, opened once: whatever happens to its name afterwards, this is the file.
final class PluginFile {
    /// The most bytes of a plugin: 64 MB.
    static let limit = 64 << 20

    private let descriptor: Int32

    /// Opens a regular file, and no symbolic link to one.
    init(_ path: String) throws(PluginRefusal) {
        guard !path.utf8.contains(0) else { throw PluginRefusal(.unreadable, "the path has a NUL in it") }
        // A pipe without a writer would keep the host waiting.
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ELOOP {
                throw PluginRefusal(
                    .notAFile, "it is a symbolic link, or reached by too many; name the file itself",
                    expected: "a regular file", found: "a symbolic link")
            }
            throw PluginRefusal(.unreadable, "the file cannot be opened: \(SystemProblem.last)")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw PluginRefusal(.unreadable, "the file cannot be looked at: \(SystemProblem.last)")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw PluginRefusal(
                .notAFile, "it is no regular file", expected: "a regular file",
                found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a device, pipe or socket")
        }
        guard status.st_size <= Self.limit else { throw Self.tooLarge }
        guard status.st_size > 0 else { throw PluginRefusal(.notALibrary, "the file is empty") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Hands over its bytes, piece by piece; a file that grows meanwhile ends at the limit.
    func read(_ take: (UnsafeRawBufferPointer) throws(PluginRefusal) -> Void) throws(PluginRefusal) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var size = 0
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
                let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw PluginRefusal(.unreadable, "the file cannot be read: \(SystemProblem.last)")
            }
            guard count > 0 else { return }
            size += count
            guard size <= Self.limit else { throw Self.tooLarge }
            try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static var tooLarge: PluginRefusal {
        PluginRefusal(.tooLarge, "the file has more than \(limit >> 20) MB", expected: "at most \(limit) bytes")
    }
}

/// What the system says of a call that failed.
enum SystemProblem {
    /// Of the last one.
    static var last: String { strerror(errno).map { String(cString: $0) } ?? "unknown problem" }
}
