/// Where in a household file something stands, by names: `members[2].income.wages`. It holds names of ours alone.
struct HouseholdPath {
    private enum Step {
        case key(String)
        case index(Int)
    }

    private var steps: [Step] = []

    /// Goes to the value of a key.
    mutating func enter(_ key: String) { steps.append(.key(key)) }

    /// Goes to an entry of a list, counted from 0.
    mutating func enter(_ index: Int) { steps.append(.index(index)) }

    /// Goes back by one.
    mutating func leave() { _ = steps.popLast() }

    /// The path, or "the household" where there is none.
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += text.isEmpty ? key : "." + key
            case .index(let index): text += "[\(index)]"
            }
        }
        return text.isEmpty ? "the household" : text
    }
}
