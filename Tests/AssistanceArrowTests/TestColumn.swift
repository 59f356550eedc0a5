import CJiuzhu
import Testing

/// A column as a producer has it, whose every part a test may spoil before it is handed over.
struct TestColumn {
    var name: String
    var format: String
    var length: Int64
    var nulls: Int64 = -1
    var offset: Int64 = 0
    /// Each is handed over in a block of exactly its bytes, behind which nothing can be read; nil is NULL.
    var buffers: [[UInt8]?]
    var children: [TestColumn] = []
    var dictionary: [TestColumn] = []
    /// How many buffers and children it says it has, where that is another number.
    var saidBuffers: Int64?
    var saidChildren: Int64?
    /// Whether it has been released.
    var isReleased = false
    /// A child that is NULL.
    var lostChild: Int?

    /// The same column under another name.
    func named(_ name: String) -> TestColumn {
        var column = self
        column.name = name
        return column
    }

    /// The same with a change.
    func with(_ change: (inout TestColumn) -> Void) -> TestColumn {
        var column = self
        change(&column)
        return column
    }
}

// MARK: Making columns

/// Rows that stand before the first and are not part of a column.
let before = 3

extension TestColumn {
    /// Numbers of a width, with rows before the first.
    static func numbers<Number: FixedWidthInteger>(
        _ name: String, _ format: String, _ values: [Number?]
    ) -> TestColumn {
        let junk = [Number?](repeating: Number.max, count: before)
        return TestColumn(
            name: name, format: format, length: Int64(values.count), nulls: Int64(values.count { $0 == nil }),
            offset: Int64(before),
            buffers: [bits((junk + values).map { $0 != nil }), (junk + values).flatMap { bytes($0 ?? 0) }])
    }

    static func bools(_ name: String, _ values: [Bool?]) -> TestColumn {
        TestColumn(
            name: name, format: "b", length: Int64(values.count),
            buffers: [
                bits(values.map { $0 != nil }), bits(values.map { $0 ?? false }),
            ])
    }

    /// Decimals of so many bytes; the values are whole numbers of the last decimal.
    static func decimals(_ name: String, bytes count: Int, scale: Int, _ values: [Int64?]) -> TestColumn {
        let precision = [4: 9, 8: 18, 16: 38, 32: 76][count] ?? 0
        let data = values.flatMap { value -> [UInt8] in
            let low = bytes(value ?? 0)
            let sign: UInt8 = (value ?? 0) < 0 ? 0xFF : 0
            return count <= 8 ? Array(low.prefix(count)) : low + [UInt8](repeating: sign, count: count - 8)
        }
        return TestColumn(
            name: name, format: count == 16 ? "d:\(precision),\(scale)" : "d:\(precision),\(scale),\(count * 8)",
            length: Int64(values.count), buffers: [bits(values.map { $0 != nil }), data])
    }

    enum Texts: String, CaseIterable {
        case small = "u", large = "U", view = "vu", dictionary = "s", longDictionary = "C"
    }

    static func texts(_ name: String, _ values: [String?], _ layout: Texts = .small) -> TestColumn {
        texts(name, values.map { $0.map { Array($0.utf8) } }, layout)
    }

    static func texts(_ name: String, _ values: [[UInt8]?], _ layout: Texts = .small) -> TestColumn {
        var column = TestColumn(
            name: name, format: layout.rawValue, length: Int64(values.count), buffers: [bits(values.map { $0 != nil })])
        switch layout {
        case .small, .large:
            // The bytes of null rows are there and mean nothing.
            let all = values.map { $0 ?? Array("junk".utf8) }
            var end = 0
            let offsets =
                [0]
                + all.map { text in
                    end += text.count
                    return end
                }
            column.buffers.append(offsets.flatMap { layout == .small ? bytes(Int32($0)) : bytes(Int64($0)) })
            column.buffers.append(all.flatMap { $0 })
        case .view:
            var (views, blocks): ([UInt8], [[UInt8]]) = ([], [[], []])
            for (row, value) in values.enumerated() {
                let text = value ?? []
                views += bytes(Int32(text.count))
                if text.count <= 12 {
                    views += text + [UInt8](repeating: 0, count: 12 - text.count)
                } else {
                    let block = row % 2
                    views += text.prefix(4) + bytes(Int32(block)) + bytes(Int32(blocks[block].count))
                    blocks[block] += text
                }
            }
            column.buffers += [views] + blocks + [blocks.flatMap { bytes(Int64($0.count)) }]
        case .dictionary, .longDictionary:
            let distinct = Array(Set(values.compactMap { $0 })).sorted { $0.lexicographicallyPrecedes($1) }
            let places = values.map { value in value.flatMap { distinct.firstIndex(of: $0) } ?? 0 }
            column.buffers.append(places.flatMap { layout == .dictionary ? bytes(Int16($0)) : bytes(UInt8($0)) })
            column.dictionary = [texts("", distinct.map { $0 }, layout == .dictionary ? .small : .view)]
        }
        return column
    }

