import AssistanceCore

/// What was counted of households so far, area by area. Counts of other households are added to it, in any order.
public struct SimulationTally: Sendable {
    var areas: [DivisionCode: AreaTally] = [:]

    /// Nobody was counted.
    public init() {}

    init(_ tally: AreaTally, in area: DivisionCode) { areas = [area: tally] }

    /// Adds what was counted of other households by the same simulation.
    public static func += (a: inout SimulationTally, b: SimulationTally) {
        a.areas.merge(b.areas) { $0 + $1 }
    }
}

/// What was counted of the households of one area, by residence.
struct AreaTally: Sendable {
    /// For each residence each programme of the area.
    var effects: [[ReformEffect]]
    /// For each residence all programmes together.
    var all = Residence.allCases.map { _ in ReformEffect() }
    var gaps = Residence.allCases.map { _ in PovertyGap() }

    /// Nobody of an area.
    init(_ pair: PolicyPair) {
        effects = Residence.allCases.map { _ in pair.programs.map { _ in ReformEffect() } }
    }

    static func + (a: AreaTally, b: AreaTally) -> AreaTally {
        var sum = a
        for residence in sum.all.indices {
            for program in sum.effects[residence].indices {
                sum.effects[residence][program] += b.effects[residence][program]
            }
            sum.all[residence] += b.all[residence]
            sum.gaps[residence] += b.gaps[residence]
        }
        return sum
    }
}
