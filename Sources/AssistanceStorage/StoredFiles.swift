#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What stands on the disk.
public enum StoredFiles {
    /// Whether there is a file or a folder of a path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a path is a folder.
    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes an empty file that is its owner's alone, whatever the mask says; there must be none of this name.
    public static func makePrivate(_ path: String) throws(StorageProblem) {
        let stream = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard stream >= 0 else { throw .ofSystem(path, "the file cannot be made") }
        let isMade = fchmod(stream, 0o600) == 0 && fsync(stream) == 0
        guard close(stream) == 0, isMade else { throw .ofSystem(path, "the file cannot be made") }
        try keepName(of: path)
    }

    /// Removes a file, where it is there.
    public static func remove(_ path: String) { unlink(path) }

    /// The size of a file in bytes; nil where there is none.
    public static func size(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Has the folder of a file written to the disk, so that the name outlives a fall of the machine.
    public static func keepName(of path: String) throws(StorageProblem) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let stream = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard stream >= 0 else { throw .ofSystem(path, "its folder cannot be read") }
        let isKept = fsync(stream) == 0
        guard close(stream) == 0, isKept else { throw .ofSystem(path, "its folder cannot be written") }
    }
}
