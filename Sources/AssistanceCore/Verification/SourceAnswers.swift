/// Gathers what a data source says about persons, and lets nothing pass that it may not say.
///
/// What is refused is thrown and changes nothing. A value type; for one thread while it is filled.
public struct SourceAnswers: Sendable {
    private let persons: Int
    private let facts: [String: (place: Int, fact: Fact)]
    /// By person the statements, by the place of their facts among those that the source can confirm.
    private var statements: [Int: [Int: SourceFinding.Statement]] = [:]
    private var unknown: Set<Int> = []

    /// No answers yet about so many persons, from a source that can confirm some facts.
    public init(about persons: Int, of facts: [Fact]) {
        self.persons = persons
        self.facts = Dictionary(
            facts.enumerated().map { ($1.name, (place: $0, fact: $1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// A value that the registry holds, as the text of a household file.
    public mutating func found(
        _ person: Int, _ name: String, value: String, day: CalendarDate?, confidence: Int
    ) throws(SourceProblem) {
        let (place, fact) = try fact(name, of: person)
        guard (1...100).contains(confidence) else {
            throw SourceProblem(
                "'\(name)' of person \(person) has the confidence \(confidence), and 1 to 100 was expected")
        }
        let stored: Int64
        do throws(ValueFlaw) {
            stored = try fact.stored(plain: value)
        } catch {
            throw SourceProblem("'\(name)' of person \(person): \(error.message)")
        }
        statements[person, default: [:]][place] = .value(stored, of: fact, day: day, confidence: confidence)
    }

    /// The registry knows the person and holds nothing of the fact.
    public mutating func foundNone(_ person: Int, _ name: String, day: CalendarDate?) throws(SourceProblem) {
        let (place, fact) = try fact(name, of: person)
        guard fact.type.noneValue != nil else {
            throw SourceProblem("'\(name)' of person \(person) cannot be none; say nothing of it")
        }
        statements[person, default: [:]][place] = SourceFinding.Statement.none(of: fact, day: day)
    }

    /// The registry does not know the person.
    public mutating func notFound(_ person: Int) throws(SourceProblem) {
        try check(person)
        guard statements[person] == nil else {
            throw SourceProblem("person \(person) is said to be unknown, and something was found before")
        }
        unknown.insert(person)
    }

    /// All findings, by person and in the order of the source's facts.
    public func findings() throws(SourceProblem) -> [SourceFinding] {
        var findings: [SourceFinding] = []
        for person in 0..<max(0, persons) {
            if unknown.contains(person) {
                findings.append(SourceFinding(person: person, .unknownPerson))
            } else if let known = statements[person] {
                findings += known.sorted { $0.key < $1.key }.map { SourceFinding(person: person, $0.value) }
            } else {
                throw SourceProblem("nothing is said of person \(person), not even that it is unknown")
            }
        }
        return findings
    }

    private func check(_ person: Int) throws(SourceProblem) {
        guard person >= 0, person < persons else {
            throw SourceProblem("there is no person \(UInt(bitPattern: person)); \(persons) were asked about, from 0")
        }
    }

    /// The fact of a name, of which nothing has been said yet.
    private func fact(_ name: String, of person: Int) throws(SourceProblem) -> (place: Int, fact: Fact) {
        try check(person)
        guard let known = facts[name] else {
            let hint = closestName(to: name, among: facts.keys.sorted()).map { "; did you mean '\($0)'?" } ?? ""
            throw SourceProblem("'\(name)' is no fact that it says it can confirm\(hint)")
        }
        guard !unknown.contains(person) else {
            throw SourceProblem("something is found of person \(person), who was said to be unknown before")
        }
        guard statements[person]?[known.place] == nil else {
            throw SourceProblem("'\(name)' of person \(person) is said twice")
        }
        return known
    }
}
