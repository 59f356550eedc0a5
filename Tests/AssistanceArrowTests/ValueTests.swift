import AssistanceCore
import Testing

@testable import AssistanceArrow

@Suite("Wrong values are named with their row")
struct ValueTests {
    private static let yuan = "a number from 0 to 10,000,000,000 yuan was expected"

    @Test("What lies outside the range of a fact, in every row")
    func range() {
        let reading = Reading(.numbers("financial_assets", "l", [1, -1, nil, 10_000_000_001, .max, .min] as [Int64?]))
        let flaw = "financial_assets: \(Self.yuan), and this lies outside [out-of-range]"
        #expect(reading.problems == [1, 3, 4, 5].map { "households[\($0)].\(flaw)" })
        #expect(
            Reading(.numbers("homes", "L", [UInt64.max])).problems == [
                "households[0].homes: a whole number from 0 to 9,999 was expected, and this lies outside [out-of-range]"
            ])
        #expect(
            Reading(.numbers("size", "c", [0, 41, 40] as [Int8?])).problems
                == [0, 1].map {
                    "households[\($0)].size: a whole number from 1 to 40 was expected, and this lies outside [out-of-range]"
                })
    }

    @Test("Decimals that are not exact, or too large", arguments: [4, 8, 16, 32])
    func decimals(_ bytes: Int) {
        let inexact = Reading(.decimals("financial_assets", bytes: bytes, scale: 3, [1_000, 1_001, nil]))
        #expect(
            inexact.problems == [
                "households[1].financial_assets: a number of at most 2 decimals was expected; nothing is rounded here [too-many-decimals]"
            ])
        let large = Reading(.decimals("financial_assets", bytes: bytes, scale: -9, [99, 0]))
        #expect(
            large.problems == ["households[0].financial_assets: \(Self.yuan), and this lies outside [out-of-range]"])
        #expect(
            Reading(.decimals("homes", bytes: bytes, scale: 2, [150])).problems == [
                "households[0].homes: a whole number was expected; nothing is rounded here [too-many-decimals]"
            ])
    }

    @Test("Decimals beyond 64 bits, read to their last bit")
    func wide() throws {
        func stored(_ words: [UInt64], scale: Int) -> Result<Int64, WideDecimal.Flaw> {
            let data = words.flatMap { TestColumn.bytes($0) }
            return data.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return .failure(.outOfRange) }
                return Result { () throws(WideDecimal.Flaw) in
                    try WideDecimal.stored(start, bytes: data.count, scale: scale, decimals: 2)
                }
            }
        }
        // 10^20 = 5 × 2^64 + 7,766,279,631,452,241,920.
        #expect(stored([7_766_279_631_452_241_920, 5], scale: 20) == .success(100))
        #expect(stored([7_766_279_631_452_241_920, 5, 0, 0], scale: 20) == .success(100))
        #expect(stored([7_766_279_631_452_241_921, 5, 0, 0], scale: 20) == .failure(.tooManyDecimals))
        #expect(stored([0 &- 7_766_279_631_452_241_920, ~5], scale: 20) == .success(-100))
        #expect(stored([0 &- 7_766_279_631_452_241_920, ~5, .max, .max], scale: 20) == .success(-100))
        #expect(stored([7_766_279_631_452_241_920, 5], scale: 2) == .failure(.outOfRange))
        #expect(stored([7_766_279_631_452_241_920, 5], scale: -1) == .failure(.outOfRange))
        #expect(stored([0, 0, 0, 1 << 63], scale: 76) == .failure(.tooManyDecimals))
        #expect(stored([0, 1], scale: 38) == .failure(.tooManyDecimals))
        #expect(stored([0, 1 << 63], scale: -38) == .failure(.outOfRange))
        #expect(stored([1, 0], scale: 38) == .failure(.tooManyDecimals))
        #expect(stored([1, 0], scale: -38) == .failure(.outOfRange))
        #expect(stored([0, 0], scale: -38) == .success(0))
    }

    @Test("Texts that are no values of a fact")
    func texts() {
        #expect(
            Reading(.texts("residence", ["urbn", "", nil, "urban"])).problems == [
                "households[0].residence: one of urban, rural was expected, and this is no such code [unknown-code]",
                "households[1].residence: one of urban, rural was expected, and this is no such code [unknown-code]",
            ])
        #expect(
            Reading(.texts("homes", ["many"])).problems == [
                "households[0].homes: a whole number from 0 to 9,999 was expected, and this is text; write it without quotes [wrong-type]"
            ])
        #expect(
            Reading(member: .texts("birth", ["1980-13-01"])).problems == [
                "households[0].members[0].birth: a day of the calendar, written as 2026-01-31, was expected [bad-date]"
            ])
        #expect(
            Reading(.texts("residence", [[0x75, 0xFF]])).problems == [
                "households[0].residence: text in UTF-8 was expected [invalid-utf8]"
            ])
        #expect(
            Reading(.texts("residence", [[UInt8](repeating: 0x61, count: 5_000)])).problems == [
                "households[0].residence: a text of at most 4,096 bytes was expected [too-large]"
            ])
        // An empty text is no way to say none.
        #expect(Reading(.texts("unmet_needs", [""])).problems.count == 1)
    }

    @Test("Codes by number, days and answers that are none")
    func others() {
        #expect(Reading(member: .numbers("sex", "c", [7, -1] as [Int8?])).problems.count == 2)
        #expect(
            Reading(.numbers("edge", "c", [2] as [Int8?])).problems == [
                "households[0].edge: true or false was expected, and this lies outside [out-of-range]"
            ])
        #expect(
            Reading(member: .numbers("birth", "tdm", [1] as [Int64?])).problems == [
                "households[0].members[0].birth: a day was expected, and this is a time within one [bad-date]"
            ])
        #expect(
            Reading(member: .numbers("birth", "tdD", [Int32.max, 20_606] as [Int32?])).problems == [
                "households[0].members[0].birth: a day from 1900-01-01 to 9999-12-31 was expected, and this lies outside [out-of-range]",
                "households[0].members[0].birth: a day not after the day of assessment, 2026-06-01, was expected; correct one of them [birth-after-assessment]",
                "households[1].members[0].birth: a day not after the day of assessment, 2026-06-01, was expected; correct one of them [birth-after-assessment]",
            ])
        #expect(
            Reading(.numbers("area", "i", [230_199_9] as [Int32?])).problems == [
                "households[0].area: a division code of GB/T 2260, or a longer one of a township or village in it, was expected: 6, 9 or 12 digits [bad-value]"
            ])
    }

    @Test("A list of codes with a null, or with a code that is none")
    func codeLists() {
        func illness(_ words: [String?]) -> [String] {
            Reading(member: .lists("illness", [words.count], { _ in .texts("", words) })).problems
        }
        #expect(
            illness(["serious", nil]) == [
                "households[0].members[0].illness: a code was expected in the list, and this is null [wrong-type]"
            ])
        #expect(
            illness(["none"]) == [
                "households[0].members[0].illness: one of serious, chronic, other was expected, and this is no such code [unknown-code]"
            ])
    }

    @Test("Lists that are too long, empty of members, or have null entries")
    func lists() {
        func members(_ count: Int?, _ spoil: (inout TestColumn) -> Void = { _ in }) -> [String] {
            Reading([
                .rows(
                    1,
                    [
                        .lists("members", [count]) { order in
                            .rows(order.count, [.numbers("grade", "c", order.map { _ in Int8(1) })]).with(spoil)
                        }
                    ])
            ]).problems
        }
        #expect(members(40) == [])
        #expect(members(nil) == [])
        #expect(
            members(41) == [
                "households[0].members: at most 40 entries were expected in this list [too-many-entries]"
            ])
        #expect(
            members(0) == [
                "households[0].members: at least one member was expected; leave the key out where nothing is known of the members [out-of-range]"
            ])
        #expect(
            members(2) {
                $0.buffers = [[0b01]]; $0.nulls = 1
            } == [
                "households[0].members: an entry was expected in the list, and this is null [wrong-type]"
            ])
        #expect(
            Reading(.texts("plots", ["none", "some"])).problems == [
                "households[1].plots: none was expected, to say that there is nothing else; every fact has its own key [bad-value]"
            ])
    }

    @Test("Facts that contradict each other")
    func contradictions() {
        let reading = Reading([
            .rows(
                2,
                [
                    .numbers("size", "c", [2, 1] as [Int8?]),
                    .lists("members", [1, 1]) { _ in
                        .rows(
                            2,
                            [
                                .texts("citizen_number", ["11010519491231002X", "110105194912310021"]),
                                .texts("birth", ["1949-12-30", nil]), .texts("income", ["none", "much"]),
                                .decimals("income.wages", bytes: 8, scale: 2, [1, nil]),
                            ])
                    },
                    .numbers("rigid_expenditure.medical", "l", [100, nil] as [Int64?]),
                    .texts("rigid_expenditure.others", ["none", nil]),
                    .numbers("rigid_expenditure.total", "l", [101, nil] as [Int64?]),
                ])
        ])
        #expect(
            Set(reading.problems) == [
                "households[0].size: another number of members is listed; correct the list, or leave the size out [contradiction]",
                "households[0].members[0].birth: this does not agree with citizen_number; correct one of them [contradiction]",
                "households[0].members[0].income: the fact income.wages has another value as well; correct one of them [contradiction]",
                "households[0].rigid_expenditure: the total is not the sum of the parts; correct one, or leave the total out [contradiction]",
                "households[1].members[0].citizen_number: the last character of the citizen number does not agree with the others; check it against the identity card [bad-citizen-number]",
                "households[1].members[0].income: none was expected, to say that there is nothing else; every fact has its own key [bad-value]",
            ])
    }

    @Test("A hundred mistakes of a part are told, and that there are more")
    func many() {
        let reading = Reading(.numbers("size", "c", [Int8](repeating: 0, count: 150)))
        #expect(reading.problems.count == 101)
        #expect(reading.problems.first?.hasPrefix("households[0].size") == true)
        #expect(
            reading.problems.last
                == "there are more mistakes than these 100; correct them and read the file again [out-of-range]")
    }

    @Test("Ids that are too long or empty")
    func ids() {
        #expect(
            Reading(.texts("household", ["", String(repeating: "x", count: 65), "ok"])).problems
                == [0, 1].map { "households[\($0)].household: a text of 1 to 64 characters was expected [bad-value]" })
    }
}
