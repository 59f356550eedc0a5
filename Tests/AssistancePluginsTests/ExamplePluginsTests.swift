import AssistanceCore
import AssistancePlugins
import Foundation
import Jiuzhu
import Testing

/// The plugins of the folder `plugins`, with the real host. Each has tests of its own beside it.
@Suite("The example plugins")
struct ExamplePluginsTests {
    private static func number(_ first17: String) throws -> CitizenNumber {
        try CitizenNumber(first17 + String(#require(CitizenNumber.checkCharacter(for: first17))))
    }

    // MARK: The bank's file

    private static func bank(in build: PluginBuild) throws -> PluginChannel {
        let source = Source.example("bank-csv/bank-csv.c")
        return try #require(try PluginSet.of([source], in: build).plugins.first?.channels.first)
    }

    private static func batch(_ name: String = "张三") throws -> PaymentBatch {
        try PaymentBatch(
            id: "B202611", payer: "例县财政局", day: #require(CalendarDate(iso: "2026-11-20")),
            payments: [
                Payment(
                    id: "P1", name: name, account: "6217000012345678901", sum: Money(fen: 71_000),
                    purpose: "低保金 2026-11")
            ])
    }

    /// A line of a return file with its check digits.
    private static func line(_ text: String) -> [UInt8] {
        let rest = text.utf8.reduce(0) { ($0 * 256 + Int($1)) % 97 }
        let digits = String(98 - rest * 100 % 97)
        return Array((text + (digits.count == 1 ? "0" : "") + digits + "\r\n").utf8)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.utf8.count)
    }

    /// The return file of one payment.
    private static func back(id: String = "P1", fen: String = "0000000000071000", code: String = "0000") -> [UInt8] {
        let (paid, other) = code == "0000" ? ("1", "0") : ("0", "1")
        let none = String(repeating: "0", count: 16)
        return line("R" + padded("B202611", 32) + "20261121" + "00000001")
            + line("D00000001" + padded(id, 32) + fen + code + padded("", 60))
            + line("T0000000\(paid)" + (paid == "1" ? fen : none) + "0000000\(other)" + (other == "1" ? fen : none))
    }

    @Test("The bank's file has a line of fixed width for each payment, and what comes back is read")
    func bank() throws {
        let build = try PluginBuild()
        let channel = try Self.bank(in: build)
        let batch = try Self.batch()
        let file = try channel.file(of: batch)
        // The widths of the three lines with their check digits, and two bytes each at the end.
        #expect(file.count == (125 + 2 + 2) + (217 + 2 + 2) + (25 + 2 + 2))
        #expect(file.count { $0 == 10 } == 3 && file.first == UInt8(ascii: "H"))
        #expect(
            try channel.receipts(in: Self.back(), of: batch) == [
                PaymentReceipt(id: "P1", .paid, sum: Money(fen: 71_000))
            ])
        #expect(
            try channel.receipts(in: Self.back(code: "0404"), of: batch).map(\.outcome) == [.returned])
    }

    @Test("What the bank's file cannot hold, and what the bank cannot have meant, is refused")
    func bankRefuses() throws {
        let build = try PluginBuild()
        let channel = try Self.bank(in: build)
        let title = "the plugin 'bank-csv' 1.0.0, the payment channel 'bank-csv': "
        let long = try Self.batch(String(repeating: "三", count: 31))
        #expect(
            try #require(throws: PaymentProblem.self) { try channel.file(of: long) }.description
                == title + "payment 1: its name is longer than its column in GB 18030")
        func problem(_ file: [UInt8]) throws -> String {
            let batch = try Self.batch()
            return try #require(throws: PaymentProblem.self) { try channel.receipts(in: file, of: batch) }.description
        }
        #expect(try problem([]) == "line 1: " + title + "the file is cut: a line was expected here")
        var changed = Self.back()
        changed[60] ^= 1
        #expect(
            try problem(changed) == "line 2: " + title + "the check digits at the end of the line do not agree with it")
        #expect(try problem(Self.back(id: "P2")) == "the payment 'P2' is none of the batch 'B202611'")
        #expect(
            try problem(Self.back(fen: "0000000000070000"))
                == "the payment 'P1' is 710.00 yuan, and the file says 700.00; nothing of it is taken")
    }

    // MARK: The register of vehicles

    private static func register(in build: PluginBuild) throws -> PluginSource {
        let path = try build.library(
            "vehicles", Source.example("vehicle-registry/vehicle-registry.cpp"), by: ["c++", "-std=c++17"],
            language: "cpp")
        let plugins = PluginSet(beside: assistancePrograms)
        try plugins.load(path, sha256: PluginBuild.digest(path))
        return try #require(plugins.sources.first)
    }

    @Test("The vehicles of a person are counted and their worth is added, and who was not asked about is not known")
    func vehicles() throws {
        let build = try PluginBuild()
        let source = try Self.register(in: build)
        let (owner, without, other) = (
            try Self.number("34052419800101001"), try Self.number("34052419850505002"),
            try Self.number("34052420100909003")
        )
        let extract = try build.file(
            "extract.csv",
            Array(
                """
                citizen_number,plate,value,day
                \(owner.clearText),皖E12345,35000.5,2026-06-01
                \(owner.clearText),皖E54321,1000,2026-05-01
                \(without.clearText),,,2026-06-01
                """.utf8))
        let registry = try source.open(extract)
        let day = CalendarDate(iso: "2026-06-01")
        let (vehicles, worth) = (registry.facts[0], registry.facts[1])
        #expect(
            try registry.query([owner, other, without].map { QueriedPerson($0) }) == [
                SourceFinding(person: 0, .value(2, of: vehicles, day: day, confidence: 100)),
                SourceFinding(person: 0, .value(3_600_050, of: worth, day: day, confidence: 80)),
                SourceFinding(person: 1, .unknownPerson),
                SourceFinding(person: 2, SourceFinding.Statement.none(of: vehicles, day: day)),
                SourceFinding(person: 2, SourceFinding.Statement.none(of: worth, day: day)),
            ])
    }

    @Test("An extract with a mistake is not opened, and the line is named without what stands in it")
    func wrongExtract() throws {
        let build = try PluginBuild()
        let source = try Self.register(in: build)
        let number = try Self.number("34052419800101001").clearText
        func problem(_ lines: String, header: String = "citizen_number,plate,value,day\n") throws -> String {
            let extract = try build.file("extract.csv", Array((header + lines).utf8))
            return try #require(throws: SourceProblem.self) { _ = try source.open(extract) }.message
        }
        let title = "the plugin 'vehicle-registry' 1.0.0, the data source 'vehicle-registry': "
        let line = title + "line 2 of the extract: "
        #expect(
            try problem("", header: "number,plate\n")
                == title + "line 1 of the extract: citizen_number,plate,value,day was expected")
        #expect(try problem("") == title + "the extract has no line of a person")
        #expect(try problem("a,b,c\n") == line + "four fields were expected")
        #expect(try problem("a,b,1,2026-06-01\n") == line + "a citizen number has 18 characters")
        #expect(try problem("\(number),A,1,June\n") == line + "a day such as 2026-06-01 was expected")
        #expect(
            try problem("\(number),A,1.005,2026-06-01\n")
                == line + "a value in yuan with two decimals at most was expected, or none")
        #expect(try problem("\(number),,1,2026-06-01\n") == line + "a value without a plate is none of a vehicle")
        #expect(
            try problem("\(number),,,2026-06-01\n\(number),A,,2026-06-01\n")
                == title + "line 3 of the extract: a person with a line without plate has no other line")
        let missing = try #require(throws: SourceProblem.self) { _ = try source.open(build.path + "/none.csv") }
        #expect(missing.message == title + "the extract cannot be read: No such file or directory")
        let none = try #require(throws: SourceProblem.self) { _ = try source.open(nil) }
        #expect(none.message == title + "the setting is the path of the extract, and there is none")
        // A day that the calendar has not is found when somebody is asked about.
        let path = try build.file("day.csv", Array("citizen_number,plate,value,day\n\(number),,,2026-02-30\n".utf8))
        let registry = try source.open(path)
        let person = QueriedPerson(try CitizenNumber(number))
        #expect(
            try #require(throws: SourceProblem.self) { try registry.query([person]) }.message
                == title + "found_none was given the day 20260230, and one such as 20260131, or 0, was expected")
    }
}
