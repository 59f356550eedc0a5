import CJiuzhu

/// A column of an answer, before it is handed over.
struct MadeColumn: Sendable {
    let length: Int
    var nulls = 0
    /// The first is the bitmap of what is known; none where all is.
    var buffers: [ArrowBuffer?]
    var children: [MadeColumn] = []
    var dictionary: [MadeColumn] = []

    /// Numbers; none where nothing is known.
    init<Number: FixedWidthInteger & BitwiseCopyable>(_ numbers: [Number], isKnown: [Bool]? = nil) {
        length = numbers.count
        let validity = isKnown.map(ArrowBuffer.validity) ?? (bits: nil, nulls: 0)
        nulls = validity.nulls
        buffers = [validity.bits, ArrowBuffer(numbers)]
    }

    /// Texts.
    init(_ texts: [String?]) {
        length = texts.count
        var (offsets, bytes): ([Int32], [UInt8]) = ([0], [])
        offsets.reserveCapacity(texts.count + 1)
        for text in texts {
            if let text { bytes += text.utf8 }
            offsets.append(Int32(clamping: bytes.count))
        }
        let validity = ArrowBuffer.validity(texts.map { $0 != nil })
        nulls = validity.nulls
        buffers = [validity.bits, ArrowBuffer(offsets), ArrowBuffer(bytes)]
    }

    /// Numbers of texts that are written once; below 0 where there is none.
    init<Number: FixedWidthInteger & SignedInteger & BitwiseCopyable>(_ numbers: [Number], of texts: [String]) {
        self.init(numbers.map { max($0, 0) }, isKnown: numbers.map { $0 >= 0 })
        dictionary = [MadeColumn(texts)]
    }

    /// Lists of texts: where each ends.
    init(listsOf texts: [String], ends: [Int32]) {
        length = ends.count
        buffers = [nil, ArrowBuffer([0] + ends)]
        children = [MadeColumn(texts)]
    }

    /// Rows of several columns.
    init(rows: Int, _ columns: [MadeColumn]) {
        length = rows
        buffers = [nil]
        children = columns
    }

    /// A column of numbers of which nothing is known.
    init(unknown rows: Int) {
        length = rows
        nulls = rows
        buffers = [ArrowBuffer(bytes: (rows + 7) / 8), ArrowBuffer(bytes: rows * MemoryLayout<Int64>.size)]
    }

    /// The array for a consumer, who releases it.
    func handOver() -> ArrowArray {
        var array = ArrowArray()
        let held = HandedArray(buffers, children.map { $0.handOver() }, dictionary.first?.handOver())
        array.length = Int64(length)
        array.null_count = Int64(nulls)
        array.n_buffers = Int64(buffers.count)
        array.buffers = held.buffers
        array.n_children = Int64(children.count)
        array.children = held.children
        array.dictionary = held.dictionary
        array.private_data = Unmanaged.passRetained(held).toOpaque()
        array.release = { array in
            guard let array, let held = array.pointee.private_data else { return }
            array.pointee.release = nil
            array.pointee.private_data = nil
            Unmanaged<HandedArray>.fromOpaque(held).release()
        }
        return array
    }
}

/// What an array that was handed over holds until it is released. A child that the consumer moved away is its own.
private final class HandedArray {
    let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
    let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>?
    let dictionary: UnsafeMutablePointer<ArrowArray>?
    private let owned: [ArrowBuffer?]
    private let childCount: Int

    init(_ owned: [ArrowBuffer?], _ children: [ArrowArray], _ dictionary: ArrowArray?) {
        self.owned = owned
        buffers = .allocate(capacity: max(owned.count, 1))
        for (place, buffer) in owned.enumerated() {
            (buffers + place).initialize(to: buffer.map { UnsafeRawPointer($0.start) })
        }
        self.children = Handed.pointers(children)
        childCount = children.count
        self.dictionary = dictionary.map(Handed.pointer)
    }

    deinit {
        buffers.deallocate()
        for place in 0..<childCount { Self.release(children?[place]) }
        children?.deallocate()
        Self.release(dictionary)
    }

    private static func release(_ array: UnsafeMutablePointer<ArrowArray>?) {
        guard let array else { return }
        array.pointee.release?(array)
        array.deallocate()
    }
}

/// Structs on the heap, for consumers.
enum Handed {
    static func pointer<Value>(_ value: Value) -> UnsafeMutablePointer<Value> {
        let pointer = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        pointer.initialize(to: value)
        return pointer
    }

    /// Pointers to values; nil where there are none.
    static func pointers<Value>(_ values: [Value]) -> UnsafeMutablePointer<UnsafeMutablePointer<Value>?>? {
        guard !values.isEmpty else { return nil }
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<Value>?>.allocate(capacity: values.count)
        for (place, value) in values.enumerated() { (pointers + place).initialize(to: pointer(value)) }
        return pointers
    }

    /// A text that ends with a NUL.
    static func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        let bytes = text.utf8CString
        let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (place, byte) in bytes.enumerated() { (pointer + place).initialize(to: byte) }
        return pointer
    }
}
