import AssistanceCore
import CYAML

/// Reads the part of YAML in which policy is written: texts, lists and mappings in one document of UTF-8.
///
/// Refused, each with its own finding: anchors, aliases and merge keys, tags, a second document, keys that are not
/// text, keys that stand twice. The reader gives no meaning to a text: `1`, `yes` and `2030-01-01` stay as written.
public enum YAMLReader {
    /// How much a text may hold. What exceeds a limit is refused before it costs more.
    public struct Limits: Sendable {
        /// The most bytes.
        public let bytes: Int
        /// The most lists and mappings inside each other; above 128 counts as 128, since a tree's release recurses.
        public let depth: Int
        /// The most nodes, keys included.
        public let nodes: Int
        /// The most findings; after them the reading stops.
        public let findings: Int

        /// Limits of one's own.
        public init(bytes: Int, depth: Int, nodes: Int, findings: Int) {
            self.bytes = bytes
            self.depth = min(depth, 128)
            self.nodes = nodes
            self.findings = findings
        }

        /// The limits of a policy file: 8 MB (8,388,608 bytes), depth 64, 2,000,000 nodes, 1,000 findings.
        public static let policy = Limits(bytes: 8_388_608, depth: 64, nodes: 2_000_000, findings: 1_000)
    }

    /// Reads one file.
    ///
    /// All findings are errors, sorted by position. The root is nil where the text could not be read to its end: a
    /// mistake of syntax, a limit, an empty file. Where it is given in spite of findings, it is fit for finding
    /// further mistakes and for nothing else:
    /// - of a key that stands twice the first entry is kept;
    /// - an entry with a merge key or a key that is not text is dropped;
    /// - an alias, and what has a tag, is a node marked `cut`;
    /// - a text cut by a comma inside `{ }` or `[ ]` is marked `cut`, and the entries or items made of its rest are
    ///   dropped. Two signs tell such a text: it has a `(` that only a later entry closes; or the entry after it has
    ///   no `:`. One finding is reported for each text cut, at the first piece that follows it.
    public static func read(
        _ bytes: [UInt8], file: String, limits: Limits = .policy
    ) -> (root: YAMLNode?, findings: [Diagnostic]) {
        bytes.withUnsafeBufferPointer { buffer in
            var builder = YAMLBuilder(bytes: buffer, file: YAMLFile(name: file), limits: limits)
            let complete = builder.run()
            builder.findings.sort { $0.position < $1.position }
            return (complete ? builder.root : nil, builder.findings)
        }
    }
}

/// Builds the tree from libyaml's events with a stack of its own, so that no depth of the input becomes recursion.
private struct YAMLBuilder {
    /// A list or mapping not yet closed.
    private struct Frame {
        let position: SourcePosition
        let isMapping: Bool
        let isFlow: Bool
        let cut: Bool
        /// The items of a list, or the values of a mapping beside `keys`.
        var values: [YAMLNode] = []
        var keys: [YAMLNode] = []
        /// For each value of a flow mapping whether its `:` was written; empty in all other frames.
        var colons: [Bool] = []
        /// The line of each key.
        var lines: [String: Int] = [:]
        var slot = Slot.key
        /// Some value is a plain text with a bracket left open.
        var hasOpenBracket = false
        /// Some entry has no `:`.
        var hasBareKey = false
    }

    /// What a mapping waits for.
    private enum Slot {
        case key
        /// The value of a key; `end` is the index after the key.
        case value(key: YAMLNode, end: Int)
        /// The value of a key that was refused.
        case refused
    }

    /// A node just completed, with what libyaml told of its place.
    private struct Piece {
        let node: YAMLNode
        /// The scalar index of its begin and its end.
        let start: Int
        let end: Int
    }

    private enum Step {
        case more
        case done
        case failed
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: YAMLFile
    private let limits: YAMLReader.Limits
    private var stack: [Frame] = []
    private var cursor = YAMLCursor()
    private var nodes = 0
    private var documents = 0
    private(set) var root: YAMLNode?
    private var truncated = false
    var findings: [Diagnostic] = []

    init(bytes: UnsafeBufferPointer<UInt8>, file: YAMLFile, limits: YAMLReader.Limits) {
        self.bytes = bytes
        self.file = file
        self.limits = limits
    }

    private mutating func report(_ code: DiagnosticCode, at position: SourcePosition, _ message: String) {
        guard findings.count < limits.findings else {
            truncated = true
            return
        }
        findings.append(Diagnostic(code, file: file.name, at: position, message))
    }

