/// One column of a batch: a fact of every row of its owner, stored as narrow as its values allow.
///
/// An unknown value is the smallest integer of the width; a valid value equal to it widens the column first.
public enum FactColumn: Sendable {
    case narrow([Int8])
    case short([Int16])
    case middle([Int32])
    case wide([Int64])

    /// A column without values.
    init() { self = .narrow([]) }

    /// The stored value of a row, or nil where it is unknown or the row does not exist.
    @inlinable
    public subscript(row: Int) -> Int64? {
        switch self {
        case .narrow(let values):
            guard row < values.count, values[row] != Int8.min else { return nil }
            return Int64(values[row])
        case .short(let values):
            guard row < values.count, values[row] != Int16.min else { return nil }
            return Int64(values[row])
        case .middle(let values):
            guard row < values.count, values[row] != Int32.min else { return nil }
            return Int64(values[row])
        case .wide(let values):
            guard row < values.count, values[row] != Int64.min else { return nil }
            return values[row]
        }
    }

    /// Sets a row, filling rows before it with unknown and widening the column where the value needs it.
    mutating func set(_ value: Int64, at row: Int) {
        switch self {
        case .narrow(var values):
            guard value > Int64(Int8.min), value <= Int64(Int8.max) else { break }
            self = .narrow([])
            Self.put(Int8(truncatingIfNeeded: value), in: &values, at: row, unknown: .min)
            self = .narrow(values)
            return
        case .short(var values):
            guard value > Int64(Int16.min), value <= Int64(Int16.max) else { break }
            self = .short([])
            Self.put(Int16(truncatingIfNeeded: value), in: &values, at: row, unknown: .min)
            self = .short(values)
            return
        case .middle(var values):
            guard value > Int64(Int32.min), value <= Int64(Int32.max) else { break }
            self = .middle([])
            Self.put(Int32(truncatingIfNeeded: value), in: &values, at: row, unknown: .min)
            self = .middle(values)
            return
        case .wide(var values):
            self = .wide([])
            Self.put(value, in: &values, at: row, unknown: .min)
            self = .wide(values)
            return
        }
        self = widened
        set(value, at: row)
    }

    /// The same values in the next width.
    private var widened: FactColumn {
        switch self {
        case .narrow(let values): .short(values.map { $0 == .min ? .min : Int16($0) })
        case .short(let values): .middle(values.map { $0 == .min ? .min : Int32($0) })
        case .middle(let values): .wide(values.map { $0 == .min ? .min : Int64($0) })
        case .wide: self
        }
    }

    /// The column of these values, nil for unknown, as narrow as they allow.
    init(_ values: [Int64?]) {
        var (least, most): (Int64, Int64) = (0, 0)
        for case let value? in values {
            least = min(least, value)
            most = max(most, value)
        }
        func fits<Width: FixedWidthInteger>(_: Width.Type) -> Bool { least > Width.min && most <= Width.max }
        func stored<Width: FixedWidthInteger>(_: Width.Type) -> [Width] {
            values.map { $0.map(Width.init(truncatingIfNeeded:)) ?? .min }
        }
        self =
            fits(Int8.self)
            ? .narrow(stored(Int8.self))
            : fits(Int16.self)
                ? .short(stored(Int16.self))
                : fits(Int32.self) ? .middle(stored(Int32.self)) : .wide(stored(Int64.self))
    }

    /// Whether it has so many rows, and in them nothing but unknown and values of a range.
    func holds(_ rows: Int, in range: ClosedRange<Int64>) -> Bool {
        func holds<Width: FixedWidthInteger>(_ values: [Width]) -> Bool {
            values.count == rows
                && values.withUnsafeBufferPointer { values in
                    var outside = false
                    for value in values {
                        let wide = Int64(truncatingIfNeeded: value)
                        outside = outside || (value != .min && (wide < range.lowerBound || wide > range.upperBound))
                    }
                    return !outside
                }
        }
        return switch self {
        case .narrow(let values): holds(values)
        case .short(let values): holds(values)
        case .middle(let values): holds(values)
        case .wide(let values): holds(values)
        }
    }

    /// What stands for an unknown value among stored ones: no fact has it.
    public static let unknown = Int64.min

