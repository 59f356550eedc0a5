import AssistanceCore

/// The policy of a nation and of the jurisdictions loaded with it: areas, documents, and every entry of every term.
///
/// Immutable once loaded; may be shared between threads.
public struct PolicyLibrary: Sendable {
    /// The code of the jurisdiction that was asked for; the nation where none was.
    public private(set) var jurisdiction: DivisionCode = .nation
    /// The areas.
    public private(set) var areas = AreaRegister()
    /// The documents by id.
    public private(set) var documents: [String: PolicyDocument] = [:]
    /// The files it was read from, as one pack.
    public let pack: PolicyPack
    /// The sections that policy may fill.
    public let sections: [SectionDeclaration]
    /// The facts that a household file may state under this policy: the nation's, those that its sections add, those that
    /// its files declare, and the decisions that its terms leave to officers.
    public private(set) var schema = FactSchema.national
    private var decisions: [ObjectIdentifier: OpenDecision] = [:]
    /// What the sections say on which no entitlement depends.
    private(set) var caseTerms = CaseTerms()
    private var entries: [String: [DivisionCode: [TermEntry]]] = [:]
    private var corrected: [String: [DivisionCode: [TermEntry]]] = [:]
    /// What a reform says of terms: nearer than what holds, area by area.
    private var reformed: [String: [DivisionCode: [TermEntry]]] = [:]
    /// What kind of value each figure is, by key.
    private(set) var figureKinds: [String: FigureKind] = [:]
    /// What figures and words are called, by key.
    private var labels: [String: Label] = [:]

    /// Figures and words have no declaration: a place may add its own.
    public static let openSections = ["figures", "define"]
    /// The keys of a policy file that are no programme's.
    public static let ownKeys = envelopeKeys + ["facts", "codes"] + openSections
    /// The keys among them that say when and for whom something holds, wherever they stand in a section.
    public static let envelopeKeys = TermReader.envelopeKeys

    /// Reads a jurisdiction below a folder of policies, with the nation and everything on the way.
    ///
    /// All mistakes of all files go to `findings`; where there is an error the library must not be used to decide.
    public static func load(
        _ path: String, in root: String, sections: [SectionDeclaration], _ findings: Findings
    ) -> PolicyLibrary {
        PolicyLibrary(
            files: PolicyFiles.jurisdiction(path, in: root),
            jurisdiction: path.split(separator: "/").joined(separator: "/"), sections: sections, findings)
    }

    /// Reads files already in memory. `jurisdiction` is the folder whose own area is the default.
    ///
    /// - Parameter reform: A file that is laid over the others (政策改革方案): on the days on which an entry of it is in
    ///   force it is nearer than what the same area says, and further than what an area below says.
    public init(
        files: [PolicyFile], jurisdiction path: String, reform: PolicyFile? = nil, sections: [SectionDeclaration],
        _ findings: Findings
    ) {
        let held = PolicyPack(jurisdiction: path, files: files)
        pack = reform.map { PolicyPack(jurisdiction: path, files: files + [$0]) } ?? held
        self.sections = sections
        var policies: [YAMLNode] = []
        var own: [String: DivisionCode] = [:]
        let proposal = reform.flatMap { ReformFile($0, findings) }
        for file in held.files {
            guard file.isReadable else {
                findings.report(
                    Diagnostic(
                        .unreadableFile, file: file.path, at: SourcePosition(line: 1, column: 1),
                        "the file cannot be read; look at its permissions"))
                continue
            }
            let (root, problems) = YAMLReader.read(file.bytes, file: file.path)
            findings.report(problems)
            guard let root else { continue }
            let folder = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? ""
            switch file.path.split(separator: "/").last.map(String.init) {
            case "areas.yaml": own[folder] = areas.read(root, findings)
            case "documents.yaml": addDocuments(root, findings)
            default: policies.append(root)
            }
        }
        jurisdiction =
            own[path] ?? own.filter { path.hasPrefix($0.key + "/") }.max { $0.key.count < $1.key.count }?.value
            ?? .nation
        areas.checkSuccessors(in: jurisdiction, findings)
        if let declared = proposal?.documents { addDocuments(declared, findings) }
        var reader = TermReader(areas: areas, documents: documents, sections: sections, findings)
        for root in policies { reader.read(root) }
        addEntries(reader.entries, findings)
        sortAndCheck(findings)
        if let proposal {
            let count = reader.entries.count
            reader.read(proposal.terms)
            addReform(proposal, Array(reader.entries.dropFirst(count)), findings)
        }
        describeOpenSections()
        readSchema(reader, findings)
        caseTerms.read(reader.entries, reader, schema)
    }

