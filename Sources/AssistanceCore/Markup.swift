/// Writes elements of HTML and SVG; every text and attribute is escaped.
public struct Markup: Sendable {
    /// What has been written.
    public private(set) var text = ""

    /// Nothing yet.
    public init() {}

    /// An element with what `body` writes into it.
    public mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: (inout Markup) -> Void
    ) {
        start(name, attributes, end: ">")
        body(&self)
        text += "</\(name)>\n"
    }

    /// An element with a text.
    public mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: some StringProtocol
    ) {
        start(name, attributes, end: ">")
        text += Self.escaped(String(content)) + "</\(name)>\n"
    }

    /// An element of SVG that holds nothing.
    public mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        start(name, attributes, end: "/>\n")
    }

    /// What has been written elsewhere.
    public mutating func append(_ markup: Markup) { text += markup.text }

    /// Written as it is: style sheets of ours.
    public mutating func raw(_ content: String) { text += content }

    private mutating func start(_ name: String, _ attributes: KeyValuePairs<String, String>, end: String) {
        text += "<" + name
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
        text += end
    }

    /// Without what markup would take for its own, and without control characters and marks that turn the direction of
    /// writing.
    public static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default:
                let isHidden = MessageLine.isHidden(scalar) && scalar != "\n"
                result.unicodeScalars.append(isHidden ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}
