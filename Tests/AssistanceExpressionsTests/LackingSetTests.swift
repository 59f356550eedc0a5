import Testing

@testable import AssistanceExpressions

@Suite struct LackingSetTests {
    @Test("a union has the members of its first part before those that only its second has, each once")
    func unions() {
        var sets = LackingSets()
        let (a, b, c) = (sets.number(of: .term("a")), sets.number(of: .term("b")), sets.number(of: .term("c")))
        #expect(sets.number(of: .term("a")) == a)
        let first = sets.union(b, a)
        let second = sets.union(sets.union(a, c), first)
        #expect(sets.members(of: first) == [.term("b"), .term("a")])
        #expect(sets.members(of: second) == [.term("a"), .term("c"), .term("b")])
        #expect(sets.members(of: .none) == [])
        #expect(sets.union(.none, a) == a)
        #expect(sets.union(a, .none) == a)
        #expect(sets.union(second, second) == second)
    }

    @Test("a union that is made again and again of itself is no more work than its parts")
    func sharedParts() {
        var sets = LackingSets()
        var (left, right) = (sets.number(of: .term("a")), sets.number(of: .term("b")))
        for _ in 0..<1_000 { (left, right) = (sets.union(left, right), sets.union(right, left)) }
        #expect(sets.members(of: left).count == 2)
    }
}