    /// The most entries of a policy, where one for ten areas counts as ten.
    private static let entryLimit = 200_000

    private mutating func addEntries(_ list: [TermEntry], _ findings: Findings) {
        var count = 0
        for entry in list {
            count += entry.areas.count
            guard count <= Self.entryLimit else {
                return findings.report(
                    entry.node.error(
                        .tooLarge,
                        "a policy has at most \(Self.entryLimit) entries, each counted for every area it is given for"))
            }
            for area in entry.areas { entries[entry.key, default: [:]][area, default: []].append(entry) }
        }
    }

    /// The reform's entries beside those that hold: what they say, of which terms, is checked here; that two of them do
    /// not contradict each other as well.
    private mutating func addReform(_ reform: ReformFile, _ list: [TermEntry], _ findings: Findings) {
        reform.check(list, over: self, findings)
        for entry in list {
            for area in entry.areas { reformed[entry.key, default: [:]][area, default: []].append(entry) }
        }
        for (key, byArea) in reformed {
            for (area, list) in byArea {
                let history = sorted(list, of: key, in: area, findings)
                reformed[key]?[area] = history
            }
        }
    }

    private mutating func readSchema(_ reader: TermReader, _ findings: Findings) {
        var facts = SchemaReader(sections.flatMap(\.facts), findings)
        for declaration in reader.facts { facts.readFact(declaration) }
        for declaration in reader.codes { facts.readCodes(declaration) }
        var open = DecisionReader(reader, findings)
        for entry in reader.entries where isHeld(entry) { open.read(entry, label(of: entry.key)) }
        schema = facts.schema.adding(open.facts)
        decisions = open.decisions
    }

    private mutating func addDocuments(_ root: YAMLNode, _ findings: Findings) {
        for (document, key) in DocumentReader.read(root, findings) {
            if documents[document.id] != nil {
                findings.report(key.error(.duplicateIdentifier, "the document '\(document.id)' is declared twice"))
            }
            documents[document.id] = document
        }
    }

    /// What figures and words are, and what they are called: what any entry says, in the order of areas and days.
    private mutating func describeOpenSections() {
        for key in filledKeys where Self.openSections.contains(where: { key.hasPrefix($0 + ".") }) {
            let all = history(of: key).sorted { $0.key < $1.key }.flatMap(\.value)
            let name = key.split(separator: ".").last.map(String.init) ?? key
            labels[key] = Label(
                all.lazy.compactMap { $0.node["label"]?.text }.first ?? name,
                all.lazy.compactMap { $0.node["label_en"]?.text }.first ?? name.spaced)
            if key.hasPrefix("figures.") { figureKinds[key] = FigureKind(all) }
        }
    }

    /// Entries of one term and area in the order of their dates; two from one day contradict each other.
    private mutating func sortAndCheck(_ findings: Findings) {
        for (key, byArea) in entries {
            for (area, list) in byArea {
                let history = sorted(list, of: key, in: area, findings)
                entries[key]?[area] = history
            }
        }
        for (key, byArea) in entries {
            for (area, list) in byArea { warnWhereParentGoesOn(key, area, list, findings) }
        }
    }

