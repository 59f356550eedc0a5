import AssistanceCasework
import AssistanceCore
import AssistanceRecords
import TestSupport
import Testing

@Suite("What a case hands over in writing")
struct LetterTests {
    private let folder = "Tests/Fixtures/Letters/"
    static let highPension = (#""basic_pension": 1800"#, #""basic_pension": 60000"#)

    // MARK: Every kind

    @Test("The papers that lack are named at once, with what asks for them")
    func papers() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .askPapers, on: "2026-06-02") { $0.action.papers = ["identity", "means", "photo"] }
        RecordedText.expect(try desk.letter(.papers, number).text, at: folder + "papers.txt")
    }

    @Test("An acceptance says by when each step is due")
    func accepted() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .accept, on: "2026-06-02")
        RecordedText.expect(try desk.letter(.accepted, number).text, at: folder + "accepted.txt")
    }

    @Test("What is not taken up is refused with its reasons, and with what can be done")
    func declined() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.take(number, .decline, on: "2026-06-02", text: "申请人户籍不在本县\n\n应当向户籍所在地提出申请\n")
        RecordedText.expect(try desk.letter(.declined, number).text, at: folder + "declined.txt")
    }

    @Test("A grant says what, from when, each member's part, the articles, the next review and the remedies")
    func granted() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let letter = try desk.letter(.decision, number)
        RecordedText.expect(letter.text, at: folder + "granted.txt")
        RecordedText.expect(letter.html, at: folder + "granted.html")
    }

    @Test("A refusal says which condition fails, by how much, and by which article")
    func refused() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToRefused()
        RecordedText.expect(try desk.letter(.decision, number).text, at: folder + "refused.txt")
    }

    @Test("A refusal against what was computed gives the confirmer's reasons")
    func refusedByConfirmer() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.takeToNoticed(number)
        try desk.take(number, .confirm, on: "2026-06-18", text: "入户调查发现未申报的房产") { $0.action.verdict = .refuse }
        try desk.take(number, .decide, on: "2026-06-22", text: "决定书")
        let text = try desk.letter(.decision, number).text
        #expect(text.contains("最低生活保障\u{FF1A}不予救助\n\n  理由\u{FF1A}\n\n  1. 入户调查发现未申报的房产\n"))
        #expect(!text.contains("发生变化的"))
    }

    @Test("A review that raises a sum is told with the old and the new one, and the grant is not stopped by it")
    func adjusted() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        try desk.review(number, replacing: (#""plots": [{"mu": 12.5"#, #""plots": [{"mu": 2.5"#))
        RecordedText.expect(try desk.letter(.adjusted, number).text, at: folder + "adjusted.txt")
        #expect(throws: CaseProblem.self) { try desk.letter(.stopped, number) }
    }

    @Test("What ends says from when and why, by an officer or by a review")
    func stopped() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        try desk.take(number, .end, on: "2026-09-03", text: "家庭迁出本县") {
            ($0.action.programs, $0.action.from) = (["low-income"], SampleCase.day("2026-09-03"))
        }
        RecordedText.expect(try desk.letter(.stopped, number).text, at: folder + "stopped.txt")
        // It ends on the first of October; the household is told the last day that is paid for.
        #expect(
            try desk.letter(.payment, number, on: "2026-09-20").text.contains(
                "689.00元/月  全额      2026年7月1日  2026年9月30日\n"))

        let other = try desk.takeToGranted().number
        try desk.review(other, replacing: Self.highPension)
        #expect(try desk.letter(.stopped, other).text.contains("1. 家庭人均月收入不符合家庭保的收入条件\u{FF08}实际与限额为 "))
    }

    @Test("A notice of payment names what is paid in the month in which it is asked for")
    func payment() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        RecordedText.expect(
            try desk.letter(.payment, number, on: "2026-07-15").text, at: folder + "payment.txt")
        #expect(
            desk.refusal { try desk.letter(.payment, number, on: "2026-06-30") }
                == "nothing is paid to the case in the month of 2026-06-30; there is no notice of payment")
    }

    @Test("What was handed over at once stands in the decision and the notice of payment, with what is left")
    func relief() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToRelieved().number
        let sentence =
            "临时救助金3,000.00元中\u{FF0C}先行救助已经给付2,000.00元\u{FF0C}其余1,000.00元另行发放。"
        #expect(try desk.letter(.decision, number).text.contains(sentence))
        let payment = try desk.letter(.payment, number).text
        #expect(payment.contains(sentence))
        #expect(payment.contains("先行救助2,000.00元中\u{FF0C}先行救助已经给付2,000.00元\u{FF0C}不再另行发放。"))
    }

    @Test(
        "Where the first member has died a letter goes to the next, and while a review is open it says what still runs")
    func death() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        try desk.take(number, .recordDeath, on: "2026-09-01") {
            ($0.members, $0.action.from) = ([0], SampleCase.day("2026-08-30"))
        }
        let text = try desk.letter(.payment, number, on: "2026-09-15").text
        #expect(text.contains("\n李长顺\u{FF1A}\n"))
        #expect(text.contains("最低生活保障  基础保障金  689.00元/月"))
        #expect(text.contains("标准配置〕最低生活保障标准 —— 转引"))
    }

    @Test("A township shows the proposals of a day, with nothing of who its people are but masked names")
    func notice() throws {
        let desk = try SampleDesk()
        let people = [("张桂兰", "李长顺"), ("李四", "王五"), ("阿依古丽·买买提", "<b>王</b>"), ("赵小宝", "李长顺")]
        for (place, names) in people.enumerated() {
            let isChild = place == people.count - 1
            let request = try desk.application(
                on: "2026-06-01", names: names, applicant: place,
                replacing: isChild ? (#""1951-03-08","#, #""2015-03-08", "orphan": "none","#) : nil)
            try desk.takeToNoticed(desk.store.apply(request, by: SampleDesk.clerk, at: SampleDesk.now).number)
        }
        let notice = try desk.store.notice(
            in: SampleDesk.township, on: SampleCase.day("2026-06-10"), by: SampleDesk.clerk, at: 0)
        RecordedText.expect(notice.text, at: folder + "notice.txt")
        RecordedText.expect(notice.html, at: folder + "notice.html")
        for secret in ["桂", "四", "赵", "宝", "王", "买提", "110105194912310", "limb", "肢体", "残疾人", "分类施保"] {
            #expect(!notice.html.contains(secret), "\(secret) stands in the notice")
        }
    }

    // MARK: What was, and what is about to be

    @Test("A decision that is handed over is the letter itself, sealed as it was; before that nothing is kept")
    func decide() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.takeToNoticed(number)
        func decide(_ day: String, by actor: CaseActor = SampleDesk.clerk) throws -> Letter {
            try desk.store.decide(number, on: SampleCase.day(day), by: actor, at: SampleDesk.now)
        }
        let head = try desk.store.records.head
        #expect(
            desk.refusal { try decide("2026-06-22") }?.hasPrefix("the case is public notice (公示中); ") ?? false)
        #expect(throws: CaseProblem.self) {
            try desk.store.decide(7, on: SampleCase.day("2026-06-22"), by: SampleDesk.clerk, at: SampleDesk.now)
        }
        try #require(try desk.store.records.head == head)
        let confirmed = try desk.take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        #expect(
            desk.refusal { try decide("2026-06-17") }
                == "2026-06-17 lies before the last step of the case, which was on 2026-06-18")
        #expect(
            desk.refusal { try decide("2026-06-22", by: SampleDesk.reviewer) } == "reviewer may not do it, but clerk")
        #expect(try desk.store.state(of: number, for: SampleDesk.clerk) == confirmed)

        let letter = try decide("2026-06-22")
        RecordedText.expect(letter.text, at: folder + "granted.txt")
        let state = try desk.store.state(of: number, for: SampleDesk.clerk)
        #expect(state.stage == .granted)
        #expect(state.decided == SampleCase.day("2026-06-22"))
        let sealed = try #require(state.decision)
        #expect(try desk.store.records.read { try $0.document(sealed) } == Array(letter.text.utf8))
        #expect(try desk.letter(.decision, number, on: "2026-12-01").text == letter.text)
        #expect(desk.refusal { try decide("2026-06-22") }?.hasPrefix("the case is granted (救助中); ") ?? false)
    }

    @Test(
        "A decision that is confirmed is written as it will be handed over, and stays what it was when more has happened"
    )
    func draftAndCopy() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        try desk.takeToNoticed(number)
        try desk.take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        let draft = try desk.letter(.decision, number, on: "2026-06-22").text
        try desk.take(number, .decide, on: "2026-06-22", text: draft)
        #expect(try desk.letter(.decision, number, on: "2026-12-01").text == draft)
        try desk.take(number, .recheck, on: "2026-12-01")
        #expect(try desk.letter(.decision, number, on: "2026-12-02").text == draft)
    }

    @Test("Who had a letter or a notice written stands in the log of reads, and the file stays whole")
    func reads() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        _ = try desk.letter(.decision, number)
        _ = try desk.store.notice(
            in: SampleDesk.county, on: SampleCase.day("2026-06-10"), by: SampleDesk.confirmer, at: 0)
        let reads = try desk.store.records.read { try $0.reads(of: number) }
        #expect(reads.map(\.actor.id) == ["clerk-1", "confirmer-1"])
        #expect(
            reads.map { String(decoding: $0.body, as: UTF8.self) }
                == [#"{"what":"letter-decision"}"#, #"{"what":"public-notice"}"#])
        #expect(try desk.store.verify(anchor: desk.store.records.head).isWhole)
    }

    // MARK: What is refused

    @Test("A case without what a letter tells of is refused with a sentence, and nothing is noted")
    func absent() throws {
        let desk = try SampleDesk()
        let number = try desk.apply(on: "2026-06-01").number
        let expected: [LetterKind: String] = [
            .papers: "the case has had no such step (一次性告知); there is no notice of lacking papers before it",
            .accepted: "the case has had no such step (受理); there is no notice of acceptance before it",
            .declined: "the case has had no such step (不予受理); there is no notice that it is not taken up before it",
            .decision: "the case has had no such step (送达决定书); there is no decision before it",
            .adjusted: "no decision has changed a running sum; there is no notice of adjustment",
            .stopped: "nothing that was granted has ended; there is no notice of ending",
            .payment: "nothing is paid to the case in the month of 2026-06-22; there is no notice of payment",
        ]
        for kind in LetterKind.allCases {
            #expect(desk.refusal { try desk.letter(kind, number) } == expected[kind])
        }
        #expect(try desk.store.records.read { try $0.reads(of: number) }.isEmpty)
        #expect(
            desk.refusal {
                try desk.store.notice(
                    in: SampleDesk.township, on: SampleCase.day("2026-06-10"), by: SampleDesk.clerk, at: 0)
            } == "no notice of a case in 231025100 began on 2026-06-10; name a day on which cases were published")
    }

    @Test("An office elsewhere is shown no names")
    func elsewhere() throws {
        let desk = try SampleDesk()
        let number = try desk.takeToGranted().number
        let stranger = CaseActor(
            id: "clerk-9", role: .clerk, area: try #require(DivisionCode("230103001")))
        let expected =
            "the names of 231025100 are not shown to an office of 230103001; ask the office it belongs to"
        #expect(desk.refusal { try desk.store.letter(.decision, of: number, by: stranger, at: 0) } == expected)
        #expect(
            desk.refusal {
                try desk.store.notice(
                    in: SampleDesk.township, on: SampleCase.day("2026-06-10"), by: stranger, at: 0)
            } == expected)
        #expect(try desk.store.records.read { try $0.reads(of: number) }.isEmpty)
    }

    @Test("Names with markup, marks that turn the direction, and citizen numbers in reasons do no harm")
    func hostileNames() throws {
        let desk = try SampleDesk()
        let request = try desk.application(
            on: "2026-06-01", names: ("<script>alert(1)</script>", "李\u{202E}顺\u{0007}\n"))
        let number = try desk.store.apply(request, by: SampleDesk.clerk, at: SampleDesk.now).number
        try desk.takeToNoticed(number)
        try desk.take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        try desk.take(number, .decide, on: "2026-06-22", text: "决定书")
        let letter = try desk.letter(.decision, number)
        #expect(letter.html.contains("<p class=\"addressee\">&lt;script&gt;alert(1)&lt;/script&gt;\u{FF1A}</p>"))
        #expect(!letter.html.contains("<script"))
        #expect(letter.html.contains("<td>李\u{FFFD}顺\u{FFFD}\u{FFFD}</td>"))

        let other = try desk.apply(on: "2026-06-01").number
        try desk.take(other, .decline, on: "2026-06-02", text: "张桂兰(11010519491231002X)另有申请")
        #expect(try desk.letter(.declined, other).text.contains("1. 张桂兰\u{FF08}110105************\u{FF09}另有申请"))
    }
}