    enum Lists: String, CaseIterable { case small = "+l", large = "+L", view = "+vl", largeView = "+vL" }

    /// Lists of so many entries each, nil where not known; the entries stand one behind the other, but in views the
    /// other way round.
    static func lists(
        _ name: String, _ counts: [Int?], _ entries: (_ order: [Int]) -> TestColumn, _ layout: Lists = .small
    ) -> TestColumn {
        let isView = layout == .view || layout == .largeView
        func number(_ value: Int) -> [UInt8] {
            layout == .small || layout == .view ? bytes(Int32(value)) : bytes(Int64(value))
        }
        var starts: [Int] = []
        var end = 0
        for count in counts {
            starts.append(end)
            end += count ?? 0
        }
        var column = TestColumn(
            name: name, format: layout.rawValue, length: Int64(counts.count), buffers: [bits(counts.map { $0 != nil })])
        guard isView else {
            column.buffers.append((starts + [end]).flatMap(number))
            column.children = [entries(Array(0..<end)).named("item")]
            return column
        }
        // Row by row from the last.
        var (order, places): ([Int], [Int]) = ([], Array(repeating: 0, count: counts.count))
        for row in counts.indices.reversed() {
            places[row] = order.count
            order += starts[row]..<(starts[row] + (counts[row] ?? 0))
        }
        column.buffers.append(places.flatMap(number))
        column.buffers.append(counts.flatMap { number($0 ?? 0) })
        column.children = [entries(order).named("item")]
        return column
    }

    /// Rows of several columns.
    static func rows(_ count: Int, _ columns: [TestColumn], name: String = "") -> TestColumn {
        TestColumn(name: name, format: "+s", length: Int64(count), nulls: 0, buffers: [nil], children: columns)
    }

    static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    static func bits(_ flags: [Bool]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (flags.count + 7) / 8)
        for (place, flag) in flags.enumerated() where flag { bytes[place / 8] |= 1 << UInt8(place % 8) }
        return bytes
    }
}

/// What a test spoils of a column, and what is said of it.
struct Spoiled: Sendable, CustomTestStringConvertible {
    let message: String
    let change: @Sendable (inout TestColumn) -> Void

    init(_ message: String, _ change: @escaping @Sendable (inout TestColumn) -> Void) {
        self.message = message
        self.change = change
    }

    var testDescription: String { message }
}

// MARK: Handing over

/// What producers handed over and has not been released yet; and whether anything was released twice.
final class Tally {
    var arrays = 0
    var schemas = 0
    var streams = 0
    var made = 0
    var isBroken = false

    /// Whether all that was made has been released, each once.
    var isClear: Bool { made > 0 && arrays == 0 && schemas == 0 && streams == 0 && !isBroken }
}

/// What a struct that was handed over holds.
private final class Held {
    let tally: Tally
    var blocks: [GuardedBlock] = []
    var release: [() -> Void] = []

    init(_ tally: Tally) { self.tally = tally }

    func block(_ bytes: [UInt8]) -> UnsafeMutableRawPointer {
        let block = GuardedBlock(bytes)
        blocks.append(block)
        return block.start
    }

    func pointers<Value>(_ values: [Value?]) -> UnsafeMutablePointer<UnsafeMutablePointer<Value>?> {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<Value>?>.allocate(capacity: max(values.count, 1))
        for (place, value) in values.enumerated() {
            pointers[place] = value.map { value in
                let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
                pointer.initialize(to: value)
                release.append { pointer.deallocate() }
                return pointer
            }
        }
        release.append { pointers.deallocate() }
        return pointers
    }

    deinit {
        for block in blocks { block.deallocate() }
        for release in release { release() }
    }
}

