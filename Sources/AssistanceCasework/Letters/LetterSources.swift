import AssistanceCore

/// 依据: the documents that a letter rests on with their articles, each once, and which of them are not official.
struct LetterSources {
    private var documents: [(document: PolicyDocument, articles: [String])] = []

    /// Cites, in the order given.
    mutating func cite(_ citations: some Sequence<Citation>) {
        for citation in citations {
            let document = citation.document
            let known = documents.firstIndex {
                ($0.document.title, $0.document.number, $0.document.status)
                    == (document.title, document.number, document.status)
            }
            if known == nil { documents.append((document, [])) }
            let place = known ?? documents.count - 1
            guard !citation.article.isEmpty, !documents[place].articles.contains(citation.article) else { continue }
            documents[place].articles.append(citation.article)
        }
    }

    /// What is said of them at the end of a letter.
    var blocks: [LetterPage.Block] {
        guard !documents.isEmpty else { return [] }
        let isWeak = documents.contains { $0.document.status != .official }
        return [
            .heading("依据"),
            .list(documents.map { $0.document.line + $0.articles.joined(separator: "、") + $0.document.mark }),
        ]
            + (isWeak
                ? [.note("上列注明“转引”或“示例、凭记忆”的依据不是官方原文;由其得出的金额和期限,以核对官方文件后的为准。")]
                : [])
    }
}

extension PolicyDocument {
    /// `《社会救助暂行办法》(国务院令第649号)`; a title that was not seen stands in brackets of its own.
    fileprivate var line: String {
        (title.hasPrefix("〔") ? title : "《\(title)》") + (number.map { "(\($0))" } ?? "")
    }

    /// How well it is known, where it is not official.
    fileprivate var mark: String {
        switch status {
        case .official: ""
        case .reported: " —— 转引,未见原文"
        case .illustrative: " —— 示例、凭记忆,未核"
        }
    }
}
