import AssistanceCore

extension CaseRequest {
    /// Reads `{"step": "visit", "day": "2026-06-06", "from": "2026-06-06", "visitors": ["s-1", "v-3"]}`.
    ///
    /// The keys are those of `CaseField` that somebody who asks for a step may give, with `members` by their places in the
    /// household, and `people` as `[{"citizen_number": "…", "name": "…"}]`; a sum is in yuan: `"2000.00"`. Throws every
    /// mistake with its place; none quotes a value.
    ///
    /// - Parameters:
    ///   - file: The name that mistakes carry.
    ///   - document: What is sealed with the step; it is no part of the JSON.
    public init(json bytes: [UInt8], file: String = "", document: [UInt8]? = nil) throws(CaseProblem) {
        let node: JSONNode
        do throws(Diagnostic) {
            node = try JSONRecord.document(bytes, file: file)
        } catch {
            throw .wrongInput([error])
        }
        var reader = CaseRequestReader(file: file)
        let request = reader.request(node)
        guard reader.findings.isEmpty else {
            throw .wrongInput(reader.findings.sorted { $0.position < $1.position })
        }
        self = request
        self.document = document
    }
}

/// Reads one request, and says all that is wrong with it.
private struct CaseRequestReader {
    private let file: String
    private(set) var findings: [Diagnostic] = []
    private var request: CaseRequest

    init(file: String) {
        self.file = file
        // Both are required, and what stands here is of no use without them.
        request = CaseRequest(CaseAction(.apply, on: .earliest))
    }

    private static let keys = [
        "step", "day", "programs", "papers", "area", "from", "until", "department", "visitors", "number", "verdict",
        "other", "sum", "limit", "members", "people",
    ]

    /// What a request of one household can name at most of anything.
    private static let limit = 1000

    mutating func request(_ node: JSONNode) -> CaseRequest {
        guard case .object(let entries) = node.content else {
            report(.wrongType, node, "an object was expected")
            return request
        }
        for key in ["step", "day"] where node[key] == nil { report(.missingKey, node, "\(key) is missing") }
        for (key, value) in entries { read(key, value) }
        return request
    }

    private mutating func read(_ key: String, _ node: JSONNode) {
        switch key {
        case "step": take(\.action.step, name(node, "step", among: CaseStep.self))
        case "day": take(\.action.day, day(node, key))
        case "from": request.action.from = day(node, key)
        case "until": request.action.until = day(node, key)
        case "programs": take(\.action.programs, texts(node, key))
        case "papers": take(\.action.papers, texts(node, key))
        case "visitors": take(\.action.visitors, texts(node, key))
        case "department": request.action.department = text(node, key)
        case "verdict": request.action.verdict = name(node, key, among: CaseVerdict.self)
        case "limit": request.action.limit = name(node, key, among: CaseStep.self)
        case "other": request.action.other = integer(node, key)
        case "number": request.action.number = integer(node, key).flatMap { Int(exactly: $0) }
        case "members":
            take(
                \.members,
                items(node, key) { reader, node, key in reader.integer(node, key) }?.compactMap { Int(exactly: $0) })
        case "people": take(\.people, items(node, key) { reader, node, key in reader.person(node, key) })
        case "area":
            request.action.area = read(
                node, key, .badValue, "a division code of 9 or 12 digits"
            ) { $0.text.flatMap { DivisionCode($0) } }
        case "sum":
            request.action.sum = read(
                node, key, .badValue, "yuan as a text with at most two decimals, such as \"2000.00\""
            ) {
                $0.text.flatMap { Money(yuanText: $0) }
            }
        default:
            let message = isQuotable(key) ? "there is no key '\(key)' here" : "there is no such key here"
            report(.unknownKey, node, message, suggestion: closestName(to: key, among: Self.keys))
        }
    }

    private mutating func take<Value>(_ place: WritableKeyPath<CaseRequest, Value>, _ value: Value?) {
        if let value { request[keyPath: place] = value }
    }

    // MARK: Values

    private mutating func read<Value>(
        _ node: JSONNode, _ key: String, _ code: DiagnosticCode, _ expected: String, _ value: (JSONNode) -> Value?
    ) -> Value? {
        guard let value = value(node) else {
            report(code, node, "\(key): \(expected) was expected")
            return nil
        }
        return value
    }

    private mutating func day(_ node: JSONNode, _ key: String) -> CalendarDate? {
        read(node, key, .badDate, "a day of the calendar, written as 2026-01-31,") { $0.day }
    }

    private mutating func integer(_ node: JSONNode, _ key: String) -> Int64? {
        read(node, key, .wrongType, "a whole number") { $0.integer }
    }

    private mutating func text(_ node: JSONNode, _ key: String) -> String? {
        read(node, key, .wrongType, "a text") { $0.text }
    }

    private mutating func texts(_ node: JSONNode, _ key: String) -> [String]? {
        items(node, key) { reader, node, key in reader.text(node, key) }
    }

    private mutating func name<Name: RawRepresentable<String> & CaseIterable>(
        _ node: JSONNode, _ key: String, among: Name.Type
    ) -> Name? {
        guard let text = text(node, key) else { return nil }
        guard let name = Name(rawValue: text) else {
            let names = Name.allCases.map(\.rawValue)
            report(
                .unknownCode, node, "\(key): one of \(names.joined(separator: ", ")) was expected",
                suggestion: closestName(to: text, among: names))
            return nil
        }
        return name
    }

    private mutating func items<Value>(
        _ node: JSONNode, _ key: String, _ read: (inout Self, JSONNode, String) -> Value?
    ) -> [Value]? {
        guard let items = node.items else {
            report(.wrongType, node, "\(key): a list was expected")
            return nil
        }
        guard items.count <= Self.limit else {
            report(.tooManyEntries, node, "\(key): at most \(Self.limit) were expected")
            return nil
        }
        var values: [Value] = []
        for (place, item) in items.enumerated() {
            if let value = read(&self, item, "\(key)[\(place)]") { values.append(value) }
        }
        return values
    }

    private mutating func person(_ node: JSONNode, _ path: String) -> CasePerson? {
        do throws(Diagnostic) {
            let record = try JSONRecord(node, at: path, keys: ["citizen_number", "name"], file: file)
            let number = try record.citizenNumber("citizen_number")
            guard let person = CasePerson(citizenNumber: number, name: try record.text("name")) else {
                throw record.problem(.badValue, "name", "a name has 1 to 100 characters")
            }
            return person
        } catch {
            findings.append(error)
            return nil
        }
    }

    private mutating func report(
        _ code: DiagnosticCode, _ node: JSONNode, _ message: String, suggestion: String? = nil
    ) {
        findings.append(Diagnostic(code, file: file, at: node.position, message, suggestion: suggestion))
    }
}
