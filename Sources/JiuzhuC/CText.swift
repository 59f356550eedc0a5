import CJiuzhu

/// Bytes for callers in C, with a NUL behind them. Immutable.
final class CText: @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<CChar>

    init(_ bytes: some Collection<UInt8>) {
        storage = .allocate(capacity: bytes.count + 1)
        for (place, byte) in zip(storage.indices, bytes) {
            storage.initializeElement(at: place, to: CChar(bitPattern: byte))
        }
        storage.initializeElement(at: storage.count - 1, to: 0)
    }

    convenience init(_ text: String) { self.init(text.utf8) }

    deinit { storage.deallocate() }

    /// The bytes without the NUL; they live as long as this.
    var view: jz_view { jz_view(data: storage.baseAddress, size: storage.count - 1) }
}

extension jz_view {
    /// The empty text.
    static var empty: jz_view { jz_view(data: nothing, size: 0) }

    private static var nothing: UnsafePointer<CChar> {
        let text: StaticString = ""
        return UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
