/// A name in the two languages every output speaks.
public struct Label: Hashable, Sendable {
    /// Chinese, as a caseworker says it.
    public let chinese: String
    /// English.
    public let english: String

    /// A label in both languages.
    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    /// The label in one language.
    public func text(in language: Language) -> String { language == .chinese ? chinese : english }
}

/// The language of an output.
public enum Language: String, Sendable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}
