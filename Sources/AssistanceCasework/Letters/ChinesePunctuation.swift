import AssistanceCore

/// 标点: the marks of a text as GB/T 15834 has them in Chinese: full-width beside Chinese, and as they are in figures such as
/// `1,264.00`.
///
/// Policy files and what is computed have the marks of ASCII, which are easier to type and to search.
enum ChinesePunctuation {
    private static let wide: [Character: Character] = [
        ",": "\u{FF0C}", ":": "\u{FF1A}", ";": "\u{FF1B}", "(": "\u{FF08}", ")": "\u{FF09}",
    ]

    /// The text with such marks; brackets are of one width at both ends.
    static func of(_ text: String) -> String {
        let characters = Array(text)
        var result = ""
        var open: [Bool] = []
        for (place, character) in characters.enumerated() {
            guard let mark = wide[character] else {
                result.append(character)
                continue
            }
            var isWide = [place - 1, place + 1].contains {
                characters.indices.contains($0) && TextWidth.of(String(characters[$0])) > 1
            }
            if character == "(" { open.append(isWide) }
            if character == ")", let opened = open.popLast() { isWide = opened }
            result.append(isWide ? mark : character)
        }
        return result
    }
}

extension LetterPage {
    /// The letter with Chinese marks throughout.
    var punctuated: LetterPage {
        var page = self
        page.title = ChinesePunctuation.of(title)
        page.addressee = addressee.map(ChinesePunctuation.of)
        page.office = ChinesePunctuation.of(office)
        page.blocks = blocks.map { block in
            switch block {
            case .heading(let text): .heading(ChinesePunctuation.of(text))
            case .paragraph(let text): .paragraph(ChinesePunctuation.of(text))
            case .list(let items): .list(items.map(ChinesePunctuation.of))
            case .table(let heads, let rows):
                .table(heads.map(ChinesePunctuation.of), rows.map { $0.map(ChinesePunctuation.of) })
            case .note(let text): .note(ChinesePunctuation.of(text))
            }
        }
        return page
    }
}
