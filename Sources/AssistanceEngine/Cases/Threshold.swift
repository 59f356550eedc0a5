import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// A comparison of numbers in a term: where a decision turns (门槛).
struct Threshold {
    /// The two sides that are compared.
    let left: NodeID
    let right: NodeID

    /// The comparisons that the entries of a term make, through the words they use, in the order of the graph.
    static func all(of entries: [TermEntry], in graph: Graph) -> [Threshold] {
        var places: Set<Place> = []
        for entry in entries { Place.collect(entry.node, into: &places) }
        let own = graph.steps.indices.filter { step in
            graph.steps[step].origin.map { places.contains(Place(file: $0.file, position: $0.position)) } ?? false
        }
        var found: Set<NodeID> = []
        var seen: Set<NodeID> = []
        var open = own.map { graph.steps[$0].node }
        while let id = open.popLast() {
            guard seen.insert(id).inserted else { continue }
            switch graph[id].operation {
            case .less(let a, _), .lessOrEqual(let a, _), .equal(let a, _):
                if case .number = graph[a].kind { found.insert(id) }
            case .named(let step, let inner):
                // Other terms have thresholds of their own; a word has none but where it is used.
                if own.contains(step) || graph.steps[step].role == .word { open.append(inner) }
            case let operation: open += operation.operands
            }
        }
        return found.sorted().compactMap { id in
            switch graph[id].operation {
            case .less(let a, let b), .lessOrEqual(let a, let b), .equal(let a, let b): Threshold(left: a, right: b)
            default: nil
            }
        }
    }

    /// A place in a policy file.
    private struct Place: Hashable {
        let file: String
        let position: SourcePosition

        static func collect(_ node: YAMLNode, into places: inout Set<Place>) {
            places.insert(Place(file: node.file.name, position: node.position))
            for item in node.items ?? [] { collect(item, into: &places) }
            for entry in node.entries ?? [] { collect(entry.value, into: &places) }
        }
    }
}

extension Graph {
    /// The facts that a node reads, by number.
    func facts(behind id: NodeID) -> Set<Int> {
        Set(
            nodes(behind: [id]).compactMap { node in
                switch self[node].operation {
                case .fact(let place), .stated(let place): place
                default: nil
                }
            })
    }

    /// A node without the names around it.
    func unnamed(_ id: NodeID) -> NodeID {
        var id = id
        while case .named(_, let inner) = self[id].operation { id = inner }
        return id
    }

    /// The fact that a side of a comparison simply is, or the full years or months since it; nil for anything else.
    func singleFact(_ id: NodeID) -> Int? {
        switch self[unnamed(id)].operation {
        case .fact(let place): return place
        case .completedYears(let day), .completedMonths(let day):
            if case .fact(let place) = self[unnamed(day)].operation { return place }
            return nil
        default: return nil
        }
    }

    /// What a side of a comparison is called: the name of the step, the fact, or the age.
    func name(of id: NodeID) -> String? {
        switch self[id].operation {
        case .named(let step, _): return steps[step].name
        case .fact(let place): return schema.facts[place].owner.word + "." + schema.facts[place].key
        case .completedYears(let day), .completedMonths(let day):
            guard case .fact(let place) = self[unnamed(day)].operation else { return nil }
            let fact = schema.facts[place]
            return fact == .birth ? fact.owner.word + ".age" : "time since " + fact.owner.word + "." + fact.key
        default: return nil
        }
    }
}
