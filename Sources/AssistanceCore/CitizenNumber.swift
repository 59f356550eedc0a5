/// 性别: sex by GB/T 2261.1; the raw values are its codes.
public enum Sex: Int, CaseIterable, Sendable {
    /// 男.
    case male = 1
    /// 女.
    case female = 2
}

/// 公民身份号码: the citizen number of GB 11643, eighteen characters: region, date of birth, sequence, check character.
///
/// Whoever prints, dumps or logs one sees the region only; `clearText` alone gives it whole.
public struct CitizenNumber: Hashable, Sendable {
    /// The first seventeen digits; the last character follows from them.
    private let digits: Int64
    /// 出生日期: the date of birth.
    public let birthDate: CalendarDate

    /// Why a text is not a citizen number. It holds nothing of the text.
    public enum Flaw: Error, Hashable, CaseIterable, Sendable {
        /// Not eighteen characters; the old numbers of fifteen are no longer valid.
        case wrongLength
        /// Something other than a digit, or than a digit or X at the end.
        case badCharacter
        /// Characters 7 to 14 are no day of the calendar.
        case badDate
        /// The last character does not agree with those before it.
        case badChecksum

        /// What was expected, in one sentence without a final stop.
        public var message: String {
            switch self {
            case .wrongLength: "a citizen number has 18 characters"
            case .badCharacter: "a citizen number has 17 digits and then a digit or X"
            case .badDate: "characters 7 to 14 of a citizen number are a date of birth, and this is no such day"
            case .badChecksum: "the last character of the citizen number does not agree with the others"
            }
        }
    }

    /// Reads a citizen number; a small `x` at the end is taken as `X`.
    public init(_ text: String) throws(Flaw) {
        let characters = Array(text.unicodeScalars.prefix(19))
        guard characters.count == 18, let last = characters.last else { throw .wrongLength }
        let bytes = characters.dropLast().compactMap { UInt8(exactly: $0.value) }
        guard bytes.count == 17, let digits = ASCII.number(bytes),
            last.isASCII, ("0"..."9").contains(last) || last == "X" || last == "x"
        else { throw .badCharacter }
        let date = Int(digits / 1_000 % 100_000_000)
        guard let birthDate = CalendarDate(year: date / 10_000, month: date / 100 % 100, day: date % 100) else {
            throw .badDate
        }
        guard Self.check(digits) == (last == "x" ? "X" : Character(last)) else { throw .badChecksum }
        self.digits = digits
        self.birthDate = birthDate
    }

    /// 性别: the seventeenth digit is odd for men.
    public var sex: Sex { digits % 2 == 1 ? .male : .female }

    /// 地址码: the county of first registration; nil where the six digits are no division. Moving house leaves it.
    public var region: DivisionCode? { DivisionCode(regionDigits) }

    /// The number in clear. It never goes into a message, a log or an explanation.
    public var clearText: String { ASCII.padded(Int(digits), to: 17) + String(Self.check(digits)) }

    /// 校验码: the check character for seventeen digits; nil for anything else.
    public static func checkCharacter(for first17: String) -> Character? {
        guard first17.utf8.count == 17, let digits = ASCII.number(first17.utf8) else { return nil }
        return check(digits)
    }

    private var regionDigits: String { ASCII.padded(Int(digits / 100_000_000_000), to: 6) }

    /// ISO 7064 MOD 11-2. The weights of the standard, 7 9 10 5 ... 4 2, are the powers of two modulo 11.
    private static func check(_ digits: Int64) -> Character {
        var (rest, weight, sum): (Int64, Int64, Int64) = (digits, 2, 0)
        while rest > 0 {
            sum += rest % 10 * weight
            weight = weight * 2 % 11
            rest /= 10
        }
        let value = (12 - sum % 11) % 11
        return value == 10 ? "X" : Character(String(value))
    }
}

extension CitizenNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The region and twelve asterisks: `340524************`.
    public var description: String { regionDigits + "************" }
    /// The same mask.
    public var debugDescription: String { description }
    /// Nothing inside, so that `dump` shows the mask alone.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