    private func position(_ mark: yaml_mark_t) -> SourcePosition {
        SourcePosition(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    /// Reads all; false where the text could not be read to its end.
    mutating func run() -> Bool {
        let start = SourcePosition(line: 1, column: 1)
        guard bytes.count <= limits.bytes else {
            report(.tooLarge, at: start, "the file has more than \(limits.bytes) bytes; split it")
            return false
        }
        if let (code, position, message) = YAMLText.check(bytes) {
            report(code, at: position, message)
            return false
        }
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            report(.emptyInput, at: start, "the file is empty")
            return false
        }
        // libyaml keeps the address of the parser, so it must not move.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            report(.tooLarge, at: start, "there is not enough memory to read the file")
            return false
        }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, base, bytes.count)
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else {
                let problem = YAMLProblem(parser.pointee, bytes: bytes)
                report(problem.code, at: problem.position, problem.message)
                return false
            }
            defer { yaml_event_delete(&event) }
            let step = take(event)
            if truncated {
                let message = "the file has more than \(limits.findings) mistakes; the rest are not told"
                findings.append(Diagnostic(.tooLarge, file: file.name, at: position(event.end_mark), message))
                return false
            }
            switch step {
            case .more: break
            case .done: return true
            case .failed: return false
            }
        }
    }

    private mutating func take(_ event: yaml_event_t) -> Step {
        let here = position(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            if documents > 1 {
                report(.yamlSyntax, at: here, "a second document begins here; a file holds one, so delete the '---'")
                return .done
            }
            let tags = event.data.document_start.tag_directives
            if tags.start != tags.end {
                report(.yamlTag, at: here, "policy files have no tags; delete the %TAG line")
            }
        case YAML_STREAM_END_EVENT:
            if root == nil {
                report(.emptyInput, at: SourcePosition(line: 1, column: 1), "the file holds nothing but comments")
            }
            return root == nil ? .failed : .done
        case YAML_ALIAS_EVENT:
            guard count(at: here) else { return .failed }
            refuseAlias(at: here)
            place(event, .scalar(text: "", plain: true), at: here, cut: true)
        case YAML_SCALAR_EVENT:
            guard count(at: here) else { return .failed }
            let scalar = event.data.scalar
            let cut = refuse(anchor: scalar.anchor, tag: scalar.tag, at: here)
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let plain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            if documents == 1, stack.isEmpty, text.isEmpty, plain, !cut {
                report(.emptyInput, at: here, "the file holds nothing")
                return .failed
            }
            place(event, .scalar(text: text, plain: plain), at: here, cut: cut)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            let cut = refuse(anchor: data.anchor, tag: data.tag, at: here)
            let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
            return open(Frame(position: here, isMapping: false, isFlow: isFlow, cut: cut))
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            let cut = refuse(anchor: data.anchor, tag: data.tag, at: here)
            let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
            return open(Frame(position: here, isMapping: true, isFlow: isFlow, cut: cut))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            guard let frame = stack.popLast() else { return .failed }
            place(event, content(of: frame), at: frame.position, cut: frame.cut)
        default: break
        }
        return .more
    }

    private mutating func count(at position: SourcePosition) -> Bool {
        nodes += 1
        if nodes <= limits.nodes { return true }
        report(.tooLarge, at: position, "the file has more than \(limits.nodes) keys and values; split it")
        return false
    }

    private mutating func open(_ frame: Frame) -> Step {
        guard count(at: frame.position) else { return .failed }
        guard stack.count < limits.depth else {
            report(
                .tooDeep, at: frame.position, "lists and mappings stand more than \(limits.depth) deep in each other")
            return .failed
        }
        stack.append(frame)
        return .more
    }

    private mutating func refuseAlias(at position: SourcePosition) {
        report(
            .yamlAlias, at: position,
            "policy files have no anchors or aliases; write the value out or name it under 'define:'")
    }

    /// Reports an anchor and a tag; true where the content cannot be what was meant.
    private mutating func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?,
        at position: SourcePosition
    ) -> Bool {
        if anchor != nil { refuseAlias(at: position) }
        if tag != nil { report(.yamlTag, at: position, YAMLProblem.tagMessage) }
        return tag != nil
    }

    /// Hands a completed node to the list or mapping that is open, or makes it the root.
    private mutating func place(
        _ event: yaml_event_t, _ content: YAMLNode.Content, at position: SourcePosition, cut: Bool
    ) {
        let isInLine = event.start_mark.line == event.end_mark.line
        let node = YAMLNode(content, at: position, in: file, cut: cut, isInLine: isInLine)
        guard let top = stack.indices.last else {
            root = node
            return
        }
        guard stack[top].isMapping else {
            if stack[top].isFlow, Brackets.balance(node) > 0 { stack[top].hasOpenBracket = true }
            stack[top].values.append(node)
            return
        }
        switch stack[top].slot {
        case .key:
            stack[top].slot = accept(key: node) ? .value(key: node, end: Int(event.end_mark.index)) : .refused
        case .refused:
            stack[top].slot = .key
        case .value(let key, let end):
            stack[top].slot = .key
            var colon = true
            if stack[top].isFlow {
                if node.plainText == "", !cut {
                    colon = cursor.colon(in: bytes, from: end, to: Int(event.start_mark.index))
                    if !colon { stack[top].hasBareKey = true }
                }
                if Brackets.balance(node) > 0 { stack[top].hasOpenBracket = true }
            }
            add(key, node, colon: colon)
        }
    }

    /// Whether a node may be a key; reports where not.
    private mutating func accept(key: YAMLNode) -> Bool {
        guard !key.cut else { return false }
        guard let text = key.text else {
            report(.yamlSyntax, at: key.position, "a key must be text, not \(key.kindName)")
            return false
        }
        if text.isEmpty {
            report(.yamlSyntax, at: key.position, "a key is missing here; write 'key: value'")
            return false
        }
        if key.plainText == "<<" {
            report(.yamlAlias, at: key.position, "policy files have no merge keys '<<'; write the entries out")
            return false
        }
        return true
    }

    private mutating func add(_ key: YAMLNode, _ value: YAMLNode, colon: Bool) {
        guard let top = stack.indices.last, let text = key.text else { return }
        if colon {
            if let line = stack[top].lines[text] {
                report(
                    .duplicateKey, at: key.position,
                    "this key stands twice in one mapping, first on line \(line); keep one of them")
                return
            }
            stack[top].lines[text] = key.position.line
        }
        stack[top].keys.append(key)
        stack[top].values.append(value)
        if stack[top].isFlow { stack[top].colons.append(colon) }
    }

    /// The content of a frame that closes, with texts cut by commas found, reported and marked.
    private mutating func content(of closed: Frame) -> YAMLNode.Content {
        var frame = closed
        let dropped = dropRests(&frame)
        guard frame.isMapping else {
            if dropped.isEmpty { return .sequence(frame.values) }
            return .sequence(zip(frame.values, dropped).compactMap { $1 ? nil : $0 })
        }
        var entries: [YAMLNode.Entry] = []
        entries.reserveCapacity(frame.keys.count)
        for (index, (key, value)) in zip(frame.keys, frame.values).enumerated() {
            if !dropped.isEmpty, dropped[index] { continue }
            entries.append(YAMLNode.Entry(key: key, value: value))
        }
        return .mapping(entries)
    }

    /// Finds the rests of texts cut by commas, marks the texts and tells which entries to drop (empty: none).
    private mutating func dropRests(_ frame: inout Frame) -> [Bool] {
        guard frame.hasOpenBracket || frame.hasBareKey else { return [] }
        var dropped = [Bool](repeating: false, count: frame.values.count)
        let brackets = Brackets(keys: frame.keys, values: frame.values)
        var index = 0
        while index < frame.values.count {
            let isBare = frame.isMapping && !frame.colons[index]
            var end = isBare ? index : brackets.closing(index) ?? index
            while frame.isMapping, end + 1 < frame.values.count, !frame.colons[end + 1] { end += 1 }
            let first = isBare ? index : index + 1
            if first <= end {
                for rest in first...end { dropped[rest] = true }
                reportRest(frame, from: first, follows: !isBare)
            }
            if first <= end, !isBare {
                let value = frame.values[index]
                frame.values[index] = YAMLNode(value.content, at: value.position, in: file, cut: true)
            }
            index = end + 1
        }
        return dropped
    }

    private mutating func reportRest(_ frame: Frame, from index: Int, follows: Bool) {
        let node = frame.isMapping ? frame.keys[index] : frame.values[index]
        if follows {
            let braces = frame.isMapping ? "{ }" : "[ ]"
            let message = "a comma inside \(braces) ends the value; put the expression in quotes"
            report(.strayComma, at: node.position, message)
        } else {
            report(.yamlSyntax, at: node.position, "a key without ':' and value; write 'key: value', or [ ] for a list")
        }
    }
}

