import AssistanceCore
import Testing

/// What a policy adds to the facts of the nation.
@Suite struct FactSchemaTests {
    private static let coal = Fact(.household, "coal", .yesNo, "燃煤", "coal")
    private static let list = FactSchema.national.facts.first { $0.key == "self_care" }?.type.codeList ?? CodeList([])
    private static let special = Code("special", "特护", "special care", standard: ["4"], like: "unable")

    @Test func anAddedFactHasTheNextNumberAndTheOthersKeepTheirs() throws {
        let schema = FactSchema.national.adding([Self.coal])
        #expect(schema.place(.household, "coal") == FactSchema.national.facts.count)
        #expect(schema.place(of: .birth) == FactSchema.national.place(of: .birth))
        #expect(!schema.isBroken(FactSchema.national.facts.count))
        #expect(schema.breaking(FactSchema.national.facts.count).isBroken(FactSchema.national.facts.count))
    }

    @Test func anAddedCodeStandsAtTheEndOfItsListAndOfNoOther() throws {
        let schema = FactSchema.national.adding(Self.special, to: Self.list)
        let facts = schema.facts.filter { fact in
            switch fact.type {
            case .code(let list), .codes(let list): list.index(of: "special") != nil
            default: false
            }
        }
        #expect(facts.map(\.key) == ["self_care"])
        #expect(facts.first?.type.range(in: .english) == "able, partial, unable, special")
        #expect(
            FactSchema.national.open.map(\.key) == [
                "cause", "severity", "unmet_needs", "running.reason", "illness", "self_care", "study", "job_kind",
                "crop",
                "kind", "disease", "event",
            ])
    }

    @Test func aCodeMeansWhatIsLikeItUnlessThatStandsApart() {
        let list = CodeList(Self.list.codes + [Self.special], isOpen: true)
        #expect(list.meaning(of: "able") == 0b0001)
        #expect(list.meaning(of: "unable") == 0b1100)
        #expect(list.meaning(of: "unable", apart: ["special"]) == 0b0100)
        #expect(list.meaning(of: "special") == 0b1000)
        #expect(list.meaning(of: "4") == nil && list.index(of: "4") == 3)
    }

    @Test(
        arguments: [
            ("birth", FactOwner.member, "there is a fact 'member.birth' already"),
            ("members", .household, "'household.members' has a meaning of its own already"),
            ("households", .household, "'household.households' has a meaning of its own already"),
            ("citizen_number", .member, "'member.citizen_number' has a meaning of its own already"),
            ("disability", .member, "'member.disability' has a meaning of its own already"),
            ("running.total", .household, "'total' has a meaning of its own in every group"),
            ("vehicles", .plot, "there is a fact 'household.vehicles'; a name without its owner would mean another"),
            ("coal", .household, nil), ("running.coal", .household, nil), ("mu", .obligor, nil),
            ("coal.stove", .plot, nil),
        ] as [(String, FactOwner, String?)])
    func aNameThatIsTaken(key: String, owner: FactOwner, objection: String?) {
        #expect(FactSchema.national.objection(to: owner, key) == objection)
    }

    @Test func aBatchIsReadByNamesAndNotByNumbers() throws {
        // Two policies that add facts in another order.
        let reeds = Fact(.household, "reeds", .count(0...9), "苇田", "reeds")
        let first = FactSchema.national.adding([Self.coal, reeds])
        let second = FactSchema.national.adding(Self.special, to: Self.list)
            .adding([reeds, Fact(.household, "coal", .count(0...9), "燃煤", "coal")])
        var batch = FactBatch(schema: first)
        batch.add(.household)
        batch.markListed(.member)
        batch.add(.member)
        let places = try ["coal", "reeds", "vehicles"].map { try #require(first.place(.household, $0)) }
        for (value, place) in places.enumerated() {
            batch.set(place, row: 0, to: value == 0 ? 1 : Int64(value), statedNone: value == 2)
        }
        let care = try #require(first.place(.member, "self_care"))
        batch.set(care, row: 0, to: 2)
        let read = batch.read(as: second)
        func value(_ owner: FactOwner, _ key: String) -> Int64? {
            second.place(owner, key).flatMap { read.value($0, row: 0) }
        }
        #expect(value(.household, "reeds") == 1)
        #expect(value(.household, "vehicles") == 2)
        #expect(value(.household, "coal") == nil, "a yes is not one of a count")
        #expect(value(.member, "self_care") == 2)
        #expect(read.statedNone.map(\.place) == [second.place(.household, "vehicles")])
        #expect(read.rows(.member, of: 0) == 0..<1)
    }
}
