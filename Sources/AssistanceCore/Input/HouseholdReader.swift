/// Reads household files into a batch, and reports every mistake of a file.
public enum HouseholdReader {
    /// Reads one text of JSON, as `read` does. What is no JSON gets that one mistake: what was understood before it was
    /// perhaps not meant.
    public static func read(
        json bytes: [UInt8], schema: FactSchema, date: CalendarDate, file: String, findings: inout [Diagnostic],
        limits: HouseholdLimits = HouseholdLimits()
    ) -> HouseholdFile {
        var tokens = JSONScanner(bytes, file: file)
        let households = read(
            &tokens, schema: schema, date: date, file: file, findings: &findings, limits: limits)
        do throws(Diagnostic) { _ = try tokens.next() } catch { findings = [error] }
        return households
    }

    /// Reads one file: a household object, a list of them, or `{"schema": 1, "households": [...]}`.
    ///
    /// - Parameters:
    ///   - tokens: The document. A mistake of its syntax ends the reading; a mistake about a fact does not.
    ///   - schema: The facts a household may have.
    ///   - date: The day of assessment; nobody is born after it.
    ///   - file: The name the findings carry.
    ///   - findings: Where mistakes are added, by position. With an error among them the file must not be used.
    ///   - limits: How much the file may hold.
    public static func read(
        _ tokens: inout some DocumentTokens, schema: FactSchema, date: CalendarDate, file: String,
        findings: inout [Diagnostic], limits: HouseholdLimits = HouseholdLimits()
    ) -> HouseholdFile {
        var reading = HouseholdReading(
            tokens, keys: HouseholdKeys(schema), date: date, file: file, limits: limits,
            batch: FactBatch(schema: schema))
        do throws(Diagnostic) {
            try reading.readFile()
        } catch {
            reading.log.add(error)
        }
        tokens = reading.tokens
        findings += reading.log.sorted
        return HouseholdFile(batch: reading.batch, households: reading.headers)
    }
}

/// One reading of a file. Its methods call each other as deep as the owners of facts belong to each other, and no deeper.
struct HouseholdReading<Tokens: DocumentTokens> {
    var tokens: Tokens
    let keys: HouseholdKeys
    let date: CalendarDate
    let file: String
    let limits: HouseholdLimits
    var path = HouseholdPath()
    var log: FindingLog
    var batch: FactBatch
    var headers: [HouseholdFile.Header] = []

    /// A reading that adds to a batch of the schema of its keys.
    init(
        _ tokens: Tokens, keys: HouseholdKeys, date: CalendarDate, file: String, limits: HouseholdLimits,
        batch: FactBatch
    ) {
        self.tokens = tokens
        self.keys = keys
        self.date = date
        self.file = file
        self.limits = limits
        self.batch = batch
        log = FindingLog(limit: limits.findings)
    }

    // MARK: The file

    mutating func readFile() throws(Diagnostic) {
        let first = try tokens.next()
        switch first.kind {
        case .beginArray: try readHouseholds()
        case .beginObject: try readTop(from: first.position)
        default:
            enter("the file")
            reportWrongType(first, expected: "a household object or a list of them")
            leave()
            try skip(first)
        }
        let last = try tokens.next()
        guard last.kind == .end else { throw misplaced(last) }
    }

    /// A document of one household.
    mutating func readSingle() throws(Diagnostic) {
        let first = try tokens.next()
        if first.kind == .beginObject {
            try readHousehold(at: first.position, from: try tokens.next())
        } else {
            reportWrongType(first, expected: "a household object")
            try skip(first)
        }
        let last = try tokens.next()
        guard last.kind == .end else { throw misplaced(last) }
    }

    /// The object at the top: one household, or `{"schema": 1, "households": [...]}`.
    private mutating func readTop(from position: SourcePosition) throws(Diagnostic) {
        var token = try tokens.next()
        if token.kind == .key(HouseholdKeys.Name.schema) {
            try readSchema()
            token = try tokens.next()
        }
        guard token.kind == .key(HouseholdKeys.Name.households) else {
            return try readHousehold(at: position, from: token)
        }
        let list = try tokens.next()
        if list.kind == .beginArray {
            try readHouseholds()
        } else {
            enter(HouseholdKeys.Name.households)
            reportWrongType(list, expected: "a list of households")
            leave()
            try skip(list)
        }
        token = try tokens.next()
        while let key = try key(token) {
            if key == HouseholdKeys.Name.schema {
                try readSchema()
            } else {
                reportUnknown(key, at: token.position, among: [HouseholdKeys.Name.schema], home: nil)
                try skip(try tokens.next())
            }
            token = try tokens.next()
        }
    }

    private mutating func readHouseholds() throws(Diagnostic) {
        enter(HouseholdKeys.Name.households)
        defer { leave() }
        var token = try tokens.next()
        var index = 0
        while token.kind != .endArray {
            path.enter(index)
            if token.kind == .beginObject {
                try readHousehold(at: token.position, from: try tokens.next())
            } else {
                reportWrongType(token, expected: "a household object")
                try skip(token)
            }
            path.leave()
            token = try tokens.next()
            index += 1
        }
    }

