import AssistanceCore
import AssistanceEngine
import AssistancePolicy

extension SimulationReport {
    /// The report for people, in tables.
    public func text(in language: Language = .chinese) -> String {
        func say(_ chinese: String, _ english: String) -> String { Label(chinese, english).text(in: language) }
        let all = result.effect()
        var lines = [
            say("政策改革测算", "What a reform would change"), "",
            say("现行政策", "baseline") + "  \(baseline)  \(result.date)",
            say("改革方案", "reform") + "  \(reform)",
            say("家庭", "households") + "  \(SumText.count(all.households))(\(SumText.count(all.persons)) "
                + say("人", "persons") + ")  " + population.text(in: language),
            say("地区", "areas") + "  "
                + say(
                    "\(result.places.count) 个,其中 \(result.changedPlaces.count) 个的计算有变化",
                    "\(result.places.count), \(result.changedPlaces.count) of which compute differently"),
        ]
        lines += ["", changes.text(in: language).trimmedEnd]
        let (gapPlaces, gapResidences, gapAll) = gaps
        for (heading, rows) in [
            (Label("按项目", "by programme"), byProgram), (Label("按城乡", "by residence"), byResidence),
            (Label("按地区", "by area"), byPlace),
        ] {
            for columns in [Self.effectColumns, Self.costColumns, Self.changeColumns] {
                lines += ["", heading.text(in: language)]
                lines += Self.table(rows.map { ($0.name, $0.effect) }, columns, language)
            }
        }
        lines += ["", say("收入与救助后仍低于保障线的缺口(元/年)", "gap to the line after income and support (yuan a year)")]
        lines += Self.table(
            (gapResidences + gapPlaces + [gapAll]).map { ($0.name, $0.gap) }, Self.gapColumns, language)
        lines += [""] + Self.notes.map { "· " + $0.text(in: language) }
        return lines.map { $0 + "\n" }.joined()
    }

    static func table<Element>(_ rows: [(Label, Element)], _ columns: [Column<Element>], _ language: Language)
        -> [String]
    {
        var cells = [[""] + columns.map { $0.heading.text(in: language) }]
        cells += rows.map { name, element in [name.text(in: language)] + columns.map { $0.value(element) } }
        return aligned(cells)
    }

    /// Rows whose first column stands left and whose others stand right.
    static func aligned(_ cells: [[String]]) -> [String] {
        let widths = (cells.first ?? []).indices.map { column in cells.map { TextWidth.of($0[column]) }.max() ?? 0 }
        return cells.map { row in
            row.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - TextWidth.of(text))
                return column == 0 ? text + space : space + text
            }.joined(separator: "  ").trimmedEnd
        }
    }
}

extension String {
    /// Without spaces and line ends behind it.
    var trimmedEnd: String {
        var text = Substring(self)
        while text.last == " " || text.last == "\n" { text = text.dropLast() }
        return String(text)
    }
}
