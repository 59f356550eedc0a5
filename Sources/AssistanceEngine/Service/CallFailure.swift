import AssistanceCore

/// Why a call from another program failed, as the C interface and `jiuzhu serve` tell it.
public struct CallFailure: Error, Sendable {
    /// The number, `JZ_E_…` of `jiuzhu.h`; fixed for ever.
    public let code: Int32
    /// One sentence in English.
    public let message: String
    /// The findings of the text that was wrong.
    public let findings: [Diagnostic]
    /// What forbids it, or what is wrong with a file, for callers that tell these apart; nil for all else.
    public let cause: Cause?

    /// Why a step is refused or a file cannot be used.
    public struct Cause: Sendable {
        /// `not-apart`, `locked`.
        let code: String
        let message: String
        /// The step that is refused; nil where it is none of a case.
        let step: String?
        /// Document and article, or the place in the policy files; nil where there is none.
        let rule: String?

        /// Why a step is refused or a file cannot be used.
        public init(code: String, message: String, step: String? = nil, rule: String? = nil) {
            (self.code, self.message, self.step, self.rule) = (code, message, step, rule)
        }
    }

    /// `JZ_E_LIMIT`: beyond a stated limit.
    public static let limit: Int32 = 10
    /// `JZ_E_POLICY`: the policy is wrong.
    public static let policy: Int32 = 21
    /// `JZ_E_INPUT`: the households are wrong.
    public static let input: Int32 = 30
    /// `JZ_E_AREA`: a household's area is missing, unknown, or not one of the policy.
    public static let area: Int32 = 36

    /// A failure without a text that is wrong.
    public init(_ code: Int32, _ message: String, _ cause: Cause? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
        findings = []
    }

    /// A name that is none, and the one that was probably meant.
    public init(_ code: Int32, _ message: String, meant suggestion: String?) {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        // As a finding says it: one line, without what could move a cursor.
        self.init(code, Diagnostic(.unknownName, at: SourcePosition(line: 1, column: 1), message + hint).message)
    }

    /// A text that is wrong: what is said is its first error, and how many more there are.
    public init(_ code: Int32, _ findings: [Diagnostic]) {
        self.code = code
        self.findings = findings
        cause = nil
        let errors = findings.filter { $0.severity == .error }
        let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
        message = (errors.first?.description ?? "the text is wrong") + more
    }

    /// The class of the number, `JZ_CLASS_…`: 1 the caller's program, 2 limits and stopping, 3 policy, 4 households, 5 a
    /// mistake of ours, 6 cases and their file.
    public var category: Int32 {
        switch code {
        case 1..<10: 1
        case 10..<20: 2
        case 20..<30: 3
        case 30..<40: 4
        case 40..<50: 6
        default: 5
        }
    }

    /// Writes `{"code": …, "class": …, "message": …, "findings": […]}`, and `"cause": {…}` where there is one.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("code")
        json.integer(code)
        json.key("class")
        json.integer(category)
        json.key("message")
        json.string(message)
        json.findings(findings)
        if let cause {
            json.key("cause")
            json.beginObject()
            for (name, text) in [
                ("code", cause.code), ("message", cause.message), ("step", cause.step), ("rule", cause.rule),
            ] {
                json.key(name)
                if let text { json.string(text) } else { json.null() }
            }
            json.endObject()
        }
        json.endObject()
    }
}

extension JSONWriter {
    /// Findings under the key `findings`.
    public mutating func findings(_ findings: [Diagnostic]) {
        key("findings")
        beginArray()
        for finding in findings {
            beginObject()
            for (name, text) in [
                ("severity", finding.severity.rawValue), ("code", finding.code.rawValue), ("file", finding.file),
            ] {
                key(name)
                string(text)
            }
            key("line")
            integer(finding.position.line)
            key("column")
            integer(finding.position.column)
            key("message")
            string(finding.message)
            key("suggestion")
            if let suggestion = finding.suggestion { string(suggestion) } else { null() }
            endObject()
        }
        endArray()
    }
}
