import AssistanceCore
import AssistanceExchange
import Foundation
import Testing

/// Tables that are read whole: who is paid, and what areas count.
@Suite("Tables of payees and of areas")
struct SmallTableTests {
    private static func read<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "jiuzhu-\(UUID().uuidString).csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private static func mistake<Value>(_ text: String, _ body: (String) throws -> Value) throws -> String? {
        do {
            _ = try read(text, body)
            return nil
        } catch let finding as Diagnostic {
            return "\(finding.position.line):\(finding.position.column) \(finding.code.rawValue): \(finding.message)"
        }
    }

    @Test("Payees are read by case, and figures by area; a figure that is not known is left out")
    func whole() throws {
        let payees = try Self.read("case,name,account\n3,\"王 五\",6217\n12,李四,62-18\n") { try PayeeFile.read($0) }
        #expect(payees == [3: Payee(name: "王 五", account: "6217"), 12: Payee(name: "李四", account: "62-18")])
        let areas = try Self.read("area,recipients,spent\n520423,12,0\n520424,,7\n") {
            try AreaFigureFile.read($0)
        }
        #expect(areas.map(\.area.text) == ["520423", "520424"])
        #expect(areas.map(\.figures) == [["recipients": 12, "spent": 0], ["spent": 7]])
    }

    @Test(
        "What cannot be read of payees is named where it stands, without a name or an account",
        arguments: [
            ("case,name\n", "1:1 csv-syntax: the columns case,name,account were expected"),
            ("case,name,account\nR1,张三,6217\n", "2:1 wrong-type: the number of a case was expected"),
            ("case,name,account\n1,,6217\n", "2:3 missing-key: the name of the payee of case 1 was expected"),
            (
                "case,name,account\n1,张三,6217\n1,张三,6217\n",
                "3:1 duplicate-identifier: case 1 has a payee already in a row above"
            ),
            (
                "case,name,account\n1,张三\n",
                "2:1 csv-syntax: 3 cells were expected, as the first row has, and here are 2"
            ),
        ])
    func payees(text: String, message: String) throws {
        #expect(try Self.mistake(text) { try PayeeFile.read($0) } == message)
    }

    @Test(
        "What cannot be read of areas is named where it stands",
        arguments: [
            (
                "recipients,area\n",
                "1:1 csv-syntax: a column 'area' and behind it a column for each measure, each named once, were expected"
            ),
            (
                "area,spent,spent\n",
                "1:1 csv-syntax: a column 'area' and behind it a column for each measure, each named once, were expected"
            ),
            ("area,spent\n5204,1\n", "2:1 bad-value: a division code of 6, 9 or 12 digits was expected"),
            (
                "area,spent\n520423,-1\n",
                "2:8 wrong-type: a whole number was expected, none being 0, or nothing where it is not known"
            ),
            (
                "area,spent\n520423,1.5\n",
                "2:8 wrong-type: a whole number was expected, none being 0, or nothing where it is not known"
            ),
        ])
    func areas(text: String, message: String) throws {
        #expect(try Self.mistake(text) { try AreaFigureFile.read($0) } == message)
    }
}
