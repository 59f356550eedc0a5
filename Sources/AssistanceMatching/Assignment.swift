/// Which of many places each of many applicants takes: the greatest number of applicants by rank, the first rank before
/// all, and among these choices the greatest worth in all. Exact.
///
/// Applicants come in the order of their ranks. Each takes the cheapest path of exchanges that ends at a free place;
/// where there is none, the cheapest that leaves out somebody of the same rank, or the applicant. That is the method of
/// successive shortest paths for the transportation problem, so the choice is the best one after every applicant.
struct Assignment {
    /// What each applicant is worth in each project; nil where they do not fit.
    private let worths: [[Int64?]]
    private let ranks: [Int]
    private let places: [Int]
    /// The project of each applicant.
    private(set) var taken: [Int?]
    /// The applicants of each project.
    private var held: [[Int]]
    /// For each two projects the applicant of the first whose move to the second costs least.
    private var moves: [[Move?]]

    private struct Move {
        let applicant: Int
        let cost: Int64
    }

    /// The best choice. Worths lie between 0 and 10¹³; equal ones are decided by the order of applicants and projects.
    init(worths: [[Int64?]], ranks: [Int], places: [Int]) {
        self.worths = worths
        self.ranks = ranks
        self.places = places
        taken = worths.map { _ in nil }
        held = places.map { _ in [] }
        moves = places.map { _ in places.map { _ in nil } }
        for applicant in worths.indices.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }) { insert(applicant) }
    }

    private func isFree(_ project: Int) -> Bool { held[project].count < places[project] }

    private mutating func insert(_ applicant: Int) {
        let (costs, steps) = paths(from: applicant)
        var best: (project: Int, cost: Int64)?
        for (project, cost) in costs.enumerated() where isFree(project) {
            if let cost, best.map({ cost < $0.cost }) ?? true { best = (project, cost) }
        }
        if let best { return advance(applicant, to: best.project, steps) }

        var leaving: (applicant: Int, project: Int, cost: Int64)?
        for (project, cost) in costs.enumerated() {
            guard let cost else { continue }
            for other in held[project] where ranks[other] == ranks[applicant] {
                let total = cost + (worths[other][project] ?? 0)
                if total < leaving?.cost ?? 0 { leaving = (other, project, total) }
            }
        }
        guard let leaving else { return }
        held[leaving.project].removeAll { $0 == leaving.applicant }
        taken[leaving.applicant] = nil
        advance(applicant, to: leaving.project, steps)
    }

    /// What it costs to bring an applicant in so that a place of each project is used, and the move before it.
    private func paths(from applicant: Int) -> (costs: [Int64?], steps: [(project: Int, applicant: Int)?]) {
        var costs = worths[applicant].map { $0.map { -$0 } }
        var steps: [(project: Int, applicant: Int)?] = costs.map { _ in nil }
        var isOpen = true
        while isOpen {
            isOpen = false
            for from in costs.indices {
                guard let cost = costs[from] else { continue }
                for (to, move) in moves[from].enumerated() {
                    guard let move, cost + move.cost < costs[to] ?? .max else { continue }
                    costs[to] = cost + move.cost
                    steps[to] = (from, move.applicant)
                    isOpen = true
                }
            }
        }
        return (costs, steps)
    }

    /// Moves everybody along the path that ends at a project, and the applicant to its beginning.
    private mutating func advance(_ applicant: Int, to end: Int, _ steps: [(project: Int, applicant: Int)?]) {
        var project = end
        var changed = [end]
        while let step = steps[project] {
            held[step.project].removeAll { $0 == step.applicant }
            place(step.applicant, in: project)
            project = step.project
            changed.append(project)
        }
        place(applicant, in: project)
        for project in changed { updateMoves(from: project) }
    }

    private mutating func place(_ applicant: Int, in project: Int) {
        held[project].append(applicant)
        taken[applicant] = project
    }

    private mutating func updateMoves(from project: Int) {
        var best: [Move?] = places.map { _ in nil }
        for applicant in held[project].sorted() {
            guard let own = worths[applicant][project] else { continue }
            for (other, worth) in worths[applicant].enumerated() where other != project {
                guard let worth, own - worth < best[other]?.cost ?? .max else { continue }
                best[other] = Move(applicant: applicant, cost: own - worth)
            }
        }
        moves[project] = best
    }
}
