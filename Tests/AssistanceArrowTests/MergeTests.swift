import AssistanceCore
import Testing

@testable import AssistanceArrow

@Suite("Members of a stream of their own are joined by merging")
struct MergeTests {
    private static func households(_ ids: [String?]) -> TestColumn {
        .rows(ids.count, [.texts("household", ids)])
    }

    /// Members with their number as a fact.
    private static func members(_ ids: [String?], from first: Int = 0) -> TestColumn {
        .rows(
            ids.count,
            [.texts("household", ids, .view), .numbers("refusals", "c", ids.indices.map { Int8($0 + first) })])
    }

    private static func read(_ households: [[String?]], _ members: [[String?]], partSize: Int = 100) -> Reading {
        var first = 0
        let inner = members.map { ids in
            defer { first += ids.count }
            return Self.members(ids, from: first)
        }
        return Reading(households.map(Self.households), members: inner, partSize: partSize)
    }

    private static let sorted = "both streams are sorted by it"

    @Test("However the two are divided into batches", arguments: [1, 2, 3, 100])
    func divided(_ partSize: Int) {
        let number = FactSchema.national.place(.member, "refusals") ?? 0
        for (households, members) in [
            ([["a", "b", "c", "d"]], [["a", "a", "c", "c", "c", "d"]]),
            ([["a"], ["b", "c"], [], ["d"]], [["a"], ["a", "c"], ["c"], [], ["c", "d"]]),
            ([["a", "b"], ["c", "d"]], [["a", "a", "c"], ["c", "c", "d"]]),
        ] as [([[String?]], [[String?]])] {
            let reading = Self.read(households, members, partSize: partSize)
            #expect(reading.problems == [])
            var counts: [[Int?]] = []
            var numbers: [Int64?] = []
            for part in reading.parts {
                counts.append(
                    (0..<part.batch.count).map { row in
                        part.batch.isListed(.member, of: row) ? part.batch.rows(.member, of: row).count : nil
                    })
                numbers += (0..<part.batch.table(.member).count).map { part.batch.value(number, row: $0) }
            }
            // A household without members is one of which nothing is known of them.
            #expect(counts.flatMap { $0 } == [2, nil, 3, 1])
            #expect(numbers == [0, 1, 2, 3, 4, 5])
        }
    }

    @Test("By bytes as text, by size as numbers")
    func order() {
        #expect(Self.read([["10", "9"]], [["10", "9"]]).problems == [])
        func numbers(_ households: [Int64], _ members: [Int16]) -> Reading {
            Reading(
                [.rows(households.count, [.numbers("household", "l", households)])],
                members: [.rows(members.count, [.numbers("household", "s", members)])])
        }
        #expect(numbers([9, 10], [9, 10]).problems == [])
        #expect(
            numbers([10, 9], [10]).problems == [
                "households[1].household: an id after the one before was expected; \(Self.sorted)"
            ])
    }

    @Test("Members without a household, or out of order, with their row")
    func stray() {
        func stray(_ row: Int) -> [String] {
            ["members[\(row)].household: its household does not come, or came before; \(Self.sorted)"]
        }
        #expect(Self.read([["b"]], [["a", "b"]]).problems == stray(0))
        #expect(Self.read([["a", "c"]], [["a", "b", "c"]]).problems == stray(1))
        #expect(Self.read([["a"]], [["a"], ["a", "b"]]).problems == stray(2))
        #expect(Self.read([["a", "b", "c"]], [["a", "c", "b"]]).problems == stray(2))
        #expect(Self.read([[]], [["a"]]).problems == stray(0))
    }

    @Test("Households out of order, twice, or without an id")
    func households() {
        func problem(_ row: Int) -> [String] {
            ["households[\(row)].household: an id after the one before was expected; \(Self.sorted)"]
        }
        #expect(Self.read([["b", "a"]], [[]]).problems == problem(1))
        #expect(Self.read([["a", "a"]], [[]]).problems == problem(1))
        #expect(Self.read([["a", "b"], ["b"]], [[]]).problems == problem(2))
        #expect(
            Self.read([["a", nil]], [[]]).problems == ["households[1].household: an id was expected, and this is null"])
        #expect(
            Self.read([["a"]], [[nil]]).problems == ["members[0].household: an id was expected, and this is null"])
    }

    @Test("More members than a household may have")
    func tooMany() {
        #expect(Self.read([["a"]], [Array(repeating: "a", count: 40)]).problems == [])
        #expect(
            Self.read([["a"]], [Array(repeating: "a", count: 41)]).problems == [
                "members[40]: at most 40 members of a household were expected"
            ])
    }

    @Test("Streams that do not go together")
    func columns() {
        let household = Self.households(["a"])
        let missing = "household: this column was expected: both streams are sorted by it, and joined [missing-key]"
        #expect(
            Reading([household], members: [.rows(1, [.numbers("grade", "c", [1] as [Int8?])])]).problems
                == ["members:1:1: error: \(missing)"])
        #expect(
            Reading([.rows(1, [.texts("residence", ["urban"])])], members: [Self.members(["a"])]).problems
                == ["households:1:1: error: \(missing)"])
        #expect(
            Reading(
                [.rows(1, [.texts("household", ["a"]), .lists("members", [1]) { _ in .rows(1, []) }])],
                members: [Self.members(["a"])]
            ).problems == [
                "households:1:2: error: members: members come as a stream of their own; leave this column out, or that stream [contradiction]"
            ])
        #expect(
            Reading([.rows(1, [.numbers("household", "l", [1] as [Int64?])])], members: [Self.members(["1"])]).problems
                == ["members: the column 'household' is text in one stream and numbers in the other"])
    }

    @Test("A mistake of a member is named by its row in its stream")
    func rows() {
        let members = TestColumn.rows(
            3,
            [
                .texts("household", ["a", "b", "b"]), .numbers("grade", "c", [1, 2, 13] as [Int8?]),
                .lists("obligors", [0, 1, 1]) { _ in .rows(2, [.numbers("age", "s", [151, 150] as [Int16?])]) },
            ])
        let reading = Reading([Self.households(["a", "b"])], members: [members], partSize: 1)
        #expect(
            reading.problems == [
                "members[1].obligors[0].age: a whole number from 0 to 150 was expected, and this lies outside [out-of-range]",
                "members[2].grade: a whole number from 0 to 12 was expected, and this lies outside [out-of-range]",
            ])
    }
}
