import ArgumentParser
import AssistanceCore
import Glibc

/// The two streams of the command: results, and what is wrong.
enum Console {
    /// Writes a piece of the result to standard output.
    static func write(_ bytes: [UInt8]) throws {
        guard writeAll(bytes, to: STDOUT_FILENO) else {
            complain("jiuzhu: error: the result cannot be written: \(lastProblem())")
            throw ExitStatus.inputOutput
        }
    }

    /// Writes a text to standard output.
    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes a line to standard error.
    static func complain(_ line: String) { _ = writeAll(Array((line + "\n").utf8), to: STDERR_FILENO) }

    /// Writes findings to standard error, one a line.
    static func complain(_ findings: [Diagnostic]) {
        guard !findings.isEmpty else { return }
        complain(findings.map(\.description).joined(separator: "\n"))
    }

    /// Says what is wrong with what the command was given, and answers how the command ends.
    static func mistake(
        _ message: String, _ suggestion: String?, _ code: DiagnosticCode, _ status: ExitCode = ExitCode(1)
    ) -> ExitCode {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        complain("jiuzhu: error: \(message)\(hint) [\(code.rawValue)]")
        return status
    }

    /// What the system says of the last call that failed.
    static func lastProblem() -> String { strerror(errno).map { String(cString: $0) } ?? "unknown problem" }

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
}
