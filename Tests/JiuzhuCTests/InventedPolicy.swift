import AssistancePolicy

/// An invented province with two counties, small enough to be computed by hand: a line of 800 yuan in town and 600 in the
/// country, what is lacking to it is paid, 50 yuan for the old and a thing for all; in the far county less.
enum InventedPolicy {
    private static let areas = """
        area: 990000 例省
        areas: [990100 甲市, 990101 近县, 990102 远县]
        """

    private static let documents = """
        documents:
          law: {title: 法, number: 例〔2029〕1号, status: illustrative, note: invented}
        """

    private static let policy = """
        area: 990000 例省
        from: 2029-01-01
        source: law 第一条

        figures:
          standard:
            unit: yuan/month
            rows:
              - {residence: urban, is: 800}
              - {residence: rural, is: 600}

        means:
          counted: "true"
          paid: "true"
          window: 12 months
          excluded: none
          income: {rounding: {total: none}}
          property: [{id: review, manual: 财产核对}]

        low-income:
          line: standard
          routes:
            household: {income: below line, each: gap, rounding: nearest fen}
          supplements:
            stacking: sum
            items:
              - {id: old, label: 老人, for: anyone, when: member.age >= 60, add: 50 yuan/month}

        heating:
          items:
            - {id: coal, label: 取暖煤, give: 500 kg of coal, when: household.residence == "rural"}
        """

    private static let county = """
        area: 990102 远县
        from: 2029-01-01
        source: law 第二条

        figures:
          standard:
            unit: yuan/month
            rows: [{residence: rural, is: 500}]
        """

    /// The bytes of its pack.
    static let pack: [UInt8] = {
        func file(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        return PolicyPack(
            jurisdiction: "p",
            files: [
                file("p/areas.yaml", areas), file("p/documents.yaml", documents), file("p/policy.yaml", policy),
                file("p/far/policy.yaml", county),
            ]
        ).bytes
    }()

    /// A person of 70 years alone in town with a pension of 300 yuan a month, and nothing else.
    static let alone = """
        {"id": "f1", "area": "990101", "residence": "urban",
         "members": [{"relation": "head", "birth": "1960-05-01", "income": {"pension": 3600, "others": "none"}}]}
        """
}
