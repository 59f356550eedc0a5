import Foundation
import Testing

@Suite("The commands that write letters")
struct LetterCommandTests {
    private func letter(_ desk: CommandDesk, _ words: [String]) throws -> CommandRun {
        try CommandRun(
            ["case", "letter", desk.file] + words + ["--key", desk.key] + CommandDesk.clerk + CommandDesk.policy)
    }

    @Test("A letter is printed, or written as a page; one that the case has nothing for is refused with a sentence")
    func letters() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        _ = try desk.advance(["1", "accept", "--day", "2026-06-02"])
        let printed = try letter(desk, ["1", "accepted"])
        #expect(printed.output.hasPrefix("社会救助受理通知书\n"))
        #expect(printed.output.contains("张桂兰"))
        let page = desk.folder.path + "/accepted.html"
        let written = try letter(desk, ["1", "accepted", "--html", page])
        #expect(written.output.isEmpty)
        #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!DOCTYPE html>\n"))
        let refused = try letter(desk, ["1", "decision"])
        #expect(refused.status == 5)
        #expect(
            refused.errors
                == "jiuzhu: error: decide: refused (not-ready): the case has had no such step (送达决定书); there is no decision before it\n"
        )
        #expect(try letter(desk, ["2", "accepted"]).status == 1)
        #expect(try letter(desk, ["1", "thanks"]).status == 64)
    }

    @Test("A decision that nobody has confirmed is not handed over, and nothing is written")
    func decide() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        let page = desk.folder.path + "/decision.html"
        let run = try CommandRun(
            ["case", "decide", desk.file, "1", "--day", "2026-06-22", "--html", page, "--key", desk.key]
                + CommandDesk.clerk + CommandDesk.policy)
        #expect(run.status == 5)
        #expect(run.output.isEmpty)
        #expect(
            run.errors.hasPrefix(
                "jiuzhu: error: decide: refused (illegal-transition): the case is applied (已申请); what may be done now is "
            ))
        #expect(!FileManager.default.fileExists(atPath: page))
        #expect(try desk.list("list", ["--area", "231025"]).output == "1  231025100  已申请  申请 2026-06-01\n")
    }

    @Test("A day without a public notice has none, and a day that is none is refused")
    func notices() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        let call =
            ["case", "notice", desk.file, "--area", "231025100", "--key", desk.key] + CommandDesk.clerk
            + CommandDesk.policy
        let refused = try CommandRun(call + ["--day", "2026-06-10"])
        #expect(refused.status == 5)
        #expect(
            refused.errors
                == "jiuzhu: error: publish: refused (not-ready): no notice of a case in 231025100 began on 2026-06-10; name a day on which cases were published\n"
        )
        #expect(try CommandRun(call + ["--day", "2026-06-31"]).status == 64)
    }
}