    /// The entries of one term and area in the order of their dates, without what was corrected.
    private mutating func sorted(
        _ list: [TermEntry], of key: String, in area: DivisionCode, _ findings: Findings
    ) -> [TermEntry] {
        let sorted = applyCorrections(key, area, list, findings)
        for (earlier, later) in zip(sorted, sorted.dropFirst()) {
            if earlier.from == later.from {
                findings.report(
                    later.node.error(
                        .duplicateTerm,
                        "'\(key)' of \(areas.name(of: area)) from \(later.from) is already given at \(earlier.node.file.name):\(earlier.node.position.line)"
                    ))
            } else if let until = earlier.until, until > later.from {
                findings.report(
                    earlier.node.error(
                        .dateOrder, "the entry ends on \(until), after the next one begins on \(later.from)"))
            }
        }
        return sorted
    }

    /// The entries in the order of their dates, each correction in the place of what it corrects.
    private mutating func applyCorrections(
        _ key: String, _ area: DivisionCode, _ list: [TermEntry], _ findings: Findings
    ) -> [TermEntry] {
        func order(_ entry: TermEntry) -> (CalendarDate, CalendarDate, String, SourcePosition) {
            (entry.from, entry.correction?.date ?? .earliest, entry.node.file.name, entry.node.position)
        }
        var kept: [TermEntry] = []
        for entry in list.sorted(by: { order($0) < order($1) }) {
            let earlier = kept.last?.from == entry.from ? kept.last : nil
            if let correction = entry.correction {
                if let earlier, earlier.correction?.date != correction.date {
                    kept.removeLast()
                    corrected[key, default: [:]][area, default: []].append(earlier)
                } else if earlier == nil {
                    findings.report(
                        entry.node.error(
                            .nothingToCorrect,
                            "'\(key)' of \(areas.name(of: area)) has no entry from \(entry.from) that could be corrected"
                        ))
                }
            }
            kept.append(entry)
        }
        return kept
    }

    /// Whether an entry has not been corrected for all of its areas.
    private func isHeld(_ entry: TermEntry) -> Bool {
        corrected[entry.key] == nil
            || entry.areas.contains { entries[entry.key]?[$0]?.contains { $0.node === entry.node } ?? false }
    }

    /// An entry that ends while the one above goes on is often a forgotten year.
    private func warnWhereParentGoesOn(_ key: String, _ area: DivisionCode, _ list: [TermEntry], _ findings: Findings) {
        guard let last = list.last, let until = last.until, !last.followsParent else { return }
        for parent in area.chain.dropFirst() {
            guard let above = entries[key]?[parent]?.inForce(on: until, knownOn: nil),
                above.node["unknown"] == nil
            else { continue }
            var finding = last.node.error(
                .endsBeforeParent,
                "'\(key)' of \(areas.name(of: area)) ends on \(until) and \(areas.name(of: parent))'s goes on (\(above.node.file.name):\(above.node.position.line)); say 'follows: \(parent == .nation ? "nation" : parent.level == .province ? "province" : "city")', or 'unknown: …' where the next figure is not known"
            )
            finding.severity = .warning
            findings.report(finding)
            return
        }
    }

    // MARK: Look-up

    /// The decision that the range of a `within:` leaves open; nil where a mistake in it has been reported.
    func decision(at range: YAMLNode) -> OpenDecision? { decisions[ObjectIdentifier(range)] }

    /// All entries of a term that hold, by area: what was corrected is not among them. Those of a reform come last.
    public func history(of key: String) -> [DivisionCode: [TermEntry]] {
        (entries[key] ?? [:]).merging(reformed[key] ?? [:], uniquingKeysWith: +)
    }

    /// The entries of a term that were corrected and hold no longer for any day, by area.
    public func corrected(_ key: String) -> [DivisionCode: [TermEntry]] { corrected[key] ?? [:] }

    /// Whether any file fills a term, for any area and day.
    func isFilled(_ key: String) -> Bool { entries[key] != nil || reformed[key] != nil }

    /// The keys of the terms that any file fills.
    public var filledKeys: [String] { Set(entries.keys).union(reformed.keys).sorted() }

