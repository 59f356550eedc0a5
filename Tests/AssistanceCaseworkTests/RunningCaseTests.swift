import AssistanceCasework
import AssistanceCore
import Testing

@Suite("A case of which something is paid")
struct RunningCaseTests {
    @Test("It is neither withdrawn nor merged while it is paid, so that no payment is left without a case")
    func withdrawn() throws {
        var sample = try SampleCase()
        try sample.takeToGranted()
        try sample.take(.recheck, by: SampleCase.clerk, on: "2026-05-11")
        try sample.examine(from: "2026-05-12", [SampleCase.lowIncome])
        #expect(sample.state.stage == .assessed)
        do throws(CaseRefusal) {
            try sample.take(.withdraw, by: SampleCase.clerk, on: "2026-05-13")
            Issue.record("it was withdrawn")
        } catch {
            #expect(
                error.description
                    == "withdraw: refused (not-ready): before it comes end, for low-income is paid (procedure.yaml:withdraw)"
            )
        }
        do throws(CaseRefusal) {
            try sample.take(.merge, by: SampleCase.clerk, on: "2026-05-13") { $0.other = 2 }
            Issue.record("it was merged")
        } catch {
            #expect(error.code == .notReady)
        }
    }
}
