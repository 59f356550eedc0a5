/// What `jiuzhu explain CODE` says of a finding: why it comes up, how it looks, what to do.
public struct DiagnosticArticle: Sendable {
    /// The code.
    public let code: DiagnosticCode
    /// Why it comes up (原因).
    public let cause: Label
    /// Text that has it (示例).
    public let example: String
    /// What to do (处理).
    public let remedy: Label
    /// The text put right; empty where the remedy says it all.
    public let corrected: String

    init(_ code: DiagnosticCode, cause: Label, example: String, remedy: Label, corrected: String = "") {
        self.code = code
        self.cause = cause
        self.example = example
        self.remedy = remedy
        self.corrected = corrected
    }

    /// All articles, in the order of the codes.
    public static let all: [DiagnosticArticle] =
        textArticles + expressionArticles + policyArticles + packArticles + householdArticles
        + exchangeArticles + pluginArticles

    /// The article as text for people, in one language.
    public func text(in language: Language) -> String {
        func block(_ title: Label, _ text: String) -> String {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
            return title.text(in: language) + "\n" + lines.joined(separator: "\n")
        }
        var parts = [
            code.rawValue,
            block(Label("原因", "Cause"), cause.text(in: language)),
            block(Label("示例", "Example"), example),
            block(Label("处理", "Remedy"), remedy.text(in: language)),
        ]
        if !corrected.isEmpty { parts.append(block(Label("改为", "Instead"), corrected)) }
        return parts.joined(separator: "\n\n")
    }
}

extension DiagnosticCode {
    /// The article about the code; nil only for a code whose article is still to be written, which a test forbids.
    public var article: DiagnosticArticle? { DiagnosticArticle.all.first { $0.code == self } }
}
