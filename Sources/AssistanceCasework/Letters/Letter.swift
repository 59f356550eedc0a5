import AssistanceCore

/// 文书: a letter or a public notice, to be read and to be printed.
public struct Letter: Hashable, Sendable {
    /// What it is called.
    public let title: String
    /// The text, plain.
    public let text: String
    /// One page of HTML for paper of A4, with a place for the seal. It needs nothing else and runs nothing.
    public let html: String

    init(_ page: LetterPage) {
        let page = page.punctuated
        (title, text, html) = (page.title, page.text, page.html)
    }
}

/// What stands in a letter, part after part; text and HTML are made from it.
struct LetterPage {
    /// A part of a letter.
    enum Block {
        case heading(String)
        case paragraph(String)
        case list([String])
        case table([String], [[String]])
        /// In small print.
        case note(String)
    }

    var title: String
    /// By which it is found again: area, case, event.
    var reference: String
    /// To whom; nil for the public.
    var addressee: String?
    var blocks: [Block] = []
    /// Who signs.
    var office: String
    var day: CalendarDate

    mutating func say(_ text: String) { blocks.append(.paragraph(text)) }

    /// A table, where it has rows.
    mutating func show(_ heads: [String], _ rows: [[String]]) {
        if !rows.isEmpty { blocks.append(.table(heads, rows)) }
    }
}

extension LetterPage {
    /// The letter as plain text; paragraphs are not broken into lines.
    var text: String {
        var lines = [title, "编号\u{FF1A}" + reference, ""]
        if let addressee { lines += [addressee + "\u{FF1A}", ""] }
        for block in blocks {
            switch block {
            case .heading(let text): lines += [text]
            case .paragraph(let text): lines += ["  " + text]
            case .list(let items): lines += items.enumerated().map { "  \($0 + 1). \($1)" }
            case .table(let heads, let rows): lines += TextTable.lines([heads] + rows, indent: "  ")
            case .note(let text): lines += ["  注\u{FF1A}" + text]
            }
            lines.append("")
        }
        lines += [office + "\u{FF08}盖章\u{FF09}", day.chinese]
        return lines.map { $0 + "\n" }.joined()
    }
}

extension CalendarDate {
    /// `2026年6月22日`
    var chinese: String { "\(year)年\(month)月\(day)日" }
}
