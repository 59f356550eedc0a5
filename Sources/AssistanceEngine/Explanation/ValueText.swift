import AssistanceCore
import AssistanceExpressions

/// Values in words, for people.
enum ValueText {
    /// An amount in a unit, with thousands and two decimals; what has more is marked as shortened by 约.
    static func amount(_ value: Rational, _ unit: Unit) -> String {
        guard let number = value.divided(by: unit.size) else { return "?" }
        if unit.dimension == .none {
            return number.decimalText(maximumPlaces: 4) ?? shortened(number)
        }
        guard let text = number.decimalText(maximumPlaces: 2, minimumPlaces: 2) else { return shortened(number) }
        return grouped(text)
    }

    /// An amount in a unit for machines: decimal text, or a fraction where it has no end.
    static func exact(_ value: Rational, _ unit: Unit) -> String {
        guard let number = value.divided(by: unit.size)?.reduced else { return "?" }
        return number.decimalText(maximumPlaces: 6) ?? number.description
    }

    private static func shortened(_ number: Rational) -> String {
        guard let near = number.rounded(.nearest, toMultipleOf: .hundredth),
            let text = near.decimalText(maximumPlaces: 2, minimumPlaces: 2)
        else { return number.description }
        return "≈" + grouped(text)
    }

    private static func grouped(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return text }
        var result = ""
        for (place, digit) in whole.enumerated() {
            if place > 0 && (whole.count - place) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return sign + result + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// A value of a kind: an amount with its unit, yes or no, a code, a day; a range or "unknown" where it is open.
    static func text(_ value: Value, _ kind: NodeKind, _ unit: Unit, isWide: Bool) -> Label {
        switch kind {
        case .bool:
            guard let truth = value.truth else { return unknown }
            return truth ? Label("是", "yes") : Label("否", "no")
        case .code(let list):
            guard let place = value.known.flatMap({ Int(exactly: $0.numerator) }), let code = list[place] else {
                return unknown
            }
            return code.label
        case .codes(let list):
            guard let bits = value.known.flatMap({ UInt64(exactly: $0.numerator) }) else { return unknown }
            if bits == 0 { return Label("无", "none") }
            let codes = list.codes.enumerated().filter { bits & (1 << UInt64($0.offset)) != 0 }.map(\.element)
            return Label(
                codes.map(\.label.chinese).joined(separator: "、"), codes.map(\.label.english).joined(separator: ", "))
        case .date:
            guard let day = value.known.flatMap({ Int(exactly: $0.numerator) }).flatMap({ CalendarDate(days: $0) })
            else { return unknown }
            return Label(day.iso, day.iso)
        case .number:
            if let known = value.known { return withUnit(amount(known, unit), unit) }
            if isWide { return unknown }
            let (low, high) = (amount(value.lowest, unit), amount(value.highest, unit))
            let least = withUnit(low, unit)
            let most = withUnit(high, unit)
            return Label(low + " 至 " + most.chinese, least.english + " to " + most.english)
        case .poison: return unknown
        }
    }

    /// A value of a kind exactly, as policy writes it; nil where it is not known.
    static func exact(_ value: Value, _ kind: NodeKind, _ unit: Unit, isWide: Bool) -> String? {
        guard let known = value.known else {
            guard case .number = kind, !isWide else { return nil }
            return "from \(exact(value.lowest, unit)) upto \(exact(value.highest, unit))"
                + (unit.text.isEmpty ? "" : " " + unit.text)
        }
        switch kind {
        case .number: return exact(known, unit) + (unit.text.isEmpty ? "" : " " + unit.text)
        case .bool: return known.isZero ? "false" : "true"
        case .code(let list): return Int(exactly: known.reduced.numerator).flatMap { list[$0]?.name }
        case .codes(let list):
            let bits = UInt64(exactly: known.reduced.numerator) ?? 0
            let names = list.codes.enumerated().filter { bits & (1 << UInt64($0.offset)) != 0 }.map(\.element.name)
            return "[" + names.joined(separator: ", ") + "]"
        case .date: return Int(exactly: known.reduced.numerator).flatMap { CalendarDate(days: $0) }?.iso
        case .poison: return nil
        }
    }

    private static let unknown = Label("未知", "unknown")

    /// A text with a unit after it.
    static func withUnit(_ text: String, _ unit: Unit) -> Label {
        unit.text.isEmpty ? Label(text, text) : Label(text + " " + unit.chinese, text + " " + unit.text)
    }
}

extension Gift {
    /// The least and the greatest quantity in its unit, exact: decimal text, or a fraction where that has no end.
    public var quantities: (least: String, most: String) {
        (ValueText.exact(least, unit), ValueText.exact(most, unit))
    }
}
