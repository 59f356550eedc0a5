import ArgumentParser
import Glibc

/// A file that is written whole or not at all.
enum OutputFile {
    /// Writes a file beside the path and gives it that name once it is complete, so that nobody ever sees half of it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        var name = Array("\(path).XXXXXX".utf8CString)
        let stream = mkstemp(&name)
        guard stream >= 0 else { throw unwritable(path) }
        // What other files that are made here may be read by; mkstemp gives its file to its owner alone.
        let mask = umask(0)
        umask(mask)
        let isWritten =
            Console.writeAll(bytes, to: stream) && fchmod(stream, 0o666 & ~mask) == 0 && fsync(stream) == 0
        let isClosed = close(stream) == 0
        guard isWritten, isClosed, rename(name, path) == 0 else {
            let error = unwritable(path)
            unlink(name)
            throw error
        }
    }

    private static func unwritable(_ path: String) -> any Error {
        Console.complain("\(path): error: the file cannot be written: \(Console.lastProblem())")
        return ExitStatus.inputOutput
    }
}
