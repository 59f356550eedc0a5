import ArgumentParser
import AssistanceCore
import AssistanceRecords
import Glibc

/// The key of a file of cases, as it is kept beside it: a file of 32 to 64 bytes that is its owner's alone.
enum KeyFile {
    /// Reads a key, or says what is wrong with its file and ends the command. Nothing of the key is ever printed.
    static func keys(_ path: String) throws -> RecordKeys {
        let stream = open(path, O_RDONLY | O_CLOEXEC)
        guard stream >= 0 else { throw InputFile.unreadable(path) }
        defer { close(stream) }
        var status = stat()
        guard fstat(stream, &status) == 0 else { throw InputFile.unreadable(path) }
        guard status.st_mode & (S_IRWXG | S_IRWXO) == 0 else {
            throw refused(path, "others may read or write the key; take that right away with chmod 600")
        }
        // One byte more than a key may have tells that there are too many.
        let bytes = try InputFile.bytes(of: stream, path, limit: 64)
        do throws(RecordProblem) {
            return try RecordKeys(secret: bytes)
        } catch {
            throw refused(path, bytes.count > 64 ? "a key has 32 to 64 bytes, and this has more" : error.message)
        }
    }

    private static func refused(_ path: String, _ message: String) -> any Error {
        Console.complain("\(path): error: \(message)")
        return ExitStatus.badInput
    }
}
