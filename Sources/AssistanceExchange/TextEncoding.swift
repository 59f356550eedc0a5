import AssistanceCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the text of a file is encoded.
public enum TextEncoding: String, CaseIterable, Sendable {
    /// UTF-8, without a byte order mark.
    case utf8 = "utf-8"
    /// GB 18030, which includes GBK and GB 2312; by the system's iconv.
    case gb18030
}

/// Turns rows of an encoding into UTF-8, and back. A sequence that is no text is refused, never replaced.
///
/// Not safe to share between threads.
final class TextCoder {
    private let encoding: TextEncoding
    private let reader: iconv_t?
    private let writer: iconv_t?

    init(_ encoding: TextEncoding) throws(Diagnostic) {
        self.encoding = encoding
        guard encoding == .gb18030 else {
            (reader, writer) = (nil, nil)
            return
        }
        // iconv_open answers -1 where it has no such encoding.
        let failed = iconv_t(bitPattern: -1)
        (reader, writer) = (iconv_open("UTF-8", "GB18030"), iconv_open("GB18030", "UTF-8"))
        guard reader != failed, writer != failed else {
            throw Diagnostic(
                .brokenEncoding, at: SourcePosition(line: 1, column: 1),
                "this system's iconv has no GB 18030; convert the file to UTF-8 elsewhere")
        }
    }

    deinit {
        if let reader { iconv_close(reader) }
        if let writer { iconv_close(writer) }
    }

    /// The row in UTF-8. Throws where it is no text of the encoding, with the line and byte.
    func decoded(_ row: ByteRow, of file: String) throws(Diagnostic) -> [UInt8] {
        guard row.bytes.contains(where: { $0 >= 0x80 }) else { return row.bytes }
        if let reader {
            let (text, used) = Self.convert(row.bytes, reader)
            guard used < row.bytes.count else { return text }
            throw flaw(.brokenEncoding, "GB 18030", row, used, file)
        }
        guard let place = row.bytes.firstInvalidUTF8 else { return row.bytes }
        throw flaw(.invalidUTF8, "UTF-8", row, place, file)
    }

    /// A text in the encoding.
    func encoded(_ text: [UInt8]) -> [UInt8] {
        guard let writer else { return text }
        return Self.convert(text, writer).text
    }

    private func flaw(_ code: DiagnosticCode, _ name: String, _ row: ByteRow, _ place: Int, _ file: String)
        -> Diagnostic
    {
        let line = row.line + row.bytes[..<place].count { $0 == ByteRow.lineFeed }
        let byte = place - (row.bytes[..<place].lastIndex(of: ByteRow.lineFeed) ?? -1)
        return Diagnostic(
            code, file: file, at: SourcePosition(line: line, column: byte),
            "text in \(name) was expected, and byte \(byte) of this line begins none; say with --encoding how it is encoded"
        )
    }

    /// What was converted, and how many bytes of the text that took.
    private static func convert(_ bytes: [UInt8], _ converter: iconv_t) -> (text: [UInt8], used: Int) {
        var bytes = bytes
        let count = bytes.count
        // No scalar of one encoding takes more than four bytes in the other.
        var text = [UInt8](repeating: 0, count: count * 4)
        let (used, made) = bytes.withUnsafeMutableBytes { input in
            text.withUnsafeMutableBytes { output in
                var from = input.bindMemory(to: CChar.self).baseAddress
                var to = output.bindMemory(to: CChar.self).baseAddress
                var (left, room) = (input.count, output.count)
                _ = iconv(converter, &from, &left, &to, &room)
                return (input.count - left, output.count - room)
            }
        }
        // Forgets a shift or the beginning of a sequence.
        _ = iconv(converter, nil, nil, nil, nil)
        text.removeLast(text.count - made)
        return (text, used)
    }
}
