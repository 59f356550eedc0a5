import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceVerification
import Jiuzhu
import Testing

/// An invented province with an allowance for those without a second vehicle, and registries that answer as they are told.
struct Fixture {
    static let date = CalendarDate(iso: "2026-06-15") ?? .latest
    static let numbers = ["99010119800101001", "99010119820505002", "99010120100909003"].compactMap { first in
        CitizenNumber.checkCharacter(for: first).flatMap { try? CitizenNumber(first + String($0)) }
    }

    let engine: Engine
    var schema: FactSchema { engine.library.schema }

    /// - Parameter departments: What policy says of departments, below that key.
    init(departments: String = "") throws {
        func file(_ name: String, _ text: String) -> PolicyFile {
            PolicyFile(path: "x/" + name, bytes: Array(text.utf8))
        }
        let findings = Findings()
        let library = PolicyLibrary(
            files: [
                file("areas.yaml", "area: 990000 例省\n"),
                file(
                    "documents.yaml",
                    "documents:\n  example: {title: 办法, number: 例民〔2025〕1号, issuer: nobody, status: illustrative, note: invented}\n"
                ),
                file(
                    "allowance.yaml",
                    """
                    area: 990000 例省
                    from: 2025-01-01
                    source: example 第一条
                    allowances:
                      living:
                        label: 生活补贴
                        label_en: living allowance
                        checks:
                          - {id: vehicles, that: household.vehicles <= 1, reason: 机动车超过一辆}
                          - {id: idle, that: "!member.works", reason: 已就业}
                        items:
                          - {id: living, for: anyone, add: 100 yuan/month}

                    """),
                file(
                    "departments.yaml",
                    "area: 990000 例省\nfrom: 2025-01-01\nsource: example 第二条\ndepartments: {\(departments)}\n"),
            ], jurisdiction: "x", sections: Engine.sections(of: assistancePrograms), findings)
        engine = Engine(library, programs: assistancePrograms)
        try #require(findings.sorted.map(\.description) == [])
    }

    func fact(_ name: String) throws -> Fact { schema.facts[try schema.place(named: name)] }

    /// An authorisation of each of the three members within the year.
    static var everybody: [Authorisation] {
        numbers.enumerated().compactMap { member, number in
            guard let from = CalendarDate(iso: "2026-01-01"), let until = CalendarDate(iso: "2026-12-31") else {
                return nil
            }
            return Authorisation(
                household: "f", member: member, person: QueriedPerson(number), from: from, until: until)
        }
    }

    /// The verification of a household of three whose facts are given in JSON.
    func verification(
        _ sources: [any DataSource], _ authorisations: [Authorisation] = Fixture.everybody,
        id: String? = "f", household: String = #""vehicles": 0"#, member: String = #""works": false"#
    ) throws -> Verification {
        var problems: [Diagnostic] = []
        let named = id.map { #""id": "\#($0)", "# } ?? ""
        let json = #"{\#(named)\#(household), "members": [{\#(member)}, {\#(member)}, {\#(member)}]}"#
        let file = HouseholdReader.read(
            json: Array(json.utf8), schema: schema, date: Self.date, file: "f.json", findings: &problems)
        try #require(problems.map(\.description) == [])
        let findings = Findings()
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: Self.date, stage: .application, findings)
        try #require(findings.sorted.map(\.description) == [])
        let verifier = try Verifier(engine, sources: sources, authorisations: Authorisations(authorisations))
        return try #require(try verifier.verify(file.batch, ids: file.households.map(\.id), under: policy).first)
    }
}

/// A registry that answers by person what it was told.
struct InventedRegistry: DataSource {
    var id = "vehicles"
    let label = Label("机动车登记", "register of vehicles")
    let department = "公安交管部门"
    let facts: [Fact]
    let answers: [CitizenNumber: [SourceFinding.Statement]]

    func query(_ persons: [QueriedPerson]) throws(SourceProblem) -> [SourceFinding] {
        persons.enumerated().flatMap { place, person in
            (answers[person.number] ?? [.unknownPerson]).map { SourceFinding(person: place, $0) }
        }
    }
}
