import AssistanceCore

/// A number as a case writes it: `631.33`, `1000/3`, `3.3%`, `500 yuan/year`.
struct ExpectedAmount {
    let number: Rational
    let unit: Unit?

    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first, let number = Self.ratio(first) else { return nil }
        self.number = number
        guard parts.count > 1 else {
            unit = nil
            return
        }
        guard let unit = Unit(parts[1]) else { return nil }
        self.unit = unit
    }

    /// In base units; nil where the unit does not measure what a step of that unit does.
    func value(in shown: Unit) -> Rational? {
        let unit = unit ?? shown
        guard unit.dimension == shown.dimension else { return nil }
        return number.multiplied(by: unit.size)
    }

    private static func ratio(_ text: String) -> Rational? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if text.hasSuffix("%") { return decimal(String(text.dropLast()))?.multiplied(by: .hundredth) }
        guard parts.count <= 2, let first = parts.first, let above = decimal(first) else { return nil }
        guard parts.count == 2 else { return above }
        return decimal(parts[1]).flatMap { above.divided(by: $0) }
    }

    /// A plain decimal of at most 18 digits.
    private static func decimal(_ text: String) -> Rational? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 20, (isNegative ? text.dropFirst() : Substring(text)).first != "-",
            (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let digits = Int128(parts.joined()), parts.joined().utf8.count <= 18
        else { return nil }
        let scale = (0..<(parts.count > 1 ? parts[1].utf8.count : 0)).reduce(Int128(1)) { scale, _ in scale * 10 }
        return Rational(isNegative ? -digits : digits, over: scale)
    }
}
