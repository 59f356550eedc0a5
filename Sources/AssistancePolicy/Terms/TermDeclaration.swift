import AssistanceCore

/// The form in which a term is written.
public enum TermShape: Sendable {
    /// A literal, an expression or a table of the unit's kind.
    case value(Unit)
    /// A count or a share.
    case number
    /// Yes or no.
    case condition
    /// A code of the list, as a value or a table.
    case code(CodeList)
    /// Codes of the term's own making.
    case openCode
    /// A range of a quantity: `from standard below 150% * standard`.
    case range(Unit)
    /// Names of words, any of which must hold.
    case words
    /// Named benefits or deductions, each with its condition.
    case items(Unit)
    /// Named benefits, each with a unit of its own, in money or in kind.
    case benefits
    /// A chain of payments, each of what the one before it left.
    case layers(Unit)
    /// Conditions, all of which must hold.
    case checks
    /// A sum of any unit: once, by the month, by the year.
    case money
    /// Who bears which share.
    case payers
    /// A name of a place's own choosing.
    case text
    /// A day of every year: `09-30`.
    case dayOfYear
    /// One of some words: `full`, `by day`.
    case choice([String])
    /// Rows of which of several benefits is kept.
    case exclusions
    /// Codes of incomes, each with its own dates.
    case incomeCodes
    /// How a step rounds.
    case rounding
    /// `next month`, `this month`.
    case start
    /// `none` or `offered`: whether a route or standing exists here.
    case offer
    /// Holidays of a year, with the days that are worked for them.
    case holidays
    /// Who does a step of cases, and by when.
    case steps
    /// Papers that an application needs.
    case papers
    /// Who does a step of payments.
    case payments
    /// How a budget is divided among areas.
    case allocation
    /// A department, and the kinds of data that it holds.
    case department
}

/// What holds where no file fills a term.
public enum UnfilledMeaning: String, Sendable {
    /// The nation's value, which stands in `china/` or in the shape of the programme.
    case nation = "N"
    /// An error at load where the programme is offered.
    case required = "R"
    /// Nothing, and nothing is said.
    case optional = "O"
    /// Undetermined, naming the missing figure.
    case undetermined = "U"
}

/// One open term of a programme: a place in the nation's rule that a province, city or county fills.
public struct TermDeclaration: Sendable {
    /// The path below its section: `routes.household.each`. `*` stands for a key of a place's own making, and an empty
    /// path for the section itself.
    public let path: String
    /// The form in which it is written.
    public let shape: TermShape
    /// Whose rows it is computed for.
    public let owner: FactOwner
    /// What holds where it is not filled.
    public let unfilled: UnfilledMeaning
    /// What it is called.
    public let label: Label
    /// The steps of the path.
    private let steps: [Substring]
    /// Whether it is one of a block whose key is a place's own making.
    public let isOfOwnMaking: Bool

    /// An open term.
    public init(
        _ path: String, _ shape: TermShape, of owner: FactOwner = .household, unfilled: UnfilledMeaning,
        _ chinese: String, _ english: String
    ) {
        self.path = path
        self.shape = shape
        self.owner = owner
        self.unfilled = unfilled
        label = Label(chinese, english)
        steps = path.split(separator: ".")
        isOfOwnMaking = steps.contains("*")
    }

    /// The steps that follow those of a path in this one; none where it is the same, nil where it is another.
    fileprivate func steps(after path: [Substring]) -> ArraySlice<Substring>? {
        guard path.count <= steps.count, zip(path, steps).allSatisfy({ $0 == $1 || $1 == "*" }) else { return nil }
        return steps[path.count...]
    }
}

/// The open terms of one section of the policy files: of a programme, or of the means they all share.
public struct SectionDeclaration: Sendable {
    /// The key of the section: `low-income`.
    public let key: String
    /// What it is called.
    public let label: Label
    /// Its terms.
    public let terms: [TermDeclaration]
    /// The facts that it adds to the schema: those of a programme from outside. The nation's are in the schema already.
    public let facts: [Fact]

    /// A section of terms.
    public init(_ key: String, _ label: Label, _ terms: [TermDeclaration], facts: [Fact] = []) {
        self.key = key
        self.label = label
        self.terms = terms
        self.facts = facts
    }

    /// The term of a path.
    public subscript(path: String) -> TermDeclaration? {
        if let term = terms.first(where: { $0.path == path }) { return term }
        let steps = path.split(separator: ".")
        return terms.first { $0.isOfOwnMaking && $0.steps(after: steps)?.isEmpty == true }
    }

    /// The key of a term among those of all sections: `low-income.line`.
    public func key(of path: String) -> String { path.isEmpty ? key : key + "." + path }

    /// The keys that may follow a path; `*` among them is any of a place's own making.
    public func keys(below path: String) -> [String] {
        let steps = path.split(separator: ".")
        var keys: [Substring] = []
        for term in terms {
            if let key = term.steps(after: steps)?.first, !keys.contains(key) { keys.append(key) }
        }
        return keys.map(String.init)
    }
}
