import AssistancePolicy
import Testing

@testable import PolicyFuzzer

/// Policies as large as they can be, and larger. What they take is printed by `PolicyFuzzer --limits`, and not asserted.
@Suite struct LimitTests {
    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")
    private static let nation = PolicyFiles.jurisdiction("china", in: root + "/Policies")

    @Test("what is too large is refused by a stated limit, all else loads", arguments: LimitCase.all.indices)
    func limit(place: Int) {
        let one = LimitCase.all[place]
        #expect(one.outcome(beside: Self.nation) == one.expected, Comment(rawValue: one.name))
    }
}
