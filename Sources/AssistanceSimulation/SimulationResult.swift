import AssistanceCore
import AssistancePolicy

/// Where a household lives (城乡).
public enum Residence: String, CaseIterable, Sendable {
    case urban, rural, unknown

    /// What it is called.
    public var label: Label {
        switch self {
        case .urban: Label("城镇", "urban")
        case .rural: Label("农村", "rural")
        case .unknown: Label("未说明", "not stated")
        }
    }
}

/// What a reform does to a population, by area, residence and programme.
public struct SimulationResult: Sendable {
    /// An area of the population.
    public struct Place: Hashable, Sendable {
        /// Its code.
        public let code: DivisionCode
        /// Its name.
        public let name: String
    }

    /// A programme that either policy offers; of those that places make themselves, each.
    public struct Program: Hashable, Sendable {
        /// The id: `allowances.old-age`.
        public let id: String
        /// What it is called.
        public let label: Label
    }

    /// The households of one area, as they were counted.
    struct Counted {
        let place: Place
        /// The programmes of the area, in their order.
        let programs: [Program]
        /// Whether the reform changes what any of them computes.
        let isChanged: Bool
        let tally: AreaTally
    }

    /// The day of application.
    public let date: CalendarDate
    /// The areas, by code.
    public let places: [Place]
    /// The programmes, in the order in which areas have them first.
    public let programs: [Program]
    /// The areas in which the reform changes what any programme computes.
    public let changedPlaces: Set<Int>
    private var effects: [ReformEffect]
    private var gaps: [PovertyGap]

    init(date: CalendarDate, _ areas: [Counted]) {
        self.date = date
        places = areas.map(\.place)
        changedPlaces = Set(areas.indices.filter { areas[$0].isChanged })
        var seen: Set<String> = []
        let programs = areas.flatMap(\.programs).filter { seen.insert($0.id).inserted }
        self.programs = programs
        gaps = areas.flatMap(\.tally.gaps)
        effects = areas.flatMap { area in
            Residence.allCases.indices.flatMap { residence in
                programs.map { program in
                    area.programs.firstIndex { $0.id == program.id }
                        .map { area.tally.effects[residence][$0] } ?? ReformEffect()
                } + [area.tally.all[residence]]
            }
        }
    }

    /// What becomes of the households of an area and residence in a programme; nil for all of them. Of all programmes
    /// together a household counts once.
    public func effect(place: Int? = nil, residence: Residence? = nil, program: Int? = nil) -> ReformEffect {
        var sum = ReformEffect()
        for cell in cells(place, residence) {
            sum += effects[cell * (programs.count + 1) + (program ?? programs.count)]
        }
        return sum
    }

    /// What the households of an area and residence lack to the line; nil for all of them.
    public func gap(place: Int? = nil, residence: Residence? = nil) -> PovertyGap {
        var sum = PovertyGap()
        for cell in cells(place, residence) { sum += gaps[cell] }
        return sum
    }

    private func cells(_ place: Int?, _ residence: Residence?) -> [Int] {
        let count = Residence.allCases.count
        let within = residence.flatMap { Residence.allCases.firstIndex(of: $0) }
        return (place.map { [$0] } ?? Array(places.indices)).flatMap { place in
            (within.map { [$0] } ?? Array(0..<count)).map { place * count + $0 }
        }
    }
}
