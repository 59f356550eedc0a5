import ArgumentParser
import AssistancePolicy
import Glibc

/// A file that is written whole or not at all.
enum OutputFile {
    /// Writes a file beside the path and gives it that name once it is complete, so that nobody ever sees half of it.
    ///
    /// A file that was there keeps its mode, and a link goes on pointing to it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let target = PolicyFiles.resolved(path) ?? path
        var name = Array("\(target).XXXXXX".utf8CString)
        let stream = mkstemp(&name)
        guard stream >= 0 else { throw unwritable(path) }
        let isWritten =
            Console.writeAll(bytes, to: stream) && fchmod(stream, mode(of: target)) == 0 && fsync(stream) == 0
        let isClosed = close(stream) == 0
        guard isWritten, isClosed, rename(name, target) == 0 else {
            let error = unwritable(path)
            unlink(name)
            throw error
        }
    }

    /// The mode of a file; of a new one what other files that are made here have, since mkstemp gives its file to its
    /// owner alone.
    private static func mode(of path: String) -> mode_t {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & 0o7777 }
        let mask = umask(0)
        umask(mask)
        return 0o666 & ~mask
    }

    private static func unwritable(_ path: String) -> any Error {
        Console.complain("\(path): error: the file cannot be written: \(Console.lastProblem())")
        return ExitStatus.inputOutput
    }
}
