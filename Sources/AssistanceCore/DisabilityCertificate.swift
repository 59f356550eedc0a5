/// 残疾类别: the category of a disability, GB/T 26341; the raw values are its codes.
public enum DisabilityCategory: Int, CaseIterable, Sendable {
    /// 视力残疾.
    case vision = 1
    /// 听力残疾.
    case hearing = 2
    /// 言语残疾.
    case speech = 3
    /// 肢体残疾.
    case limb = 4
    /// 智力残疾.
    case intellectual = 5
    /// 精神残疾.
    case mental = 6
    /// 多重残疾.
    case multiple = 7
}

/// 残疾类别和等级: the category of a disability and its grade, 1 (the gravest) to 4.
public struct DisabilityRating: Hashable, Sendable {
    /// 残疾类别: the category.
    public let category: DisabilityCategory
    /// 残疾等级: the grade, 1 to 4.
    public let grade: Int

    /// A rating; nil where the grade is not 1 to 4.
    public init?(category: DisabilityCategory, grade: Int) {
        guard (1...4).contains(grade) else { return nil }
        self.category = category
        self.grade = grade
    }

    /// Reads the two digits that end a certificate number: `23` is hearing, grade 3.
    public init?(code: String) {
        guard code.utf8.count == 2, let number = ASCII.number(code.utf8),
            let category = DisabilityCategory(rawValue: Int(number / 10))
        else { return nil }
        self.init(category: category, grade: Int(number % 10))
    }

    /// The two digits.
    public var code: String { String(category.rawValue * 10 + grade) }
}

/// 残疾人证号: the number of a disability certificate: the citizen number, a digit of category, a digit of grade.
///
/// It is masked like the citizen number in it; `clearText` alone gives it whole.
public struct DisabilityCertificate: Hashable, Sendable {
    /// 公民身份号码: the citizen number of the holder.
    public let citizen: CitizenNumber
    /// 残疾类别和等级: category and grade.
    public let rating: DisabilityRating

    /// Why a text is not a certificate number. It holds nothing of the text.
    public enum Flaw: Error, Hashable, Sendable {
        /// Not twenty characters.
        case wrongLength
        /// The first eighteen are not a citizen number.
        case citizenNumber(CitizenNumber.Flaw)
        /// The nineteenth is not 1 to 7.
        case badCategory
        /// The twentieth is not 1 to 4.
        case badGrade

        /// What was expected, in one sentence without a final stop.
        public var message: String {
            switch self {
            case .wrongLength: "a disability certificate number has 20 characters"
            case .citizenNumber(let flaw): flaw.message
            case .badCategory: "character 19 of a disability certificate number is a category, 1 to 7"
            case .badGrade: "character 20 of a disability certificate number is a grade, 1 to 4"
            }
        }
    }

    /// Reads a certificate number.
    public init(_ text: String) throws(Flaw) {
        let characters = Array(text.unicodeScalars.prefix(21))
        guard characters.count == 20 else { throw .wrongLength }
        var number = String.UnicodeScalarView()
        number.append(contentsOf: characters.prefix(18))
        do throws(CitizenNumber.Flaw) {
            citizen = try CitizenNumber(String(number))
        } catch {
            throw .citizenNumber(error)
        }
        guard let category = Self.digit(characters[18]).flatMap(DisabilityCategory.init(rawValue:)) else {
            throw .badCategory
        }
        guard let grade = Self.digit(characters[19]),
            let rating = DisabilityRating(category: category, grade: grade)
        else { throw .badGrade }
        self.rating = rating
    }

    /// The number in clear. It never goes into a message, a log or an explanation.
    public var clearText: String { citizen.clearText + rating.code }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        ("0"..."9").contains(scalar) ? Int(scalar.value) - Int(ASCII.zero) : nil
    }
}

extension DisabilityCertificate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The region and fourteen asterisks.
    public var description: String { "\(citizen)**" }
    /// The same mask.
    public var debugDescription: String { description }
    /// Nothing inside, so that `dump` shows the mask alone.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
