import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu
import Testing

/// An invented province with two counties, of which one has a line of its own; small enough to be computed by hand.
enum InventedPolicy {
    static let date = CalendarDate(year: 2030, month: 6, day: 1) ?? .earliest
    static let province = DivisionCode("990000") ?? .nation
    static let near = DivisionCode("990101") ?? .nation
    static let far = DivisionCode("990102") ?? .nation

    static let areas = """
        area: 990000 例省
        areas: [990100 甲市, 990101 近县, 990102 远县]
        """

    static let documents = """
        documents:
          law: {title: 法, number: 例〔2029〕1号, status: illustrative, note: invented}
        """

    /// Incomes are per head of a year; property is never asked.
    static let policy = """
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
        """

    /// The county has its own rural line, and a supplement.
    static let county = """
        area: 990102 远县
        from: 2029-01-01
        source: law 第二条

        figures:
          standard:
            unit: yuan/month
            rows: [{residence: rural, is: 700}]

        low-income:
          supplements:
            stacking: sum
            items:
              - {id: old, label: 老人, for: anyone, when: member.age >= 60, add: 50 yuan/month}
              - {id: young, label: 儿童, for: anyone, when: member.age < 18, add: 40 yuan/month}
        """

    static let head =
        "area: 990000 例省\nfrom: 2030-01-01\nsource: draft 第一条\ndocuments: {draft: {title: 稿, status: illustrative}}\n"

    /// The policy with a reform laid over it, and what was found.
    static func library(reform: String? = nil) -> (library: PolicyLibrary, findings: [String]) {
        let findings = Findings()
        func file(_ path: String, _ text: String) -> PolicyFile { PolicyFile(path: path, bytes: Array(text.utf8)) }
        let library = PolicyLibrary(
            files: [
                file("p/areas.yaml", areas), file("p/documents.yaml", documents), file("p/policy.yaml", policy),
                file("p/county.yaml", county),
            ],
            jurisdiction: "p", reform: reform.map { file("reform.yaml", $0) },
            sections: Engine.sections(of: [LowIncomeProgram()]), findings)
        return (library, findings.sorted.map(\.description))
    }

    static func engine(reform: String? = nil) -> Engine {
        let (library, findings) = library(reform: reform)
        if !findings.isEmpty { Issue.record("\(findings)") }
        return Engine(library, programs: [LowIncomeProgram()])
    }

    /// What the line of an area is on a day, for town and countryside, in fen a month; the grant of who earns nothing.
    static func line(_ engine: Engine, _ area: DivisionCode, _ residence: String, on day: CalendarDate = date) -> String
    {
        let findings = Findings()
        let policy = engine.policy(area: area, date: day, stage: .application, findings)
        let batch = batch("{residence: \(residence), plots: none, members: [\(person(0))]}", engine.library.schema)
        let assessment = Assessor(engine, policy, over: batch).assess(household: 0, explain: false)
        let monthly = assessment.determinations.first?.benefits.first { $0.id == "base" }?.amount
        return findings.hasErrors ? "\(findings.sorted)" : monthly?.known?.text ?? "none"
    }

    /// A member of a file, by the wages of a year.
    static func person(_ wages: Int, born: String = "1990-01-01") -> String {
        "{relation: head, birth: \(born), lives_with_family: true, away: none, orphan: none, special_poverty: false, "
            + "income: {wages: \(wages), others: none}, obligors: none}"
    }

    /// Households of a YAML text, one or a list.
    static func batch(_ text: String, _ schema: FactSchema) -> FactBatch {
        let (root, problems) = YAMLReader.read(Array(text.utf8), file: "h.yaml")
        guard let root, problems.isEmpty else {
            Issue.record("\(problems)")
            return FactBatch(schema: schema)
        }
        var tokens = YAMLTokens(root)
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(&tokens, schema: schema, date: date, file: "h.yaml", findings: &findings)
        if !findings.isEmpty { Issue.record("\(findings)") }
        return file.batch
    }

    /// The households of one text, all in one area.
    static func part(_ area: DivisionCode, _ text: String, _ engine: Engine) -> PopulationPart {
        let batch = batch(text, engine.library.schema)
        return PopulationPart(area: area, households: batch.count) { _ in batch }
    }
}
