/// A place in a text from outside: a policy file, a household file, an expression.
///
/// Lines and columns count from 1; a column counts Unicode scalars.
public struct SourcePosition: Hashable, Comparable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int

    /// A position of line and column, both from 1.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// For what came without a text: line and column are 0.
    public static let none = SourcePosition(line: 0, column: 0)

    /// Earlier in the text comes first.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// How much a finding matters.
public enum Severity: String, Sendable, Comparable {
    /// Worth knowing; nothing is wrong.
    case note
    /// Probably not what was meant; the policy still loads.
    case warning
    /// Wrong; what holds it is not used.
    case error

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }

    /// Milder findings come first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// One finding about a text from outside: what is wrong, where, what was expected, what to do.
///
/// A message never quotes a citizen number, a name or an account.
public struct Diagnostic: Error, Hashable, Sendable {
    /// How much it matters.
    public var severity: Severity
    /// The stable code; `jiuzhu explain CODE` tells cause, example and remedy.
    public var code: DiagnosticCode
    /// The file as it was named to the reader; empty for a text without a file.
    public var file: String
    /// Where in the file.
    public var position: SourcePosition
    /// What is wrong and what was expected, in one English sentence without a final stop: one line of at most 1,000
    /// characters.
    public var message: String
    /// The name probably meant, where a wrong name is close to a right one.
    public var suggestion: String?

    /// A finding.
    public init(
        _ code: DiagnosticCode, severity: Severity = .error, file: String = "", at position: SourcePosition,
        _ message: String, suggestion: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.file = file
        self.position = position
        self.message = MessageLine(message).text
        self.suggestion = suggestion.map { MessageLine($0).text }
    }

    /// `file:line:column: error: message; did you mean 'x'? [code]`, without a place where there was no text.
    public var description: String {
        var text = file.isEmpty ? "" : file + ":"
        if position != .none { text += "\(position.line):\(position.column): " }
        text += "\(severity.rawValue): \(message)"
        if let suggestion { text += "; did you mean '\(suggestion)'?" }
        return text + " [\(code.rawValue)]"
    }

    /// The finding with the folder of its file before the file's path; none stands there where the folder is empty.
    public func below(_ folder: String) -> Diagnostic {
        guard !folder.isEmpty, !file.isEmpty else { return self }
        var finding = self
        finding.file = folder + "/" + file
        return finding
    }
}

extension Diagnostic: CustomStringConvertible {}