    private mutating func readHousehold(at position: SourcePosition, from first: JSONToken) throws(Diagnostic) {
        guard headers.count < limits.households else {
            let most = "at most \(ASCII.grouped(UInt64(limits.households.magnitude))) households"
            throw Diagnostic(
                .tooLarge, file: file, at: position, "\(most) were expected in one file; divide them among several")
        }
        let entry = try readEntry(.household, from: first)
        let area = keys.area.flatMap { batch.value($0, row: entry.row) }.flatMap(DivisionCode.init(number:))
        headers.append(HouseholdFile.Header(id: entry.id, position: position, area: area))
    }

    // MARK: Entries and lists

    /// The keys of an object from its first token to its end.
    private mutating func readEntry(_ owner: FactOwner, from first: JSONToken) throws(Diagnostic) -> HouseholdEntry {
        var entry = HouseholdEntry(owner, row: batch.add(owner))
        var token = first
        while let key = try key(token) {
            try read(key, at: token.position, in: &entry)
            token = try tokens.next()
        }
        finish(&entry)
        return entry
    }

    private mutating func read(
        _ name: String, at position: SourcePosition, in entry: inout HouseholdEntry
    ) throws(Diagnostic) {
        guard let key = keys.key(entry.owner, name) else {
            let home = keys.home(of: name, wantedIn: entry.owner)
            reportUnknown(name, at: position, among: keys.names(entry.owner), home: home)
            return try skip(try tokens.next())
        }
        if case .schema = key { return try readSchema() }
        enter(name)
        defer { leave() }
        let value = try tokens.next()
        switch key {
        case .fact(let place): try readFact(place, from: value, in: &entry)
        case .group(let place): try readGroup(place, from: value, in: &entry)
        case .list(let owner): try readList(owner, from: value, in: &entry)
        case .schema: break
        case .id: entry.id = try readID(value)
        case .citizenNumber: try readCitizenNumber(value, in: &entry)
        case .disabilityCertificate: try readDisabilityCertificate(value, in: &entry)
        }
    }

    private mutating func readList(
        _ owner: FactOwner, from first: JSONToken, in entry: inout HouseholdEntry
    ) throws(Diagnostic) {
        switch first.kind {
        case .null: return
        case .string(FactGroup.none):
            guard owner != .member else { return report(EntryRules.noMembers, at: first.position) }
            return batch.markListed(owner)
        case .beginArray: break
        default:
            reportWrongType(first, expected: "a list of objects\(owner == .member ? "" : " or none")")
            return try skip(first)
        }
        batch.markListed(owner)
        var token = try tokens.next()
        var count = 0
        while token.kind != .endArray {
            if count == owner.limit {
                report(EntryRules.tooManyEntries(owner), at: token.position)
            }
            path.enter(count)
            if count >= owner.limit {
                try skip(token)
            } else if token.kind == .beginObject {
                _ = try readEntry(owner, from: try tokens.next())
            } else {
                reportWrongType(token, expected: "an object")
                try skip(token)
            }
            path.leave()
            token = try tokens.next()
            count += 1
        }
        guard owner == .member else { return }
        if count == 0 { report(EntryRules.noMembers, at: first.position) }
        if (1...owner.limit).contains(count) { entry.members = count }
    }

    // MARK: Tokens

    /// The key of a token; nil where the object ends there.
    func key(_ token: JSONToken) throws(Diagnostic) -> String? {
        switch token.kind {
        case .key(let name): return name
        case .endObject: return nil
        default: throw misplaced(token)
        }
    }

    /// Passes over the value that begins with a token.
    mutating func skip(_ first: JSONToken) throws(Diagnostic) {
        var token = first
        var depth = 0
        while true {
            switch token.kind {
            case .beginObject, .beginArray: depth += 1
            case .endObject, .endArray: depth -= 1
            case .end: throw misplaced(token)
            case .key, .string, .number, .bool, .null: break
            }
            guard depth > 0 else { return }
            token = try tokens.next()
        }
    }

    /// The finding for a token that cannot stand where it does; the scanners of this library yield none.
    func misplaced(_ token: JSONToken) -> Diagnostic {
        Diagnostic(
            .jsonSyntax, file: file, at: token.position, "a value was expected, and this is \(token.kind.kindName)")
    }

    // MARK: Findings

    mutating func enter(_ key: String) { path.enter(key) }

    mutating func leave() { path.leave() }

    /// A mistake at the place that is being read.
    mutating func report(
        _ code: DiagnosticCode, at position: SourcePosition, _ message: String, suggestion: String? = nil
    ) {
        let message = "\(path.text): \(message)"
        log.add(Diagnostic(code, file: file, at: position, message, suggestion: suggestion))
    }

    mutating func report(_ flaw: ValueFlaw, at position: SourcePosition) {
        report(flaw.code, at: position, flaw.message, suggestion: flaw.suggestion)
    }

    mutating func reportWrongType(_ token: JSONToken, expected: String) {
        report(.wrongType, at: token.position, "\(expected) was expected, and this is \(token.kind.kindName)")
    }

    /// A key that has no meaning: with where it would have one, or with the name probably meant.
    mutating func reportUnknown(
        _ name: String, at position: SourcePosition, among names: [String], home: String?
    ) {
        let fact = isQuotable(name) ? "there is no fact '\(name)' here" : "this key is no fact"
        let suggestion = home == nil ? closestName(to: name, among: names) : nil
        report(.unknownFact, at: position, home.map { "\(fact); \($0)" } ?? fact, suggestion: suggestion)
    }
}