/// Round brackets in texts without quotes, as a sign that a comma has cut an expression.
private struct Brackets {
    /// How far to look for the piece that closes a bracket: enough for any expression, and no quadratic time.
    private static let reach = 64

    /// For each entry or item the balance of its value, and with its key; nil where the value is no text.
    private var balances: [(value: Int, whole: Int)?] = []

    init(keys: [YAMLNode], values: [YAMLNode]) {
        balances.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            guard value.text != nil else {
                balances.append(nil)
                continue
            }
            let balance = Self.balance(value)
            balances.append((balance, index < keys.count ? balance + Self.balance(keys[index]) : balance))
        }
    }

    /// Opened less closed brackets of a plain text; 0 for anything else.
    static func balance(_ node: YAMLNode) -> Int {
        guard let text = node.plainText else { return 0 }
        var balance = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") { balance += 1 }
            if byte == UInt8(ascii: ")") { balance -= 1 }
        }
        return balance
    }

    /// The last of the pieces after `index` that belong to the text there, because they close its bracket; nil: none.
    func closing(_ index: Int) -> Int? {
        guard var open = balances[index]?.value, open > 0 else { return nil }
        for next in index + 1..<min(balances.count, index + 1 + Self.reach) {
            guard let piece = balances[next] else { return nil }
            open += piece.whole
            if open <= 0 { return next }
        }
        return nil
    }
}
