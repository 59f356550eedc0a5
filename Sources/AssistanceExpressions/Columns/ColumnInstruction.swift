import AssistanceCore

/// A place where a column of a chunk is kept while it is computed.
struct ColumnSlot: Hashable, Sendable {
    /// Whose rows.
    let owner: FactOwner
    /// Whole numbers of 64 bits, or yes/no and codes of 8.
    let isWide: Bool
    /// The number among those of this owner and width.
    let number: Int
}

/// A fact as it is read, and what stands for it in the rows that do not give it.
struct FactLoad: Hashable, Sendable {
    let fact: Int
    let missing: Int64
}

/// One operation over the rows of a chunk.
struct ColumnInstruction: Sendable {
    enum Operation: Hashable, Sendable {
        /// The stored value of a fact.
        case loadWide(FactLoad)
        case loadByte(FactLoad)
        /// Whether a fact is given.
        case isGiven(fact: Int)
        /// Whether the list of each row is given.
        case isListed(FactOwner)
        case constantWide(Int64)
        case constantByte(UInt8)
        /// The sum of facts of one owner and scale.
        case sumFacts([FactLoad])
        case add, subtract, multiply, minimum, maximum
        case multiplyBy(Int64)
        /// At least so much; what guards a divisor.
        case atLeast(Int64)
        case less, lessOrEqual, equal
        case equalBytes, lessOrEqualBytes
        case minimumBytes, maximumBytes
        case and, or, not
        case selectWide, selectByte
        /// Rounds to whole steps: `a × up / (b × down)`, where b is `upTo` at most; without b the divisor is 1.
        case round(RoundingMode, up: Int64, down: Int64, upTo: Int64?)
        case isOneOf(UInt64)
        /// Of two codes one place: a × factor + b.
        case combine(UInt8)
        /// The number of a table at a place, which is within it.
        case lookUpWide([Int64])
        case lookUpByte([UInt8])
        /// Whether any code from a to b is one of a set.
        case anyIsOneOf(UInt64)
        case hasAny(Int64)
        case countBits
        case completedYears
        case completedMonths
        /// The value of the parent's row for each row of a list.
        case spreadWide, spreadByte
        case sum(FactOwner), count(FactOwner), any(FactOwner), every(FactOwner)

        /// Whether it gives each entry of a list its parent's value.
        var isSpread: Bool {
            switch self {
            case .spreadWide, .spreadByte: true
            default: false
            }
        }

        /// Whether its column is the same for every row of every chunk.
        var isConstant: Bool {
            switch self {
            case .constantWide, .constantByte: true
            default: false
            }
        }
    }

    let operation: Operation
    var target: ColumnSlot
    var a: ColumnSlot?
    var b: ColumnSlot?
    var c: ColumnSlot?
}
