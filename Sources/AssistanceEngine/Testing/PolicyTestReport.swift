import AssistanceCore

/// What running policy tests has shown.
public struct PolicyTestReport: Sendable {
    /// A case that did not decide as expected.
    public struct Failure: Sendable {
        /// The test file.
        public let file: String
        /// The line of the case.
        public let line: Int
        /// Its sentence.
        public let name: String
        /// One line for each thing that differs: `total: expected 3,639.00, found 3,640.00`.
        public let differences: [String]
    }

    /// The test files, in the order in which they were run.
    public internal(set) var files: [String] = []
    /// How many cases decided as expected.
    public internal(set) var passed = 0
    /// The others.
    public internal(set) var failures: [Failure] = []
    /// What is wrong with the test files, and with the policies they test.
    public internal(set) var findings: [Diagnostic] = []

    /// Whether every case passed and nothing is wrong with any file.
    public var isPassed: Bool { failures.isEmpty && !findings.contains { $0.severity == .error } && !files.isEmpty }

    /// The findings, the failures with what differs, and the count.
    public var text: String { (findings.map(\.description) + summary).joined(separator: "\n") }

    /// The failures with what differs, and the count.
    public var summary: [String] {
        var lines: [String] = []
        for failure in failures {
            lines.append("\(failure.file):\(failure.line): failed: \(failure.name)")
            lines += failure.differences.map { "    " + $0 }
        }
        if files.isEmpty { lines.append("no policy tests: no file ends in .test.yaml") }
        let errors = findings.filter { $0.severity == .error }.count
        let wrong = errors == 0 ? "" : ", \(errors) error\(errors == 1 ? "" : "s") in the files"
        return lines + ["\(passed) passed, \(failures.count) failed\(wrong)"]
    }
}
