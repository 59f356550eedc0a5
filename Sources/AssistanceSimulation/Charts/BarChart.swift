import AssistanceCore

/// Horizontal bars in pairs: what holds, and what the reform would do (条形图).
struct BarChart {
    /// A pair of bars.
    struct Row {
        let name: String
        let baseline: Int128
        let reform: Int128
    }

    let id: String
    let title: String
    let description: String
    let rows: [Row]
    /// What a value says beside its bar.
    let show: (Int128) -> String

    private static let width = 760
    private static let nameWidth = 150
    private static let valueWidth = 150
    private static let rowHeight = 44

    /// The chart as SVG, with a title and a description for those who do not see it.
    var markup: Markup {
        var svg = Markup()
        let height = rows.count * Self.rowHeight + 8
        svg.element(
            "svg",
            [
                "viewBox": "0 0 \(Self.width) \(height)", "role": "img",
                "aria-labelledby": "\(id)-title \(id)-desc", "class": "chart",
            ]
        ) { svg in
            svg.element("title", ["id": id + "-title"], title)
            svg.element("desc", ["id": id + "-desc"], description)
            let greatest = rows.reduce(Int128(1)) { max($0, $1.baseline, $1.reform) }
            let axis = Axis(0, greatest, from: 0, to: Self.width - Self.nameWidth - Self.valueWidth)
            for (place, row) in rows.enumerated() {
                let top = place * Self.rowHeight + 6
                svg.element(
                    "text", ["x": "\(Self.nameWidth - 8)", "y": "\(top + 21)", "text-anchor": "end", "class": "name"],
                    row.name)
                for (line, bar) in [("baseline", row.baseline), ("reform", row.reform)].enumerated() {
                    let y = top + line * 17
                    svg.empty(
                        "rect",
                        [
                            "x": "\(Self.nameWidth)", "y": "\(y)", "width": axis.pixel(bar.1), "height": "15",
                            "class": bar.0,
                        ])
                    let x = axis.pixel(bar.1 + 0)
                    svg.element(
                        "text",
                        [
                            "x": "\(Self.nameWidth + 6)", "dx": x, "y": "\(y + 12)", "class": "value",
                        ], show(bar.1))
                }
            }
        }
        return svg
    }
}
