import Jiuzhu

/// The same household in five provinces: one engine, one file of facts, and a policy for each.
@main
struct Provinces {
    /// A city of each province, and a fact that only this province asks for (`facts:` in its policy).
    static let places: [(policy: String, area: String, own: String)] = [
        ("anhui", "340100", ""), ("guizhou", "520100", ""), ("hebei", "130100", "\"private_vehicles\": 0, "),
        ("heilongjiang", "230103", ""), ("shandong", "370100", ""),
    ]

    /// A divorced mother earns 1,500 yuan a month; for each of her two children comes maintenance of 250.
    static func household(in area: String, with own: String) -> String {
        let child = """
            "relation": "child", "sex": "male", "marriage": "single", "hukou": "urban", "lives_with_family": true, \
            "away": "none", "special_poverty": false, "poverty_register": false, "disability": "none", \
            "illness": "none", "self_care": "able", "can_work": false, "works": false, "study_full_time": true, \
            "orphan": "none", "income": {"maintenance_received": 3000, "others": "none"}
            """
        return """
            {"id": "mother-of-two", "area": "\(area)", "residence": "urban", \(own)"financial_assets": 2600, \
            "vehicles": 0, "vehicles_value": 0, "homes": 1, "home_area": 48.6, "business_capital": 0, \
            "employs_others": false, "rigid_expenditure": "none", "single_parent": true, "lone_elder": false, \
            "relative_of_staff": false, "plots": "none", "members": [\
            {"relation": "head", "birth": "1984-08-09", "sex": "female", "marriage": "divorced", "hukou": "urban", \
            "lives_with_family": true, "away": "none", "special_poverty": false, "poverty_register": false, \
            "disability": "none", "illness": "none", "self_care": "able", "can_work": true, "works": true, \
            "refusals": 0, "study": "none", "study_full_time": false, "income": {"wages": 18000, "others": "none"}}, \
            {"birth": "2009-09-27", "study": "junior", \(child)}, {"birth": "2014-11-12", "study": "primary", \(child)}]}
            """
    }

    static func main() throws {
        guard CommandLine.arguments.count == 2 else { throw Mistake("usage: provinces POLICIES") }
        let folder = CommandLine.arguments[1]
        guard let date = CalendarDate(year: 2024, month: 10, day: 1) else { throw Mistake("no such day") }
        for place in places {
            let assessment = try decide(household(in: place.area, with: place.own), place.policy, in: folder, on: date)
            print(assessment.areaName)
            for decision in assessment.determinations { say(decision) }
        }
    }

    /// Loads the policy of a province and decides about one household by one programme.
    static func decide(
        _ json: String, _ jurisdiction: String, in folder: String, on date: CalendarDate
    ) throws -> Assessment {
        let findings = Findings()
        let library = PolicyLibrary.load(
            jurisdiction, in: folder, sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms, run: ["low-income"])
        var problems: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(json.utf8), schema: library.schema, date: date, file: "", findings: &problems)
        let areas = HouseholdAreas(library, on: date, file: "").areas(of: file.households, &problems)
        guard problems.isEmpty, let area = areas.first else { throw Mistake(problems.first?.description ?? "nobody") }
        let policy = engine.policy(area: area, date: date, stage: .application, findings)
        guard !findings.hasErrors else { throw Mistake(findings.sorted.first?.description ?? "the policy is wrong") }
        return Assessor(engine, policy, over: file.batch).assess(household: 0, explain: false)
    }

    /// The status, the sum of a month, and what is lacking: facts of the family, or figures that nobody has published.
    static func say(_ decision: Determination) {
        var line = "  \(decision.label.english): \(decision.status.rawValue)"
        if decision.status == .eligible {
            let monthly = decision.monthly
            line += ", \(monthly.least.text)"
            if monthly.isUnbounded {
                line += " or more"
            } else if monthly.known == nil {
                line += " to \(monthly.most.text)"
            }
            line += " yuan a month"
        }
        print(line)
        for missing in decision.missing {
            print("    \(missing.isPolicy ? "open in policy" : "not known of the family"): \(missing.path)")
        }
    }
}

/// Why nothing is decided.
struct Mistake: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
