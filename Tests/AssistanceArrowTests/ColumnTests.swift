import AssistanceCore
import Testing

@testable import AssistanceArrow

@Suite("Columns are found by their names")
struct ColumnTests {
    @Test("A column that is no fact is passed over and named")
    func unknown() {
        let reading = Reading([
            .rows(
                1,
                [
                    .texts("residense", ["urban"]), .numbers("id", "l", [1] as [Int64?]),
                    .texts("张三的备注", ["x"]),
                    .lists("members", [1]) { _ in
                        .rows(1, [.texts("relation", ["head"]), .numbers("wages", "l", [1] as [Int64?])])
                    },
                    // Nothing of it is read, so nothing of it can be wrong.
                    TestColumn(name: "blob", format: "w:42", length: 9, nulls: 77, offset: -5, buffers: []),
                ])
        ])
        #expect(reading.problems == [])
        #expect(reading.parts.count == 1)
        #expect(
            reading.warnings == [
                "households:1:1: warning: residense: there is no such fact; the column is passed over; did you mean 'residence'? [unknown-fact]",
                "households:1:2: warning: id: there is no such fact; the column is passed over [unknown-fact]",
                "households:1:3: warning: column 3 is no fact; the column is passed over [unknown-fact]",
                "households:1:4: warning: members.wages: there is no such fact; the column is passed over [unknown-fact]",
                "households:1:5: warning: blob: there is no such fact; the column is passed over [unknown-fact]",
            ])
    }

    @Test("Columns of types that a fact does not take, all of them")
    func types() {
        func float(_ name: String) -> TestColumn {
            TestColumn(name: name, format: "g", length: 0, buffers: [nil, nil])
        }
        let reading = Reading([
            .rows(
                0,
                [
                    float("financial_assets"), .numbers("repaired_on", "i", [Int32?]()), .bools("residence", []),
                    .texts("homes", [String?]()), .texts("homes", [String?]()),
                    .lists("members", [Int?]()) { _ in .texts("", [String?]()) }, .bools("plots", []),
                    .bools("household", []),
                    .lists("unmet_needs", [Int?]()) { _ in .numbers("", "l", [Int64?]()) },
                ])
        ])
        #expect(reading.parts.isEmpty)
        #expect(
            reading.problems == [
                "households:1:1: error: financial_assets: a number from 0 to 10,000,000,000 yuan was expected, and this is a column of float64, which is not exact; cast it to a decimal [wrong-type]",
                "households:1:2: error: repaired_on: a day written as 2026-01-31 was expected, and this is a column of int32 [wrong-type]",
                "households:1:3: error: residence: one of urban, rural was expected, and this is a column of bool [wrong-type]",
                "households:1:5: error: homes: there are two columns of this name [duplicate-key]",
                "households:1:6: error: members: a column of lists of structs was expected, and this is a column of lists [wrong-type]",
                "households:1:7: error: plots: a column of lists of structs was expected, and this is a column of bool [wrong-type]",
                "households:1:8: error: household: text or whole numbers were expected, and this is a column of bool [wrong-type]",
                "households:1:9: error: unmet_needs: none, or one or more of living, medical, school, care, housing, work, company, legal was expected, and this is a column of lists [wrong-type]",
            ])
    }

    private static let decimal = "the format of a decimal is not d:precision,scale,bits of 32 to 256 bits"

    @Test(
        "Schemas that are none",
        arguments: [
            Spoiled("the schema is not that of record batches, which is a struct") { $0.format = "u" },
            Spoiled("a schema says that it has -1 children, and 0 to 10000 were expected") { $0.saidChildren = -1 },
            Spoiled("a schema says that it has 1099511627776 children, and 0 to 10000 were expected") {
                $0.saidChildren = 1 << 40
            },
            Spoiled(decimal) { $0.children[0].format = "d:x" },
            Spoiled(decimal) { $0.children[0].format = "d:39,2" },
            Spoiled(decimal) { $0.children[0].format = "d:9,2,33" },
            Spoiled(decimal) { $0.children[0].format = "d:9,77" },
            Spoiled("a list has 0 children, and 1 was expected") { $0.children[0].format = "+l" },
            Spoiled("a format has more than 1024 bytes, or no end") {
                $0.children[0].format = String(repeating: "x", count: 2_000)
            },
            Spoiled("a name has more than 1024 bytes, or no end") {
                $0.children[0].name = String(repeating: "x", count: 2_000)
            },
            Spoiled("the indexes of a dictionary are no integers") {
                $0.children[0].dictionary = [.texts("", ["a"])]
            },
        ])
    func schemas(_ spoiled: Spoiled) {
        let reading = Reading([], schema: TestColumn.rows(1, [.texts("residence", ["urban"])]).with(spoiled.change))
        #expect(reading.problems == ["households: " + spoiled.message])
    }

    @Test("A schema as deep as anybody likes ends where facts end")
    func depth() {
        var column = TestColumn.texts("x", [String?]())
        for _ in 0..<100 { column = .lists("members", [Int?]()) { _ in column } }
        #expect(
            Reading([], schema: .rows(0, [column])).problems == [
                "households:1:1: error: members: a column of lists of structs was expected, and this is a column of lists [wrong-type]"
            ])
    }

    @Test("A stream that fails says so")
    func failing() {
        #expect(
            Reading([.rows(1, [.texts("residence", ["urban"])])], ending: 5).problems == [
                "households: the stream failed with error 5; its get_last_error says why"
            ])
    }
}