@Suite("Names as the public may see them")
struct MaskedNameTests {
    @Test(
        "Of a name the first and the last character stay, of two the first, of one none",
        arguments: [
            ("张", "*"), ("李四", "李*"), ("张桂兰", "张*兰"), ("欧阳娜娜", "欧**娜"), ("买买提江明", "买***明"),
            ("李\u{3000}四", "李*"), ("张 三", "张*"), ("张\u{200B}三", "张*"), ("\u{202E}李四\u{202C}", "李*"), ("", "*"),
            ("\u{200B}", "*"), ("𠮷野家", "𠮷*家"),
        ])
    func chinese(_ name: String, _ masked: String) { #expect(MaskedName(name).text == masked) }

    @Test(
        "Of a name in parts the first character of each stays, whichever dot stands between",
        arguments: [
            ("阿依古丽·买买提", "阿***·买**"), ("阿依古丽•买买提", "阿***·买**"), ("阿依古丽・买买提", "阿***·买**"),
            ("阿卜杜拉·阿·买买提", "阿***·*·买**"), ("Aygul Memet", "A**** M****"), ("ئايگۈل مەمەت", "ئ***** م****"),
            ("·李四·", "李*"),
        ])
    func parts(_ name: String, _ masked: String) { #expect(MaskedName(name).text == masked) }
}

extension SampleDesk {
    func letter(_ kind: LetterKind, _ number: Int64, on day: String = "2026-06-22") throws -> Letter {
        try store.letter(kind, of: number, by: Self.clerk, at: Int64(SampleCase.day(day).days) * 86_400)
    }

    /// The sentence of a refusal; nil where it was not refused.
    func refusal(_ body: () throws -> Letter) -> String? {
        do {
            _ = try body()
            return nil
        } catch CaseProblem.refused(let refusal) {
            return refusal.message
        } catch {
            return "\(error)"
        }
    }

    /// A household whose pension is too high, refused.
    func takeToRefused() throws -> Int64 {
        let request = try application(
            on: "2026-06-01", replacing: LetterTests.highPension)
        let number = try store.apply(request, by: Self.clerk, at: SampleDesk.now).number
        try takeToAssessed(number)
        try take(number, .review, on: "2026-06-09") { $0.action.verdict = .refuse }
        try take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .refuse }
        try take(number, .decide, on: "2026-06-22", text: "决定书")
        return number
    }

    /// A change is reported, and the review decides.
    func review(_ number: Int64, replacing changes: (String, String)...) throws {
        let household = try Self.household(changes)
        try take(number, .report, on: "2026-09-01") { $0.document = household }
        try take(number, .verify, on: "2026-09-02", text: "核对结果一致")
        try take(number, .visit, on: "2026-09-03", text: "属实") {
            ($0.action.visitors, $0.action.from) = (["surveyor-1", "village-3"], SampleCase.day("2026-09-03"))
        }
        let verdict: CaseVerdict =
            try take(number, .assess, on: "2026-09-04").outcomes.first?.status == .eligible ? .approve : .refuse
        try take(number, .review, on: "2026-09-07") { $0.action.verdict = verdict }
        try take(number, .confirm, on: "2026-09-08") { $0.action.verdict = verdict }
        try take(number, .decide, on: "2026-09-09", text: "决定书")
    }
}
