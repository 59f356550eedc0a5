import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Testing

@Suite("How budgets are divided, from policy files")
struct AllocationPolicyTests {
    private static let province = DivisionCode("520000") ?? .nation

    /// A policy of an invented nation and province, and what is wrong with it.
    private static func policy(_ text: String) -> (library: PolicyLibrary, findings: [String]) {
        func file(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        let findings = Findings()
        let library = PolicyLibrary(
            files: [
                file("china/areas.yaml", "area: 000000 全国\n"), file("p/areas.yaml", "area: 520000 贵州省\n"),
                file("p/documents.yaml", "documents:\n  first: {title: first, status: illustrative}\n"),
                file("p/funds.yaml", "area: 520000 贵州省\nfrom: 2030-01-01\nsource: first\nallocation:\n" + text),
            ],
            jurisdiction: "p", sections: Engine.sections(of: []), findings)
        return (library, findings.sorted.map(\.description))
    }

    @Test("Shares, raises and supplements are read, and hold from their day on")
    func formula() throws {
        let (library, findings) = Self.policy(
            """
              low-income:
                shares: [{of: recipients, share: 80%}, {of: spent, share: 20%}]
                raise: [{areas: [520423, 520425], by: 5%}]
                supplement: [{areas: 520425, add: 15 yuan/month, per: recipients}]
            """)
        #expect(findings == [])
        let day = try #require(CalendarDate(iso: "2030-06-01"))
        let formula = try #require(library.allocation(of: "low-income", area: Self.province, on: day))
        #expect(formula.shares.map(\.measure) == ["recipients", "spent"])
        #expect(formula.shares.map(\.part) == [Rational(4, over: 5), Rational(1, over: 5)])
        #expect(formula.raises.map(\.part) == [Rational(1, over: 20)])
        #expect(formula.raises.first?.areas.map(\.text) == ["520423", "520425"])
        #expect(formula.supplements.map(\.sum.fen) == [1500])
        #expect(formula.measures == ["recipients", "spent"])
        #expect(formula.citation?.document.id == "first")
        #expect(library.allocation(of: "heating", area: Self.province, on: day) == nil)
        let before = try #require(CalendarDate(iso: "2029-12-31"))
        #expect(library.allocation(of: "low-income", area: Self.province, on: before) == nil)
    }

    @Test(
        "What cannot be read is named where it stands",
        arguments: [
            ("{raise: []}", "5:15: error: the key 'shares' is missing: a list such as [{of: recipients, share: 100%}]"),
            ("{shares: [{of: recipients, share: 80%}]}", "5:24: error: the shares are 80% together; make them 100%"),
            (
                "{shares: [{of: recipients, share: 0.8}]}",
                "5:49: error: 'share' is a part such as 5% or 12.5%, with at most two decimals"
            ),
            (
                "{shares: [{of: recipients, share: 100%}], raise: [{areas: 52, by: 5%}]}",
                "5:73: error: an area is a code of 6, 9 or 12 digits, as in 520423"
            ),
            (
                "{shares: [{of: recipients, share: 100%}], supplement: [{areas: 520423, add: 15 yuan, per: recipients}]}",
                "5:91: error: 'add' is a sum such as 15 yuan/month, for each that is counted"
            ),
            (
                "{shares: [{of: recipients, share: 100%, weigt: 2}]}",
                "5:55: error: a row of 'shares' has no key 'weigt'"
            ),
        ])
    func mistakes(text: String, message: String) {
        let findings = Self.policy("  low-income: \(text)\n").findings
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("p/funds.yaml:" + message) ?? false, "\(findings)")
    }
}
