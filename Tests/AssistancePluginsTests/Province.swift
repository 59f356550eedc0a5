import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePolicy
import Jiuzhu
import Testing

/// An invented province that offers the school meals of a plugin.
struct Province {
    static let section = """
        school-meals:
          each: 1000 yuan/year
        """
    static let date = CalendarDate(iso: "2025-03-10") ?? .latest

    let engine: Engine
    /// What was found while it was loaded.
    let findings: [String]

    /// The province with plugins, and what it says of them.
    init(_ plugins: PluginSet, section: String = Province.section) {
        self.init(programs: plugins.programs, section: section)
    }

    /// The province with some programmes.
    init(programs: [any AssistanceProgram], section: String = Province.section) {
        let found = Findings()
        let library = PolicyLibrary(
            files: Self.files(section), jurisdiction: "x", sections: Engine.sections(of: programs), found)
        engine = Engine(library, programs: programs)
        findings = found.sorted.map(\.description)
    }

    static func files(_ section: String) -> [PolicyFile] {
        func file(_ name: String, _ text: String) -> PolicyFile {
            PolicyFile(path: "x/" + name, bytes: Array(text.utf8))
        }
        return [
            file("areas.yaml", "area: 990000 例省\nareas:\n  - 990100 例市\n"),
            file(
                "documents.yaml",
                """
                documents:
                  example-meals: {title: 营养改善办法, number: 例教〔2025〕1号, issuer: nobody, status: illustrative, note: invented}
                """),
            file("meals.yaml", "area: 990000 例省\nfrom: 2025-01-01\nsource: example-meals 第一条\n" + section + "\n"),
        ]
    }

    /// The plans of a day, and what is found while they are made.
    func policy(on date: CalendarDate = Province.date) -> (CompiledPolicy, [String]) {
        let findings = Findings()
        let policy = engine.policy(
            area: engine.library.jurisdiction, date: date, stage: .application, findings)
        return (policy, findings.sorted.map(\.description))
    }

    /// Households of a text, read by the facts of the province.
    func households(_ json: String) -> HouseholdFile {
        var problems: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(json.utf8), schema: engine.library.schema, date: Self.date, file: "h.json", findings: &problems)
        #expect(problems.map(\.description) == [])
        return file
    }

    func assessments(_ json: String, explain: Bool = false) -> [Assessment] {
        let file = households(json)
        let (policy, _) = policy()
        let assessor = Assessor(engine, policy, over: file.batch)
        return file.households.indices.map {
            assessor.assess(household: $0, id: file.households[$0].id, explain: explain)
        }
    }

    /// What the plugin's programme decides.
    func decision(_ json: String, explain: Bool = false) throws -> Determination {
        try #require(
            assessments(json, explain: explain).first?.determinations.first { $0.program == "school-meals" })
    }
}

extension PluginSet {
    /// A set with the plugins of some sources, built in a folder.
    static func of(_ sources: [String], in build: PluginBuild) throws -> PluginSet {
        let set = PluginSet(beside: assistancePrograms)
        for (place, source) in sources.enumerated() {
            let path = try build.library("plugin\(place)", source)
            try set.load(path, sha256: PluginBuild.digest(path))
        }
        return set
    }
}
