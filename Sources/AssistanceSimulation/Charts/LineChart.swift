import AssistanceCore

/// Lines over an income, with the places marked at which what one has falls (折线图).
struct LineChart {
    /// A line; where it has no value it is broken.
    struct Line {
        let name: String
        let style: String
        let values: [Int128?]
    }

    /// A vertical mark.
    struct Mark {
        let place: Int128
        /// What stands below the chart under its number.
        let lines: [String]
    }

    let title: String
    let description: String
    let axisName: String
    let places: [Int128]
    let lines: [Line]
    let marks: [Mark]
    let show: (Int128) -> String

    private static let (width, height) = (900, 480)
    private static let (left, right, top, bottom) = (90, 20, 56, 52)

    /// The chart as one file of SVG.
    var svg: String {
        let values = lines.flatMap { $0.values.compactMap { $0 } }
        let x = Axis(places.first ?? 0, places.last ?? 1, from: Self.left, to: Self.width - Self.right)
        let y = Axis(min(0, values.min() ?? 0), values.max() ?? 1, from: Self.height - Self.bottom, to: Self.top)
        let notes = marks.enumerated().flatMap { number, mark in
            mark.lines.enumerated().map { ($0 == 0 ? "\(number + 1)" : "", $1) }
        }
        let height = Self.height + notes.count * 18 + (notes.isEmpty ? 0 : 12)
        var svg = Markup()
        svg.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(Self.width) \(height)", "role": "img",
                "aria-labelledby": "title desc",
            ]
        ) { svg in
            svg.element("title", ["id": "title"], title)
            svg.element("desc", ["id": "desc"], description)
            svg.element("style", [:]) { $0.raw(Self.style) }
            svg.empty("rect", ["width": "\(Self.width)", "height": "\(height)", "class": "paper"])
            svg.element("text", ["x": "\(Self.left)", "y": "22", "class": "title"], title)
            grid(x, y, &svg)
            for line in lines { draw(line, x, y, &svg) }
            for (number, mark) in marks.enumerated() { draw(mark, number, x, &svg) }
            legend(&svg)
            for (line, (number, text)) in notes.enumerated() {
                let y = "\(Self.height + 8 + line * 18)"
                svg.element("text", ["x": "20", "y": y, "class": "mark"], number)
                svg.element("text", ["x": "44", "y": y, "class": "tick"], text)
            }
        }
        return svg.text
    }

    private func grid(_ x: Axis, _ y: Axis, _ svg: inout Markup) {
        for tick in y.ticks(6) {
            let at = y.pixel(tick)
            svg.empty(
                "line", ["x1": "\(Self.left)", "x2": "\(Self.width - Self.right)", "y1": at, "y2": at, "class": "grid"])
            svg.element(
                "text", ["x": "\(Self.left - 8)", "y": at, "dy": "4", "text-anchor": "end", "class": "tick"], show(tick)
            )
        }
        let base = Self.height - Self.bottom
        for tick in x.ticks(10) {
            let at = x.pixel(tick)
            svg.empty("line", ["x1": at, "x2": at, "y1": "\(base)", "y2": "\(base + 5)", "class": "axis"])
            svg.element(
                "text", ["x": at, "y": "\(base + 19)", "text-anchor": "middle", "class": "tick"], show(tick))
        }
        svg.element(
            "text",
            ["x": "\(Self.width - Self.right)", "y": "\(Self.height - 12)", "text-anchor": "end", "class": "tick"],
            axisName)
    }

    private func draw(_ line: Line, _ x: Axis, _ y: Axis, _ svg: inout Markup) {
        var stretches: [[String]] = [[]]
        for (place, value) in zip(places, line.values) {
            guard let value else {
                if stretches.last?.isEmpty == false { stretches.append([]) }
                continue
            }
            stretches[stretches.count - 1].append(x.pixel(place) + "," + y.pixel(value))
        }
        for points in stretches where !points.isEmpty {
            svg.empty("polyline", ["points": points.joined(separator: " "), "class": line.style])
        }
    }

    private func draw(_ mark: Mark, _ number: Int, _ x: Axis, _ svg: inout Markup) {
        let at = x.pixel(mark.place)
        svg.element("g", [:]) { svg in
            svg.element("title", [:], mark.lines.joined(separator: "\n"))
            svg.empty(
                "line",
                ["x1": at, "x2": at, "y1": "\(Self.top)", "y2": "\(Self.height - Self.bottom)", "class": "cliff"])
            // Marks that stand close have their numbers at different heights.
            svg.element(
                "text",
                ["x": at, "dx": "4", "y": "\(Self.top + 10 + number % 4 * 15)", "class": "mark"], "\(number + 1)")
        }
    }

    private func legend(_ svg: inout Markup) {
        var left = Self.left
        for line in lines {
            svg.empty("line", ["x1": "\(left)", "x2": "\(left + 26)", "y1": "40", "y2": "40", "class": line.style])
            svg.element("text", ["x": "\(left + 32)", "y": "44", "class": "tick"], line.name)
            left += 56 + TextWidth.of(line.name) * 7
        }
    }

    private static let style = """
        .paper{fill:#fff}text{font-family:system-ui,"Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif;fill:#222}
        .title{font-size:16px;font-weight:600}.tick{font-size:12px}.mark{font-size:12px;font-weight:600;fill:#a3260c}
        .grid{stroke:#ddd}.axis{stroke:#666}.cliff{stroke:#a3260c;stroke-dasharray:4 3}
        .net{fill:none;stroke:#0b4f8a;stroke-width:2.2}.support{fill:none;stroke:#1a7f37;stroke-width:2.2}
        .bound{fill:none;stroke:#1a7f37;stroke-width:1.4;stroke-dasharray:2 3}
        .netbound{fill:none;stroke:#0b4f8a;stroke-width:1.4;stroke-dasharray:2 3}

        """
}
