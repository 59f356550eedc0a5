import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistancePolicy
import Testing

@Suite("Who may do what with payments, from policy files")
struct PaymentRuleTests {
    private static let day = SampleFunds.day("2026-07-10")

    @Test("A province that says something else is followed there, and what it does not say is the nation's")
    func province() throws {
        let (library, findings) = SampleFunds.policy(
            province: """
                payments:
                  confirm:
                    rows:
                      - {up-to: 1000 yuan, by: [payer, confirmer], level: county, note: 小额}
                      - {by: supervisor, level: province, apart: propose}
                  receive: {by: payer, level: county, apart: [propose, confirm]}
                """)
        #expect(findings == [])
        let funds = try SampleFunds(under: library)
        try funds.give(1_000_000)
        try funds.grant(1, 80_000, from: "2026-07-01")
        // Up to 1,000 yuan one person may do both here.
        let first = try funds.payments.propose(
            try SampleFunds.order("2026-07"), on: Self.day, by: SampleFunds.payer, at: SampleFunds.now)
        #expect(first.total == Money(fen: 80_000))
        #expect(
            try funds.payments.confirm(run: 1, on: Self.day, by: SampleFunds.payer, at: SampleFunds.now).stage
                == .confirmed)
        // Above that it is the province's.
        try funds.grant(2, 100_001, from: "2026-07-01")
        _ = try funds.payments.propose(
            try SampleFunds.order("2026-07"), on: Self.day, by: SampleFunds.payer, at: SampleFunds.now)
        expectRefusal(
            .wrongRole, "confirmer may not do it, but supervisor (《first》, p/payments.yaml:8:9)"
        ) { _ = try funds.payments.confirm(run: 2, on: Self.day, by: SampleFunds.confirmer, at: SampleFunds.now) }
        expectRefusal(
            .wrongLevel, "an office of county may not do it, but one of province (《first》, p/payments.yaml:8:9)"
        ) {
            let actor = CaseActor(id: "s-1", role: .supervisor, area: SampleFunds.county)
            _ = try funds.payments.confirm(run: 2, on: Self.day, by: actor, at: SampleFunds.now)
        }
        let supervisor = CaseActor(id: "s-1", role: .supervisor, area: SampleFunds.province)
        #expect(
            try funds.payments.confirm(run: 2, on: Self.day, by: supervisor, at: SampleFunds.now).stage == .confirmed)
        expectRefusal(
            .notApart,
            "payer-1 has done propose, confirm with run 1, and one person may not do both (《first》, p/payments.yaml:9:12)"
        ) { try funds.payments.take([], ofRun: 1, on: Self.day, by: SampleFunds.payer, at: SampleFunds.now) }
        try funds.payments.take(
            [PaymentReceipt(id: "R1C1", .paid, sum: Money(fen: 80_000))], ofRun: 1, on: Self.day,
            by: CaseActor(id: "payer-2", role: .payer, area: SampleFunds.county), at: SampleFunds.now)
        try funds.expectWhole()
    }

    @Test("A step that policy gives to nobody, or for which there is no policy, is nobody's")
    func nobody() throws {
        let funds = try SampleFunds(
            under: SampleFunds.policy(
                nation: "payments:\n  propose: {for: special-poverty, by: payer, level: county}\n"
            ).library)
        try funds.grant(1, 80_000, from: "2026-07-01")
        expectRefusal(
            .noRule,
            "no policy of 231025 on 2026-07-10 says who may do it for low-income; fill payments.propose"
        ) {
            _ = try funds.payments.propose(
                try SampleFunds.order("2026-07"), on: Self.day, by: SampleFunds.payer, at: SampleFunds.now)
        }
        expectRefusal(.noRule, "no policy of 231025 on 2026-01-01 says who may do it; fill payments.move") {
            try funds.give(100)
        }
        let other = try SampleFunds(under: nil)
        expectRefusal(.noRule, "the file was opened without a policy; open it with one") { try other.give(100) }
        #expect(try other.payments.list(try SampleFunds.order("2026-07"), for: SampleFunds.payer).lines.isEmpty)
    }

    @Test(
        "What cannot be read is named where it stands",
        arguments: [
            (
                "confirm: {by: cashier, level: county}",
                "5:17: error: 'by' is one of clerk, verifier, surveyor, reviewer, confirmer, payer, supervisor, department [unknown-code]"
            ),
            (
                "confirm: {by: confirmer}",
                "5:12: error: the key 'level' is missing: at which level the office stands, one of nation, province, prefecture, county, township, village [missing-key]"
            ),
            (
                "confirm: {by: confirmer, level: [county, town]}",
                "5:44: error: 'level' is one of nation, province, prefecture, county, township, village [unknown-code]"
            ),
            (
                "confirm: {by: confirmer, level: county, apart: receive}",
                "5:50: error: 'apart' names what comes before confirm: propose [bad-value]"
            ),
            (
                "move: {by: payer, level: county, apart: propose}",
                "5:43: error: nothing comes before move that 'apart' could name; leave it out [bad-value]"
            ),
            (
                "drop: {by: payer, level: county, within: 3 days}",
                "5:36: error: 'payments.drop' has no key 'within' [unknown-key]"
            ),
            ("pay: {by: payer, level: county}", "5:3: error: 'payments' has no key 'pay' [unknown-key]"),
        ])
    func mistakes(text: String, message: String) {
        let findings = SampleFunds.policy(nation: "payments:\n  \(text)\n").findings
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix("china/payments.yaml:" + message) ?? false, "\(findings)")
    }
}
