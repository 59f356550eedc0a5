import AssistanceCore
import AssistanceStorage
import Foundation
import Testing

@testable import AssistanceExchange

/// A folder of files that is gone when the test is over.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("jiuzhu-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and answers its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
        return path + "/" + name
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// What is thrown at a path in it, without the folder.
    func finding(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch ExchangeProblem.findings(let findings) {
            return findings.map(\.description).joined(separator: "\n").replacingOccurrences(of: path + "/", with: "")
        } catch {
            return "\(error)".replacingOccurrences(of: path + "/", with: "")
        }
    }
}

@Suite("Tables in CSV")
struct CSVTableTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// All rows of a table, the first with its names; where one is wrong, what is wrong.
    private func rows(_ bytes: [UInt8], _ encoding: TextEncoding = .utf8) throws -> [[String]] {
        let table = try CSVTable(try folder.write(bytes, to: "t.csv"), encoding)
        var rows = [table.header.cells]
        while let row = try table.next() {
            rows.append(
                row.flaw.map { [$0.description.replacingOccurrences(of: folder.path + "/", with: "")] } ?? row.cells)
        }
        return rows
    }

    @Test("Quotes, quotes in quotes, line breaks in cells, both kinds of line breaks, Chinese")
    func reads() throws {
        let text = "a,b\r\n1,\"x,\"\"y\"\"\nz\"\r\n,哈尔滨\n\"\",\"\"\n"
        #expect(try rows(Array(text.utf8)) == [["a", "b"], ["1", "x,\"y\"\nz"], ["", "哈尔滨"], ["", ""]])
    }

    @Test("A row that is wrong is told with its place, and the next is read")
    func wrongRows() throws {
        let text = "a,b\n1\n哈,x\"y\n\"x\"y,2\n5,6\n"
        #expect(
            try rows(Array(text.utf8)) == [
                ["a", "b"],
                ["t.csv:2:1: error: 2 cells were expected, as the first row has, and here are 1 [csv-syntax]"],
                [
                    "t.csv:3:4: error: a cell with a quote must stand in quotes, and the quote in it twice [csv-syntax]"
                ],
                [
                    "t.csv:4:4: error: a comma or the end of the row was expected after a closing quote [csv-syntax]"
                ],
                ["5", "6"],
            ])
    }

    @Test(
        "What makes the file as a whole unusable is said with its place",
        arguments: [
            ("", "t.csv:1:1: error: the text is empty; a row with the names of the columns was expected [empty-input]"),
            (
                "a,b\n1,2",
                "t.csv:2:1: error: the last row does not end with a line break, so the file may be cut; get it whole, or end the row [cut-off]"
            ),
            (
                "a,b\n1,\"2\n3,4\n",
                "t.csv:2:1: error: the last row does not end with a line break, so the file may be cut; get it whole, or end the row [cut-off]"
            ),
            (
                "a,b\n1,2\u{0}3\n",
                "t.csv:2:4: error: a character of text was expected, and byte 4 of this line is NUL [csv-syntax]"
            ),
            (
                "\u{FEFF}a,b\n",
                "t.csv:1:1: error: the file begins with a byte order mark; save it as UTF-8 without one [byte-order-mark]"
            ),
        ])
    func wrongFiles(text: String, expected: String) {
        #expect(folder.finding { _ = try rows(Array(text.utf8)) } == expected)
    }

    @Test("A million columns are refused at the first too many, and a row without an end before memory is full")
    func limits() {
        let many = Array(repeatElement("a", count: 1_000_000).joined(separator: ",").utf8) + [10]
        #expect(
            folder.finding { _ = try rows(many) }
                == "t.csv:1:2001: error: at most 1000 columns were expected [too-large]")
        let endless = Array("a\n\"".utf8) + [UInt8](repeating: 120, count: ByteRows.limit + 1_000_000)
        #expect(
            folder.finding { _ = try rows(endless) }
                == "t.csv:2:1: error: a row of at most 4 MB was expected; a quote that begins a cell is perhaps never closed [too-large]"
        )
    }

    @Test("GB 18030 is read strictly, with characters of two and of four bytes")
    func encodings() throws {
        // 哈尔滨, and 㐀 in four bytes.
        let names: [UInt8] = [0xB9, 0xFE, 0xB6, 0xFB, 0xB1, 0xF5, 0x81, 0x39, 0xEE, 0x39]
        #expect(try rows(Array("a\n".utf8) + names + [10], .gb18030) == [["a"], ["哈尔滨㐀"]])
        #expect(
            folder.finding { _ = try rows(Array("a\nx\n".utf8) + [0xB9, 0xFE, 0xFF, 0x30, 10], .gb18030) }
                == "t.csv:3:3: error: text in GB 18030 was expected, and byte 3 of this line begins none; say with --encoding how it is encoded [broken-encoding]"
        )
        #expect(
            folder.finding { _ = try rows(Array("a\n".utf8) + names + [10]) }
                == "t.csv:2:1: error: text in UTF-8 was expected, and byte 1 of this line begins none; say with --encoding how it is encoded [invalid-utf8]"
        )
        let coder = try TextCoder(.gb18030)
        #expect(coder.encoded(Array("哈尔滨㐀".utf8)) == names)
    }

    @Test("What is written is read again")
    func writes() throws {
        var text = CSVText()
        let written = [["a", "b"], ["x,y", "\"z\"\n"], ["", "哈"]]
        for row in written { text.add(row) }
        #expect(try rows(text.bytes) == written)
    }
}

