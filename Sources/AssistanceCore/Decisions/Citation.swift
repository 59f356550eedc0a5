/// How well a figure or rule is known: the status of the document it rests on.
public enum SourceStatus: String, Sendable, CaseIterable, Comparable {
    /// Ours, to make an example run, or recalled; never to be taken for official.
    case illustrative
    /// From press, a mirror or an administrative record, not from the document itself.
    case reported
    /// Seen in the document or on a page of government.
    case official

    private var rank: Int {
        switch self {
        case .illustrative: 0
        case .reported: 1
        case .official: 2
        }
    }

    /// The weaker status comes first.
    public static func < (left: SourceStatus, right: SourceStatus) -> Bool { left.rank < right.rank }

    /// What it is called.
    public var label: Label {
        switch self {
        case .illustrative: Label("示例或凭记忆(未核)", "illustrative")
        case .reported: Label("转引(未见原文)", "reported")
        case .official: Label("官方", "official")
        }
    }
}

/// A document of policy: a law, a notice, a page (政策文件).
public struct PolicyDocument: Hashable, Sendable {
    /// The short id by which policy files cite it.
    public let id: String
    /// The title.
    public let title: String
    /// The document number, such as 民发〔2021〕57号.
    public let number: String?
    /// Who issued it.
    public let issuer: String?
    /// When it was issued.
    public let date: CalendarDate?
    /// When the public could know it.
    public let published: CalendarDate?
    /// Where it was seen.
    public let address: String?
    /// How well it is known.
    public let status: SourceStatus
    /// A remark such as `recalled`.
    public let note: String?

    /// A document.
    public init(
        id: String, title: String, number: String? = nil, issuer: String? = nil, date: CalendarDate? = nil,
        published: CalendarDate? = nil, address: String? = nil, status: SourceStatus, note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.number = number
        self.issuer = issuer
        self.date = date
        self.published = published
        self.address = address
        self.status = status
        self.note = note
    }

    /// The number where there is one, else the title in its brackets.
    public var shortName: String { number ?? "《\(title)》" }
}

/// A document and the article in it (依据).
public struct Citation: Hashable, Sendable {
    /// The document.
    public let document: PolicyDocument
    /// The article: `第十二条`; empty where none is named.
    public let article: String

    /// A document and an article.
    public init(document: PolicyDocument, article: String) {
        self.document = document
        self.article = article
    }

    /// `民发〔2021〕57号 第十二条`
    public var text: String { article.isEmpty ? document.shortName : document.shortName + " " + article }
}
