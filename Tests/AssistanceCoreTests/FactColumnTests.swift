import AssistanceCore
import Testing

@Suite("Batches that come in columns")
struct FactColumnTests {
    private static let schema = FactSchema.national

    private static func batch(_ lists: [FactOwner: [Int32]]) -> FactBatch? {
        FactBatch(schema: schema, households: 3, lists: lists)
    }

    @Test("Rows belong to the parents that their starts say; lists that are not named are not given")
    func rows() throws {
        let batch = try #require(Self.batch([.member: [0, 2, 2, 5], .obligor: [0, 0, 1, 1, 1, 1]]))
        #expect(batch.count == 3)
        #expect(batch.rows(.member, of: 0) == 0..<2)
        #expect(batch.rows(.member, of: 1).isEmpty && batch.isListed(.member, of: 1))
        #expect(batch.rows(.obligor, of: 1) == 0..<1)
        #expect(!batch.isListed(.plot, of: 0) && !batch.isListed(.bill, of: 4))
    }

    @Test(
        "Starts that are no starts make no batch",
        arguments: [
            [.member: [0, 2, 1, 3]], [.member: [1, 2, 3, 3]], [.member: [0, 2, 3]], [.member: [0, 1, 2, 3, 4]],
            [.member: []], [.member: [0, 0, 0, 1], .obligor: [0]], [.obligor: [0, 1]], [.member: [0, -1, 0, 1]],
        ] as [[FactOwner: [Int32]]])
    func badStarts(_ lists: [FactOwner: [Int32]]) {
        #expect(Self.batch(lists) == nil)
    }

    @Test("A number of households below zero makes no batch")
    func negative() {
        #expect(FactBatch(schema: Self.schema, households: -1, lists: [:]) == nil)
    }

    @Test("A column is taken in any width, and its least number is unknown")
    func columns() throws {
        var batch = try #require(Self.batch([:]))
        let (vehicles, assets) = try (
            #require(Self.schema.place(.household, "vehicles")),
            #require(Self.schema.place(.household, "financial_assets"))
        )
        func take(_ place: Int, _ column: FactColumn) {
            let isTaken = batch.set(place, column: column)
            #expect(isTaken)
        }
        take(vehicles, .narrow([0, .min, 2]))
        take(assets, .wide([5, 6, .min]))
        #expect([0, 1, 2].map { batch.value(vehicles, row: $0) } == [0, nil, 2])
        #expect([0, 1, 2].map { batch.value(assets, row: $0) } == [5, 6, nil])
    }

    @Test("A column of another length, or with a number that the fact cannot have, changes nothing")
    func badColumns() throws {
        var batch = try #require(Self.batch([.member: [0, 1, 2, 3]]))
        let residence = try #require(Self.schema.place(.household, "residence"))
        let grade = try #require(Self.schema.place(.member, "disability_grade"))
        func take(_ place: Int, _ column: FactColumn) {
            let isTaken = batch.set(place, column: column)
            #expect(isTaken)
        }
        func refuse(_ place: Int, _ column: FactColumn) {
            let isTaken = batch.set(place, column: column)
            #expect(!isTaken)
        }
        refuse(residence, .narrow([0, 1]))
        refuse(residence, .narrow([0, 1, 2]))
        refuse(residence, .wide([0, 1, -1]))
        refuse(grade, .short([0, 5, 1]))
        refuse(-1, .narrow([0, 0, 0]))
        refuse(Self.schema.facts.count, .narrow([0, 0, 0]))
        #expect(batch.value(residence, row: 0) == nil && batch.value(grade, row: 1) == nil)
        take(grade, .short([0, 4, .min]))
        #expect(batch.value(grade, row: 1) == 4)
    }
}