    /// The column of stored values, `unknown` among them, as narrow as they allow.
    init(stored values: [Int64]) {
        var (least, most): (Int64, Int64) = (0, 0)
        for value in values where value != Self.unknown {
            least = min(least, value)
            most = max(most, value)
        }
        func fits<Width: FixedWidthInteger>(_: Width.Type) -> Bool { least > Width.min && most <= Width.max }
        func narrowed<Width: FixedWidthInteger>(_: Width.Type) -> [Width] {
            values.map { $0 == Self.unknown ? .min : Width(truncatingIfNeeded: $0) }
        }
        self =
            fits(Int8.self)
            ? .narrow(narrowed(Int8.self))
            : fits(Int16.self)
                ? .short(narrowed(Int16.self))
                : fits(Int32.self) ? .middle(narrowed(Int32.self)) : .wide(values)
    }

    private static func put<Value>(_ value: Value, in values: inout [Value], at row: Int, unknown: Value) {
        while values.count <= row { values.append(unknown) }
        values[row] = value
    }

    /// Makes a row unknown.
    mutating func unset(_ row: Int) {
        func forget<Width: FixedWidthInteger>(_ values: inout [Width]) {
            if values.indices.contains(row) { values[row] = .min }
        }
        change(forget, forget, forget, forget)
    }

    /// Forgets all rows, and keeps width and memory.
    mutating func removeAll() {
        func forget<Width: FixedWidthInteger>(_ values: inout [Width]) { values.removeAll(keepingCapacity: true) }
        change(forget, forget, forget, forget)
    }

    /// Changes the values where they are, without a copy.
    private mutating func change(
        _ narrow: (inout [Int8]) -> Void, _ short: (inout [Int16]) -> Void, _ middle: (inout [Int32]) -> Void,
        _ wide: (inout [Int64]) -> Void
    ) {
        let column = self
        // There must be one owner of the values, or each change would copy them.
        self = FactColumn()
        switch consume column {
        case .narrow(var values):
            narrow(&values)
            self = .narrow(values)
        case .short(var values):
            short(&values)
            self = .short(values)
        case .middle(var values):
            middle(&values)
            self = .middle(values)
        case .wide(var values):
            wide(&values)
            self = .wide(values)
        }
    }
}

/// The rows of one owner: how many, which belong to which parent, and the columns that came.
public struct FactTable: Sendable {
    /// Rows in the table.
    public internal(set) var count = 0
    /// For each parent row where its entries start; one more entry than parents. Empty for households.
    public internal(set) var starts: [Int32] = [0]
    /// For each parent row whether its list was given. An omitted list is unknown, not empty.
    public internal(set) var listed: [Bool] = []

    /// A table without rows.
    init() {}

    /// The rows of the lists of so many parent rows: how many entries each has, nil where it was not given.
    public init(lists: [Int32?]) {
        starts.reserveCapacity(lists.count + 1)
        listed.reserveCapacity(lists.count)
        var end: Int32 = 0
        for entries in lists {
            listed.append(entries != nil)
            let (next, overflow) = end.addingReportingOverflow(max(0, entries ?? 0))
            end = overflow ? end : next
            starts.append(end)
        }
        count = Int(end)
    }

    /// Forgets all rows, and keeps the memory.
    mutating func removeAll() {
        count = 0
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
        listed.removeAll(keepingCapacity: true)
    }
}

/// Households with their members and lists, one integer column a fact. A single household is a batch of one.
///
/// A value type; immutable once built, and then safe to share between threads.
public struct FactBatch: Sendable {
    /// The schema the fact numbers refer to.
    public private(set) var schema: FactSchema
    private var tables: [FactTable]
    /// The columns by fact number; nil for those that did not come.
    public private(set) var columns: [FactColumn?]
    private var ranges: [ClosedRange<Int64>]
    /// By the number of a fact the rows in which it is a stated none, a bit each.
    private var noneRows: [[UInt64]]

    /// An empty batch.
    public init(schema: FactSchema = .national) {
        self.schema = schema
        tables = FactOwner.allCases.map { _ in FactTable() }
        columns = schema.facts.map { _ in nil }
        ranges = schema.facts.map(\.type.storedRange)
        noneRows = schema.facts.map { _ in [] }
    }

