import TestSupport
import Testing

@testable import AssistanceMatching

/// The exact assignment against trying out all choices.
@Suite("Assignment of needs")
struct AssignmentTests {
    /// What is compared: how many are served of each rank, and what they are worth together.
    struct Objective: Comparable, CustomStringConvertible {
        var served: [Int]
        var worth: Int64

        static func < (a: Objective, b: Objective) -> Bool {
            a.served == b.served ? a.worth < b.worth : a.served.lexicographicallyPrecedes(b.served)
        }

        var description: String { "\(served) \(worth)" }
    }

    static let rankCount = 3

    static func objective(_ taken: [Int?], _ worths: [[Int64?]], _ ranks: [Int]) -> Objective {
        var objective = Objective(served: Array(repeating: 0, count: rankCount), worth: 0)
        for (applicant, project) in taken.enumerated() {
            guard let project, let worth = worths[applicant][project] else { continue }
            objective.served[ranks[applicant] - 1] += 1
            objective.worth += worth
        }
        return objective
    }

    /// The best of all choices.
    static func best(_ worths: [[Int64?]], _ ranks: [Int], _ places: [Int]) -> Objective {
        var taken: [Int?] = worths.map { _ in nil }
        var left = places
        var best = Objective(served: Array(repeating: 0, count: rankCount), worth: 0)
        func go(_ applicant: Int) {
            guard applicant < worths.count else {
                best = max(best, objective(taken, worths, ranks))
                return
            }
            go(applicant + 1)
            for project in places.indices where worths[applicant][project] != nil && left[project] > 0 {
                taken[applicant] = project
                left[project] -= 1
                go(applicant + 1)
                left[project] += 1
                taken[applicant] = nil
            }
        }
        go(0)
        return best
    }

    @Test("No choice is better, and no place is taken twice")
    func isExact() {
        var random = SeededRandom(55)
        var served = 0
        for number in 0..<3_000 {
            let projects = 1 + random.below(4)
            let applicants = random.below(8)
            let worths: [[Int64?]] = (0..<applicants).map { _ in
                (0..<projects).map { _ in random.below(100) < 55 ? Int64(random.below(6)) : nil }
            }
            let ranks = (0..<applicants).map { _ in 1 + random.below(Self.rankCount) }
            let places = (0..<projects).map { _ in random.below(3) }
            let found = Assignment(worths: worths, ranks: ranks, places: places).taken
            for project in places.indices {
                #expect(found.filter { $0 == project }.count <= places[project])
            }
            for (applicant, project) in found.enumerated() {
                if let project { #expect(worths[applicant][project] != nil) }
            }
            let reached = Self.objective(found, worths, ranks)
            #expect(reached == Self.best(worths, ranks, places), "case \(number): \(worths) \(ranks) \(places)")
            served += reached.served.reduce(0, +)
        }
        #expect(served > 3_000)
    }

    @Test("The one who fits only here is let in by the one who fits elsewhere too")
    func exchanges() {
        #expect(Assignment(worths: [[9, 1], [9, nil]], ranks: [1, 1], places: [1, 1]).taken == [1, 0])
    }

    @Test("A first rank is served before many of the second, and before any sum")
    func ranks() {
        #expect(Assignment(worths: [[100], [1]], ranks: [2, 1], places: [1]).taken == [nil, 0])
    }

    @Test("Of equals the first is served")
    func ties() {
        #expect(Assignment(worths: [[5], [5], [5]], ranks: [1, 1, 1], places: [2]).taken == [0, 0, nil])
    }

    @Test("Nobody applies, nothing is offered, nothing is free")
    func nothing() {
        #expect(Assignment(worths: [], ranks: [], places: [1]).taken.isEmpty)
        #expect(Assignment(worths: [[]], ranks: [1], places: []).taken == [nil])
        #expect(Assignment(worths: [[1]], ranks: [1], places: [0]).taken == [nil])
    }

    @Test("Two thousand needs for two hundred places are assigned at once")
    func large() {
        var random = SeededRandom(7)
        let worths: [[Int64?]] = (0..<2_000).map { _ in
            (0..<20).map { _ in random.below(3) == 0 ? Int64(random.below(1_000_000)) : nil }
        }
        let found = Assignment(worths: worths, ranks: worths.map { _ in 1 }, places: Array(repeating: 10, count: 20))
        #expect(found.taken.count { $0 != nil } == 200)
    }
}
