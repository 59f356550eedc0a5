/// 核对授权: that registries may be asked about a member of a household, within a period. It is also what says who the
/// member is: a household's facts hold no citizen number.
public struct Authorisation: Hashable, Sendable {
    /// The household's id. One without an id has no authorisation: it could be anybody's.
    public let household: String
    /// The place of the member in the household, from 0.
    public let member: Int
    /// The person.
    public let person: QueriedPerson
    /// The first day on which registries may be asked.
    public let from: CalendarDate
    /// The last day.
    public let until: CalendarDate

    /// An authorisation.
    public init(household: String, member: Int, person: QueriedPerson, from: CalendarDate, until: CalendarDate) {
        self.household = household
        self.member = member
        self.person = person
        self.from = from
        self.until = until
    }
}

/// The authorisations that are there, by household and member. Immutable; may be shared between threads.
public struct Authorisations: Sendable {
    private struct Place: Hashable {
        let household: String
        let member: Int
    }

    private let known: [Place: Authorisation]

    /// Authorisations, of each member one: of several the last.
    public init(_ authorisations: [Authorisation]) {
        known = Dictionary(
            authorisations.map { (Place(household: $0.household, member: $0.member), $0) },
            uniquingKeysWith: { _, last in last })
    }

    /// That of a member; nil where there is none.
    public func authorisation(household: String, member: Int) -> Authorisation? {
        known[Place(household: household, member: member)]
    }
}