extension TestColumn {
    func schema(_ tally: Tally) -> ArrowSchema {
        let held = Held(tally)
        tally.schemas += 1
        tally.made += 1
        var schema = ArrowSchema()
        schema.format = UnsafePointer(held.block(Array(format.utf8) + [0]).assumingMemoryBound(to: CChar.self))
        schema.name = UnsafePointer(held.block(Array(name.utf8) + [0]).assumingMemoryBound(to: CChar.self))
        schema.flags = Int64(ARROW_FLAG_NULLABLE)
        schema.n_children = saidChildren ?? Int64(children.count)
        let inner = held.pointers(children.map { $0.schema(tally) })
        let words = held.pointers(dictionary.map { $0.schema(tally) })
        (schema.children, schema.dictionary) = (inner, dictionary.isEmpty ? nil : words[0])
        let (count, isCoded) = (children.count, !dictionary.isEmpty)
        held.release.insert(
            {
                for place in 0..<count { inner[place].map { $0.pointee.release?($0) } }
                if isCoded { words[0].map { $0.pointee.release?($0) } }
            }, at: 0)
        schema.private_data = Unmanaged.passRetained(held).toOpaque()
        schema.release = { schema in
            guard let schema, let data = schema.pointee.private_data else { return }
            let held = Unmanaged<Held>.fromOpaque(data)
            held.takeUnretainedValue().tally.schemas -= 1
            schema.pointee.release = nil
            schema.pointee.private_data = nil
            held.release()
        }
        return schema
    }

    func array(_ tally: Tally) -> ArrowArray {
        let held = Held(tally)
        tally.arrays += 1
        tally.made += 1
        var array = ArrowArray()
        array.length = length
        array.null_count = nulls
        array.offset = offset
        array.n_buffers = saidBuffers ?? Int64(buffers.count)
        let pointers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: max(buffers.count, 1))
        for (place, buffer) in buffers.enumerated() {
            pointers[place] = buffer.map { UnsafeRawPointer(held.block($0)) }
        }
        held.release.append { pointers.deallocate() }
        array.buffers = pointers
        array.n_children = saidChildren ?? Int64(children.count)
        let inner = held.pointers(children.enumerated().map { $0 == lostChild ? nil : $1.array(tally) })
        let words = held.pointers(dictionary.map { $0.array(tally) })
        (array.children, array.dictionary) = (inner, dictionary.isEmpty ? nil : words[0])
        let (count, isCoded) = (children.count, !dictionary.isEmpty)
        held.release.insert(
            {
                for place in 0..<count { inner[place].map { $0.pointee.release?($0) } }
                if isCoded { words[0].map { $0.pointee.release?($0) } }
            }, at: 0)
        array.private_data = Unmanaged.passRetained(held).toOpaque()
        array.release = { array in
            guard let array, let data = array.pointee.private_data else { return }
            let held = Unmanaged<Held>.fromOpaque(data)
            held.takeUnretainedValue().tally.arrays -= 1
            array.pointee.release = nil
            array.pointee.private_data = nil
            held.release()
        }
        if isReleased { array.release?(&array) }
        return array
    }
}

/// A stream of batches, which all have the columns of the first.
final class TestStream {
    private let columns: TestColumn
    private var batches: ArraySlice<TestColumn>
    private let tally: Tally
    /// The error number after the last batch; 0 where the stream just ends.
    private let ending: Int32

    init(_ columns: TestColumn, _ batches: [TestColumn], _ tally: Tally, ending: Int32) {
        (self.columns, self.batches, self.tally, self.ending) = (columns, batches[...], tally, ending)
    }

    /// The stream for a consumer; the schema is that of `columns`, or of the first batch.
    static func stream(
        _ batches: [TestColumn], schema columns: TestColumn? = nil, _ tally: Tally, ending: Int32 = 0
    ) -> ArrowArrayStream {
        let made = TestStream(columns ?? batches.first ?? .rows(0, []), batches, tally, ending: ending)
        tally.streams += 1
        tally.made += 1
        var stream = ArrowArrayStream()
        stream.private_data = Unmanaged.passRetained(made).toOpaque()
        stream.get_schema = { stream, out in
            guard let made = TestStream.of(stream) else { return 22 }
            out?.pointee = made.columns.schema(made.tally)
            return 0
        }
        stream.get_next = { stream, out in
            guard let made = TestStream.of(stream) else { return 22 }
            guard let batch = made.batches.popFirst() else {
                out?.pointee = ArrowArray()
                return made.ending
            }
            out?.pointee = batch.array(made.tally)
            return 0
        }
        stream.get_last_error = { _ in nil }
        stream.release = { stream in
            guard let stream, let data = stream.pointee.private_data else { return }
            let made = Unmanaged<TestStream>.fromOpaque(data)
            made.takeUnretainedValue().tally.streams -= 1
            stream.pointee.release = nil
            stream.pointee.private_data = nil
            made.release()
        }
        return stream
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> TestStream? {
        stream?.pointee.private_data.map { Unmanaged<TestStream>.fromOpaque($0).takeUnretainedValue() }
    }
}
