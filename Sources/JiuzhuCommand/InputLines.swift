import Glibc

/// The lines of standard input as they come, in memory for one line.
struct InputLines {
    /// A line without what ends it.
    enum Line {
        case bytes([UInt8])
        /// One with more bytes than the limit, which was passed over.
        case tooLong
    }

    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the next line begins in the buffer.
    private var start = 0
    private var isAtEnd = false

    private static let block = 1 << 16

    /// The lines of at most so many bytes.
    init(limit: Int) { self.limit = limit }

    /// The next line, waiting for it; nil at the end. What stands behind the last line break is a line too.
    mutating func next() throws -> Line? {
        var scanned = start
        var isTooLong = false
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[start..<end]
                start = end + 1
                return isTooLong || line.count > limit ? .tooLong : .bytes(Array(line))
            }
            if buffer.count - start > limit {
                isTooLong = true
                start = buffer.count
            }
            if isAtEnd {
                let line = buffer[start...]
                start = buffer.count
                if isTooLong { return .tooLong }
                return line.isEmpty ? nil : .bytes(Array(line))
            }
            buffer.removeFirst(start)
            (scanned, start) = (buffer.count, 0)
            try fill()
        }
    }

    private mutating func fill() throws {
        let old = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.block))
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { bytes in
                read(STDIN_FILENO, UnsafeMutableRawBufferPointer(rebasing: bytes[old...]).baseAddress, Self.block)
            }
        } while count < 0 && errno == EINTR
        guard count >= 0 else {
            Console.complain("<stdin>: error: the input cannot be read: \(Console.lastProblem())")
            throw ExitStatus.inputOutput
        }
        buffer.removeLast(Self.block - count)
        isAtEnd = count == 0
    }
}
