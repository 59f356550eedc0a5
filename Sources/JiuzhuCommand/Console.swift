import ArgumentParser
import AssistanceCore
import Glibc

/// The two streams of the command: results, and what is wrong.
enum Console {
    /// Writes a piece of the result to standard output.
    static func write(_ bytes: [UInt8]) throws {
        guard OutputFile.writeAll(bytes, to: STDOUT_FILENO) else {
            complain("jiuzhu: error: the result cannot be written: \(lastProblem())")
            throw ExitStatus.inputOutput
        }
    }

    /// Writes a text to standard output.
    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes a line to standard error.
    static func complain(_ line: String) { _ = OutputFile.writeAll(Array((line + "\n").utf8), to: STDERR_FILENO) }

    /// Writes findings to standard error, one a line.
    static func complain(_ findings: [Diagnostic]) {
        guard !findings.isEmpty else { return }
        complain(findings.map(\.description).joined(separator: "\n"))
    }

    /// What the system says of the last call that failed.
    static func lastProblem() -> String { strerror(errno).map { String(cString: $0) } ?? "unknown problem" }
}
