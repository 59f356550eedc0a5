import AssistanceCore
import AssistanceEngine

extension IncomeSweep {
    /// The programmes that give anything anywhere in the range, or may.
    private var shown: [Int] {
        programs.indices.filter { place in points.contains { $0.support[place].status == .eligible } }
    }

    /// Those that stay undetermined throughout, and so stand in no column.
    private var open: [Int] {
        programs.indices.filter { place in
            !shown.contains(place) && points.contains { $0.support[place].status == .undetermined }
        }
    }

    /// A month's part of a sum of a year, rounded to the nearest fen.
    private static func month(_ fen: Int64) -> Int128 {
        Rational(fen).divided(by: Rational(12))?.rounded(.nearest, toMultipleOf: .one)?.exactly(1) ?? 0
    }

    private static func month(_ least: Int64, _ most: Int64?) -> String {
        guard let most else { return SumText.grouped(month(least)) + "–?" }
        return SumText.range(SumRange(least: month(least), most: month(most)))
    }

    /// The sums of a point of the programmes shown, and all of them together.
    private func whole(_ point: Point) -> (least: Int64, most: Int64?) {
        shown.reduce((0, 0)) { sum, place in
            let next = point.support[place]
            return (sum.least + next.least, sum.most.flatMap { most in next.most.map { most + $0 } })
        }
    }

    // MARK: Text

