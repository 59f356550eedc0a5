/// Bytes that are handed over to consumers, aligned as Arrow asks. Written by one thread, and then immutable.
final class ArrowBuffer: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    private static let alignment = 64

    /// Bytes that are all 0.
    init(bytes count: Int) {
        start = .allocate(byteCount: max(count, Self.alignment), alignment: Self.alignment)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: max(count, Self.alignment))
    }

    /// A copy of values.
    convenience init<Value: BitwiseCopyable>(_ values: [Value]) {
        self.init(bytes: values.count * MemoryLayout<Value>.stride)
        values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        }
    }

    /// A bitmap of what is known; nil where all is.
    static func validity(_ isKnown: [Bool]) -> (bits: ArrowBuffer?, nulls: Int) {
        let nulls = isKnown.count { !$0 }
        return (nulls == 0 ? nil : bits(isKnown), nulls)
    }

    private static func bits(_ flags: [Bool]) -> ArrowBuffer {
        let buffer = ArrowBuffer(bytes: (flags.count + 7) / 8)
        let bytes = buffer.start.assumingMemoryBound(to: UInt8.self)
        for (place, flag) in flags.enumerated() where flag { bytes[place / 8] |= 1 << UInt8(place % 8) }
        return buffer
    }

    deinit { start.deallocate() }
}
