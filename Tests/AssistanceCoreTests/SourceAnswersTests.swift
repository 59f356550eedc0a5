import AssistanceCore
import Testing

/// What registries say is checked once, whoever asks them. The ways to be wrong are tried with plugins.
@Suite("Answers of data sources")
struct SourceAnswersTests {
    @Test("Codes and several codes are read as in a household file, and a fact without a none has none")
    func kinds() throws {
        let facts = ["member.illness", "member.birth", "household.residence"].compactMap { name in
            (try? FactSchema.national.place(named: name)).map { FactSchema.national.facts[$0] }
        }
        var answers = SourceAnswers(about: 1, of: facts)
        try answers.found(0, "household.residence", value: "rural", day: nil, confidence: 1)
        try answers.foundNone(0, "member.illness", day: .latest)
        #expect(
            try answers.findings() == [
                SourceFinding(person: 0, SourceFinding.Statement.none(of: facts[0], day: .latest)),
                SourceFinding(person: 0, .value(1, of: facts[2], day: nil, confidence: 1)),
            ])
        let problem = try #require(throws: SourceProblem.self) {
            try answers.foundNone(0, "member.birth", day: nil)
        }
        #expect(problem.message == "'member.birth' of person 0 cannot be none; say nothing of it")
        #expect(try answers.findings().count == 2)
    }

    @Test("Who prints a person sees the region alone")
    func masked() throws {
        let person = QueriedPerson(try CitizenNumber("11010519491231002X"), name: "张三")
        var dumped = ""
        dump(person, to: &dumped)
        #expect("\(person)" == "110105************" && !dumped.contains("张三") && !dumped.contains("1949"))
        #expect(!String(reflecting: person).contains("张三"))
    }
}
