import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import Testing

/// Layers of a declared section, as a programme asks for them.
@Suite struct LayersTests {
    private static let section = SectionDeclaration(
        "medical", Label("医疗救助", "medical aid"),
        [TermDeclaration("layers", .layers(.yuanPerYear), unfilled: .required, "各层支付", "layers")])

    /// What the layers of an area come to, on 10,000 yuan a year.
    private func layers(_ files: [String: String], area: String = "231025") throws -> [String]? {
        let findings = Findings()
        let base = [
            "p/areas.yaml": "area: 231000 牡丹江市\nareas: [231025 林口县]\n",
            "p/documents.yaml": "documents: {d: {title: t, status: illustrative}}\n",
        ]
        let files = base.merging(files) { $1 }.map { PolicyFile(path: $0.key, bytes: Array($0.value.utf8)) }
        let library = PolicyLibrary(files: files, jurisdiction: "p", sections: [Self.section], findings)
        let context = PolicyContext(
            library, area: try #require(DivisionCode(area)), date: try #require(CalendarDate(iso: "2030-06-01")),
            stage: .application, findings)
        let start = try context.builder.constant(
            Rational(10_000).multiplied(by: Unit.yuanPerYear.size) ?? .zero, .quantity(.yuanPerYear))
        let list = context.layers(Self.section, "layers", on: start)
        #expect(findings.sorted.map(\.description) == [])
        guard let list else { return nil }
        func yuan(_ node: NodeID) -> String {
            context.builder.constantValue(node)?.divided(by: Unit.yuanPerYear.size)?.description ?? "?"
        }
        let lines = list.layers.map {
            "\($0.id) by \($0.payer ?? "nobody"): \(yuan($0.paid)), leaves \(yuan($0.remaining))"
        }
        return lines + ["in all \(yuan(list.paid)), remaining \(yuan(list.remaining))"]
    }

    private static let city = """
        area: 231000 牡丹江市
        from: 2030-01-01
        source: d
        medical:
          layers:
            - {id: basic, payer: insurance, threshold: 1000 yuan/year, rate: 50%}
            - {id: aid, payer: treasury, rate: 70%, cap: 2000 yuan/year}
        """

    @Test("Each layer works on what the one before left, its cap's remainder included")
    func chain() throws {
        #expect(
            try layers(["p/city.yaml": Self.city]) == [
                "basic by insurance: 4500, leaves 5500", "aid by treasury: 2000, leaves 3500",
                "in all 6500, remaining 3500",
            ])
    }

    @Test("A county replaces a layer by its id and appends another")
    func amendment() throws {
        let county = """
            area: 231025 林口县
            from: 2030-01-01
            source: d
            medical:
              layers:
                - {id: aid, rate: 100%, cap: 3000 yuan/year}
                - {id: charity, payer: charity, rate: 60%}
            """
        #expect(
            try layers(["p/city.yaml": Self.city, "p/county.yaml": county]) == [
                "basic by insurance: 4500, leaves 5500", "aid by nobody: 3000, leaves 2500",
                "charity by charity: 1500, leaves 1000", "in all 9000, remaining 1000",
            ])
    }

    @Test("A county takes a layer away, and says what those that stay share")
    func removal() throws {
        let county = """
            area: 231025 林口县
            from: 2030-01-01
            source: d
            medical:
              layers:
                remove: [basic]
                shared: [{layers: [aid, more], cap: 2500 yuan/year}]
                layers: [{id: more, rate: 50%}]
            """
        #expect(
            try layers(["p/city.yaml": Self.city, "p/county.yaml": county]) == [
                "aid by treasury: 2000, leaves 8000", "more by nobody: 500, leaves 7500",
                "in all 2500, remaining 7500",
            ])
    }

    @Test("Where policy says none or nothing there are no layers")
    func none() throws {
        #expect(
            try layers(["p/city.yaml": "area: 231000 牡丹江市\nfrom: 2030-01-01\nsource: d\nmedical: {layers: none}\n"])
                == nil)
        #expect(try layers([:]) == nil)
    }
}
