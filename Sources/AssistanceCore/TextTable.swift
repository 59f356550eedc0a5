/// 文本表格: cells below each other, two spaces between columns.
public enum TextTable {
    /// The rows as lines without blanks at their ends; a row may have fewer cells than others.
    public static func lines(_ rows: [[String]], indent: String = "") -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? TextWidth.of($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - TextWidth.of(cell) + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
