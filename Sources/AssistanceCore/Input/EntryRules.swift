/// What follows from the values of an entry as a whole, and what they must agree with: one rule for all that put
/// households together.
struct EntryRules {
    let keys: HouseholdKeys

    /// A fact that a number stands for.
    struct Derived {
        let fact: Int
        let value: Int64
        /// The key of the number.
        let source: String
    }

    /// Why the values of an entry do not go together.
    struct Problem: Error {
        /// The key that it is said of.
        let key: String
        /// The fact that it is said of; nil for what is none.
        let fact: Int?
        let flaw: ValueFlaw
    }

    // MARK: Values that are no facts

    /// Why a text is no id of a household; nil where it is.
    static func id(_ text: String) -> ValueFlaw? {
        guard !(1...HouseholdKeys.idLength).contains(text.unicodeScalars.prefix(HouseholdKeys.idLength + 1).count)
        else { return nil }
        return ValueFlaw(
            code: .badValue, message: "a text of 1 to \(HouseholdKeys.idLength) characters was expected")
    }

    /// The citizen number of a text.
    static func citizenNumber(_ text: String) throws(ValueFlaw) -> CitizenNumber {
        do throws(CitizenNumber.Flaw) {
            return try CitizenNumber(text)
        } catch {
            throw ValueFlaw(
                code: .badCitizenNumber, message: "\(error.message); check it against the identity card")
        }
    }

    /// The number of a disability certificate of a text.
    static func disabilityCertificate(_ text: String) throws(ValueFlaw) -> DisabilityCertificate {
        do throws(DisabilityCertificate.Flaw) {
            return try DisabilityCertificate(text)
        } catch {
            throw ValueFlaw(
                code: .badDisabilityCertificate, message: "\(error.message); check it against the certificate")
        }
    }

    // MARK: What must be so

    /// For a list of members that has none.
    static let noMembers = ValueFlaw(
        code: .outOfRange,
        message: "at least one member was expected; leave the key out where nothing is known of the members")

    /// For a list of an owner that is longer than it may be.
    static func tooManyEntries(_ owner: FactOwner) -> ValueFlaw {
        ValueFlaw(code: .tooManyEntries, message: "at most \(owner.limit) entries were expected in this list")
    }

    /// For a text that closes a group or a list and is another word.
    static let onlyNone = ValueFlaw(
        code: .badValue, message: "none was expected, to say that there is nothing else; every fact has its own key")

    /// For a fact that is said twice, and differs.
    func otherValue(of fact: Int) -> ValueFlaw {
        let rule = "the fact \(keys.schema.facts[fact].key) has another value as well; correct one of them"
        return ValueFlaw(code: .contradiction, message: rule)
    }

    /// Why somebody cannot be born on a day; nil where that can be.
    static func birth(_ days: Int64, on date: CalendarDate) -> ValueFlaw? {
        guard days > Int64(date.days) else { return nil }
        let rule = "a day not after the day of assessment, \(date.iso), was expected; correct one of them"
        return ValueFlaw(code: .birthAfterAssessment, message: rule)
    }

    /// Whether the size that a household states is the number of members that it lists.
    func size(_ batch: FactBatch, household row: Int, members: Int) -> Problem? {
        guard let size = keys.size, let said = batch.value(size, row: row), said != Int64(members) else { return nil }
        return contradiction(size, "another number of members is listed; correct the list, or leave the size out")
    }

    // MARK: Numbers that stand for facts

    /// Kind and grade of a disability from the number of its certificate.
    func derived(from certificate: DisabilityCertificate) -> [Derived] {
        let kind = CodeList.disabilityKind.index(of: String(certificate.rating.category.rawValue))
        return derived(
            [(keys.disabilityKind, kind.map(Int64.init)), (keys.disabilityGrade, Int64(certificate.rating.grade))],
            HouseholdKeys.Name.disabilityCertificate)
    }

    /// Birth and sex from the citizen number, or else from the one inside the number of a disability certificate.
    func derived(from citizen: CitizenNumber?, or certificate: DisabilityCertificate?) -> [Derived] {
        guard let number = citizen ?? certificate?.citizen else { return [] }
        let sex = CodeList.sex.index(of: String(number.sex.rawValue))
        return derived(
            [(keys.birth, Int64(number.birthDate.days)), (keys.sex, sex.map(Int64.init))],
            citizen == nil ? HouseholdKeys.Name.disabilityCertificate : HouseholdKeys.Name.citizenNumber)
    }

    private func derived(_ facts: [(fact: Int?, value: Int64?)], _ source: String) -> [Derived] {
        facts.compactMap { fact, value in
            guard let fact, let value else { return nil }
            return Derived(fact: fact, value: value, source: source)
        }
    }

    /// Whether both numbers are of one person.
    func mismatch(_ citizen: CitizenNumber?, _ certificate: DisabilityCertificate?) -> Problem? {
        guard let citizen, let certificate, citizen != certificate.citizen else { return nil }
        let rule = "its first 18 characters are not the member's citizen number; correct one of them"
        return Problem(
            key: HouseholdKeys.Name.disabilityCertificate, fact: nil,
            flaw: ValueFlaw(code: .contradiction, message: rule))
    }

    /// Why a fact that follows from a number cannot be: it was given as well and differs, or lies outside its range.
    func objection(to derived: Derived, in batch: FactBatch, row: Int) -> Problem? {
        if let known = batch.value(derived.fact, row: row), known != derived.value {
            return contradiction(derived.fact, "this does not agree with \(derived.source); correct one of them")
        }
        do throws(ValueFlaw) {
            _ = try keys.schema.facts[derived.fact].checked(derived.value)
            return nil
        } catch {
            return Problem(key: derived.source, fact: nil, flaw: error)
        }
    }

    // MARK: Groups

    /// Makes every fact of a closed group that is not known, and that `isOpen` allows, a stated none.
    func close(
        _ group: FactGroup, in batch: inout FactBatch, row: Int, where isOpen: (Int) -> Bool = { _ in true }
    ) {
        for part in group.parts where batch.value(part, row: row) == nil && isOpen(part) {
            guard let none = keys.schema.facts[part].type.noneValue else { continue }
            batch.set(part, row: row, to: none, statedNone: true)
        }
    }

    /// Makes the total of a group the sum of its parts where all are known, or compares the two.
    func total(of group: FactGroup, in batch: inout FactBatch, row: Int) -> Problem? {
        guard let total = group.total, let sum = group.sumOfParts(in: batch, row: row) else { return nil }
        if let known = batch.value(total, row: row) {
            let rule = "the total is not the sum of the parts; correct one, or leave the total out"
            return known == sum ? nil : contradiction(total, rule, key: group.key)
        }
        do throws(ValueFlaw) {
            batch.set(total, row: row, to: try keys.schema.facts[total].checked(sum))
            return nil
        } catch {
            return Problem(key: group.key, fact: nil, flaw: error)
        }
    }

    private func contradiction(_ fact: Int, _ rule: String, key: String? = nil) -> Problem {
        Problem(
            key: key ?? keys.schema.facts[fact].key, fact: fact,
            flaw: ValueFlaw(code: .contradiction, message: rule))
    }
}
