import AssistanceCore
import Testing

@Suite("Citizen numbers")
struct CitizenNumberTests {
    /// The published sample.
    private let sample = "34052419800101001X"

    @Test(
        "The published check characters come out (W51)",
        arguments: [("34052419800101001", "X"), ("37010119010203997", "3"), ("12345678901234567", "7")])
    func published(first17: String, check: Character) {
        #expect(CitizenNumber.checkCharacter(for: first17) == check)
    }

    @Test("The check character is that of the standard's weights and table")
    func standard() {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let table = Array("10X98765432")
        var seed: UInt64 = 1
        for _ in 0..<1000 {
            let digits = weights.map { _ in
                seed = seed &* 6_364_136_223_846_793_005 &+ 1
                return Int(seed >> 33) % 10
            }
            let sum = zip(weights, digits).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(CitizenNumber.checkCharacter(for: digits.map(String.init).joined()) == table[sum % 11])
        }
    }

    @Test(
        "There is no check character for what is not 17 digits",
        arguments: ["", "1", "3405241980010100", "34052419800101001X", "3405241980010100X", "３4052419800101001"])
    func noCheck(text: String) {
        #expect(CitizenNumber.checkCharacter(for: text) == nil)
    }

    @Test("A number gives birth, sex and region, and a small x is an X")
    func parts() throws {
        let man = try CitizenNumber(sample)
        #expect(man.birthDate.iso == "1980-01-01")
        #expect(man.sex == .male)
        #expect(man.region?.text == "340524")
        #expect(man.clearText == sample)
        #expect(try CitizenNumber("34052419800101001x") == man)
        let woman = try CitizenNumber("110101199003070126")
        #expect(woman.sex == .female)
        #expect(Sex.female.rawValue == 2)
    }

    @Test(
        "A text that is no number is refused with its reason",
        arguments: [
            ("", .wrongLength), ("340524800101001", .wrongLength), ("34052419800101001", .wrongLength),
            ("34052419800101001XX", .wrongLength), (String(repeating: "1", count: 100_000), .wrongLength),
            ("34052419800101001Y", .badCharacter), ("3405241980010100XX", .badCharacter),
            ("A4052419800101001X", .badCharacter), ("３4052419800101001X", .badCharacter),
            ("34052419800101001Ｘ", .badCharacter), ("3405241980010100-1", .badCharacter),
            ("340524198013010011", .badDate), ("340524198102290011", .badDate), ("340524000001010011", .badDate),
            ("340524198001010011", .badChecksum), ("34052419800101002X", .badChecksum),
        ] as [(String, CitizenNumber.Flaw)])
    func refuses(text: String, flaw: CitizenNumber.Flaw) {
        #expect(throws: flaw) { try CitizenNumber(text) }
    }

    @Test("Every single wrong digit and every exchange of neighbours is noticed")
    func errorsAreSeen() {
        let characters = Array(sample)
        for place in 0..<17 {
            for digit in "0123456789" where digit != characters[place] {
                var wrong = characters
                wrong[place] = digit
                #expect(throws: CitizenNumber.Flaw.self) { try CitizenNumber(String(wrong)) }
            }
            var swapped = characters
            swapped.swapAt(place, place + 1)
            if swapped != characters {
                #expect(throws: CitizenNumber.Flaw.self) { try CitizenNumber(String(swapped)) }
            }
        }
    }

    @Test("However it is printed, a number shows its region alone")
    func masked() throws {
        let number = try CitizenNumber(sample)
        #expect("\(number)" == "340524************")
        #expect(printings(of: number) == ["340524************", "340524************", "- 340524************\n"])
        for text in printings(of: Holder(number: number)) + printings(of: [number]) + printings(of: Optional(number)) {
            #expect(text.contains("340524************"))
            #expect(!text.contains("1980") && !text.contains("001X") && !text.contains("3652"))
        }
    }

    @Test("A reason says what was expected and holds nothing of the number", arguments: CitizenNumber.Flaw.allCases)
    func messages(flaw: CitizenNumber.Flaw) {
        let expected: [CitizenNumber.Flaw: String] = [
            .wrongLength: "a citizen number has 18 characters",
            .badCharacter: "a citizen number has 17 digits and then a digit or X",
            .badDate: "characters 7 to 14 of a citizen number are a date of birth, and this is no such day",
            .badChecksum: "the last character of the citizen number does not agree with the others",
        ]
        #expect(flaw.message == expected[flaw])
    }

    private struct Holder {
        let number: CitizenNumber
    }
}

@Suite("Disability certificates")
struct DisabilityCertificateTests {
    private let citizen = "34052419800101001X"

    @Test(
        "The two digits at the end are category and grade (W52)",
        arguments: [("23", .hearing, 3), ("44", .limb, 4), ("63", .mental, 3), ("74", .multiple, 4)]
            as [(String, DisabilityCategory, Int)])
    func published(code: String, category: DisabilityCategory, grade: Int) throws {
        let certificate = try DisabilityCertificate(citizen + code)
        #expect(certificate.rating == DisabilityRating(category: category, grade: grade))
        #expect(certificate.rating == DisabilityRating(code: code))
        #expect(certificate.rating.code == code)
        #expect(certificate.citizen == (try CitizenNumber(citizen)))
        #expect(certificate.clearText == citizen + code)
    }

    @Test(
        "No other two characters are a rating", arguments: ["", "2", "233", "03", "83", "20", "25", "2x", "-3", "２3"])
    func noRating(code: String) {
        #expect(DisabilityRating(code: code) == nil)
    }

    @Test(
        "A text that is no certificate number is refused with its reason",
        arguments: [
            ("", .wrongLength, "a disability certificate number has 20 characters"),
            ("34052419800101001X", .wrongLength, "a disability certificate number has 20 characters"),
            ("34052419800101001X23B1", .wrongLength, "a disability certificate number has 20 characters"),
            (
                "34052419800101001X83", .badCategory,
                "character 19 of a disability certificate number is a category, 1 to 7"
            ),
            (
                "34052419800101001Xa3", .badCategory,
                "character 19 of a disability certificate number is a category, 1 to 7"
            ),
            ("34052419800101001X20", .badGrade, "character 20 of a disability certificate number is a grade, 1 to 4"),
            ("34052419800101001X2５", .badGrade, "character 20 of a disability certificate number is a grade, 1 to 4"),
            (
                "34052419800101001123", .citizenNumber(.badChecksum),
                "the last character of the citizen number does not agree with the others"
            ),
        ] as [(String, DisabilityCertificate.Flaw, String)])
    func refuses(text: String, flaw: DisabilityCertificate.Flaw, message: String) {
        #expect(throws: flaw) { try DisabilityCertificate(text) }
        #expect(flaw.message == message)
    }

    @Test("However it is printed, a certificate shows its region alone")
    func masked() throws {
        let certificate = try DisabilityCertificate(citizen + "23")
        let mask = "340524**************"
        #expect(printings(of: certificate) == [mask, mask, "- \(mask)\n"])
        for text in printings(of: [certificate]) {
            #expect(text.contains(mask))
            #expect(!text.contains("1980") && !text.contains("hearing"))
        }
    }
}

/// What interpolation, `String(reflecting:)` and `dump` make of a value.
private func printings(of value: some Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return ["\(value)", String(reflecting: value), dumped]
}
