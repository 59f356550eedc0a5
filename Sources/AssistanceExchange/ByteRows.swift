import AssistanceCore
import AssistanceStorage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A row of a text, as its bytes stand in the file, without the line break that ends it.
struct ByteRow: Sendable {
    let bytes: [UInt8]
    /// The number of its first line.
    let line: Int
    /// Whether a line break ends it; only the last row may have none.
    let isEnded: Bool

    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
}

/// The rows of a file, one after the other, in constant memory.
///
/// In UTF-8 and in GB 18030 alike no line break, comma or quote is a part of another character, so that rows are divided before
/// they are decoded. Not safe to share between threads.
final class ByteRows {
    /// The file, as findings name it.
    let file: String
    /// How many bytes there are, where that is known beforehand.
    let size: Int64?
    /// How many have been read.
    private(set) var consumed: Int64 = 0
    private let stream: Int32
    private let isOwned: Bool
    /// Whether a line break within double quotes belongs to the row.
    private let isQuoted: Bool
    private var buffer: [UInt8] = []
    private var start = 0
    private var line = 1
    private var isAtEnd = false

    /// The most bytes of a row: 4 MB.
    static let limit = 4 << 20
    private static let block = 1 << 18

    /// The rows of a path; `-` is standard input.
    init(_ path: String, isQuoted: Bool) throws(StorageProblem) {
        file = path == "-" ? "<stdin>" : path
        isOwned = path != "-"
        self.isQuoted = isQuoted
        stream = isOwned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
        guard stream >= 0 else { throw Self.unreadable(file) }
        var status = stat()
        size = fstat(stream, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil
    }

    deinit { if isOwned { close(stream) } }

    private static func unreadable(_ file: String) -> StorageProblem {
        let reason = strerror(errno).map { String(cString: $0) } ?? "unknown problem"
        return StorageProblem(file, "the file cannot be read: \(reason)")
    }

    /// Where a row is with regard to quotes. One that neither begins nor ends a quoted cell is the row's own mistake, and
    /// takes in no other row.
    private struct Quotes {
        var isInside = false
        /// Whether the byte before closed a cell; a quote right after it is a part of the text.
        var hasClosed = false

        mutating func pass(_ byte: UInt8, beginsCell: Bool) {
            if byte == ByteRow.quote {
                if isInside {
                    (isInside, hasClosed) = (false, true)
                    return
                }
                isInside = beginsCell || hasClosed
            }
            hasClosed = false
        }
    }

    /// The next row; nil after the last.
    func next() throws -> ByteRow? {
        var scanned = start
        var (quotes, lines) = (Quotes(), 0)
        while true {
            if let end = try endOfRow(&scanned, &quotes, &lines) {
                let row = row(upTo: end, isEnded: true)
                start = end + 1
                line += lines + 1
                return row
            }
            guard scanned - start <= Self.limit else {
                let hint = quotes.isInside ? "; a quote that begins a cell is perhaps never closed" : ""
                throw finding(.tooLarge, "a row of at most \(Self.limit >> 20) MB was expected\(hint)")
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                let row = row(upTo: buffer.count, isEnded: false)
                start = buffer.count
                return row
            }
            scanned -= start
            try fill()
            scanned += start
        }
    }

    /// A finding at the row that is being read.
    private func finding(_ code: DiagnosticCode, _ message: String, line offset: Int = 0, column: Int = 1) -> Diagnostic
    {
        Diagnostic(code, file: file, at: SourcePosition(line: line + offset, column: column), message)
    }

    /// Where the row ends in the buffer; nil where that has not been read yet. `scanned` is as far as was looked.
    private func endOfRow(_ scanned: inout Int, _ quotes: inout Quotes, _ lines: inout Int) throws -> Int? {
        let (isQuoted, start) = (isQuoted, start)
        var hasNul = false
        let end = buffer.withUnsafeBufferPointer { bytes -> Int? in
            while scanned < bytes.count {
                let byte = bytes[scanned]
                if byte == ByteRow.lineFeed {
                    if !quotes.isInside { return scanned }
                    lines += 1
                }
                if byte == 0 {
                    hasNul = true
                    return nil
                }
                if isQuoted {
                    quotes.pass(byte, beginsCell: scanned == start || bytes[scanned - 1] == UInt8(ascii: ","))
                }
                scanned += 1
            }
            return nil
        }
        let place = scanned
        if hasNul {
            let column = place - (buffer[start..<place].lastIndex(of: ByteRow.lineFeed) ?? start - 1)
            throw finding(
                .csvSyntax, "a character of text was expected, and byte \(column) of this line is NUL", line: lines,
                column: column)
        }
        return end
    }

    private func row(upTo end: Int, isEnded: Bool) -> ByteRow {
        let hasReturn = isEnded && end > start && buffer[end - 1] == ByteRow.carriageReturn
        return ByteRow(bytes: Array(buffer[start..<(hasReturn ? end - 1 : end)]), line: line, isEnded: isEnded)
    }

    private func fill() throws(StorageProblem) {
        buffer.removeFirst(start)
        start = 0
        let old = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.block))
        var count = -1
        repeat {
            count = buffer.withUnsafeMutableBytes { read(stream, $0.baseAddress?.advanced(by: old), Self.block) }
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw Self.unreadable(file) }
        buffer.removeLast(Self.block - count)
        consumed += Int64(count)
        isAtEnd = count == 0
    }
}