    /// The table for people: a line for each sum, and the cliffs between them with the articles that make them.
    public func text(in language: Language = .chinese) -> String {
        func say(_ chinese: String, _ english: String) -> String { Label(chinese, english).text(in: language) }
        let heading =
            [say("收入", "income")] + shown.map { programs[$0].label.text(in: language) }
            + [say("救助合计", "support"), say("收入加救助", "net")]
        let rows = points.map { point in
            let (least, most) = whole(point)
            return [SumText.grouped(Self.month(point.income))]
                + shown.map { place in
                    let support = point.support[place]
                    return support.status == .undetermined ? "?" : Self.month(support.least, support.most)
                }
                + [Self.month(least, most), Self.month(point.income + least, most.map { point.income + $0 })]
        }
        let table = SimulationReport.aligned([heading] + rows)
        var lines = [
            say(
                "\(label.chinese)变动试算(元/月;年度和一次性金额按十二分之一折合,四舍五入到分)",
                "\(label.english), varied (yuan a month; a twelfth of what is paid yearly or once, to the nearest fen)"),
            "", table.first ?? "",
        ]
        var left = cliffs[...]
        for (place, point) in points.enumerated() {
            while let cliff = left.first, cliff.last < point.income, place > 0 {
                lines += text(of: cliff, language)
                left = left.dropFirst()
            }
            lines.append(table[place + 1])
        }
        lines += ["", say("陡坡 \(cliffs.count) 处", "\(cliffs.count) cliff\(cliffs.count == 1 ? "" : "s")")]
        if !open.isEmpty {
            let names = open.map { programs[$0].label.text(in: language) }
                .joined(separator: say("、", ", "))
            lines.append(say("未定,不在表内:", "undetermined, and not in the table: ") + names)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func text(of cliff: Cliff, _ language: Language) -> [String] {
        func say(_ chinese: String, _ english: String) -> String { Label(chinese, english).text(in: language) }
        let (month, year) = (SumText.grouped(Self.month(cliff.last)), SumText.grouped(Int128(cliff.last)))
        let loss = SumText.grouped(Self.month(cliff.loss))
        let parts = cliff.losses.sorted { $0.key < $1.key }.map { place, fen in
            programs[place].label.text(in: language) + " −" + SumText.grouped(Self.month(fen))
        }
        return [
            "  ▼ "
                + say(
                    "陡坡:收入超过 \(month) 元/月(\(year) 元/年)时,救助减少 \(loss) 元/月",
                    "cliff: above \(month) yuan a month (\(year) a year) support falls by \(loss) yuan a month")
                + say(":", ": ") + parts.joined(separator: say(",", ", "))
        ]
            + cliff.causes.map { cause in
                "      "
                    + [cause.label.text(in: language), cause.rule, cause.citation?.text ?? "", cause.place]
                    .filter { !$0.isEmpty }.joined(separator: "  ")
            }
    }

    // MARK: Chart

    /// The chart as one file of SVG: support, and what the household has with it; each cliff is marked.
    public func svg(in language: Language = .chinese) -> String {
        func say(_ chinese: String, _ english: String) -> String { Label(chinese, english).text(in: language) }
        let drawn = (points + turns).sorted { $0.income < $1.income }
        let sums = drawn.map { (income: Self.month($0.income), support: whole($0)) }
        let isOpen = sums.contains { $0.support.most != $0.support.least }
        var lines = [
            LineChart.Line(
                name: isOpen ? say("收入加救助(最低)", "net, least") : say("收入加救助", "net"), style: "net",
                values: sums.map { $0.income + Self.month($0.support.least) }),
            LineChart.Line(
                name: isOpen ? say("救助(最低)", "support, least") : say("救助", "support"), style: "support",
                values: sums.map { Self.month($0.support.least) }),
        ]
        if isOpen {
            lines += [
                LineChart.Line(
                    name: say("收入加救助(最高)", "net, most"), style: "netbound",
                    values: sums.map { sum in sum.support.most.map { sum.income + Self.month($0) } }),
                LineChart.Line(
                    name: say("救助(最高)", "support, most"), style: "bound",
                    values: sums.map { $0.support.most.map(Self.month) }),
            ]
        }
        return LineChart(
            title: say("\(label.chinese)与救助", "\(label.english), and support"),
            description: say(
                "随收入变动的救助金额和收入加救助,虚线为陡坡。", "Support and net income as the income rises; dashed lines are cliffs."),
            axisName: say("收入,元/月", "income, yuan a month"), places: sums.map(\.income), lines: lines,
            marks: cliffs.map { cliff in
                LineChart.Mark(
                    place: Self.month(cliff.last), lines: text(of: cliff, language))
            },
            // Marks of an axis are whole yuan.
            show: { SumText.count(Int(clamping: $0 / 100)) }
        ).svg
    }

    // MARK: JSON

    /// The same for programs: sums are yuan of a year as text, exact.
    public func write(to json: inout JSONWriter) {
        func sum(_ key: String, _ fen: Int64?) {
            json.key(key)
            if let fen { json.string(Money(fen: fen).text) } else { json.null() }
        }
        func text(_ key: String, _ text: String?) {
            json.key(key)
            if let text { json.string(text) } else { json.null() }
        }
        json.beginObject()
        text("fact", range.key)
        text("label_zh", label.chinese)
        text("label_en", label.english)
        json.key("points")
        json.beginArray()
        for point in points {
            json.beginObject()
            sum("income", point.income)
            json.key("support")
            json.beginArray()
            for (program, support) in zip(programs, point.support) where support.status != .ineligible {
                json.beginObject()
                text("program", program.id)
                text("status", support.status.rawValue)
                sum("least", support.least)
                sum("most", support.most)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.key("cliffs")
        json.beginArray()
        for cliff in cliffs {
            json.beginObject()
            sum("last", cliff.last)
            sum("loss", cliff.loss)
            json.key("programs")
            json.beginArray()
            for (place, loss) in cliff.losses.sorted(by: { $0.key < $1.key }) {
                json.beginObject()
                text("program", programs[place].id)
                sum("loss", loss)
                json.endObject()
            }
            json.endArray()
            json.key("causes")
            json.beginArray()
            for cause in cliff.causes {
                json.beginObject()
                text("label_zh", cause.label.chinese)
                text("label_en", cause.label.english)
                text("rule", cause.rule)
                text("document", cause.citation?.document.id)
                text("article", cause.citation?.article)
                text("place", cause.place)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }
}