@Suite("Households of joined tables")
struct HouseholdTablesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The households of some tables, with what is wrong with each.
    private func read(_ tables: [String: String]) throws -> (households: HouseholdFile, findings: [[String]]) {
        for (name, text) in tables { _ = try folder.write(text, to: name + ".csv") }
        let source = try HouseholdSource(folder.path, .csv, .utf8, .national)
        var records: [HouseholdRecord] = []
        while let record = try source.next() { records.append(record) }
        let date = try #require(CalendarDate(iso: "2026-06-01"))
        let (households, findings) = try source.reader.read(records, schema: .national, date: date)
        return (
            households,
            findings.map { $0.map { $0.description.replacingOccurrences(of: folder.path + "/", with: "") } }
        )
    }

    @Test("Members, obligors and plots go to the household and member that they name; an empty cell is unknown")
    func joins() throws {
        let (file, findings) = try read([
            "households": "id,residence,plots,unmet_needs\nf1,rural,,living;care\nf2,urban,none,none\nf3,,,\n",
            "members": """
            household,relation,income.wages,income.others,illness,obligors
            f1,head,36000.50,none,serious;chronic,none
            f1,parent,,,none,
            f2,head,,,,

            """.replacingOccurrences(of: "\n\n", with: "\n"),
            "obligors": "household,member,supports\nf1,2,3\nf1,2,1\nf2,1,2\n",
            "plots": "household,mu\nf1,3.5\n",
        ])
        #expect(findings == [[], [], []])
        let batch = file.batch
        #expect(file.households.map(\.id) == ["f1", "f2", "f3"])
        func value(_ owner: FactOwner, _ key: String, _ row: Int) -> Int64? {
            batch.schema.place(owner, key).flatMap { batch.value($0, row: row) }
        }
        #expect(batch.rows(.member, of: 0) == 0..<2 && batch.rows(.member, of: 1) == 2..<3)
        #expect(!batch.isListed(.member, of: 2))
        #expect(value(.member, "income.wages", 0) == 3_600_050 && value(.member, "income.pension", 0) == 0)
        #expect(value(.member, "income.wages", 1) == nil)
        #expect(
            value(.member, "illness", 0) == 3 && value(.member, "illness", 1) == 0
                && value(.member, "illness", 2) == nil)
        #expect(batch.isListed(.obligor, of: 0) && batch.rows(.obligor, of: 0).isEmpty)
        #expect(batch.rows(.obligor, of: 1) == 0..<2 && batch.rows(.obligor, of: 2) == 2..<3)
        #expect(value(.obligor, "supports", 1) == 1)
        #expect(batch.isListed(.plot, of: 1) && batch.rows(.plot, of: 1).isEmpty && !batch.isListed(.plot, of: 2))
        #expect(value(.household, "unmet_needs", 0) == 9)
    }

    @Test("What is wrong with a cell, a row of a member, or a household stands at its place in its own file")
    func refusals() throws {
        let (_, findings) = try read([
            "households": "id,residence,vehicles\nf1,hilly,0\nf2,urban,1.5\nf3,urban,1\nf4,urban,1\n",
            "members": "household,birth,income.wages\nf3,1990-02-30,-5\nf4,1990\nf4,1990-01-01,1\n",
        ])
        #expect(
            findings == [
                [
                    "households.csv:2:4: error: residence: one of urban, rural was expected, and this is no such code [unknown-code]"
                ],
                [
                    "households.csv:3:10: error: vehicles: a whole number was expected; nothing is rounded here [too-many-decimals]"
                ],
                [
                    "members.csv:2:4: error: members[0].birth: a day of the calendar, written as 2026-01-31, was expected [bad-date]",
                    "members.csv:2:15: error: members[0].income.wages: a number from 0 to 10,000,000,000 yuan/year was expected, and this lies outside [out-of-range]",
                ],
                ["members.csv:3:1: error: 3 cells were expected, as the first row has, and here are 2 [csv-syntax]"],
            ])
    }

    @Test("All mistakes of the names of columns are told at once")
    func headers() {
        let found = folder.finding {
            _ = try read([
                "households": "id,residense,residence,residence\n", "members": "familly,birth\n",
            ])
        }
        #expect(
            found == """
                households.csv:1:4: error: there is no such column in a table of each household; did you mean 'residence'? [unknown-fact]
                households.csv:1:24: error: each column once was expected, and another one before it is called so [duplicate-key]
                members.csv:1:1: error: there is no such column in a table of each member [unknown-fact]
                members.csv:1:1: error: a column 'household' was expected, to tell what each row belongs to [missing-key]
                """)
    }

    @Test(
        "Tables that do not go together end the run",
        arguments: [
            (
                "f1\nf2\n", "f2\nf1\n",
                "members.csv:3:1: error: its household does not come, or came before; all tables must be in the order of the households [row-order]"
            ),
            (
                "f1\nf1\n", "f1\n",
                "households.csv:3:1: error: another id than that of the row before was expected [row-order]"
            ),
            (
                "\"\"\n", "f1\n",
                "households.csv:2:1: error: an id was expected, which the rows of the other tables name [row-order]"
            ),
        ])
    func order(households: String, members: String, expected: String) {
        #expect(
            folder.finding { _ = try read(["households": "id\n" + households, "members": "household\n" + members]) }
                == expected)
    }
}
