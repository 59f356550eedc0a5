import AssistanceCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The column that names the household of each row: texts or whole numbers.
struct IDColumn: Sendable {
    private let column: ArrowColumn
    private let width: IntegerWidth?

    init(_ column: ArrowColumn, _ type: ArrowType) {
        self.column = column
        if case .integer(let width) = type { self.width = width } else { width = nil }
    }

    /// The id of a row as text; nil where it has none.
    func text(_ row: Int) throws(ValueFlaw) -> String? {
        switch self[row] {
        case nil: return nil
        case .number(let number): return String(number)
        case .bytes(let bytes):
            let text = try ArrowText.string(bytes)
            if let flaw = HouseholdColumns.objection(toID: text) { throw flaw }
            return text
        }
    }

    /// The id of a row; nil where it has none.
    subscript(row: Int) -> ID? {
        guard column.isKnown(row) else { return nil }
        if let width {
            guard case .values(let data) = column.content else { return nil }
            return width.load(data, column.start + row).map(ID.number)
        }
        return column.text(row).map(ID.bytes)
    }

    /// An id as it is sorted: a number by its size, a text by its bytes. It holds as long as its batch.
    enum ID {
        case number(Int64)
        case bytes(UnsafeRawBufferPointer)

        /// Below 0 where it comes before another, 0 where they are equal; nil where they cannot be compared.
        func order(_ other: ID) -> Int? {
            switch (self, other) {
            case (.number(let left), .number(let right)): return left < right ? -1 : left > right ? 1 : 0
            case (.bytes(let left), .bytes(let right)):
                let shared = min(left.count, right.count)
                if shared > 0, let first = left.baseAddress, let second = right.baseAddress {
                    let order = memcmp(first, second, shared)
                    if order != 0 { return Int(order) }
                }
                return left.count - right.count
            default: return nil
            }
        }
    }
}
