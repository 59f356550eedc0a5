import AssistanceCore
import CJiuzhu
import Testing

@Suite("Results")
struct ResultTests {
    let policy: Policy

    init() throws { policy = try Policy(pack: InventedPolicy.pack) }

    @Test("print")
    func printed() throws {
        let builder = try Builder(policy)
        #expect(builder.read(InventedPolicy.alone) == .ok)
        let result = try builder.assess(policy)
        print(result.text(0, JZ_ENGLISH))
        print(result.json(JZ_PRETTY))
        for p in 0..<3 {
            guard let i = result.program(0, p) else { continue }
            print(text(i.id), i)
        }
    }
}