    /// The keys among them on which it can depend what a household is entitled to.
    public var decisiveKeys: [String] { filledKeys.filter(Self.isDecisive) }

    /// The entries of a term in force for an area, the nearest first: one an area, and before it a reform's.
    public func inForce(_ key: String, chain: [DivisionCode], on date: CalendarDate, knownOn: CalendarDate?)
        -> [TermEntry]
    {
        let layers = [reformed[key], entries[key]].compactMap { $0 }
        return chain.flatMap { area in
            layers.compactMap { $0[area]?.inForce(on: date, knownOn: knownOn) }
        }
    }

    /// The entries of the reform, in the order of writing.
    public var reformEntries: [TermEntry] {
        var seen: Set<ObjectIdentifier> = []
        return reformed.values.flatMap { $0.values.joined() }
            .filter { seen.insert(ObjectIdentifier($0.node)).inserted }
            .sorted { ($0.node.position, $0.key) < ($1.node.position, $1.key) }
    }

    /// All entries by the areas they hold for.
    public func entriesByArea() -> [DivisionCode: [TermEntry]] {
        var found: [DivisionCode: [TermEntry]] = [:]
        for key in filledKeys {
            for (area, list) in history(of: key) { found[area, default: []] += list }
        }
        return found
    }

    /// Whether an area has any policy on a day: of its own or of a division above it, the nation's apart where the
    /// library has any other for it.
    public func hasPolicy(for area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil) -> Bool {
        let local = area.chain.filter { $0 != .nation }
        let lists = entries.lazy.filter { Self.isDecisive($0.key) }.map(\.value)
        let isLocal = lists.contains { byArea in local.contains { byArea[$0] != nil } }
        return lists.contains { byArea in
            (isLocal ? local : [.nation]).contains { area in
                byArea[area]?.inForce(on: date, knownOn: knownOn) != nil
            }
        }
    }

    /// The names in an open section: the figures, or the words.
    public func names(in section: String) -> [String] {
        let prefix = section + "."
        return filledKeys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// The keys of places' own making right below a section, of all areas and days, in the order of names.
    public func ownKeys(of section: SectionDeclaration) -> [String] {
        var keys: [String] = []
        for name in names(in: section.key) {
            let key = String(name.prefix { $0 != "." })
            // Names are sorted, and yet "a-b" stands between "a" and "a.each".
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    /// The declaration of a term of a section; nil for figures and words, which have none.
    public func declaration(of key: String) -> TermDeclaration? {
        sections.lazy.compactMap { section in
            key.hasPrefix(section.key + ".") ? section[String(key.dropFirst(section.key.count + 1))] : nil
        }.first
    }

    /// What a term is called: as it is declared; a figure or word by the labels that any of its entries give it, else by
    /// its name.
    public func label(of key: String) -> Label {
        declaration(of: key)?.label ?? labels[key] ?? Label(key, key.spaced)
    }

    /// What places call something of their own making, such as an allowance: the latest text that stands as its `label`, of
    /// whichever area; nil where none does.
    public func ownLabel(of key: String) -> Label? {
        func text(_ name: String) -> String? {
            let all = (entries[key + name] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
            return all.max { $0.from < $1.from }.flatMap { ($0.node["is"] ?? $0.node).text }
        }
        return text(".label").map { Label($0, text(".label_en") ?? $0) }
    }

    /// The areas that have an entry of their own for any term on which entitlements can depend, and the days on which any
    /// begins or ends there.
    public func turningPoints() -> [DivisionCode: Set<CalendarDate>] {
        var points: [DivisionCode: Set<CalendarDate>] = [:]
        for (_, byArea) in (Array(entries) + Array(reformed)).filter({ Self.isDecisive($0.key) }) {
            for (area, list) in byArea {
                for entry in list {
                    points[area, default: []].insert(entry.from)
                    if let until = entry.until { points[area, default: []].insert(until) }
                }
            }
        }
        return points
    }
}
