import AssistanceCore
import Testing

@Suite("Closest names")
struct ClosestNameTests {
    private let names = ["wages", "pensions", "household", "members", "standard", "stipend"]

    @Test(
        "A slip of the keys finds its name",
        arguments: [
            ("wagse", "wages"), ("wage", "wages"), ("wagess", "wages"), ("pention", "pensions"),
            ("houshold", "household"),
            ("hosuehlod", "household"), ("stanard", "standard"), ("wages", "wages"),
        ])
    func finds(slip: String, name: String) {
        #expect(closestName(to: slip, among: names) == name)
    }

    @Test("What is far from every name finds none", arguments: ["", "x", "rent", "wag", "income", "housing", "低保"])
    func findsNone(word: String) {
        #expect(closestName(to: word, among: names) == nil)
    }

    @Test("Of equally close names the first in the alphabet wins, whatever their order")
    func ties() {
        #expect(closestName(to: "cat", among: ["hat", "bat", "rat"]) == "bat")
        #expect(closestName(to: "cat", among: ["rat", "bat", "hat"]) == "bat")
        #expect(closestName(to: "abcdef", among: ["abcdxy", "abcdez"]) == "abcdez")
        #expect(closestName(to: "abcdef", among: ["abcdez", "abcdxy"]) == "abcdez")
    }

    @Test("Three edits are the most, however long the name")
    func bound() {
        let long = String(repeating: "a", count: 30)
        #expect(closestName(to: long + "bcd", among: [long]) == long)
        #expect(closestName(to: long + "bcde", among: [long]) == nil)
    }

    @Test("Long input is left aside")
    func long() {
        let huge = String(repeating: "a", count: 1_000_000)
        #expect(closestName(to: huge, among: [huge]) == nil)
        #expect(closestName(to: "wagse", among: [huge, "", "wages"]) == "wages")
        let edge = String(repeating: "a", count: 64)
        #expect(closestName(to: edge, among: [edge]) == edge)
        #expect(closestName(to: edge + "a", among: [edge]) == nil)
        #expect(closestName(to: "wages", among: [String]()) == nil)
        let many = (1...1_000).map { "wage\($0)" }
        #expect(closestName(to: "wage1x", among: many) == "wage1")
        #expect(closestName(to: "wage1x", among: many + ["wage"]) == nil)
    }

    @Test("Chinese names are compared by character")
    func chinese() {
        #expect(closestName(to: "低保标淮", among: ["低保标准", "保障对象"]) == "低保标准")
    }
}
