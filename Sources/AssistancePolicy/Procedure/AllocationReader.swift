import AssistanceCore

/// Reads how a budget is divided among areas:
/// `{shares: [{of: recipients, share: 100%}], raise: [{areas: [520423], by: 5%}], supplement: [{areas: [520423], add: 15 yuan/month, per: recipients}]}`.
struct AllocationReader {
    private let entry: TermEntry
    private let findings: Findings

    init(_ entry: TermEntry, _ findings: Findings) {
        self.entry = entry
        self.findings = findings
    }

    /// The keys of an entry, besides those of every entry.
    static let keys = ["shares", "raise", "supplement", "note"]

    /// The formula; nil where its shares cannot be read.
    func formula() -> AllocationFormula? {
        let what = "'\(entry.key)'"
        guard let mapping = MappingReader(entry.node, what: what, findings) else { return nil }
        mapping.allowOnly(CaseSections.entryKeys + Self.keys, what: what)
        guard let list = mapping["shares"] else {
            findings.report(
                entry.node.error(
                    .missingKey, "the key 'shares' is missing: a list such as [{of: recipients, share: 100%}]"))
            return nil
        }
        let shares = rows(list, "shares", ["of", "share"]) { row -> AllocationFormula.Share? in
            let (measure, part) = (name(row, "of"), percent(row, "share"))
            return measure.flatMap { measure in part.map { .init(of: measure, part: $0) } }
        }
        let raises = rows(mapping["raise"], "raise", ["areas", "by"]) { row -> AllocationFormula.Raise? in
            let (areas, part) = (areas(row), percent(row, "by"))
            return part.map { .init(areas, by: $0) }
        }
        let supplements = rows(mapping["supplement"], "supplement", ["areas", "add", "per"]) {
            row -> AllocationFormula.Supplement? in
            let (areas, sum, measure) = (areas(row), sum(row), name(row, "per"))
            return sum.flatMap { sum in measure.map { .init(areas, add: sum, per: $0) } }
        }
        // Where a share could not be read, that has been said, and their sum says nothing.
        guard shares.count == list.items?.count else { return nil }
        var total = Rational.zero
        for share in shares { total = total.adding(share.part) ?? total }
        guard total == .one else {
            findings.report(
                list.error(.badValue, "the shares are \(Self.text(total)) together; make them 100%"))
            return nil
        }
        return AllocationFormula(
            shares: shares, raises: raises, supplements: supplements, citation: entry.citation)
    }

    private func rows<Row>(
        _ node: YAMLNode?, _ key: String, _ keys: [String], _ read: (MappingReader) -> Row?
    ) -> [Row] {
        guard let node else { return [] }
        guard let items = node.items else {
            if !node.cut { findings.report(node.error(.wrongShape, "'\(key)' is a list here, not \(node.kindName)")) }
            return []
        }
        return findings.checked(items).compactMap { item in
            guard let row = MappingReader(item, what: "a row", findings) else { return nil }
            row.allowOnly(keys + ["note"], what: "a row of '\(key)'")
            return read(row)
        }
    }

    /// What is counted.
    private func name(_ row: MappingReader, _ key: String) -> String? {
        guard let text = row.text(key, required: true) else { return nil }
        if isQuotable(text) { return text }
        report(row, key, "'\(key)' names what is counted in each area, as in recipients")
        return nil
    }

    private func percent(_ row: MappingReader, _ key: String) -> Rational? {
        guard let text = row.text(key, required: true) else { return nil }
        // A percentage is written with as many decimals as a sum of yuan.
        if text.hasSuffix("%"), let hundredths = Money(yuanText: String(text.dropLast())), hundredths > .zero,
            let part = Rational(Int128(hundredths.fen), over: 10_000)
        {
            return part.reduced
        }
        report(row, key, "'\(key)' is a part such as 5% or 12.5%, with at most two decimals")
        return nil
    }

    private func sum(_ row: MappingReader) -> Money? {
        guard let text = row.text("add", required: true) else { return nil }
        let parts = text.split(separator: " ").map(String.init)
        if parts.count == 2, parts[1] == "yuan/month", let sum = Money(yuanText: parts[0]), sum > .zero { return sum }
        report(row, "add", "'add' is a sum such as 15 yuan/month, for each that is counted")
        return nil
    }

    private func areas(_ row: MappingReader) -> [DivisionCode] {
        guard let node = row["areas"] else {
            findings.report(row.node.error(.missingKey, "the key 'areas' is missing: a list of codes such as [520423]"))
            return []
        }
        return (node.items ?? [node]).prefix(PolicyContext.listLimit).compactMap { item in
            if let code = item.text.flatMap({ DivisionCode($0) }) { return code }
            if !item.cut {
                findings.report(item.error(.badValue, "an area is a code of 6, 9 or 12 digits, as in 520423"))
            }
            return nil
        }
    }

    private func report(_ row: MappingReader, _ key: String, _ message: String) {
        guard let node = row[key], !node.cut else { return }
        findings.report(node.error(.badValue, message))
    }

    private static func text(_ part: Rational) -> String {
        part.multiplied(by: Rational(100)).map { "\($0)%" } ?? "not 100%"
    }
}
