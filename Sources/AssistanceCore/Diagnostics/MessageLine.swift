/// What a finding says, fit to be printed whatever it quotes: one line of a bearable length, and no citizen number.
///
/// Those who quote take care of it themselves; this is for the key or code that turns out to be something else.
public struct MessageLine {
    /// The most characters: a file may hold a word of a megabyte.
    private static let longest = 1_000

    /// The line.
    public let text: String

    /// A text as such a line.
    public init(_ text: String) {
        let scalars = text.unicodeScalars
        guard
            text.utf8.count > Self.longest || scalars.contains(where: Self.isHidden)
                || scalars.count(where: Self.isDigit) >= 17
        else {
            self.text = text
            return
        }
        var line = scalars.prefix(Self.longest).map { Self.isHidden($0) ? "\u{FFFD}" : $0 }
        if scalars.count > Self.longest { line.append("…") }
        Self.maskCitizenNumbers(&line)
        self.text = String(String.UnicodeScalarView(line))
    }

    /// Control characters, breaks of lines, and marks that turn the direction of writing.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Of each citizen number the region stays.
    private static func maskCitizenNumbers(_ line: inout [Unicode.Scalar]) {
        var digits = 0
        for (place, scalar) in line.enumerated() {
            if digits >= 17 {
                let number = String(String.UnicodeScalarView(line[(place - 17)...place]))
                if (try? CitizenNumber(number)) != nil {
                    for masked in (place - 11)...place { line[masked] = "*" }
                }
            }
            digits = isDigit(scalar) ? digits + 1 : 0
        }
    }
}
