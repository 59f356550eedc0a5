import AssistanceCore
import AssistancePolicy

/// How what was found compares with what a case expects.
enum Comparison {
    case met
    /// In words, for the diff.
    case differs(expected: String, found: String)
    /// The case names something that the policy's plan does not have.
    case unknown(what: String, name: String, known: [String])
    /// The case writes a value in a form that what it names does not have.
    case unfit(String)
}

/// One thing that a case expects.
struct Expectation {
    /// What it is about: `total`, `standings.edge`.
    let name: String
    /// Where the expected value stands.
    let node: YAMLNode
    /// Compares it with what was decided.
    let compare: (PolicyTestOutcome) -> Comparison
}
