import AssistanceCore
import AssistancePolicy

/// What holds of every finding, whatever the input was.
struct FindingRules {
    /// The most bytes of a finding: a line that can be read.
    private static let longest = 4_000

    /// For each line of the changed file how many characters it has.
    private let columns: [Int]
    /// How the names of findings about it end.
    private let file: String

    init(_ trial: Trial, _ bytes: [UInt8]) {
        file = trial.kind == .test ? "/fuzz.test.yaml" : trial.original.path
        // A carriage return alone breaks lines of YAML, and of nothing else.
        let isYAML = file.hasSuffix(".yaml")
        var columns = [0]
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 10 && last == 13 && isYAML {
                // The second half of one line break.
            } else if byte == 10 || byte == 13 && isYAML {
                columns.append(0)
            } else if byte & 0xC0 != 0x80 {
                columns[columns.count - 1] += 1
            }
            last = byte
        }
        self.columns = columns
    }

    /// What does not hold of some findings.
    func broken(by findings: [Diagnostic]) -> [String] {
        findings.flatMap { finding in
            var broken: [String] = []
            let text = finding.description
            if finding.position.line < 1 || finding.position.column < 1 {
                broken.append("a position before the file: \(text)")
            }
            if finding.file.hasSuffix(file), finding.position.line > columns.count + 1 {
                broken.append("a position behind the file of \(columns.count) lines: \(text)")
            }
            if finding.file.hasSuffix(file), columns.indices.contains(finding.position.line - 1),
                finding.position.column > columns[finding.position.line - 1] + 1
            {
                broken.append("a position behind its line of \(columns[finding.position.line - 1]): \(text)")
            }
            if text.utf8.count > Self.longest {
                broken.append("a finding of \(text.utf8.count) bytes: \(text.prefix(200))")
            }
            if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                broken.append("a finding of several lines: \(text)")
            }
            if Self.holdsCitizenNumber(text) {
                broken.append("a finding with a citizen number, \(finding.code.rawValue)")
            }
            return broken
        }
    }

    private static func holdsCitizenNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var digits = 0
        for (place, byte) in bytes.enumerated() {
            if digits >= 17, CitizenNumber.isNumber(bytes[(place - 17)...place]) { return true }
            digits = Bytes.isDigit(byte) ? digits + 1 : 0
        }
        return false
    }
}

extension CitizenNumber {
    fileprivate static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        (try? CitizenNumber(String(decoding: bytes, as: UTF8.self))) != nil
    }
}
