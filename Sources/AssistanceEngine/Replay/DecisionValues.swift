import AssistanceCore

/// What a record decides, as values under paths: `low-income.benefits.base.amount` is `689.00`.
///
/// What things are called, how they are put into words and where their rules are written is left out: a decision is the
/// same in other words.
struct DecisionValues {
    /// The paths in the order of writing.
    private var paths: [String] = []
    private var values: [String: String] = [:]

    private static let words: Set<String> = [
        "label", "text", "zh", "rule", "place", "title", "note", "number", "repeated", "kind", "owner",
    ]
    /// What an item of a list is called by.
    private static let names = ["id", "program", "path", "document", "name"]

    /// A value that is still to be looked into.
    private struct Pending {
        let path: String
        let node: JSONNode
        /// The path of the programme it belongs to.
        let program: String
        var isStep = false
    }

    /// The values of the programmes of an area, as `AssessmentJSON` writes them.
    init(area: String, programs: JSONNode) {
        add("area", area)
        // With a list of its own: how deep steps nest is not ours to trust.
        var open: [Pending] = (programs.items ?? []).reversed().map { node in
            let name = node["program"]?.text ?? "program"
            return Pending(path: name, node: node, program: name)
        }
        while let next = open.popLast() {
            switch next.node.content {
            case .null: break
            case .string(let text), .number(let text): add(next.path, text)
            case .bool(let value): add(next.path, value ? "true" : "false")
            case .array(let items): open += self.items(items, of: next).reversed()
            case .object(let entries): open += self.entries(entries, of: next).reversed()
            }
        }
    }

    /// Adds a value. One step may lead to several, and is the same each time; where another value stands under the same
    /// path, both are kept.
    private mutating func add(_ path: String, _ value: String) {
        var name = path
        var count = 1
        while let known = values[name] {
            guard known != value else { return }
            count += 1
            name = "\(path)#\(count)"
        }
        values[name] = value
        paths.append(name)
    }

    private func entries(_ entries: [(key: String, value: JSONNode)], of parent: Pending) -> [Pending] {
        entries.compactMap { key, value in
            if Self.words.contains(key) || key == "row" || key == "member" || parent.isStep && key == "name" {
                return nil
            }
            switch key {
            case "steps", "inputs":
                return Pending(path: parent.program, node: value, program: parent.program, isStep: true)
            // What an item is called says that it is there; values stand for what they are in.
            case "en", "value", "values", "id", "path", "program":
                return Pending(path: parent.path, node: value, program: parent.program)
            default: return Pending(path: parent.path + "." + key, node: value, program: parent.program)
            }
        }
    }

    /// The items of a list under their names. Steps stand side by side, whatever they are inputs of.
    private func items(_ items: [JSONNode], of list: Pending) -> [Pending] {
        items.enumerated().map { place, item in
            var path = list.path
            if list.isStep {
                let kind = item["kind"]?.text ?? "step"
                path += ".\(kind)s." + (kind == "fact" ? (item["owner"]?.text ?? "") + "." : "")
                path += item["name"]?.text ?? "\(place)"
            } else if let name = Self.names.lazy.compactMap({ item[$0]?.text }).first {
                path += "." + name
            }
            if case .number(let row)? = (item["row"] ?? item["member"])?.content {
                path += "[\(row)]"
            } else if !list.isStep, item["row"] == nil, path == list.path {
                path += "[\(place)]"
            }
            return Pending(path: path, node: item, program: list.program, isStep: list.isStep)
        }
    }

    /// What differs between two, in the order of the older, then what only the newer has.
    func differences(to newer: DecisionValues) -> [ReplayDifference] {
        let changed = paths.filter { values[$0] != newer.values[$0] }
        let added = newer.paths.filter { values[$0] == nil }
        return (changed + added).map {
            ReplayDifference(path: $0, recorded: values[$0], found: newer.values[$0])
        }
    }
}
