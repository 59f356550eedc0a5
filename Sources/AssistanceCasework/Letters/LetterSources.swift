import AssistanceCore

/// 依据: the documents and articles that a letter rests on, each once, and which of them are not official.
struct LetterSources {
    private var citations: [Citation] = []

    /// Cites, in the order given; what says the same as one before is left out.
    mutating func cite(_ more: some Sequence<Citation>) {
        for citation in more where !citations.contains(where: { $0.line == citation.line }) {
            citations.append(citation)
        }
    }

    /// What is said of them at the end of a letter.
    var blocks: [LetterPage.Block] {
        guard !citations.isEmpty else { return [] }
        let isWeak = citations.contains { $0.document.status != .official }
        return [.heading("依据"), .list(citations.map(\.line))]
            + (isWeak
                ? [.note("上列注明“转引”或“示例、凭记忆”的依据不是官方原文;由其得出的金额和期限,以核对官方文件后的为准。")] : [])
    }
}

extension Citation {
    /// `《社会救助暂行办法》(国务院令第649号)第十三条`, and how well it is known where it is not official.
    fileprivate var line: String {
        // A title that was not seen stands in brackets of its own.
        let title = document.title.hasPrefix("〔") ? document.title : "《\(document.title)》"
        let mark =
            switch document.status {
            case .official: ""
            case .reported: " —— 转引,未见原文"
            case .illustrative: " —— 示例、凭记忆,未核"
            }
        return title + (document.number.map { "(\($0))" } ?? "") + article + mark
    }
}
