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

    /// The day of application.
    public let date: CalendarDate
    /// The areas, by code.
    public let places: [Place]
    /// The programmes, in their order.
    public let programs: [Program]
    /// The areas in which the reform changes what any programme computes.
    public internal(set) var changedPlaces: Set<Int> = []
    private var effects: [ReformEffect]
    private var gaps: [PovertyGap]

    init(date: CalendarDate, places: [Place], programs: [Program]) {
        self.date = date
        self.places = places
        self.programs = programs
        let cells = places.count * Residence.allCases.count
        effects = Array(repeating: ReformEffect(), count: cells * (programs.count + 1))
        gaps = Array(repeating: PovertyGap(), count: cells)
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

    /// The cell of an area and residence.
    func cell(_ place: Int, _ residence: Residence) -> Int {
        place * Residence.allCases.count + (Residence.allCases.firstIndex(of: residence) ?? 0)
    }

    /// Changes what is counted of a cell: in a programme, or in all of them together.
    mutating func count(in cell: Int, program: Int?, _ change: (inout ReformEffect) -> Void) {
        change(&effects[cell * (programs.count + 1) + (program ?? programs.count)])
    }

    /// Changes what the households of a cell lack.
    mutating func measure(in cell: Int, _ change: (inout PovertyGap) -> Void) { change(&gaps[cell]) }

    /// Adds what was counted of other households of the same areas and programmes.
    mutating func add(_ other: SimulationResult) {
        for place in effects.indices { effects[place] += other.effects[place] }
        for place in gaps.indices { gaps[place] += other.gaps[place] }
    }
}
