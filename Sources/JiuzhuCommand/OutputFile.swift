import ArgumentParser
import Glibc

/// A file that the command writes: whole or not at all.
enum OutputFile {
    /// Writes a file beside its place and puts it there; its mode stays, and a link stays a link.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let target = resolved(path) ?? path
        var status = stat()
        let mode = stat(target, &status) == 0 ? status.st_mode & 0o7777 : 0o666 & ~currentMask()
        var name = Array((target + ".XXXXXX").utf8CString)
        let stream = mkstemp(&name)
        guard stream >= 0 else { throw failed(path) }
        let isWritten = writeAll(bytes, to: stream) && fchmod(stream, mode) == 0 && fsync(stream) == 0
        guard close(stream) == 0, isWritten, rename(name, target) == 0 else {
            let problem = failed(path)
            unlink(name)
            throw problem
        }
    }

    /// The path without links; nil where there is no such file yet.
    private static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    private static func currentMask() -> mode_t {
        let mask = umask(0)
        umask(mask)
        return mask
    }

    /// Writes all bytes to a stream; false where that fails.
    static func writeAll(_ bytes: [UInt8], to stream: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(stream, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    private static func failed(_ path: String) -> any Error {
        Console.complain("\(path): error: the file cannot be written: \(Console.lastProblem())")
        return ExitStatus.inputOutput
    }
}
