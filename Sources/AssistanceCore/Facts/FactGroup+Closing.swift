extension FactGroup {
    /// The key inside a group that closes it: `others: none`.
    public static let others = "others"
    /// The word that states there is nothing, or nothing else.
    public static let none = "none"
    /// The key inside a group of the sum of its other facts.
    static let total = "total"

    /// The fact that is the sum of the other facts of the group; nil where there is none.
    public var total: Int? { fields.first { $0.name == FactGroup.total }?.place }

    /// The facts that stand for themselves.
    var parts: [Int] { fields.map(\.place).filter { $0 != total } }

    /// Whether every fact of the group can be a stated none; only then can the group be closed. No decision is not a
    /// decision for nothing.
    public func isClosable(in schema: FactSchema) -> Bool {
        key != FactGroup.decided && fields.allSatisfy { schema.facts[$0.place].type.noneValue != nil }
    }

    /// The sum of the parts of a row, as it is stored; nil where a part is unknown, and beyond `Int64`.
    func sumOfParts(in batch: FactBatch, row: Int) -> Int64? {
        var sum: Int64 = 0
        for part in parts {
            guard let value = batch.value(part, row: row) else { return nil }
            let (next, overflow) = sum.addingReportingOverflow(value)
            guard !overflow else { return nil }
            sum = next
        }
        return sum
    }
}
