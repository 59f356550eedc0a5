import CJiuzhu

/// A column of which every length, offset and buffer has been checked: reading any row below `count` stays within what
/// the producer says it handed over.
///
/// It points into an array, and holds as long as that is not released. Immutable.
struct ArrowColumn: @unchecked Sendable {
    /// The rows.
    let count: Int
    /// Where the first row stands in the buffers.
    let start: Int
    let content: Content
    /// A bit for each row; nil where all are known.
    private let validity: UnsafeRawPointer?

    indirect enum Content {
        /// Nothing is known of any row.
        case none
        /// Values of a fixed width, or bits.
        case values(UnsafeRawPointer)
        case texts(ArrowTexts)
        case dictionary(UnsafeRawPointer, IntegerWidth, ArrowColumn)
        case lists(ArrowLists, ArrowColumn)
        case record([ArrowColumn])
        /// Nothing is read from it.
        case unread
    }

    /// The most rows of an array, which keeps all places within 64 bits.
    private static let limit = 1 << 40

    /// Checks an array of a type.
    ///
    /// - Parameter rows: Those that a struct around it has: where the first of them stands in the array, and how many
    ///   they are; nil for all rows.
    init(
        _ array: UnsafePointer<ArrowArray>, _ field: ArrowField, rows: (first: Int, count: Int)? = nil
    ) throws(ArrowFlaw) {
        do throws(ArrowFlaw) {
            try self.init(checking: array, field.type, rows)
        } catch {
            throw field.name.isEmpty ? error : error.of(field.name)
        }
    }

    private init(
        checking array: UnsafePointer<ArrowArray>, _ type: ArrowType, _ rows: (first: Int, count: Int)?
    ) throws(ArrowFlaw) {
        if case .other = type {
            (count, start, validity, content) = (rows?.count ?? 0, 0, nil, .unread)
            return
        }
        let parts = try ArrowParts(array, limit: Self.limit)
        guard rows.map({ $0.first + $0.count <= parts.length }) ?? true else {
            throw ArrowFlaw("it has \(parts.length) rows, and the struct around it has more")
        }
        count = rows?.count ?? parts.length
        start = parts.offset + (rows?.first ?? 0)
        if case .none = type {
            try parts.expect(buffers: 0, children: 0)
            (validity, content) = (nil, .none)
            return
        }
        validity = try parts.checkedValidity()
        let isKnown = ArrowBits(validity, from: parts.offset)
        switch type {
        case .none, .other: content = .none
        case .bool:
            content = .values(try parts.plain())
        case .integer, .decimal, .days, .milliseconds:
            content = .values(try parts.plain())
        case .text(let layout):
            content = .texts(try ArrowTexts(parts, layout, isKnown))
        case .dictionary(let width, let layout):
            let indexes = try parts.plain()
            guard let dictionary = array.pointee.dictionary else { throw ArrowFlaw("its dictionary is NULL") }
            let values = try ArrowColumn(dictionary, ArrowField(name: "the dictionary", type: .text(layout)))
            for row in 0..<parts.length where isKnown[row] {
                guard let index = width.load(indexes, parts.offset + row), (0..<Int64(values.count)).contains(index)
                else {
                    throw ArrowFlaw("an index of row \(row) lies outside its dictionary of \(values.count) values")
                }
            }
            content = .dictionary(indexes, width, values)
        case .list(let layout, let entry):
            try parts.expect(children: 1)
            let entries = try ArrowColumn(try parts.child(0), entry)
            content = .lists(try ArrowLists(parts, layout, entries: entries.count, isKnown), entries)
        case .record(let fields):
            try parts.expect(buffers: 1, children: fields.count)
            var columns: [ArrowColumn] = []
            for (place, field) in fields.enumerated() {
                columns.append(try ArrowColumn(try parts.child(place), field, rows: (start, count)))
            }
            content = .record(columns)
        }
    }

    // MARK: Reading

    /// Whether something is known of a row.
    func isKnown(_ row: Int) -> Bool {
        if case .none = content { return false }
        return ArrowBits(validity, from: start)[row]
    }

    /// The bytes of the text of a row of which something is known; nil where a dictionary says that it is not.
    func text(_ row: Int) -> UnsafeRawBufferPointer? {
        switch content {
        case .texts(let texts): return texts[start + row]
        case .dictionary(let indexes, let width, let values):
            guard let index = width.load(indexes, start + row).map({ Int($0) }), values.isKnown(index) else {
                return nil
            }
            return values.text(index)
        default: return nil
        }
    }

    /// The number of the text of a row of which something is known in its dictionary; nil where there is none.
    func index(_ row: Int) -> Int? {
        guard case .dictionary(let indexes, let width, _) = content else { return nil }
        return width.load(indexes, start + row).map { Int($0) }
    }
}

/// The bits of a bitmap from a row on; without one all are set.
struct ArrowBits {
    private let bits: UnsafeRawPointer?
    private let first: Int

    init(_ bits: UnsafeRawPointer?, from first: Int) { (self.bits, self.first) = (bits, first) }

    subscript(row: Int) -> Bool {
        guard let bits else { return true }
        let place = first + row
        return bits.load(fromByteOffset: place / 8, as: UInt8.self) >> UInt8(place % 8) & 1 == 1
    }
}

extension IntegerWidth {
    /// The number at a place of a buffer; nil beyond 64 bits with a sign.
    func load(_ data: UnsafeRawPointer, _ place: Int) -> Int64? {
        func load<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Int64? {
            Int64(
                exactly: data.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: Number.self))
        }
        switch self {
        case .int8: return load(Int8.self)
        case .int16: return load(Int16.self)
        case .int32: return load(Int32.self)
        case .int64: return load(Int64.self)
        case .uint8: return load(UInt8.self)
        case .uint16: return load(UInt16.self)
        case .uint32: return load(UInt32.self)
        case .uint64: return load(UInt64.self)
        }
    }
}
