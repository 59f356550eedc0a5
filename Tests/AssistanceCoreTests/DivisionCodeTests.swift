import AssistanceCore
import Testing

@Suite("Division codes")
struct DivisionCodeTests {
    @Test(
        "A code tells its level, its parent and its shortest form",
        arguments: [
            ("000000", .nation, nil, "000000"), ("230000", .province, "000000", "230000"),
            ("230100", .prefecture, "230000", "230100"), ("230102", .county, "230100", "230102"),
            ("230102001", .township, "230102", "230102001"), ("230102001002", .village, "230102001", "230102001002"),
            ("230102000000", .county, "230100", "230102"), ("230102001000", .township, "230102", "230102001"),
            ("000000000000", .nation, nil, "000000"), ("441900003", .township, "441900", "441900003"),
            ("419001", .county, "419000", "419001"),
        ] as [(String, DivisionLevel, String?, String)])
    func levels(text: String, level: DivisionLevel, parent: String?, canonical: String) throws {
        let code = try #require(DivisionCode(text))
        #expect(code.level == level)
        #expect(code.parent?.text == parent)
        #expect(code.text == canonical)
        #expect("\(code)" == canonical)
    }

    @Test(
        "What is not 6, 9 or 12 digits without a gap is refused",
        arguments: [
            "", "2", "23010", "2301020", "23010200", "2301020010", "23010200100", "2301020010020", "23010a", "-30102",
            "+30102", " 23010", "２３０１０２", "230002", "000100", "000002", "230000001", "000000001", "230102000001",
        ])
    func refuses(text: String) {
        #expect(DivisionCode(text) == nil)
    }

    @Test("A chain goes from the village to the nation")
    func chain() throws {
        let village = try #require(DivisionCode("230102001002"))
        let chain = ["230102001002", "230102001", "230102", "230100", "230000", "000000"]
        #expect(village.chain.map(\.text) == chain)
        #expect(DivisionCode.nation.chain == [.nation])
        #expect(DivisionCode("441900003")?.chain.map(\.text) == ["441900003", "441900", "440000", "000000"])
    }

    @Test("A division contains itself and what lies in it, and nothing beside or above it")
    func contains() throws {
        let harbin = try #require(DivisionCode("230100"))
        #expect(harbin.contains(harbin))
        for inside in ["230102", "230102001", "230102001002"] {
            #expect(try harbin.contains(#require(DivisionCode(inside))))
        }
        for outside in ["230200", "230201", "230000", "000000", "220100"] {
            #expect(try !harbin.contains(#require(DivisionCode(outside))))
        }
        #expect(DivisionCode.nation.contains(harbin))
        let village = try #require(DivisionCode("230102001002"))
        #expect(village.contains(village))
        #expect(village.chain.allSatisfy { $0.contains(village) })
    }

    @Test("Codes are sorted with a division before those in it")
    func order() {
        let codes = ["230102", "230000", "230200", "000000", "230102001", "230100"].compactMap(DivisionCode.init)
        #expect(codes.sorted().map(\.text) == ["000000", "230000", "230100", "230102", "230102001", "230200"])
        #expect(DivisionLevel.nation < DivisionLevel.village)
    }
}
