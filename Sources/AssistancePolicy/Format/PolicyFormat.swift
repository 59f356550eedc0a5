import AssistanceCore

/// The canonical layout of policy files (政策文件排版), which keeps their meaning and every comment.
public enum PolicyFormat {
    /// A file in its canonical layout, or why it has none.
    ///
    /// A file that the YAML reader objects to is not laid out; its findings say why. What is laid out has proved itself:
    /// it reads as the same tree, it has the same comments, and laying it out again changes nothing. A text for which
    /// that fails is refused.
    public static func format(_ bytes: [UInt8], file: String) -> (bytes: [UInt8]?, findings: [Diagnostic]) {
        let (root, findings) = YAMLReader.read(bytes, file: file)
        guard let root, findings.isEmpty else { return (nil, findings) }
        let kind = PolicyFileKind(path: file)
        if let (text, comments) = layout(bytes, kind), let (again, kept) = layout(text, kind), again == text,
            kept == comments, let read = YAMLReader.read(text, file: file).root, read.isSame(as: root)
        {
            return (text, [])
        }
        let message = "this file cannot be laid out without changing what it says; write it in a plainer form"
        return (nil, [root.error(.notSupported, message)])
    }

    /// The text in its layout, and its comments in alphabetical order.
    private static func layout(_ bytes: [UInt8], _ kind: PolicyFileKind) -> (text: [UInt8], comments: [String])? {
        let text = withPlainBreaks(bytes)
        guard let source = SourceNode(text) else { return nil }
        let comments = SourceComments(String(decoding: text, as: UTF8.self), around: source)
        guard source.hasParts || comments.all.isEmpty else { return nil }
        let (head, whole) = CommentAttachment.attach(comments, to: source)
        return (Array(LayoutWriter.text(head, whole, of: kind).utf8), comments.all.map(\.text).sorted())
    }

    /// Lines that end in a carriage return, or in two bytes, end in one line feed.
    private static func withPlainBreaks(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(0x0D) else { return bytes }
        var result: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            if byte == 0x0A, place > 0, bytes[place - 1] == 0x0D { continue }
            result.append(byte == 0x0D ? 0x0A : byte)
        }
        return result
    }
}

extension YAMLNode {
    /// Whether another node says the same: the order of keys, and quotes that change nothing, aside.
    public func isSame(as other: YAMLNode) -> Bool {
        guard cut == other.cut else { return false }
        switch (content, other.content) {
        case (.scalar, .scalar): return text == other.text && plainMeaning == other.plainMeaning
        case (.sequence(let own), .sequence(let others)):
            return own.count == others.count && zip(own, others).allSatisfy { $0.isSame(as: $1) }
        case (.mapping(let own), .mapping(let others)):
            guard own.count == others.count else { return false }
            let known = Dictionary(others.map { ($0.key.text, $0.value) }) { first, _ in first }
            return own.allSatisfy { entry in known[entry.key.text].map { entry.value.isSame(as: $0) } ?? false }
        default: return false
        }
    }

    /// What a text is to readers for whom quotes matter: nothing, a number, yes or no, or a text.
    private var plainMeaning: JSONToken.Kind? {
        if isPlainNull { return .null }
        return plainText.map(JSONToken.Kind.init(plain:)) ?? text.map(JSONToken.Kind.string)
    }
}
