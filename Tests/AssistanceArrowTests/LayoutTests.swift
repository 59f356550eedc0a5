import AssistanceCore
import Testing

@testable import AssistanceArrow

@Suite("Columns of every type become facts")
struct LayoutTests {
    @Test("Texts of every layout", arguments: TestColumn.Texts.allCases)
    func texts(_ layout: TestColumn.Texts) {
        let residence = Reading(.texts("residence", ["urban", nil, "rural", "urban"], layout))
        #expect(residence.problems == [])
        #expect(residence.values(.household, "residence") == [0, nil, 1, 0])
        // Beyond twelve bytes a view points into a buffer.
        let needs = Reading(.texts("unmet_needs", ["none", "living medical", nil, "company living medical"], layout))
        #expect(needs.problems == [])
        let codes = FactSchema.national.facts[FactSchema.national.place(.household, "unmet_needs") ?? 0].type.codeList
        func bits(_ names: String...) -> Int64 { names.reduce(0) { $0 | 1 << Int64(codes?.index(of: $1) ?? 63) } }
        #expect(
            needs.values(.household, "unmet_needs")
                == [0, bits("living", "medical"), nil, bits("company", "living", "medical")])
    }

    @Test("Whole numbers of every width count, are yuan, codes of standards, yes and no")
    func integers() {
        func check<Number: FixedWidthInteger>(_ format: String, _: Number.Type) {
            let homes = Reading(.numbers("homes", format, [0, nil, 7, 127] as [Number?]))
            #expect(homes.problems == [] && homes.values(.household, "homes") == [0, nil, 7, 127], "\(format)")
            let assets = Reading(.numbers("financial_assets", format, [0, nil, 7, 127] as [Number?]))
            #expect(assets.values(.household, "financial_assets") == [0, nil, 700, 12_700], "\(format)")
            let sex = Reading(member: .numbers("sex", format, [1, nil, 2] as [Number?]))
            #expect(sex.values(.member, "sex") == [1, nil, 2], "\(format)")
            let edge = Reading(.numbers("edge", format, [1, nil, 0] as [Number?]))
            #expect(edge.values(.household, "edge") == [1, nil, 0], "\(format)")
        }
        check("c", Int8.self)
        check("s", Int16.self)
        check("i", Int32.self)
        check("l", Int64.self)
        check("C", UInt8.self)
        check("S", UInt16.self)
        check("I", UInt32.self)
        check("L", UInt64.self)
        let area = Reading(.numbers("area", "i", [230_102, nil] as [Int32?]))
        #expect(area.values(.household, "area") == [230_102_000_000, nil])
    }

    @Test("Decimals of every width, exactly", arguments: [4, 8, 16, 32])
    func decimals(_ bytes: Int) {
        func assets(_ scale: Int, _ values: [Int64?]) -> Reading {
            Reading(.decimals("financial_assets", bytes: bytes, scale: scale, values))
        }
        #expect(assets(2, [0, nil, 123_456]).values(.household, "financial_assets") == [0, nil, 123_456])
        #expect(assets(0, [7]).values(.household, "financial_assets") == [700])
        #expect(assets(4, [1_250_000, 100]).values(.household, "financial_assets") == [12_500, 1])
        #expect(assets(-3, [7]).values(.household, "financial_assets") == [700_000])
        let business = Reading(member: .decimals("income.business", bytes: bytes, scale: 2, [-150, 150]))
        #expect(business.values(.member, "income.business") == [-150, 150])
        #expect(Reading(.decimals("homes", bytes: bytes, scale: 3, [2_000])).values(.household, "homes") == [2])
    }

    @Test("Days of both widths, and as text")
    func days() {
        let days: Int32 = 3_773  // 1980-05-01
        let short = Reading(member: .numbers("birth", "tdD", [days, nil] as [Int32?]))
        #expect(short.problems == [] && short.values(.member, "birth") == [3_773, nil])
        let long = Reading(member: .numbers("birth", "tdm", [Int64(days) * 86_400_000, nil, -86_400_000]))
        #expect(long.values(.member, "birth") == [3_773, nil, -1])
        #expect(Reading(member: .texts("birth", ["1980-05-01"])).values(.member, "birth") == [3_773])
    }

    @Test("Yes and no, as bool and as text")
    func answers() {
        #expect(Reading(.bools("edge", [true, nil, false])).values(.household, "edge") == [1, nil, 0])
        let texts = Reading(.texts("edge", ["true", "no", nil, "false", "yes"]))
        #expect(texts.values(.household, "edge") == [1, 0, nil, 0, 1])
    }

    @Test("Numbers as text, as cells of tables have them")
    func textNumbers() {
        let assets = Reading(.texts("financial_assets", ["36000.50", nil, "0"]))
        #expect(assets.values(.household, "financial_assets") == [3_600_050, nil, 0])
    }

    @Test("A column of nulls is unknown, and so is one that did not come")
    func nulls() {
        let column = TestColumn(name: "residence", format: "n", length: 2, nulls: 2, buffers: [])
        let reading = Reading([.rows(2, [column, .numbers("homes", "c", [1, 2] as [Int8?])])])
        #expect(reading.problems == [] && reading.warnings == [])
        #expect(reading.values(.household, "residence") == [nil, nil])
        #expect(reading.values(.household, "size") == [nil, nil])
    }

    @Test("Lists of codes of every layout", arguments: TestColumn.Lists.allCases, TestColumn.Texts.allCases)
    func codes(_ layout: TestColumn.Lists, _ texts: TestColumn.Texts) {
        let words = ["serious", "chronic", "serious"]
        let column = TestColumn.lists(
            "illness", [2, nil, 0, 1], { order in .texts("", order.map { words[$0] }, texts) }, layout)
        let list = FactSchema.national.facts[FactSchema.national.place(.member, "illness") ?? 0].type.codeList
        let serious = Int64(1) << Int64(list?.index(of: "serious") ?? 63)
        let chronic = Int64(1) << Int64(list?.index(of: "chronic") ?? 63)
        let reading = Reading(member: column)
        #expect(reading.problems == [])
        #expect(reading.values(.member, "illness") == [serious | chronic, nil, 0, serious])
    }

    @Test("Members and their lists, of every layout", arguments: TestColumn.Lists.allCases)
    func lists(_ layout: TestColumn.Lists) throws {
        let grades: [Int8?] = [0, 1, 2, 3]
        let ages: [Int32?] = [41, 42, 43]
        func members(_ order: [Int]) -> TestColumn {
            // The members as the lists around them have them; obligors belong to the first and the last.
            let obligors = TestColumn.lists(
                "obligors", order.map { [0: 2, 1: nil, 2: 0, 4: 1][$0] ?? nil },
                { inner in .rows(inner.count, [.numbers("age", "i", inner.map { ages[$0] })]) }, layout)
            return .rows(
                order.count,
                [
                    .numbers("disability_grade", "c", order.map { grades.indices.contains($0) ? grades[$0] : 4 }),
                    obligors,
                ])
        }
        let reading = Reading([
            .rows(
                4, [.lists("members", [2, nil, 1, 2], members, layout), .texts("plots", [nil, "none", "none", nil])])
        ])
        #expect(reading.problems == [])
        #expect(reading.values(.member, "disability_grade") == [0, 1, 2, 3, 4])
        let batch = try #require(reading.parts.first?.batch)
        #expect((0..<4).map { batch.rows(.member, of: $0) } == [0..<2, 2..<2, 2..<3, 3..<5])
        #expect((0..<4).map { batch.isListed(.member, of: $0) } == [true, false, true, true])
        #expect((0..<4).map { batch.isListed(.plot, of: $0) } == [false, true, true, false])
        #expect((0..<5).map { batch.isListed(.obligor, of: $0) } == [true, false, true, false, true])
        #expect((0..<5).map { batch.rows(.obligor, of: $0).count } == [2, 0, 0, 0, 1])
        // In views entries stand from the last row on, and are read in the order of the rows.
        let isView = layout == .view || layout == .largeView
        #expect(reading.values(.obligor, "age") == (isView ? [42, 43, 41] : [41, 42, 43]))
    }

    @Test("A batch is read in parts, and rows before it are left out")
    func parts() {
        var batch = TestColumn.rows(
            7, [.numbers("homes", "s", (0..<10).map { Int16($0) }), .texts("household", (0..<10).map { "h\($0)" })])
        batch.offset = 3
        let reading = Reading([batch], partSize: 3)
        #expect(reading.problems == [])
        #expect(reading.parts.map(\.ids) == [["h3", "h4", "h5"], ["h6", "h7", "h8"], ["h9"]])
        let homes = FactSchema.national.place(.household, "homes") ?? 0
        #expect(
            reading.parts.map { part in (0..<part.batch.count).map { part.batch.value(homes, row: $0) } }
                == [[3, 4, 5], [6, 7, 8], [9]])
    }

    @Test("A household's id may be a number")
    func numberIDs() {
        #expect(Reading(.numbers("household", "l", [4_711, nil] as [Int64?])).parts.first?.ids == ["4711", nil])
    }

    @Test("A group is closed by none, citizen numbers tell birth and sex, and totals are sums")
    func rules() {
        let reading = Reading([
            .rows(
                3,
                [
                    .lists(
                        "members", [1, 1, 1],
                        { _ in
                            .rows(
                                3,
                                [
                                    .decimals("income.wages", bytes: 16, scale: 2, [3_600_000, nil, nil]),
                                    .texts("income.others", ["none", nil, nil]), .texts("income", [nil, "none", nil]),
                                    .texts("citizen_number", ["11010519491231002X", nil, nil]),
                                ])
                        }),
                    .numbers("rigid_expenditure.medical", "l", [100, 1, nil] as [Int64?]),
                    .texts("rigid_expenditure.others", ["none", nil, nil]),
                    .texts("rigid_expenditure", [nil, nil, "none"]),
                ])
        ])
        #expect(reading.problems == [])
        #expect(reading.values(.member, "income.wages") == [3_600_000, 0, nil])
        #expect(reading.values(.member, "income.pension") == [0, 0, nil])
        #expect(reading.values(.member, "birth") == [-7_306, nil, nil])
        #expect(reading.values(.member, "sex") == [2, nil, nil])
        #expect(reading.values(.household, "rigid_expenditure.total") == [10_000, nil, 0])
        #expect(reading.values(.household, "rigid_expenditure.school") == [0, nil, 0])
    }
}
