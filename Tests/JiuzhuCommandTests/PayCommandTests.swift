import Foundation
import Testing

/// What goes wrong; `docs/payments.md`, which a test follows, shows what works.
@Suite("The commands pay and fund")
struct PayCommandTests {
    private static func run(
        _ desk: CommandDesk, _ words: [String], _ more: [String] = [], role: String = "payer",
        office: String = "231025",
        policy: [String] = CommandDesk.policy
    ) throws -> CommandRun {
        try CommandRun(
            ["case"] + words.prefix(2) + [desk.file] + words.dropFirst(2)
                + ["--key", desk.key, "--actor", "p-1", "--role", role, "--office", office] + policy + more)
    }

    private static let order = ["--area", "231025", "--program", "low-income", "--month", "2026-07"]

    @Test("An empty month is listed as such and not proposed, and nobody pays for another area or in another role")
    func refused() throws {
        let desk = try CommandDesk()
        _ = try desk.open()
        let anchor = try desk.store("anchor").output
        let list = try Self.run(desk, ["pay", "list"], Self.order)
        #expect(list.status == 0)
        #expect(list.output == "发放名单:最低生活保障,黑龙江省牡丹江市林口县 231025,截至 2026-07\n  户数  0\n  金额  0.00 元\n")
        func refusal(_ run: CommandRun) -> String {
            #expect(run.status == 5)
            #expect(run.output.isEmpty)
            return run.errors
        }
        let propose = ["pay", "propose"]
        #expect(
            try refusal(Self.run(desk, propose, Self.order))
                == "jiuzhu: error: refused (nothing-owed): up to 2026-07 nothing of low-income is owed in 231025 that is not paid or proposed; look at the runs that are there\n"
        )
        #expect(
            try refusal(Self.run(desk, propose, Self.order, role: "clerk")).hasPrefix(
                "jiuzhu: error: refused (wrong-role): clerk may not do it, but payer (《"))
        #expect(
            try refusal(Self.run(desk, propose, Self.order, office: "231000")).hasPrefix(
                "jiuzhu: error: refused (wrong-level): an office of prefecture may not do it, but one of county (《"))
        #expect(
            try refusal(Self.run(desk, ["pay", "list"], Self.order, office: "231084"))
                == "jiuzhu: error: refused (outside-area): the payments of 231025 are not shown to an office of 231084; ask the office it belongs to\n"
        )
        #expect(
            try refusal(Self.run(desk, ["pay", "confirm", "7"], role: "confirmer"))
                == "jiuzhu: error: refused (no-run): there is no run 7 in the file\n")
        #expect(try Self.run(desk, ["pay", "runs"]).output == "没有发放批次\n")
        let ahead = ["--area", "231025", "--program", "low-income", "--month", "2026-08", "--day", "2026-07-31"]
        #expect(
            try refusal(Self.run(desk, propose, ahead))
                == "jiuzhu: error: refused (not-due): 2026-08 has not begun on 2026-07-31, and is not due; propose it when it has\n"
        )
        let wrong = try Self.run(
            desk, ["pay", "list"], ["--area", "231025", "--program", "low-incom", "--month", "2026-08"])
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("there is no programme 'low-incom'; did you mean 'low-income'? There are "))
        #expect(try desk.store("anchor").output == anchor)
    }

    @Test("Money that is not there, or would leave its fund, is not moved")
    func funds() throws {
        let desk = try CommandDesk()
        let fund = ["--source", "province", "--sum", "100.00", "--day", "2026-07-01"]
        let move = try Self.run(desk, ["fund", "move"], ["--from", "231025", "--to", "231025100"] + fund)
        #expect(move.status == 5)
        #expect(
            move.errors
                == "jiuzhu: error: refused (no-funds): provincial funds of 231025 would stand at -100.00 yuan; there is not as much to move\n"
        )
        let given = try Self.run(desk, ["fund", "give"], ["--area", "231025", "--format", "json"] + fund)
        let value = try JSONSerialization.jsonObject(with: Data(given.output.utf8)) as? [String: Any]
        let balances = value?["balances"] as? [[String: Any]]
        #expect(balances?.map { $0["kind"] as? String } == ["budget", "available"])
        #expect(balances?.map { $0["fen"] as? Int } == [-10_000, 10_000])
        #expect(
            try Self.run(desk, ["fund", "move"], ["--from", "231025", "--to", "231025100"] + fund).output
                == """
                资金余额:2026-07 月末
                  黑龙江省牡丹江市林口县 231025     省级资金  可用资金  0.00 元
                  黑龙江省牡丹江市林口县 231025100  省级资金  可用资金  100.00 元

                """)
        let same = try Self.run(desk, ["fund", "move"], ["--from", "231025", "--to", "231025"] + fund)
        #expect(
            same.errors.hasPrefix("jiuzhu: error: refused (wrong-accounts): no money goes from available of 231025"))
        let sum = try Self.run(
            desk, ["fund", "give"], ["--area", "231025", "--source", "province", "--sum", "1.005"])
        #expect(sum.status == 64)
        #expect(sum.errors.contains("a sum is written in yuan with at most two decimals, such as 2000.00"))
        let earmark = try Self.run(
            desk, ["fund", "give"], ["--area", "231025", "--for", "allowance", "--source", "province", "--sum", "1.00"])
        #expect(earmark.status == 64)
        #expect(earmark.errors.contains("there is no programme 'allowance'"))
        let source = try Self.run(desk, ["fund", "give"], ["--area", "231025", "--source", "bank", "--sum", "1.00"])
        #expect(source.status == 64)
    }

    @Test("A budget is not divided where policy says not how, or by a table that is wrong")
    func allocation() throws {
        let desk = try CommandDesk()
        let figures = try desk.folder.write("area,recipients\n520423,12\n520424,\n", to: "figures.csv")
        let words = ["fund", "allocate", "low-income"]
        func divide(_ area: String, by table: String, _ more: [String] = [], policy: String) throws -> CommandRun {
            try Self.run(
                desk, words,
                ["--area", area, "--budget", "100.00", "--figures", table, "--day", "2026-07-01"] + more,
                office: area, policy: ["--policy", policy])
        }
        let none = try divide("230000", by: figures, policy: "heilongjiang")
        #expect(none.status == 5)
        #expect(
            none.errors
                == "jiuzhu: error: refused (no-rule): no policy of 230000 on 2026-07-01 says how a budget of low-income is divided; fill allocation.low-income\n"
        )
        let alone = try divide("230000", by: figures, ["--book"], policy: "heilongjiang")
        #expect(alone.status == 64)
        #expect(alone.errors.contains("--book needs the fund, by --source and --for, and these say nothing without it"))
    }

    @Test("A bank's file is written for a run that is there, by a channel that is there, from payees that can be read")
    func bank() throws {
        let desk = try CommandDesk()
        let plugin = desk.folder.path + "/bank-csv.so"
        let built = try CommandRun(
            inShell: "cc -O1 -fPIC -shared -Iinclude -o \(plugin) plugins/bank-csv/bank-csv.c && sha256sum \(plugin)")
        try #require(built.status == 0)
        let named = ["--plugin", plugin, "--plugin-sha256", String(built.output.prefix(64)), "--day", "2026-07-08"]
        func batch(_ payees: String, channel: String = "bank-csv") throws -> CommandRun {
            let path = try desk.folder.write(payees, to: "payees.csv")
            return try Self.run(
                desk, ["pay", "batch", "1"],
                ["--payees", path, "--payer", "林口县民政局", "--purpose", "低保金", "--channel", channel]
                    + ["--to", desk.folder.path + "/out.txt"] + named)
        }
        let payees = desk.folder.path + "/payees.csv"
        let other = try batch("case,name,account\n", channel: "bank-cvs")
        #expect(other.status == 2)
        #expect(
            other.errors
                == "jiuzhu: error: no --plugin has a payment channel 'bank-cvs'; did you mean 'bank-csv'?\n")
        for (text, message) in [
            ("case,account,name\n", "1:1: error: the columns case,name,account were expected [csv-syntax]"),
            ("case,name,account\n0,张三,6217\n", "2:1: error: the number of a case was expected [wrong-type]"),
            (
                "case,name,account\n1,张三,6217\n1,李四,6218\n",
                "3:1: error: case 1 has a payee already in a row above [duplicate-identifier]"
            ),
            (
                "case,name,account\n1,张三,\n",
                "2:6: error: the account of the payee of case 1 was expected [missing-key]"
            ),
        ] {
            let wrong = try batch(text)
            #expect(wrong.status == 1)
            #expect(wrong.errors == "\(payees):\(message)\n")
        }
        let none = try batch("case,name,account\n1,张三,6217\n")
        #expect(none.status == 5)
        #expect(none.errors == "jiuzhu: error: refused (no-run): there is no run 1 in the file\n")
        #expect(!FileManager.default.fileExists(atPath: desk.folder.path + "/out.txt"))
        let file = try desk.folder.write("hello\r\n", to: "return.txt")
        let receipts = try Self.run(
            desk, ["pay", "receipts", "1", file], ["--channel", "bank-csv"] + named)
        #expect(receipts.status == 1)
        #expect(
            receipts.errors.hasPrefix("\(file):1: error: the plugin 'bank-csv' 1.0.0, the payment channel 'bank-csv': ")
        )
    }

    @Test("A month's subsidy is given by the payer of the county, for a programme that there is")
    func supplement() throws {
        let desk = try CommandDesk()
        let order = ["--area", "231025", "--program", "allowances.price-subsidy", "--month", "2026-07"]
        let run = try Self.run(desk, ["pay", "supplement"], order + ["--day", "2026-08-05"])
        #expect(run.status == 0)
        #expect(
            run.output == "核发当月补贴:价格临时补贴,2026-07\n  本次核发    0 户  0.00 元\n  此前已核发  0 户\n  未核发      0 户\n")
        let other = try Self.run(desk, ["pay", "supplement"], order, office: "231084")
        #expect(other.status == 5)
        #expect(
            other.errors
                == "jiuzhu: error: supplement: refused (outside-area): the cases of 231025 do not belong to 231084\n")
    }
}
