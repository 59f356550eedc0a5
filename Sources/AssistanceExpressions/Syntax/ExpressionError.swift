import AssistanceCore

/// Why a text is not an expression, and where in the text.
///
/// The caller knows the file and maps the offset to a line and a column of it.
public struct ExpressionError: Error, Hashable, Sendable {
    /// The stable code; `jiuzhu explain CODE` tells cause, example and remedy.
    public var code: DiagnosticCode
    /// Where it begins, in Unicode scalars from the start of the expression text.
    public var offset: Int
    /// How many Unicode scalars it covers; 0 at the end of the text.
    public var length: Int
    /// What is wrong and what was expected, in one English sentence without a final stop.
    public var message: String
    /// What was probably meant, where it is close to something right.
    public var suggestion: String?

    /// An error at a place of an expression text.
    public init(_ code: DiagnosticCode, offset: Int, length: Int, _ message: String, suggestion: String? = nil) {
        self.code = code
        self.offset = offset
        self.length = length
        self.message = message
        self.suggestion = suggestion
    }

    /// An error that covers a range of Unicode scalars.
    init(_ code: DiagnosticCode, at range: Range<Int>, _ message: String, suggestion: String? = nil) {
        self.init(code, offset: range.lowerBound, length: range.count, message, suggestion: suggestion)
    }
}
