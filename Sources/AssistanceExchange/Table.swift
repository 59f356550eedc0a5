import AssistanceCore
import AssistanceStorage

/// A row of a table: the texts of its cells, empty where nothing is known.
struct TableRow: Sendable {
    let line: Int
    let cells: [String]
    /// Where each cell begins in its line, in characters from 1.
    let columns: [Int]
    /// Why the row cannot be used, where it cannot; its cells are those before the mistake.
    var flaw: Diagnostic?

    /// A cell by its number; empty where the row has none.
    subscript(_ column: Int?) -> String { column.flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? "" }

    /// Where a cell begins.
    func position(of column: Int?) -> SourcePosition {
        SourcePosition(line: line, column: column.flatMap { columns.indices.contains($0) ? columns[$0] : nil } ?? 1)
    }
}

/// The rows of a table, one after the other. Not safe to share between threads.
protocol TableCursor: AnyObject {
    /// The table, as findings name it.
    var name: String { get }
    /// The names of its columns, with where they stand.
    var header: TableRow { get }
    /// How much of it has been read, from 0 to 1; nil where that is not known.
    var fraction: Double? { get }
    /// The next row; nil after the last.
    func next() throws -> TableRow?
}

/// A table in CSV by RFC 4180, strictly: a first row of names, each row with as many cells, and a line break after the
/// last.
final class CSVTable: TableCursor {
    let header: TableRow
    var name: String { rows.file }
    private let rows: ByteRows
    private let coder: TextCoder

    /// The most columns: 1,000.
    static let limit = 1_000

    init(_ path: String, _ encoding: TextEncoding) throws {
        rows = try ByteRows(path, isQuoted: true)
        coder = try TextCoder(encoding)
        guard let first = try rows.next() else {
            throw Diagnostic(
                .emptyInput, file: rows.file, at: SourcePosition(line: 1, column: 1),
                "the text is empty; a row with the names of the columns was expected")
        }
        header = try Self.row(first, rows.file, coder)
        if let flaw = header.flaw { throw flaw }
    }

    var fraction: Double? { rows.size.map { Double(rows.consumed) / Double(max(1, $0)) } }

    func next() throws -> TableRow? {
        guard let next = try rows.next() else { return nil }
        var row = try Self.row(next, name, coder)
        if row.flaw == nil, row.cells.count != header.cells.count {
            row.flaw = Diagnostic(
                .csvSyntax, file: name, at: SourcePosition(line: row.line, column: 1),
                "\(header.cells.count) cells were expected, as the first row has, and here are \(row.cells.count)")
        }
        return row
    }

    private static func row(_ row: ByteRow, _ file: String, _ coder: TextCoder) throws(Diagnostic) -> TableRow {
        guard row.isEnded else {
            throw Diagnostic(
                .cutOff, file: file, at: SourcePosition(line: row.line, column: 1),
                "the last row does not end with a line break, so the file may be cut; get it whole, or end the row")
        }
        let text = try coder.decoded(row, of: file)
        if text.starts(with: [0xEF, 0xBB, 0xBF]), row.line == 1 {
            throw Diagnostic(
                .byteOrderMark, file: file, at: SourcePosition(line: 1, column: 1),
                "the file begins with a byte order mark; save it as UTF-8 without one")
        }
        var scanner = CSVRowScanner(text, line: row.line, file: file)
        return scanner.row(atMost: limit)
    }
}

/// Takes a row of CSV apart.
private struct CSVRowScanner {
    private let bytes: [UInt8]
    private let file: String
    private let first: Int
    private var index = 0
    private var line: Int
    private var column = 1

    init(_ bytes: [UInt8], line: Int, file: String) {
        (self.bytes, self.line, self.file) = (bytes, line, file)
        first = line
    }

    mutating func row(atMost limit: Int) -> TableRow {
        var cells: [String] = []
        var columns: [Int] = []
        do throws(Diagnostic) {
            while true {
                guard cells.count < limit else { throw finding(.tooLarge, "at most \(limit) columns were expected") }
                columns.append(column)
                cells.append(try cell())
                guard index < bytes.count else { break }
                advance()
            }
        } catch {
            return TableRow(line: first, cells: cells, columns: columns, flaw: error)
        }
        return TableRow(line: first, cells: cells, columns: columns)
    }

    /// A cell up to the comma after it, or to the end of the row.
    private mutating func cell() throws(Diagnostic) -> String {
        guard index < bytes.count, bytes[index] == ByteRow.quote else {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
                guard bytes[index] != ByteRow.quote else {
                    throw finding(.csvSyntax, "a cell with a quote must stand in quotes, and the quote in it twice")
                }
                advance()
            }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        advance()
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            advance()
            guard byte == ByteRow.quote else {
                text.append(byte)
                continue
            }
            guard index < bytes.count, bytes[index] != UInt8(ascii: ",") else {
                return String(decoding: text, as: UTF8.self)
            }
            guard bytes[index] == ByteRow.quote else {
                throw finding(.csvSyntax, "a comma or the end of the row was expected after a closing quote")
            }
            text.append(byte)
            advance()
        }
        throw finding(.csvSyntax, "a closing quote was expected before the end of the file")
    }

    private mutating func advance() {
        if bytes[index] == ByteRow.lineFeed {
            (line, column) = (line + 1, 1)
        } else if index + 1 < bytes.count, bytes[index + 1] & 0xC0 == 0x80 {
            // A character of several bytes is one column.
        } else {
            column += 1
        }
        index += 1
    }

    private func finding(_ code: DiagnosticCode, _ message: String) -> Diagnostic {
        Diagnostic(code, file: file, at: SourcePosition(line: line, column: column), message)
    }
}

/// A table of an SQLite database. Its rows are numbered from 1; the columns of a row as well.
final class SQLiteTable: TableCursor {
    let name: String
    let header: TableRow
    private let statement: SQLiteStatement
    private let count: Int
    private let places: [Int]
    private var row = 0
    /// A statement that is asked again after its last row begins anew.
    private var isOver = false

    /// The table of a name in the order in which its rows were added; nil where there is none.
    init?(_ table: String, in database: SQLiteDatabase) throws {
        let exists = try database.prepare(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '\(table)'")
        guard try exists.step(), exists.text(0) == [UInt8(ascii: "1")] else { return nil }
        let counted = try database.prepare("SELECT count(*) FROM \"\(table)\"")
        guard try counted.step(), let digits = counted.text(0) else { return nil }
        count = Int(String(decoding: digits, as: UTF8.self)) ?? 0
        statement = try database.prepare("SELECT * FROM \"\(table)\" ORDER BY rowid")
        name = database.path + ":" + table
        places = Array(1...max(1, statement.columns.count))
        header = TableRow(line: 0, cells: statement.columns, columns: places)
    }

    var fraction: Double? { Double(row) / Double(max(1, count)) }

    func next() throws -> TableRow? {
        guard !isOver, try statement.step() else {
            isOver = true
            return nil
        }
        row += 1
        let cells = try header.cells.indices.map { column throws(Diagnostic) in
            let bytes = statement.text(column) ?? []
            guard bytes.firstInvalidUTF8 == nil else {
                throw Diagnostic(
                    .invalidUTF8, file: name, at: SourcePosition(line: row, column: column + 1),
                    "text in UTF-8 was expected in this row and column")
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        return TableRow(line: row, cells: cells, columns: places)
    }
}
