/// 信息核对数据源: one registry of one department that can be asked about persons.
///
/// Several threads may ask at once.
public protocol DataSource: Sendable {
    /// Its id: `vehicle-registry`.
    var id: String { get }
    /// What it is called.
    var label: Label { get }
    /// The department whose registry it is, in Chinese.
    var department: String { get }
    /// The facts that it can confirm.
    var facts: [Fact] { get }

    /// What the registry holds of persons, in their order: at least one finding for each.
    ///
    /// Throws where it cannot be asked, or its answer is wrong; then nothing of it may be used.
    func query(_ persons: [QueriedPerson]) throws(SourceProblem) -> [SourceFinding]
}

/// 核对对象: a person as registries know one. Whoever prints it sees the region alone.
public struct QueriedPerson: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The citizen number.
    public let number: CitizenNumber
    /// The name; nil where it is not known.
    public let name: String?

    /// A person.
    public init(_ number: CitizenNumber, name: String? = nil) {
        self.number = number
        self.name = name
    }

    /// The masked citizen number.
    public var description: String { number.description }
    /// Nothing inside, so that `dump` shows the mask alone.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What a registry says of one person.
public struct SourceFinding: Hashable, Sendable {
    /// One statement of a registry.
    public enum Statement: Hashable, Sendable {
        /// It holds a value of a fact, as the fact stores it; `day` is when it was so, nil where that is not known;
        /// confidence is 1 to 100.
        case value(Int64, of: Fact, day: CalendarDate?, confidence: Int)
        /// It knows the person and holds nothing of the fact: a stated none.
        case none(of: Fact, day: CalendarDate?)
        /// It does not know the person.
        case unknownPerson
    }

    /// The place of the person among those who were asked about, from 0.
    public let person: Int
    /// What it says.
    public let statement: Statement

    /// A statement about a person.
    public init(person: Int, _ statement: Statement) {
        self.person = person
        self.statement = statement
    }
}

/// Why a data source could not be asked, or what is wrong with its answer. It holds no name and no number of a person.
public struct SourceProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence in English.
    public let message: String

    /// A problem.
    public init(_ message: String) { self.message = MessageLine(message).text }

    /// The sentence.
    public var description: String { message }
}
