import AssistanceCore
import AssistancePolicy

/// Which area's policy each household of a file is assessed under.
public struct HouseholdAreas: Sendable {
    private let library: PolicyLibrary
    private let date: CalendarDate
    private let file: String

    /// The areas of a policy on a day; `file` is the name that findings carry.
    public init(_ library: PolicyLibrary, on date: CalendarDate, file: String) {
        self.library = library
        self.date = date
        self.file = file
    }

    /// The area of each household: its own, or else the jurisdiction's. Mistakes go to `findings`.
    ///
    /// A household whose area is wrong has the jurisdiction's here; with a finding nothing may be assessed.
    public func areas(of households: [HouseholdFile.Header], _ findings: inout [Diagnostic]) -> [DivisionCode] {
        households.enumerated().map { place, household in
            let code = household.area ?? library.jurisdiction
            guard let (problem, message) = problem(with: code) else { return code }
            let path = households.count == 1 ? "area" : "households[\(place)].area"
            findings.append(Diagnostic(problem, file: file, at: household.position, "\(path): \(message)"))
            return library.jurisdiction
        }
    }

    /// Why households of an area cannot be assessed under the policy on the day; nil where they can.
    public func problem(with code: DivisionCode) -> (code: DiagnosticCode, message: String)? {
        // The nation leaves its figures to the provinces: nobody lives in it as such.
        guard code != .nation else {
            return (
                .missingArea,
                "the division code of the household's area is missing; the policy asked for has none of its own"
            )
        }
        guard library.jurisdiction.contains(code) else {
            return (
                .areaOutsidePolicy,
                "\(code.text) does not lie in \(named(library.jurisdiction)), whose policy was asked for"
            )
        }
        // Townships and villages need no entry of their own: their county's policy holds.
        guard
            let area = code.chain.lazy.filter({ $0.level >= .county || $0 == code }).compactMap({ library.areas[$0] })
                .first
        else {
            let above = code.chain.dropFirst().first { library.areas[$0] != nil }
            let hint = above.map { "; it would lie in \(named($0))" } ?? ""
            return (.unknownArea, "no areas.yaml of this policy has the area \(code.text)\(hint)")
        }
        return library.areas.objection(to: area.code, on: date).map { (.areaNotInUse, $0) }
    }

    private func named(_ code: DivisionCode) -> String { library.areas.named(code) }
}
