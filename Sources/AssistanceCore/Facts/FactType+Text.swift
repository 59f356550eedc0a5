extension FactType {
    /// The decimals its numbers may have.
    public var decimals: Int {
        if case .amount = self { 2 } else { 0 }
    }

    /// The unit of its numbers, as written in policy; empty where there is none.
    public var unit: String {
        if case .amount(let unit, _) = self { unit.text } else { "" }
    }

    /// The codes of a code or a list of codes; nil for all else.
    public var codeList: CodeList? {
        switch self {
        case .code(let list), .codes(let list): list
        case .yesNo, .date, .count, .amount, .division: nil
        }
    }

    /// The values it takes: `0 to 10,000,000,000`, `urban, rural`, `1900-01-01 to 9999-12-31`.
    public func range(in language: Language) -> String {
        switch self {
        case .code(let list), .codes(let list): return list.codes.map(\.name).joined(separator: ", ")
        case .yesNo: return "true, false"
        case .date, .count, .amount:
            let to = Label("至", "to").text(in: language)
            return "\(text(storedRange.lowerBound)) \(to) \(text(storedRange.upperBound))"
        case .division: return Label("6、9 或 12 位数字", "6, 9 or 12 digits").text(in: language)
        }
    }

    /// The same in English, for messages.
    var range: String { range(in: .english) }

    /// A bound of the range.
    private func text(_ bound: Int64) -> String {
        switch self {
        case .date: CalendarDate(days: Int(bound))?.iso ?? ""
        case .amount where bound % Self.amountScale != 0: Money(fen: bound).grouped
        case .amount: grouped(bound / Self.amountScale)
        default: grouped(bound)
        }
    }

    private func grouped(_ number: Int64) -> String { (number < 0 ? "-" : "") + ASCII.grouped(number.magnitude) }
}

extension Fact {
    /// What a household file says here, for a message: `a number from 0 to 10,000,000,000 yuan/year`.
    var expectation: String {
        switch type {
        case .code: "one of \(codes)"
        case .codes: "none, or one or more of \(codes)"
        case .yesNo: "true or false"
        case .date: "a day written as 2026-01-31"
        case .count: "a whole number from \(type.range)"
        case .amount: "a number from \(type.range) \(type.unit)"
        case .division: "a division code of \(type.range)"
        }
    }

    /// The names of its codes, and the standard whose codes are accepted as well.
    var codes: String {
        let hasStandard = type.codeList?.codes.contains { !$0.standard.isEmpty } ?? false
        guard hasStandard, let standard else { return type.range }
        return type.range + " or a code of " + standard
    }
}
