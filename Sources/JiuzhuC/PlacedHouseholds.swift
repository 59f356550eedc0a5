import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// Households, and what decides each of them: the policy of its area.
struct PlacedHouseholds: Sendable {
    let file: HouseholdFile
    let policy: PolicyObject
    private let options: AssessOptions
    let deciders: [AreaDecider]
    /// For each household the place of its decider.
    let places: [Int]

    /// Finds the area of each household; throws every area that is wrong.
    init(_ file: HouseholdFile, _ policy: PolicyObject, _ options: AssessOptions) throws(Failure) {
        (self.file, self.policy, self.options) = (file, policy, options)
        var deciders: [AreaDecider] = []
        var places: [Int] = []
        places.reserveCapacity(file.households.count)
        var last: (area: DivisionCode, place: Int)?
        for household in file.households {
            let area = household.area ?? policy.engine.library.jurisdiction
            if let last, last.area == area {
                places.append(last.place)
                continue
            }
            let decider: AreaDecider
            if let known = policy.deciders[area, options] {
                decider = known
            } else {
                decider = try Self.decider(area, file, policy, options)
            }
            let place = deciders.firstIndex { $0 === decider } ?? deciders.count
            if place == deciders.count { deciders.append(decider) }
            places.append(place)
            last = (area, place)
        }
        (self.deciders, self.places) = (deciders, places)
    }

    /// The decider of an area that was not asked for before. With an area that is wrong, all of the file are looked at.
    private static func decider(
        _ area: DivisionCode, _ file: HouseholdFile, _ policy: PolicyObject, _ options: AssessOptions
    ) throws(Failure) -> AreaDecider {
        let areas = HouseholdAreas(policy.engine.library, on: options.date, file: "")
        if areas.problem(with: area) != nil {
            var problems: [Diagnostic] = []
            _ = areas.areas(of: file.households, &problems)
            throw Failure(JZ_E_AREA, problems)
        }
        let decider = AreaDecider(try policy.service.policy(of: area, options), policy.engine.library.schema)
        policy.deciders[area, options] = decider
        return decider
    }

    /// An assessor for one decider.
    func assessor(_ place: Int) -> Assessor {
        Assessor(policy.engine, deciders[place].policy, over: file.batch)
    }

    /// The decisions about one household.
    func assess(_ household: Int, by assessor: Assessor, explain: Bool) -> Assessment {
        assessor.assess(
            household: household, id: file.households[household].id, knownOn: options.knownOn, explain: explain)
    }

    // MARK: Texts

    /// All decisions as JSON.
    func json(_ layout: JSONWriter.Layout, explains: Bool) throws(Failure) -> [UInt8] {
        var request = options
        (request.layout, request.explains) = (layout, explains)
        return try policy.service.json(of: file, request)
    }

    /// The decisions about one household for people.
    func text(_ household: Int, _ language: Language, explains: Bool) -> String {
        AssessmentService.roomy(explains) {
            AssessmentText(in: language).text(
                of: assess(household, by: assessor(places[household]), explain: explains))
        }
    }
}
