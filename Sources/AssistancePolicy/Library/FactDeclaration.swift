import AssistanceCore

/// What a policy file says of one fact: that there is such a fact, or that its list has more codes.
struct FactDeclaration {
    /// The key as it is written: `household.reeds`, `self_care`.
    let name: String
    /// Where the key stands.
    let key: YAMLNode
    /// What it says.
    let node: YAMLNode
    /// The document and article it rests on.
    let citation: Citation?
}

/// A name that policy gives: what an expression can write without quotes.
public enum PolicyName {
    /// Whether a text is small letters, digits and `_`, and begins with a letter.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, (97...122).contains(first) else { return false }
        return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}
