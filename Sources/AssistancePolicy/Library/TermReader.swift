import AssistanceCore

/// Takes a policy file apart into the entries of its terms, handing down area, date and source.
struct TermReader {
    let areas: AreaRegister
    let documents: [String: PolicyDocument]
    let sections: [SectionDeclaration]
    let findings: Findings
    private(set) var entries: [TermEntry] = []
    /// What the files say about facts, and about the codes of facts.
    private(set) var facts: [FactDeclaration] = []
    private(set) var codes: [FactDeclaration] = []

    init(areas: AreaRegister, documents: [String: PolicyDocument], sections: [SectionDeclaration], _ findings: Findings)
    {
        self.areas = areas
        self.documents = documents
        self.sections = sections
        self.findings = findings
    }

    /// What a file or a section says once for everything below it.
    private struct Envelope {
        var areas: [DivisionCode] = []
        var from: CalendarDate?
        var until: CalendarDate?
        var published: CalendarDate?
        var citation: Citation?
        var hasSource = false
        var followsParent = false
    }

    /// The keys that have a meaning of their own wherever they stand.
    static let envelopeKeys = ["area", "from", "until", "published", "source", "follows"]

    /// Reads one file.
    mutating func read(_ root: YAMLNode) {
        if findings.isFull(at: root) { return }
        guard let mapping = MappingReader(root, what: "a policy file", findings) else { return }
        TextLimits.check(root, findings)
        let known = PolicyLibrary.ownKeys + sections.map(\.key)
        mapping.allowOnly(known, what: "a policy file")
        guard let own = mapping["area"] else {
            findings.report(root.error(.missingKey, "the key 'area' is missing: for whom the file holds"))
            return
        }
        var envelope = extended(Envelope(), by: mapping)
        let named = (own.items ?? [own]).filter { !findings.isFull(at: $0) }.compactMap { node in
            area(node).map { (node: node, code: $0) }
        }
        envelope.areas = named.map(\.code)
        let start = entries.count
        for entry in root.entries ?? [] {
            guard let key = entry.key.text else { continue }
            if key == "facts" {
                facts += declarations(entry.value, key, envelope)
            } else if key == "codes" {
                codes += declarations(entry.value, key, envelope)
            } else if PolicyLibrary.openSections.contains(key) {
                readOpen(entry.value, key, envelope)
            } else if let section = sections.first(where: { $0.key == key }) {
                if section[""] == nil {
                    readSection(entry.value, section, "", envelope)
                } else {
                    readTerm(entry.value, key, envelope)
                }
            }
        }
        for (node, code) in named { reportNotInUse(code, node, entries[start...]) }
    }

    /// An entry that no day of its area's code lies in was meant for the successor; said once an area of a file.
    private func reportNotInUse(_ code: DivisionCode, _ node: YAMLNode, _ entries: ArraySlice<TermEntry>) {
        guard let area = areas[code] else { return }
        let outside = entries.first { entry in
            area.until.map { $0 <= entry.from } ?? false || area.from.map { entry.until ?? .latest <= $0 } ?? false
        }
        guard let outside, let objection = areas.objection(to: code, on: outside.from) else { return }
        findings.report(
            node.error(
                .areaNotInUse, "\(objection); '\(outside.key)' in line \(outside.node.position.line) is given for it"))
    }

    private func area(_ node: YAMLNode) -> DivisionCode? {
        guard let (code, name) = AreaRegister.split(node, findings) else { return nil }
        guard let known = areas[code] else {
            findings.report(
                node.error(
                    .unknownArea, "no areas.yaml has the area \(code.text)",
                    suggestion: name.flatMap { areas.code(named: $0)?.text }))
            return nil
        }
        if let name, name != known.name {
            findings.report(node.error(.areaName, "\(code.text) is \(known.name), not \(name)"))
        }
        return code
    }

    /// Facts and codes: every key names a fact. They hold for the whole policy, and so have a source and no days.
    private func declarations(_ node: YAMLNode, _ section: String, _ envelope: Envelope) -> [FactDeclaration] {
        guard let mapping = MappingReader(node, what: "'\(section)'", findings) else { return [] }
        var inner = envelope
        if mapping["source"] != nil { inner = extended(envelope, by: mapping) }
        return (node.entries ?? []).compactMap { entry in
            guard let name = entry.key.text, name != "source", !entry.value.cut else { return nil }
            var own = inner
            if let source = entry.value["source"], let text = source.text {
                own.hasSource = true
                own.citation = citation(text, source)
            }
            if !own.hasSource {
                findings.report(
                    entry.key.error(
                        .missingSource,
                        "'\(section).\(name)' names no source; write 'source: DOCUMENT ARTICLE' here or above"))
            }
            return FactDeclaration(name: name, key: entry.key, node: entry.value, citation: own.citation)
        }
    }

