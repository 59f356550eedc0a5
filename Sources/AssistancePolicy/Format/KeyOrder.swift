/// In which order the keys of a mapping stand: who and what it is first, then since when and by which document.
enum KeyOrder {
    case policy, term
    case areas, area
    case documents, documentList, document
    case tests, testCase
    /// As the author has them: the names of facts, figures and words have no order of their own.
    case written

    /// The order at the top of a file.
    init(_ kind: PolicyFileKind) {
        switch kind {
        case .policy: self = .policy
        case .areas: self = .areas
        case .documents: self = .documents
        case .tests: self = .tests
        }
    }

    /// What an entry of a term inherits from its file or section.
    static let envelope = TermReader.envelopeKeys

    /// The keys that come first, in their order; all others follow as they are written.
    var first: [String] {
        switch self {
        case .policy: Self.envelope
        case .term: ["id", "code", "label", "label_en"] + Self.envelope
        case .areas: ["area", "areas"]
        case .area: ["code", "from", "until", "successor"]
        case .documents, .documentList, .written: []
        case .document: ["title", "number", "issuer", "date", "published", "address", "status", "note"]
        case .tests:
            [
                "policy", "about", "program", "programs", "date", "known_on", "stage", "defaults", "member_defaults",
                "cases",
            ]
        case .testCase:
            [
                "name", "source", "note", "programs", "date", "known_on", "stage", "household", "term", "given",
                "expect",
            ]
        }
    }

    /// The order in what stands below a key; items of a list have the order of the list.
    func below(_ key: String) -> KeyOrder {
        switch self {
        case .policy: (Self.envelope + ["facts", "codes"]).contains(key) ? .written : .term
        case .term: key == "rows" ? .written : .term
        case .areas: key == "areas" ? .area : .written
        case .documents: key == "documents" ? .documentList : .written
        case .documentList: .document
        case .tests: key == "cases" ? .testCase : .written
        case .area, .document, .testCase, .written: .written
        }
    }

    /// Parts of a mapping in this order.
    func sorted(_ parts: [LayoutPart]) -> [LayoutPart] {
        let first = first
        let ranked = parts.enumerated().map { place, part in
            (rank: part.key?.text.flatMap(first.firstIndex) ?? first.count, place: place, part: part)
        }
        return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.part)
    }
}
