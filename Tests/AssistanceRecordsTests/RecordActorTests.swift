import AssistanceRecords
import Testing

@Suite("Who acts")
struct RecordActorTests {
    @Test(
        "A name of staff is letters, digits, point, line and hyphen",
        arguments: ["", "张三", "a b", "a'--", String(repeating: "a", count: 65)])
    func otherNamesAreRefused(_ id: String) {
        #expect(RecordActor(id: id, role: "clerk", area: 0) == nil)
    }

    @Test("A staff number is one")
    func staffNumber() {
        #expect(RecordActor(id: "HRB-0012.a_b", role: "clerk", area: 230_102_001_000)?.id == "HRB-0012.a_b")
    }
}
