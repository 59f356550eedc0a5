import AssistanceCore

/// Of which rows of a batch facts and lists are given: of none, of some, or of all (数据完整程度).
///
/// Columns are made for it, so that what is known of every row is computed once, and what is not at both of its ends.
public struct ColumnCoverage: Hashable, Sendable {
    /// `vacant`: of all, and of each a list without entries.
    enum Extent: UInt8, Sendable { case none, some, all, vacant }

    /// By the number of the fact; `none` for those that nothing reads.
    private let facts: [Extent]
    /// The facts that are given of all rows and stored in 8 bits.
    private let narrow: Set<Int>
    /// By owner, for the lists of its parent's rows.
    private let lists: [Extent]

    /// What a batch gives of some facts of its schema.
    public init(of batch: FactBatch, reading places: Set<Int>) {
        facts = batch.schema.facts.indices.map { places.contains($0) ? batch.extent(of: $0) : .none }
        narrow = Set(facts.indices.filter { batch.isNarrow($0) }).filter { [facts] in facts[$0] == .all }
        lists = FactOwner.allCases.map { batch.extent(of: $0) }
    }

    /// What every batch gives: of some rows everything, as far as anybody knows.
    public static func open(_ schema: FactSchema) -> ColumnCoverage { ColumnCoverage(open: schema) }

    private init(open schema: FactSchema) {
        facts = schema.facts.map { _ in .some }
        narrow = []
        lists = FactOwner.allCases.map { _ in .some }
    }

    func extent(of fact: Int) -> Extent { facts.indices.contains(fact) ? facts[fact] : .none }

    func isNarrow(_ fact: Int) -> Bool { narrow.contains(fact) }

    func extent(of list: FactOwner) -> Extent { lists[list.rawValue] }
}

extension Graph {
    /// The numbers of the facts that some results depend on.
    public func facts(behind results: [NodeID]) -> Set<Int> {
        // The number of members may be stated where they are not listed.
        var facts = Set([schema.place(of: .size)].compactMap { $0 })
        for id in nodes(behind: results) {
            switch self[id].operation {
            case .fact(let place), .stated(let place): facts.insert(place)
            default: continue
            }
        }
        return facts
    }
}

extension FactBatch {
    fileprivate func extent(of place: Int) -> ColumnCoverage.Extent {
        guard columns.indices.contains(place), let column = columns[place] else { return .none }
        let rows = table(schema.facts[place].owner).count
        func extent<Stored: FixedWidthInteger>(_ values: [Stored]) -> ColumnCoverage.Extent {
            // The least of the width is what stands for unknown.
            values.count < rows || values.contains(.min) ? .some : .all
        }
        return switch column {
        case .narrow(let values): extent(values)
        case .short(let values): extent(values)
        case .middle(let values): extent(values)
        case .wide(let values): extent(values)
        }
    }

    fileprivate func isNarrow(_ place: Int) -> Bool {
        if columns.indices.contains(place), case .narrow? = columns[place] { true } else { false }
    }

    fileprivate func extent(of list: FactOwner) -> ColumnCoverage.Extent {
        let table = table(list)
        if table.listed.contains(false) { return table.listed.contains(true) ? .some : .none }
        return table.count == 0 && list != .household ? .vacant : .all
    }
}