    /// A batch of rows that are all there, and of which nothing is known yet.
    ///
    /// - Parameter lists: The rows of members and lists. An owner that is not among them, or whose table has not as many
    ///   lists as there are rows to belong to, has none, and it is unknown whether there are any.
    public init(schema: FactSchema, households: Int, lists: [FactOwner: FactTable]) {
        self.init(schema: schema)
        tables[FactOwner.household.rawValue].count = max(0, households)
        // A parent comes before those that belong to it.
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            let parents = tables[parent.rawValue].count
            let given = lists[owner].flatMap { $0.listed.count == parents ? $0 : nil }
            tables[owner.rawValue] = given ?? FactTable(lists: [Int32?](repeating: nil, count: parents))
        }
    }

    /// The rows of one owner.
    @inlinable
    public func table(_ owner: FactOwner) -> FactTable { tableStorage(owner) }

    @usableFromInline
    func tableStorage(_ owner: FactOwner) -> FactTable { tables[owner.rawValue] }

    /// The number of households.
    public var count: Int { tables[FactOwner.household.rawValue].count }

    /// The stored value of a fact for a row of its owner, or nil where it is unknown.
    @inlinable
    public func value(_ place: Int, row: Int) -> Int64? {
        guard place >= 0, place < columns.count else { return nil }
        return columns[place]?[row]
    }

    /// The stored value of a fact of the national schema.
    public func value(_ fact: Fact, row: Int) -> Int64? {
        schema.place(of: fact).flatMap { value($0, row: row) }
    }

    /// The rows of a list that belong to a parent row; empty where the list was not given.
    public func rows(_ owner: FactOwner, of parent: Int) -> Range<Int> {
        let table = tables[owner.rawValue]
        if owner == .household { return parent..<(parent + 1) }
        guard parent >= 0, parent + 1 < table.starts.count else { return 0..<0 }
        return Int(table.starts[parent])..<Int(table.starts[parent + 1])
    }

    /// Whether the list of a parent row was given.
    public func isListed(_ owner: FactOwner, of parent: Int) -> Bool {
        let listed = tables[owner.rawValue].listed
        return owner == .household || (listed.indices.contains(parent) && listed[parent])
    }

    /// Whether the declarant closed a fact with "none": a stated zero.
    public func isStatedNone(_ place: Int, row: Int) -> Bool {
        guard noneRows.indices.contains(place), row >= 0, row / 64 < noneRows[place].count else { return false }
        return noneRows[place][row / 64] >> UInt64(row % 64) & 1 == 1
    }

    /// All facts that are a stated none.
    public var statedNone: Set<FactReference> {
        var result: Set<FactReference> = []
        for place in noneRows.indices where !noneRows[place].isEmpty {
            for row in 0..<(noneRows[place].count * 64) where isStatedNone(place, row: row) {
                result.insert(FactReference(place: place, row: row))
            }
        }
        return result
    }

    /// The place of a row among the entries of its parent, from 0, and the parent's row; a household has no parent.
    public func place(of row: Int, _ owner: FactOwner) -> (local: Int, parent: Int) {
        guard let parentOwner = owner.parent else { return (0, row) }
        // The first parent whose rows end behind the row is found by halving.
        var low = 0
        var high = table(parentOwner).count
        while low < high {
            let middle = (low + high) / 2
            if rows(owner, of: middle).upperBound <= row { low = middle + 1 } else { high = middle }
        }
        return (row - rows(owner, of: low).lowerBound, low)
    }

    /// The same households with the facts of another schema, by owner and key.
    ///
    /// A fact that only one of the two has, or that has other values in the other, is unknown; codes may have been added
    /// to its list.
    public func read(as other: FactSchema) -> FactBatch {
        if schema.facts == other.facts { return self }
        var result = self
        result.schema = other
        result.ranges = other.facts.map(\.type.storedRange)
        let places = other.facts.map { fact -> Int? in
            guard let place = schema.place(of: fact), fact.type.extends(schema.facts[place].type) else { return nil }
            return place
        }
        result.columns = places.map { $0.flatMap { columns[$0] } }
        result.noneRows = places.map { $0.map { noneRows[$0] } ?? [] }
        return result
    }

    /// The households of some rows, each named once, in their order.
    public func households(_ rows: [Int]) -> FactBatch {
        var taken: [FactOwner: [Int]] = [.household: rows.filter { (0..<count).contains($0) }]
        var result = FactBatch(schema: schema)
        for owner in FactOwner.allCases {
            guard let parent = owner.parent, let parents = taken[parent] else { continue }
            var (starts, listed, kept): ([Int32], [Bool], [Int]) = ([0], [], [])
            for row in parents {
                kept += self.rows(owner, of: row)
                starts.append(Int32(clamping: kept.count))
                listed.append(isListed(owner, of: row))
            }
            taken[owner] = kept
            result.tables[owner.rawValue].starts = starts
            result.tables[owner.rawValue].listed = listed
        }
        for (owner, rows) in taken { result.tables[owner.rawValue].count = rows.count }
        for (place, column) in columns.enumerated() {
            guard let column, let rows = taken[schema.facts[place].owner] else { continue }
            result.columns[place] = FactColumn(rows.map { column[$0] })
        }
        for place in noneRows.indices where !noneRows[place].isEmpty {
            for (new, old) in (taken[schema.facts[place].owner] ?? []).enumerated() where isStatedNone(place, row: old)
            {
                result.mark(place, row: new, none: true)
            }
        }
        return result
    }

    // MARK: Building

    /// Households by number, without facts yet: the beginning of a batch that comes in columns.
    ///
    /// - Parameter lists: For each list that was given, of every row of its parent, where the entries of each row start,
    ///   and after the last where they end. Of the lists that are not named nothing is known.
    ///
    /// Nil where the starts do not begin at 0, fall, or are not one more than the rows of the parent.
    public init?(schema: FactSchema, households: Int, lists: [FactOwner: [Int32]]) {
        guard households >= 0 else { return nil }
        self.init(schema: schema)
        tables[FactOwner.household.rawValue].count = households
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            let parents = tables[parent.rawValue].count
            let given = lists[owner]
            let starts = given ?? [Int32](repeating: 0, count: parents + 1)
            guard starts.count == parents + 1, starts.first == 0, Self.rises(starts) else { return nil }
            tables[owner.rawValue].count = Int(starts[parents])
            tables[owner.rawValue].starts = starts
            tables[owner.rawValue].listed = [Bool](repeating: given != nil, count: parents)
        }
    }

    private static func rises(_ starts: [Int32]) -> Bool {
        starts.withUnsafeBufferPointer { starts in
            var rises = true
            for row in 1..<max(1, starts.count) { rises = rises && starts[row - 1] <= starts[row] }
            return rises
        }
    }

    /// Sets a fact of all rows of its owner at once; the least number of the column's width stands for unknown.
    ///
    /// False where the column is not as long as the owner has rows, or a value lies outside the fact's range; then nothing
    /// changes.
    @discardableResult
    public mutating func set(_ place: Int, column: FactColumn) -> Bool {
        guard ranges.indices.contains(place), schema.facts.indices.contains(place),
            column.holds(table(schema.facts[place].owner).count, in: ranges[place])
        else { return false }
        columns[place] = column
        return true
    }

    /// Adds a row to an owner's table, as the newest entry of the newest row of its parent, and answers its number.
    @discardableResult
    public mutating func add(_ owner: FactOwner) -> Int {
        let row = tables[owner.rawValue].count
        tables[owner.rawValue].count += 1
        if owner != .household {
            let last = tables[owner.rawValue].starts.count - 1
            tables[owner.rawValue].starts[last] += 1
            if let parent = tables[owner.rawValue].listed.indices.last { tables[owner.rawValue].listed[parent] = true }
        }
        for list in FactOwner.allCases where list.parent == owner {
            let end = tables[list.rawValue].starts.last ?? 0
            tables[list.rawValue].starts.append(end)
            tables[list.rawValue].listed.append(false)
        }
        return row
    }

    /// Says that the list of the newest parent row was given, even if it is empty.
    public mutating func markListed(_ owner: FactOwner) {
        if let parent = tables[owner.rawValue].listed.indices.last { tables[owner.rawValue].listed[parent] = true }
    }

    /// Says that the list of a parent row was given, even if it is empty.
    mutating func markListed(_ owner: FactOwner, of parent: Int) {
        if tables[owner.rawValue].listed.indices.contains(parent) { tables[owner.rawValue].listed[parent] = true }
    }

    /// Sets a fact of a row. False where the value lies outside the fact's range; then nothing changes.
    @discardableResult
    public mutating func set(_ place: Int, row: Int, to value: Int64, statedNone stated: Bool = false) -> Bool {
        guard ranges.indices.contains(place), ranges[place].contains(value) else { return false }
        if columns[place] == nil { columns[place] = FactColumn() }
        columns[place]?.set(value, at: row)
        mark(place, row: row, none: stated)
        return true
    }

    /// Makes a fact of a row unknown.
    public mutating func unset(_ place: Int, row: Int) {
        guard columns.indices.contains(place) else { return }
        columns[place]?.unset(row)
        mark(place, row: row, none: false)
    }

    private mutating func mark(_ place: Int, row: Int, none stated: Bool) {
        let word = row / 64
        if !stated, word >= noneRows[place].count { return }
        while noneRows[place].count <= word { noneRows[place].append(0) }
        let bit: UInt64 = 1 << UInt64(row % 64)
        if stated { noneRows[place][word] |= bit } else { noneRows[place][word] &= ~bit }
    }

    /// Adds the households of another batch of the same schema behind those that are there.
    mutating func append(_ other: FactBatch) {
        let offsets = tables.map(\.count)
        for owner in FactOwner.allCases where owner != .household {
            let end = tables[owner.rawValue].starts.last ?? 0
            tables[owner.rawValue].starts += other.table(owner).starts.dropFirst().map { end + $0 }
            tables[owner.rawValue].listed += other.table(owner).listed
        }
        for owner in FactOwner.allCases { tables[owner.rawValue].count += other.table(owner).count }
        for (place, column) in other.columns.enumerated() {
            guard let column, schema.facts.indices.contains(place) else { continue }
            let owner = schema.facts[place].owner
            for row in 0..<other.table(owner).count {
                guard let value = column[row] else { continue }
                set(
                    place, row: offsets[owner.rawValue] + row, to: value,
                    statedNone: other.isStatedNone(place, row: row))
            }
        }
    }

    /// Forgets all households, and keeps the memory for the next.
    mutating func removeAll() {
        for owner in tables.indices { tables[owner].removeAll() }
        for place in columns.indices {
            columns[place]?.removeAll()
            if !noneRows[place].isEmpty { noneRows[place].removeAll(keepingCapacity: true) }
        }
    }

    /// Sets a fact of every row of its owner, in order; `FactColumn.unknown` where it is unknown. Answers the rows whose
    /// value lies outside the fact's range, which are unknown.
    mutating func set(_ place: Int, stored values: [Int64]) -> [Int] {
        guard ranges.indices.contains(place) else { return [] }
        let range = ranges[place]
        let isWithin = values.allSatisfy { $0 == FactColumn.unknown || range.contains($0) }
        guard !isWithin else {
            columns[place] = FactColumn(stored: values)
            return []
        }
        let outside = values.indices.filter { values[$0] != FactColumn.unknown && !range.contains(values[$0]) }
        var kept = values
        for row in outside { kept[row] = FactColumn.unknown }
        columns[place] = FactColumn(stored: kept)
        return outside
    }

    /// Sets a fact of every row of its owner, in order; nil and what lies outside the fact's range are unknown.
    ///
    /// The quickest way to fill a batch: all rows first, and then one fact after the other.
    public mutating func set(_ place: Int, ofEach value: (_ row: Int) -> Int64?) {
        guard ranges.indices.contains(place), schema.facts.indices.contains(place) else { return }
        let range = ranges[place]
        columns[place] = FactColumn(
            (0..<table(schema.facts[place].owner).count).map { row in
                value(row).flatMap { range.contains($0) ? $0 : nil }
            })
    }
}

extension FactType {
    /// Whether the stored values of another type mean the same here.
    fileprivate func extends(_ other: FactType) -> Bool {
        switch (self, other) {
        case (.code(let list), .code(let shorter)), (.codes(let list), .codes(let shorter)):
            list.codes.starts(with: shorter.codes)
        default: self == other
        }
    }
}

/// A fact of one row.
public struct FactReference: Hashable, Sendable {
    /// The number of the fact in the schema.
    public let place: Int
    /// The row of its owner's table.
    public let row: Int

    /// A fact of a row.
    public init(place: Int, row: Int) {
        self.place = place
        self.row = row
    }
}
