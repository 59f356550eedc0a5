import CYAML

/// A node of YAML as it is written, with its style and its place, so that the text around it can be laid out anew.
struct SourceNode {
    enum Style { case plain, quoted, block }

    enum Content {
        case scalar(String, Style)
        case sequence([SourceNode])
        case mapping([Entry])
    }

    struct Entry {
        let key: SourceNode
        let value: SourceNode
    }

    let content: Content
    /// Written in `{ }` or `[ ]`.
    let isFlow: Bool
    /// Where it stands in the text, in Unicode scalars.
    let range: Range<Int>
    /// The line and column of its first scalar and the line of its end, from 0.
    let line: Int
    let column: Int
    let lastLine: Int
    /// The lines of a block of text; nil for all else, and for a block whose header says how far it is indented.
    let block: BlockText?

    /// Reads a text that `YAMLReader` reads without a finding; nil for any other.
    init?(_ bytes: [UInt8]) {
        let node = bytes.withUnsafeBufferPointer { buffer -> SourceNode? in
            guard let base = buffer.baseAddress else { return nil }
            // libyaml keeps the address of the parser, so it must not move.
            let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
            defer { parser.deallocate() }
            parser.initialize(to: yaml_parser_t())
            guard yaml_parser_initialize(parser) == 1 else { return nil }
            defer { yaml_parser_delete(parser) }
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(parser, base, buffer.count)
            let scalars = Array(String(decoding: buffer, as: UTF8.self).unicodeScalars)
            let events = SourceEvents(parser: parser, scalars: scalars)
            while let event = events.next() {
                if case .other = event.kind { continue }
                return events.node(event)
            }
            return nil
        }
        guard let node else { return nil }
        self = node
    }

    fileprivate init(
        _ content: Content, isFlow: Bool, from start: yaml_mark_t, to end: yaml_mark_t, block: BlockText? = nil
    ) {
        self.content = content
        self.isFlow = isFlow
        range = Int(start.index)..<max(Int(start.index), Int(end.index))
        line = Int(start.line)
        column = Int(start.column)
        lastLine = Int(end.line)
        self.block = block
    }

    /// A list or mapping that holds something.
    var hasParts: Bool {
        switch content {
        case .scalar: false
        case .sequence(let items): !items.isEmpty
        case .mapping(let entries): !entries.isEmpty
        }
    }
}

/// What libyaml tells of a text, one event after the other.
private struct SourceEvents {
    let parser: UnsafeMutablePointer<yaml_parser_t>
    let scalars: [Unicode.Scalar]

    struct Event {
        enum Kind {
            case scalar(String, SourceNode.Style)
            case sequence(isFlow: Bool)
            case mapping(isFlow: Bool)
            case end
            case other
        }
        let kind: Kind
        let start: yaml_mark_t
        let end: yaml_mark_t
    }

    /// The next event; nil at the end of the text, and on a mistake.
    func next() -> Event? {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { return nil }
        defer { yaml_event_delete(&event) }
        let kind: Event.Kind
        switch event.type {
        case YAML_STREAM_END_EVENT: return nil
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let style: SourceNode.Style =
                switch scalar.style {
                case YAML_PLAIN_SCALAR_STYLE: .plain
                case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
                default: .quoted
                }
            kind = .scalar(text, style)
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequence(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_MAPPING_START_EVENT:
            kind = .mapping(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .end
        default: kind = .other
        }
        return Event(kind: kind, start: event.start_mark, end: event.end_mark)
    }

    /// The node that an event begins. Recurses as deep as the reader has let the text be.
    func node(_ first: Event) -> SourceNode? {
        switch first.kind {
        case .scalar(let text, let style):
            let (start, end) = (Int(first.start.index), min(scalars.count, Int(first.end.index)))
            let block = style == .block && start < end ? BlockText(scalars[start..<end]) : nil
            return SourceNode(.scalar(text, style), isFlow: false, from: first.start, to: first.end, block: block)
        case .sequence(let isFlow):
            var items: [SourceNode] = []
            while let event = next() {
                if case .end = event.kind {
                    return SourceNode(.sequence(items), isFlow: isFlow, from: first.start, to: event.end)
                }
                guard let item = node(event) else { return nil }
                items.append(item)
            }
        case .mapping(let isFlow):
            var entries: [SourceNode.Entry] = []
            while let event = next() {
                if case .end = event.kind {
                    return SourceNode(.mapping(entries), isFlow: isFlow, from: first.start, to: event.end)
                }
                guard let key = node(event), let second = next(), let value = node(second) else { return nil }
                entries.append(SourceNode.Entry(key: key, value: value))
            }
        case .end, .other: break
        }
        return nil
    }
}

/// A block of text, `|` or `>`, with its lines as they are written but for their indentation.
struct BlockText {
    /// `>-`
    let header: String
    let lines: [String]

    /// The block that a stretch of a text holds.
    init?(_ scalars: ArraySlice<Unicode.Scalar>) {
        func string(_ part: some Sequence<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(part))
        }
        var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst() else { return nil }
        header = string(first.prefix { $0 != " " && $0 != "\t" })
        guard !header.utf8.contains(where: { (48...57).contains($0) }) else { return nil }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        let indent = lines.first { $0.contains { $0 != " " } }?.prefix { $0 == " " }.count ?? 0
        self.lines = lines.map { string($0.dropFirst(min(indent, $0.prefix { $0 == " " }.count))) }
    }
}
