import AssistanceCore
import AssistanceEngine

/// Writes assessments to standard output as they are made.
struct AssessmentOutput {
    private var json: AssessmentJSON?
    private let text: AssessmentText
    private var count = 0

    /// An output of a format.
    init(_ format: OutputFormat, in language: Language, explains: Bool) {
        text = AssessmentText(in: language)
        json = format == .json ? AssessmentJSON(explains: explains) : nil
    }

    /// Writes one assessment.
    mutating func add(_ assessment: Assessment) throws {
        if json != nil {
            json?.add(assessment)
            try Console.write(json?.takeBytes() ?? [])
        } else {
            let rule = count == 0 ? "" : "\n" + String(repeating: "─", count: 60) + "\n\n"
            try Console.write(rule + text.text(of: assessment))
        }
        count += 1
    }

    /// Writes what ends the result.
    mutating func end() throws {
        guard json != nil else { return }
        json?.end()
        try Console.write((json?.takeBytes() ?? []) + [UInt8(ascii: "\n")])
    }
}
