import AssistanceCasework
import AssistanceCore
import Testing

@Suite("The procedure of an area")
struct ProcedureTests {
    private func rule(_ programs: [String], upTo fen: Int64?, _ level: DivisionLevel) -> Procedure.Rule {
        Procedure.Rule(
            step: .confirm, programs: programs, upTo: fen.map(Money.init(fen:)), roles: [.confirmer], level: level,
            place: "procedure.yaml:1:1")
    }

    private func procedure() throws -> Procedure {
        let rules = [
            rule(["temporary-relief"], upTo: 200_000, .township), rule(["temporary-relief"], upTo: nil, .county),
            rule([], upTo: nil, .province),
        ]
        return Procedure(
            area: .nation, date: try #require(CalendarDate(iso: "2026-01-05")), rules: [.confirm: rules])
    }

    @Test("The first rule that fits the programme and the sum is the one")
    func firstThatFits() throws {
        let procedure = try procedure()
        #expect(
            procedure.rule(for: .confirm, program: "temporary-relief", sum: Money(fen: 200_000))?.level == .township)
        #expect(procedure.rule(for: .confirm, program: "temporary-relief", sum: Money(fen: 200_001))?.level == .county)
        #expect(procedure.rule(for: .confirm, program: "low-income", sum: Money(fen: 1))?.level == .province)
    }

    @Test("A sum that is not known is not a small one, and a step without a rule is nobody's")
    func unknownIsNotSmall() throws {
        let procedure = try procedure()
        #expect(procedure.rule(for: .confirm, program: "temporary-relief")?.level == .county)
        #expect(procedure.rule(for: .accept, program: "temporary-relief") == nil)
    }
}
