/// Rows of CSV by RFC 4180, each ended by a line feed.
struct CSVText {
    /// The text so far, in UTF-8.
    private(set) var bytes: [UInt8] = []

    /// Adds a row. A cell with a comma, a quote or a line break is quoted.
    mutating func add(_ cells: [String]) {
        for (number, cell) in cells.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            guard cell.utf8.contains(where: Self.needsQuotes) else {
                bytes.append(contentsOf: cell.utf8)
                continue
            }
            bytes.append(ByteRow.quote)
            for byte in cell.utf8 {
                if byte == ByteRow.quote { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(ByteRow.quote)
        }
        bytes.append(ByteRow.lineFeed)
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == ByteRow.quote || byte == UInt8(ascii: ",") || byte == ByteRow.lineFeed || byte == ByteRow.carriageReturn
    }
}
