import AssistanceCore

/// 核算书: what letters say of a sealed decision, as `AssessmentJSON` wrote it.
struct RecordedDecision {
    /// 结论: what it says of one programme.
    struct Program {
        let label: String
        let benefits: [Benefit]
        let reasons: [Reason]
        /// What was lacking to decide it.
        let missing: [String]
        /// What its steps and reasons rest on, each once, in the order in which they are met.
        let citations: [Citation]
    }

    /// 待遇: a benefit by its id, and the thing that is given where it is no money.
    struct Benefit {
        let id: String
        let label: String
        let gift: String?
    }

    /// 理由: why a condition does not hold, and by how much.
    struct Reason {
        let text: String
        let citation: Citation?
    }

    /// By id.
    private(set) var programs: [String: Program]

    /// With the programmes of another decision of which this one says nothing.
    func completed(by other: RecordedDecision) -> RecordedDecision {
        var completed = self
        completed.programs.merge(other.programs) { own, _ in own }
        return completed
    }

    /// Reads a decision with one household; nil for all else.
    init?(_ bytes: [UInt8]) {
        var limits = JSONLimits()
        // Steps stand within steps, two levels of JSON each.
        limits.depth = 256
        var tokens = JSONScanner(bytes, limits: limits)
        guard let first = try? tokens.next(), let root = try? JSONNode.read(first, &tokens),
            let programs = root["households"]?.items?.first?["programs"]?.items
        else { return nil }
        self.programs = Dictionary(
            programs.compactMap { node in node["program"]?.text.map { ($0, Program(node)) } },
            uniquingKeysWith: { first, _ in first })
    }
}

extension RecordedDecision.Program {
    fileprivate init(_ node: JSONNode) {
        label = node["label"]?.chinese ?? ""
        benefits = node["benefits"]?.items?.compactMap(RecordedDecision.Benefit.init) ?? []
        reasons = node["reasons"]?.items?.compactMap(RecordedDecision.Reason.init) ?? []
        missing = node["missing"]?.items?.compactMap { $0["label"]?.chinese } ?? []
        citations = Self.citations(in: (node["reasons"]?.items ?? []) + (node["steps"]?.items ?? []))
    }

    /// With a list of its own, however deep steps nest.
    private static func citations(in nodes: [JSONNode]) -> [Citation] {
        var (found, open): ([Citation], [JSONNode]) = ([], nodes.reversed())
        while let node = open.popLast() {
            if let citation = node["citation"].flatMap(Citation.init), !found.contains(citation) {
                found.append(citation)
            }
            open += (node["inputs"]?.items ?? []).reversed()
        }
        return found
    }
}

extension RecordedDecision.Benefit {
    fileprivate init?(_ node: JSONNode) {
        guard let id = node["id"]?.text, let label = node["label"]?.chinese else { return nil }
        (self.id, self.label) = (id, label)
        gift = node["gift"].flatMap { gift in
            gift["thing"]?.chinese.map { thing in
                let (least, most) = (gift["least"]?.text ?? "", gift["most"]?.text ?? "")
                let quantity = least == most ? least : "\(least) 至 \(most)"
                return [thing, quantity, gift["unit"]?.text ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
            }
        }
    }
}

extension RecordedDecision.Reason {
    fileprivate init?(_ node: JSONNode) {
        guard let label = node["label"]?.chinese else { return nil }
        let compared = node["comparison"]?.chinese.map { "实际与限额为 \($0)" }
        let distance = node["distance"]?.chinese.map { "相差 \($0)" }
        let more = [compared, distance].compactMap { $0 }
        text = label + (more.isEmpty ? "" : "(\(more.joined(separator: ",")))")
        citation = node["citation"].flatMap(Citation.init)
    }
}

extension Citation {
    fileprivate init?(_ node: JSONNode) {
        guard let id = node["document"]?.text, let title = node["title"]?.text,
            let status = node["status"]?.text.flatMap(SourceStatus.init(rawValue:))
        else { return nil }
        self.init(
            document: PolicyDocument(id: id, title: title, number: node["number"]?.text, status: status),
            article: node["article"]?.text ?? "")
    }
}

extension JSONNode {
    /// The Chinese of a label.
    fileprivate var chinese: String? { self["zh"]?.text }
}
