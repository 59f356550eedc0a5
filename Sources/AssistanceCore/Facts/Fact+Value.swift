/// Why a value from outside is none of a fact, or cannot stand where it is put. It holds nothing of the value.
public struct ValueFlaw: Error, Hashable, Sendable {
    /// What kind of mistake it is.
    public let code: DiagnosticCode
    /// What was expected, in one sentence without a final stop.
    public let message: String
    /// The name probably meant, where a wrong one is close to a right one.
    public var suggestion: String?

    /// A flaw.
    public init(code: DiagnosticCode, message: String, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.suggestion = suggestion
    }
}

extension Fact {
    /// The stored integer of a text without quotes, as a cell of a table has it: `urban`, `36000.50`, `true`. Several codes
    /// of a fact that takes them are divided by spaces; `none` says that there is none of them.
    public func stored(plain text: String) throws(ValueFlaw) -> Int64 {
        guard case .codes = type else { return try stored(type.token(text)) }
        if text == FactGroup.none { return 0 }
        var set: Int64 = 0
        let codes = text.split(separator: " ")
        // An empty text is no way to say none.
        for code in codes.isEmpty ? [""] : codes { set |= try stored(type.token(String(code))) }
        return set
    }

    /// The stored integer of one code by its text: of a fact that takes several its bit.
    public func stored(code text: String) throws(ValueFlaw) -> Int64 { try stored(.string(text)) }

    /// The stored integer of a whole number, which may be a code of a standard.
    public func stored(number: Int64) throws(ValueFlaw) -> Int64 { try stored(.number(String(number))) }

    /// The stored integer of a value that is one token: a code by name or by the standard's number, a number, a day.
    ///
    /// Of a fact with a list of codes it reads one code, and answers its bit.
    func stored(_ value: JSONToken.Kind) throws(ValueFlaw) -> Int64 {
        switch (type, value) {
        case (.code(let list), .string(let text)): return Int64(try place(of: text, in: list))
        case (.code(let list), .number(let text)): return Int64(try place(ofNumber: text, in: list))
        case (.codes(let list), .string(let text)): return 1 << Int64(try place(of: text, in: list))
        case (.codes(let list), .number(let text)): return 1 << Int64(try place(ofNumber: text, in: list))
        case (.yesNo, .bool(let answer)): return answer ? 1 : 0
        case (.yesNo, .string("yes")): return 1
        case (.yesNo, .string("no")): return 0
        case (.date, .string(let text)):
            guard let date = CalendarDate(iso: text) else {
                throw ValueFlaw(code: .badDate, message: "a day of the calendar, written as 2026-01-31, was expected")
            }
            return try checked(Int64(date.days))
        case (.count, .number(let text)), (.amount, .number(let text)): return try checked(number(text))
        case (.division, .string(let text)), (.division, .number(let text)):
            guard let division = DivisionCode(text) else {
                let rule = "of GB/T 2260, or a longer one of a township or village in it,"
                throw ValueFlaw(code: .badValue, message: "a division code \(rule) was expected: \(type.range)")
            }
            return division.number
        default:
            let found = "and this is \(value.kindName)\(hint(value))"
            throw ValueFlaw(code: .wrongType, message: "\(expectation) was expected, \(found)")
        }
    }

    /// The stored integer, where it is one of the fact's.
    func checked(_ stored: Int64) throws(ValueFlaw) -> Int64 {
        guard type.storedRange.contains(stored) else { throw outOfRange }
        return stored
    }

    /// For a value outside the fact's range.
    public var outOfRange: ValueFlaw {
        let expectation = type == .date ? "a day from \(type.range)" : expectation
        return ValueFlaw(code: .outOfRange, message: "\(expectation) was expected, and this lies outside")
    }

    private func number(_ text: String) throws(ValueFlaw) -> Int64 {
        do throws(ExactDecimal.Flaw) {
            return try ExactDecimal.read(text, decimals: type.decimals)
        } catch .tooManyDecimals {
            throw tooManyDecimals
        } catch {
            throw outOfRange
        }
    }

    /// For a number that is not whole at the fact's decimals.
    public var tooManyDecimals: ValueFlaw {
        let expectation = type.decimals == 0 ? "a whole number" : "a number of at most \(type.decimals) decimals"
        return ValueFlaw(code: .tooManyDecimals, message: "\(expectation) was expected; nothing is rounded here")
    }

    /// For a value of a kind that the fact does not take: `text`, `a column of float64`.
    public func wrongType(_ kind: String) -> ValueFlaw {
        ValueFlaw(code: .wrongType, message: "\(expectation) was expected, and this is \(kind)")
    }

    private func place(of text: String, in list: CodeList) throws(ValueFlaw) -> Int {
        if let place = list.index(of: text) { return place }
        let suggestion = closestName(to: text, among: list.codes.map(\.name))
        let message = "one of \(codes) was expected, and this is no such code"
        throw ValueFlaw(code: .unknownCode, message: message, suggestion: suggestion)
    }

    /// The place of a standard's code written as a number, which cannot keep a zero in front: 1 is `1`, or else `01`.
    private func place(ofNumber text: String, in list: CodeList) throws(ValueFlaw) -> Int {
        guard let number = try? ExactDecimal.read(text, decimals: 0) else { return try place(of: "", in: list) }
        if let place = list.index(of: String(number)) { return place }
        return try place(of: "0\(number)", in: list)
    }

    private func hint(_ value: JSONToken.Kind) -> String {
        switch (type, value) {
        case (.count, .string("none")), (.amount, .string("none")): "; write 0 for none"
        case (.count, .string), (.amount, .string): "; write it without quotes"
        case (.date, .number): "; write it in quotes"
        default: ""
        }
    }
}
