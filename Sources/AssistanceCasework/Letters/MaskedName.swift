/// 隐名: a name as the public may see it: `张*兰`, `李*`, `阿***·买**`.
///
/// Of two characters the first stays, of more the first and the last; of a name in parts, between which stands a dot or, in
/// other scripts than Chinese, a space, the first character of each part. One character alone is masked whole.
public struct MaskedName: Hashable, Sendable {
    /// What may be shown.
    public let text: String

    /// Masks a name. What is not seen, such as a space that fills a form up or a mark without a width, does not count.
    public init(_ name: String) {
        let isChinese = name.unicodeScalars.contains { $0.properties.isIdeographic }
        let parts = name.split { Self.dots.contains($0) || !isChinese && $0.isWhitespace }.map { part in
            part.unicodeScalars.filter(Self.isSeen).reduce(into: "") { $0.unicodeScalars.append($1) }
        }.filter { !$0.isEmpty }
        if parts.count > 1 {
            text = parts.map { Self.masked($0, last: false) }.joined(separator: isChinese ? "·" : " ")
        } else {
            text = Self.masked(parts.first ?? "*", last: true)
        }
    }

    private static func masked(_ part: String, last isLastShown: Bool) -> String {
        guard part.count > 1, let first = part.first, let last = part.last else { return "*" }
        let isLastShown = isLastShown && part.count > 2
        return "\(first)" + String(repeating: "*", count: part.count - (isLastShown ? 2 : 1))
            + (isLastShown ? "\(last)" : "")
    }

    /// The dots that stand between the parts of names, as people write them.
    private static let dots: Set<Character> = ["·", "•", "‧", "・", "･", "∙", "⋅", "．", "."]

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
