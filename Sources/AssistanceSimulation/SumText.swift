import AssistanceCore

/// Sums of many households for people and for programs.
enum SumText {
    /// Yuan with two decimals: `1234.50`.
    static func plain(_ fen: Int128) -> String {
        let sign = fen < 0 ? "-" : ""
        let cents = fen.magnitude % 100
        return "\(sign)\(fen.magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }

    /// Yuan with thousands set apart: `1,234.50`.
    static func grouped(_ fen: Int128) -> String {
        let text = plain(fen.magnitude > Int128.max ? Int128.max : Int128(fen.magnitude))
        let parts = text.split(separator: ".").map(String.init)
        return (fen < 0 ? "-" : "") + count(parts[0]) + "." + (parts.count > 1 ? parts[1] : "00")
    }

    /// A count with thousands set apart.
    static func count(_ number: Int) -> String { (number < 0 ? "-" : "") + count(String(number.magnitude)) }

    /// A sum, or both of its ends.
    static func range(_ sum: SumRange) -> String {
        sum.least == sum.most ? grouped(sum.least) : grouped(sum.least) + "–" + grouped(sum.most)
    }

    /// A difference with its sign.
    static func signed(_ fen: Int128) -> String { (fen > 0 ? "+" : "") + grouped(fen) }

    private static func count(_ digits: String) -> String {
        var result = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
