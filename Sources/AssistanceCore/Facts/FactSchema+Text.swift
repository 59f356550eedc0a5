extension FactSchema {
    /// The facts as a table of plain text, a line each under a line of headings: whose it is, its key, type, unit, name,
    /// standard, and the values it takes.
    public func table(in language: Language) -> [String] {
        let headings = [
            Label("所属", "owner"), Label("键", "key"), Label("类型", "type"), Label("单位", "unit"), Label("名称", "name"),
            Label("标准", "standard"), Label("取值", "values"),
        ]
        let rows = [headings.map { $0.text(in: language) }] + facts.map { $0.row(in: language) }
        let widths = headings.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths).dropLast() {
                line += cell + String(repeating: " ", count: width - Self.width(cell) + 2)
            }
            return line + (row.last ?? "")
        }
    }

    /// The columns a text takes in a terminal: Chinese characters and their punctuation take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    }
}

extension Fact {
    fileprivate func row(in language: Language) -> [String] {
        let unit = if case .amount(let unit, _) = type, language == .chinese { unit.chinese } else { type.unit }
        return [
            owner.label.text(in: language), key, type.label.text(in: language), unit, label.text(in: language),
            standard ?? "", type.range(in: language),
        ]
    }
}

extension FactType {
    /// What kind of value it is.
    var label: Label {
        switch self {
        case .code: Label("代码", "code")
        case .codes: Label("代码列表", "codes")
        case .yesNo: Label("是否", "yes/no")
        case .date: Label("日期", "date")
        case .count: Label("整数", "count")
        case .amount: Label("数额", "amount")
        case .division: Label("区划", "division")
        }
    }
}
