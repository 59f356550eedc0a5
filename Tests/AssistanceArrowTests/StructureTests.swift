import AssistanceCore
import CJiuzhu
import TestSupport
import Testing

@testable import AssistanceArrow

@Suite("Arrays that contradict themselves are refused before they are read")
struct StructureTests {
    private static func check(_ spoiled: Spoiled, _ column: TestColumn) {
        let whole = Reading(column)
        #expect(whole.problems == [] && whole.parts.count == 1, "the column is right as long as nothing is spoiled")
        let rows = Int(column.length)
        let reading = Reading([.rows(rows, [column.with(spoiled.change)])], schema: .rows(rows, [column]))
        #expect(reading.problems == ["households: \(column.name): \(spoiled.message)"])
        #expect(reading.parts.isEmpty)
    }

    @Test(
        "Lengths, offsets, counts and buffers of any column",
        arguments: [
            Spoiled("length -1 and offset 0 are no numbers of rows") { $0.length = -1 },
            Spoiled("length 3 and offset -1 are no numbers of rows") { $0.offset = -1 },
            Spoiled("length 9223372036854775807 and offset 0 are no numbers of rows") { $0.length = .max },
            Spoiled("length 3 and offset 9223372036854775807 are no numbers of rows") { $0.offset = .max },
            Spoiled("it has 2 rows, and the struct around it has more") { $0.length = 2 },
            Spoiled("null_count is -2, and -1 to its length was expected") { $0.nulls = -2 },
            Spoiled("null_count is 4, and -1 to its length was expected") { $0.nulls = 4 },
            Spoiled("null_count is 0, and the bitmap has 1 nulls") { $0.nulls = 0 },
            Spoiled("null_count is 2, and the bitmap has 1 nulls") { $0.nulls = 2 },
            Spoiled("null_count is 1, and there is no validity bitmap") {
                $0.nulls = 1
                $0.buffers[0] = nil
            },
            Spoiled("it has 1 buffers, and 2 were expected") { $0.buffers.removeLast() },
            Spoiled("it has 3 buffers, and 2 were expected") { $0.buffers.append([]) },
            Spoiled("it has no buffers") { $0.buffers = [] },
            Spoiled("its -1 buffers are NULL, or no such number") { $0.saidBuffers = -1 },
            Spoiled("its 9223372036854775807 buffers are NULL, or no such number") { $0.saidBuffers = .max },
            Spoiled("buffer 1 is NULL") { $0.buffers[1] = nil },
            Spoiled("it has 1 children, and 0 were expected") { $0.children = [.texts("", ["a"])] },
            Spoiled("it has -1 children, and 0 were expected") { $0.saidChildren = -1 },
            Spoiled("the array has been released") { $0.isReleased = true },
        ])
    func plain(_ spoiled: Spoiled) {
        var column = TestColumn.decimals("financial_assets", bytes: 16, scale: 2, [100, nil, 300])
        column.nulls = 1
        Self.check(spoiled, column)
    }

    @Test(
        "Texts with offsets",
        arguments: [
            Spoiled("the offsets go down at row 1") { $0.buffers[1]?.replaceSubrange(8..<12, with: [1, 0, 0, 0]) },
            Spoiled("the offsets go down at row 0") {
                $0.buffers[1]?.replaceSubrange(0..<4, with: [0xFF, 0xFF, 0xFF, 0x7F])
            },
            Spoiled("its first offset is below 0") {
                $0.buffers[1]?.replaceSubrange(0..<4, with: [0xFF, 0xFF, 0xFF, 0xFF])
            },
            Spoiled("buffer 1 is NULL") { $0.buffers[1] = nil },
            Spoiled("buffer 2 is NULL") { $0.buffers[2] = nil },
            Spoiled("it has 2 buffers, and 3 were expected") { $0.buffers.removeLast() },
        ])
    func texts(_ spoiled: Spoiled) {
        Self.check(spoiled, .texts("residence", ["urban", "rural", nil]))
    }

    @Test(
        "Texts with offsets of 64 bits",
        arguments: [
            Spoiled("the offsets go down at row 1") { $0.buffers[1]?[23] = 0x80 },
            Spoiled("the offsets go down at row 0") { $0.buffers[1]?[7] = 0x7F },
            Spoiled("its first offset is below 0") { $0.buffers[1]?[7] = 0xFF },
        ])
    func largeTexts(_ spoiled: Spoiled) {
        Self.check(spoiled, .texts("residence", ["urban", "rural", nil], .large))
    }