    /// Figures and words: every key is a name.
    private mutating func readOpen(_ node: YAMLNode, _ section: String, _ envelope: Envelope) {
        guard let mapping = MappingReader(node, what: "'\(section)'", findings) else { return }
        let inner = extended(envelope, by: mapping)
        for entry in node.entries ?? [] {
            guard let key = entry.key.text, !Self.envelopeKeys.contains(key) else { continue }
            guard key.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 }) else {
                findings.report(entry.key.error(.badValue, "a name has small letters, digits and _ only"))
                continue
            }
            guard key != "previous" else {
                findings.report(
                    entry.key.error(.badValue, "'previous' is what a figure was before; choose another name"))
                continue
            }
            readTerm(entry.value, section + "." + key, inner)
        }
    }

    /// A declared section: keys are steps and terms.
    private mutating func readSection(
        _ node: YAMLNode, _ section: SectionDeclaration, _ path: String, _ envelope: Envelope
    ) {
        guard let mapping = MappingReader(node, what: "'\(path.isEmpty ? section.key : path)'", findings) else {
            return
        }
        let keys = section.keys(below: path)
        let isOpen = keys.contains("*")
        let common = ["from", "until", "published", "source"]
        if !isOpen { mapping.allowOnly(keys + common, what: "'\(path.isEmpty ? section.key : path)'") }
        let inner = extended(envelope, by: mapping)
        for entry in node.entries ?? [] {
            guard let key = entry.key.text, isOpen ? !common.contains(key) : keys.contains(key) else { continue }
            guard !isOpen || Self.isIdentifier(key) else {
                findings.report(entry.key.error(.badValue, "an id has small letters, digits and '-' only"))
                continue
            }
            let below = path.isEmpty ? key : path + "." + key
            let hasChildren = !section.keys(below: below).isEmpty
            if section[below] != nil, !(hasChildren && entry.value.entries != nil) {
                readTerm(entry.value, section.key + "." + below, inner)
            } else if hasChildren {
                if section[below] != nil { readTerm(entry.value, section.key + "." + below, inner) }
                readSection(entry.value, section, below, inner)
            }
        }
    }

    private static func isIdentifier(_ key: String) -> Bool {
        key.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
    }

    /// A term: one entry, or a history of entries each with its `from`.
    private mutating func readTerm(_ node: YAMLNode, _ key: String, _ envelope: Envelope) {
        guard let items = node.items, let first = items.first, first["from"] != nil, first["id"] == nil,
            first["code"] == nil
        else {
            addEntry(node, key, envelope)
            return
        }
        var last: CalendarDate?
        for item in items {
            guard let from = addEntry(item, key, envelope) else { continue }
            if let last, from < last {
                findings.report(item.error(.dateOrder, "the entries of a history stand in the order of their dates"))
            }
            last = from
        }
    }

    @discardableResult
    private mutating func addEntry(_ node: YAMLNode, _ key: String, _ envelope: Envelope) -> CalendarDate? {
        if node.cut || findings.isFull(at: node) { return nil }
        var inner = envelope
        if node.entries != nil, let mapping = MappingReader(node, what: "'\(key)'", findings) {
            inner = extended(envelope, by: mapping)
        }
        let correction = correction(of: node)
        if !inner.hasSource {
            findings.report(
                node.error(.missingSource, "'\(key)' names no source; write 'source: DOCUMENT ARTICLE' here or above"))
        }
        guard let from = inner.from else {
            findings.report(node.error(.missingKey, "'\(key)' has no 'from'; write the first day here or above"))
            return nil
        }
        if let until = inner.until, until <= from {
            findings.report(node.error(.dateOrder, "'\(key)' ends on \(until), not after it begins on \(from)"))
        }
        // What it corrects stays, where it does not say what that is.
        if node["corrects"] != nil, correction == nil { return from }
        entries.append(
            TermEntry(
                key: key, areas: inner.areas, from: from, until: inner.until, published: inner.published,
                citation: inner.citation, node: node, correction: correction, followsParent: inner.followsParent))
        return from
    }

    /// It is said of an entry alone: neither a file nor a section corrects all that stands in it.
    private func correction(of node: YAMLNode) -> Correction? {
        guard let written = node["corrects"], !written.cut else { return nil }
        if let correction = written.text.flatMap(Correction.init) { return correction }
        findings.report(
            written.error(
                .badValue, "'corrects' is the day of the correction and what was wrong, as in 2030-03-05 误录为 900"))
        return nil
    }

    private func extended(_ envelope: Envelope, by mapping: MappingReader) -> Envelope {
        var result = envelope
        if let from = mapping.date("from") {
            result.from = from
            result.until = nil
        }
        if let until = mapping.date("until") { result.until = until }
        if let published = mapping.date("published") { result.published = published }
        if let follows = mapping.text("follows") {
            if follows == "province" || follows == "city" || follows == "nation" {
                result.followsParent = true
            } else {
                findings.report(
                    (mapping["follows"] ?? mapping.node).error(.badValue, "'follows' is province, city or nation"))
            }
        }
        if let source = mapping.text("source") {
            result.hasSource = true
            result.citation = citation(source, mapping["source"] ?? mapping.node)
        }
        return result
    }

    /// `mca-2021-57 第十二条`: a document's id and the article.
    func citation(_ text: String, _ node: YAMLNode) -> Citation? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let id = parts.first else { return nil }
        guard let document = documents[id] else {
            findings.report(
                node.error(
                    .unknownDocument, "no documents.yaml declares the document '\(id)'",
                    suggestion: closestName(to: id, among: documents.keys)))
            return nil
        }
        let article = parts.count > 1 ? parts[1] : ""
        // Every step of an explanation repeats it.
        guard article.utf8.count <= Self.articleLimit else {
            findings.report(
                node.error(
                    .tooLarge, "an article has at most \(Self.articleLimit) bytes, and this one \(article.utf8.count)"))
            return nil
        }
        return Citation(document: document, article: article)
    }

    /// The most bytes of the article in a source.
    static let articleLimit = 1_000
}
