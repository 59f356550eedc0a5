import AssistanceCore
import AssistanceExpressions

extension YAMLNode {
    /// An error of the expression that is written here, at its place in the file.
    func error(_ error: ExpressionError) -> Diagnostic {
        var position = position
        if case .scalar(_, let plain) = content, isInLine {
            position.column += error.offset + (plain ? 0 : 1)
        }
        return Diagnostic(error.code, file: file.name, at: position, error.message, suggestion: error.suggestion)
    }
}