    @Test(
        "Texts that are views",
        arguments: [
            Spoiled("the view of row 0 has a length below 0") { $0.buffers[1]?[3] = 0x80 },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[1]?[0] = 200 },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[1]?[8] = 2 },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[1]?[11] = 0xFF },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[1]?[12] = 1 },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[1]?[15] = 0xFF },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[2] = nil },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[4]?[0] = 3 },
            Spoiled("the view of row 0 lies outside its buffer") { $0.buffers[4]?[7] = 0x80 },
            Spoiled("the sizes of its buffers are NULL") { $0.buffers[4] = nil },
            Spoiled("it has 2 buffers, and 3 or more were expected") { $0.buffers.removeLast(3) },
        ])
    func views(_ spoiled: Spoiled) {
        Self.check(spoiled, .texts("unmet_needs", ["living medical legal", "living", nil], .view))
    }

    @Test(
        "Dictionaries and their indexes",
        arguments: [
            Spoiled("an index of row 0 lies outside its dictionary of 2 values") { $0.buffers[1]?[0] = 2 },
            Spoiled("an index of row 1 lies outside its dictionary of 2 values") { $0.buffers[1]?[3] = 0xFF },
            Spoiled("its dictionary is NULL") { $0.dictionary = [] },
            Spoiled("the dictionary: the offsets go down at row 1") {
                $0.dictionary[0].buffers[1]?.replaceSubrange(8..<12, with: [1, 0, 0, 0])
            },
            Spoiled("the dictionary: length -1 and offset 0 are no numbers of rows") { $0.dictionary[0].length = -1 },
        ])
    func dictionaries(_ spoiled: Spoiled) {
        Self.check(spoiled, .texts("residence", ["urban", "rural", nil], .dictionary))
    }

    @Test("A null in a dictionary is unknown, and so is a null index whatever it is")
    func nullWords() {
        // The words of a dictionary stand in their order: rural, urban.
        var column = TestColumn.texts("residence", ["urban", "rural", nil], .dictionary)
        column.dictionary[0].buffers[0] = [0b10]
        column.buffers[1]?.replaceSubrange(4..<6, with: [0xFF, 0x7F])
        #expect(Reading(column).values(.household, "residence") == [0, nil, nil])
    }

    private static func members(_ layout: TestColumn.Lists) -> TestColumn {
        .lists(
            "members", [1, 2], { order in .rows(order.count, [.numbers("grade", "c", order.map { Int8($0) })]) }, layout
        )
    }

    @Test(
        "Lists and their entries",
        arguments: [
            Spoiled("the offsets go down at row 1") { $0.buffers[1]?.replaceSubrange(8..<12, with: [0, 0, 0, 0]) },
            Spoiled("its first offset is below 0") { $0.buffers[1]?[3] = 0x80 },
            Spoiled("its last offset is 4, and there are 3 entries") { $0.buffers[1]?[8] = 4 },
            Spoiled("it has 0 children, and 1 were expected") { $0.children = [] },
            Spoiled("child 0 is NULL") { $0.lostChild = 0 },
            Spoiled("item: length -3 and offset 0 are no numbers of rows") { $0.children[0].length = -3 },
            Spoiled("item: child 0 is NULL") { $0.children[0].lostChild = 0 },
            Spoiled("item: it has 0 children, and 1 were expected") { $0.children[0].children = [] },
            Spoiled("item: it has 2 buffers, and 1 were expected") { $0.children[0].buffers.append([]) },
            Spoiled("item: grade: it has 2 rows, and the struct around it has more") {
                $0.children[0].children[0].length = 2
            },
            Spoiled("item: grade: it has 3 rows, and the struct around it has more") { $0.children[0].offset = 1 },
        ])
    func lists(_ spoiled: Spoiled) { Self.check(spoiled, Self.members(.small)) }

    @Test(
        "Lists that are views",
        arguments: [
            Spoiled("the list of row 0 lies outside the 3 entries") { $0.buffers[1]?[0] = 3 },
            Spoiled("the list of row 0 lies outside the 3 entries") { $0.buffers[1]?[3] = 0x80 },
            Spoiled("the list of row 1 lies outside the 3 entries") { $0.buffers[2]?[4] = 4 },
            Spoiled("the list of row 1 lies outside the 3 entries") { $0.buffers[2]?[7] = 0x80 },
            Spoiled("it has 2 buffers, and 3 were expected") { $0.buffers.removeLast() },
            Spoiled("buffer 2 is NULL") { $0.buffers[2] = nil },
        ])
    func listViews(_ spoiled: Spoiled) { Self.check(spoiled, Self.members(.view)) }

    @Test(
        "Lists that are views of 64 bits",
        arguments: [
            Spoiled("the list of row 1 lies outside the 3 entries") {
                $0.buffers[1]?.replaceSubrange(8..<16, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
            },
            Spoiled("the list of row 1 lies outside the 3 entries") {
                $0.buffers[2]?.replaceSubrange(8..<16, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
            },
        ])
    func largeListViews(_ spoiled: Spoiled) { Self.check(spoiled, Self.members(.largeView)) }

    @Test("Views of lists may lie over each other")
    func overlapping() {
        var column = Self.members(.view)
        column.buffers[1] = [0, 0, 0, 0, 0, 0, 0, 0]
        let reading = Reading(column)
        #expect(reading.problems == [] && reading.values(.member, "grade") == [1, 1, 2])
    }

    @Test("A record batch with a null row")
    func nullRows() {
        var batch = TestColumn.rows(2, [.texts("residence", ["urban", "rural"])])
        batch.buffers = [[0b10]]
        batch.nulls = 1
        #expect(Reading([batch]).problems == ["households: a row of a record batch is null"])
    }

    @Test("A record batch without rows, whose buffers are NULL")
    func noRows() {
        var column = TestColumn.texts("residence", [String?]())
        column.buffers = [nil, nil, nil]
        let reading = Reading([
            .rows(
                0,
                [
                    column,
                    Self.members(.small).with {
                        $0.length = 0; $0.buffers = [nil, nil]
                    },
                ])
        ])
        #expect(reading.problems == [] && reading.parts.isEmpty)
    }

    @Test("Too many rows in one record batch")
    func tooMany() {
        let batch = TestColumn.rows(1_000_001, [])
        #expect(
            Reading([batch]).problems == ["households: a record batch has more than 1,000,000 rows; divide it"])
    }

    @Test("Whatever a producer writes where it says how large things are, nothing is read beyond them")
    func spoiledByChance() {
        var random = SeededRandom(20_260_601)
        var (refused, read) = (0, 0)
        for _ in 0..<1_500 {
            let views = TestColumn.texts("unmet_needs", ["living medical legal", "living", nil, "care"], .view)
            let words = TestColumn.texts("residence", ["urban", nil, "rural", "urban"], .dictionary)
            let layout = TestColumn.Lists.allCases[random.below(4)]
            var members = TestColumn.lists(
                "members", [2, nil, 1, 1],
                { order in
                    .rows(
                        order.count,
                        [
                            .numbers("grade", "c", order.map { Int8($0) }),
                            .lists(
                                "illness", order.map { $0 % 3 },
                                { .texts("", $0.map { _ in "serious" }, .view) }, layout),
                        ])
                }, layout)
            var columns = [views, words]
            for _ in 0...random.below(3) {
                switch random.below(4) {
                case 0: Self.overwrite(&columns[0].buffers[1], &random)
                case 1: Self.overwrite(&columns[1].buffers[1], &random)
                case 2: Self.overwrite(&members.buffers[1 + random.below(members.buffers.count - 1)], &random)
                default:
                    let inner = members.children[0].children[1].buffers.count
                    Self.overwrite(&members.children[0].children[1].buffers[1 + random.below(inner - 1)], &random)
                }
            }
            let reading = Reading([.rows(4, columns + [members])])
            if reading.parts.isEmpty { refused += 1 } else { read += 1 }
            #expect(reading.parts.isEmpty == false || reading.problems.count == 1)
        }
        #expect(refused > 500 && read > 20, "\(refused) refused, \(read) read")
    }

    /// Writes a number that means something somewhere over some bytes.
    private static func overwrite(_ buffer: inout [UInt8]?, _ random: inout SeededRandom) {
        guard let count = buffer?.count, count > 0 else { return }
        let numbers: [[UInt8]] = [
            [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [1], [0], [3], [13], [0xFF],
        ]
        for (place, byte) in numbers[random.below(numbers.count)].enumerated() {
            let at = random.below(count / 4 + 1) * 4 + place
            if at < count { buffer?[at] = byte }
        }
    }

    @Test("A stream without its functions")
    func functions() throws {
        let tally = Tally()
        func problem(_ spoil: (inout ArrowArrayStream) -> Void) throws -> String {
            var stream = TestStream.stream([.rows(1, [.texts("residence", ["urban"])])], tally)
            spoil(&stream)
            let source = try #require(ArrowSource(taking: &stream, named: "households"))
            do {
                let feed = try HouseholdFeed(households: source, members: nil, schema: .national, partSize: 10)
                _ = try feed.next()
                return ""
            } catch ArrowProblem.structure(let message) {
                return message
            } catch let flaw as ArrowFlaw {
                return flaw.message
            }
        }
        #expect(try problem { $0.get_schema = nil } == "households: get_schema is NULL")
        #expect(try problem { $0.get_next = nil } == "households: get_next is NULL")
        #expect(tally.isClear)
    }
}
