import AssistanceCore
import AssistanceEngine
import AssistancePolicy

extension SimulationReport {
    /// The most bars of a chart; of more areas those that change most are drawn, and the tables have all.
    private static let barLimit = 24

    /// The report as one page that needs nothing else: charts with a table beside each, to be read and to be printed.
    public var html: String {
        var page = Markup()
        page.raw("<!DOCTYPE html>\n")
        page.element("html", ["lang": "zh-CN"]) { page in
            page.element("head", [:]) { page in
                page.empty("meta", ["charset": "utf-8"])
                page.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                page.element("title", [:], "政策改革测算 \(baseline) \(result.date)")
                page.element("style", [:]) { $0.raw(Self.style) }
            }
            page.element("body", [:]) { page in
                page.element("main", [:]) { page in
                    addHead(&page)
                    addSummary(&page)
                    addChanges(&page)
                    addCharts(&page)
                    addTables(&page)
                    addNotes(&page)
                }
            }
        }
        return page.text
    }

    // MARK: Parts

    private func addHead(_ page: inout Markup) {
        page.element("header", [:]) { page in
            page.element("h1", [:]) { Self.write(Label("政策改革测算", "What a reform would change"), to: &$0) }
            page.element("dl", [:]) { page in
                let all = result.effect()
                let rows = [
                    (Label("现行政策", "baseline"), "\(baseline),\(result.date)"), (Label("改革方案", "reform"), reform),
                    (
                        Label("家庭", "households"),
                        "\(SumText.count(all.households)) 户,\(SumText.count(all.persons)) 人;\(population.chinese)"
                    ),
                    (
                        Label("地区", "areas"),
                        "\(result.places.count) 个,其中 \(result.changedPlaces.count) 个的计算有变化"
                    ),
                    (Label("政策摘要", "policy digest"), digest),
                ]
                for (name, value) in rows {
                    page.element("dt", [:]) { Self.write(name, to: &$0) }
                    page.element("dd", [:], value)
                }
            }
        }
    }

    private func addSummary(_ page: inout Markup) {
        let (all, gap) = (result.effect(), result.gap())
        let tiles: [(Label, String, String)] = [
            (
                Label("受助户", "eligible households"), SumText.count(all.baseline(.eligible)),
                SumText.count(all.reform(.eligible))
            ),
            (Label("年支出(元)", "cost a year, yuan"), SumText.range(all.baseline.year), SumText.range(all.reform.year)),
            (
                Label("与保障线的年缺口(元)", "gap to the line, yuan a year"), SumText.range(gap.baseline.sum),
                SumText.range(gap.reform.sum)
            ),
        ]
        page.element("section", ["class": "tiles"]) { page in
            for (name, old, new) in tiles {
                page.element("div", [:]) { page in
                    page.element("h2", [:]) { Self.write(name, to: &$0) }
                    page.element("p", [:]) { page in
                        page.element("span", ["class": "old"], old)
                        page.element("span", ["class": "arrow"], "→")
                        page.element("strong", [:], new)
                    }
                }
            }
            page.element("div", [:]) { page in
                page.element("h2", [:]) {
                    Self.write(Label("各项目新进、退出(户次)", "entries, leavers of all programmes"), to: &$0)
                }
                page.element("p", [:]) { page in
                    page.element(
                        "strong", [:], "+" + SumText.count(byProgram.dropLast().reduce(0) { $0 + $1.effect.entries }))
                    page.element("span", ["class": "arrow"], "/")
                    page.element(
                        "strong", [:], "−" + SumText.count(byProgram.dropLast().reduce(0) { $0 + $1.effect.leavers }))
                }
            }
        }
    }

    private func addChanges(_ page: inout Markup) {
        section(Label("改了什么", "what changes"), &page) { page in
            page.element("table", ["class": "text"]) { page in
                page.element("thead", [:]) { page in
                    Self.row(["条款 term", "地区 area", "变化 change", "依据 source", "位置 place"], "th", &page)
                }
                page.element("tbody", [:]) { page in
                    for change in changes.changes {
                        Self.row(
                            [
                                "\(change.label.chinese) \(change.term)",
                                change.areas.map { "\($0.name) \($0.code.text)" }.joined(separator: "、"),
                                change.lines.map { $0.text(in: .chinese) }.joined(separator: "\n"),
                                change.new?.citation?.text ?? "", change.new?.place ?? "",
                            ], "td", &page)
                    }
                }
            }
        }
    }

    private func addCharts(_ page: inout Markup) {
        let programs = byProgram.dropLast().filter {
            $0.effect.baseline != SupportTotals() || $0.effect.reform != SupportTotals()
        }
        let yuan: (Int128) -> String = { SumText.grouped($0) }
        let count: (Int128) -> String = { SumText.count(Int(clamping: $0)) }
        chart(
            "cost", Label("各项目年支出(元,最低)", "cost of a year by programme, yuan, least"),
            programs.map { ($0.name, $0.effect.baseline.year.least, $0.effect.reform.year.least) }, yuan, &page)
        chart(
            "recipients", Label("各项目受助户", "eligible households by programme"),
            programs.map {
                ($0.name, Int128($0.effect.baseline(.eligible)), Int128($0.effect.reform(.eligible)))
            }, count, &page)
        chart(
            "places", Label("各地区受助户", "eligible households by area"),
            byPlace.map { ($0.name, Int128($0.effect.baseline(.eligible)), Int128($0.effect.reform(.eligible))) },
            count, &page)
        chart(
            "places-cost", Label("各地区年支出(元,最低)", "cost of a year by area, yuan, least"),
            byPlace.map { ($0.name, $0.effect.baseline.year.least, $0.effect.reform.year.least) }, yuan, &page)
        chart(
            "gaps", Label("各地区与保障线的年缺口(元,最高)", "gap to the line by area, yuan a year, most"),
            gaps.places.map { ($0.name, $0.gap.baseline.sum.most, $0.gap.reform.sum.most) }, yuan, &page)
    }

    /// A chart with its table.
    private func chart(
        _ id: String, _ title: Label, _ rows: [(name: Label, old: Int128, new: Int128)],
        _ show: @escaping (Int128) -> String, _ page: inout Markup
    ) {
        guard !rows.isEmpty else { return }
        // Those that change most, in the order in which they came.
        let most = Set(
            rows.indices.sorted { a, b in
                let (x, y) = ((rows[a].new - rows[a].old).magnitude, (rows[b].new - rows[b].old).magnitude)
                return x == y ? a < b : x > y
            }.prefix(Self.barLimit))
        let drawn = rows.indices.filter(most.contains).map { rows[$0] }
        let left = rows.count - drawn.count
        section(title, &page) { page in
            page.element("figure", [:]) { page in
                page.element("p", ["class": "legend"]) { page in
                    page.element("span", ["class": "key baseline"], "现行 baseline")
                    page.element("span", ["class": "key reform"], "方案 reform")
                    if left > 0 {
                        page.element(
                            "span", [:], "只画变化最大的 \(drawn.count) 个,其余 \(left) 个见表 the others are in the table")
                    }
                }
                let chart = BarChart(
                    id: id, title: "\(title.chinese) \(title.english)",
                    description:
                        "现行与方案逐项对比,数字见旁边的表。 Pairs of bars, baseline and reform; the table beside has the numbers.",
                    rows: drawn.map { .init(name: $0.name.chinese, baseline: $0.old, reform: $0.new) }, show: show)
                page.append(chart.markup)
            }
            page.element("div", ["class": "scroll"]) { page in
                Self.table(
                    ["", "现行 baseline", "方案 reform", "变化 change"],
                    rows.map { row in
                        let change = row.new - row.old
                        return [row.name.chinese, show(row.old), show(row.new), (change > 0 ? "+" : "") + show(change)]
                    }, &page)
            }
        }
    }

    private func addTables(_ page: inout Markup) {
        let groups: [(Label, [Row])] = [
            (Label("按项目", "by programme"), byProgram), (Label("按城乡", "by residence"), byResidence),
            (Label("按地区", "by area"), byPlace),
        ]
        for (name, rows) in groups {
            section(name, &page, isWide: true) { page in
                for columns in [Self.effectColumns, Self.costColumns, Self.changeColumns] {
                    Self.table(
                        [""] + columns.map { $0.heading.chinese + " " + $0.heading.english },
                        rows.map { row in [row.name.chinese] + columns.map { $0.value(row.effect) } }, &page)
                }
            }
        }
        let (places, residences, all) = gaps
        section(Label("与保障线的缺口", "gap to the line"), &page, isWide: true) { page in
            Self.table(
                [""] + Self.gapColumns.map { $0.heading.chinese + " " + $0.heading.english },
                (residences + places + [all]).map { row in
                    [row.name.chinese] + Self.gapColumns.map { $0.value(row.gap) }
                }, &page)
        }
    }

    private func addNotes(_ page: inout Markup) {
        page.element("footer", [:]) { page in
            for note in Self.notes {
                page.element("p", [:], note.chinese)
                page.element("p", ["lang": "en"], note.english)
            }
        }
    }

    // MARK: Elements

    private func section(
        _ title: Label, _ page: inout Markup, isWide: Bool = false, _ body: (inout Markup) -> Void
    ) {
        page.element("section", ["class": isWide ? "wide" : "part"]) { page in
            page.element("h2", [:]) { Self.write(title, to: &$0) }
            page.element("div", ["class": "body"], body)
        }
    }

    private static func write(_ label: Label, to page: inout Markup) {
        page.raw(Markup.escaped(label.chinese) + " ")
        page.element("small", ["lang": "en"], label.english)
    }

    private static func table(_ heading: [String], _ rows: [[String]], _ page: inout Markup) {
        page.element("table", [:]) { page in
            page.element("thead", [:]) { row(heading, "th", &$0) }
            page.element("tbody", [:]) { page in
                for cells in rows { row(cells, "td", &page) }
            }
        }
    }

    /// The first cell of a row is its heading.
    private static func row(_ cells: [String], _ name: String, _ page: inout Markup) {
        page.element("tr", [:]) { page in
            for (place, cell) in cells.enumerated() {
                if place == 0 || name == "th" {
                    page.element("th", ["scope": name == "th" ? "col" : "row"], cell)
                } else {
                    page.element(name, [:], cell)
                }
            }
        }
    }

    private static let style = """
        :root{--old:#8a97a6;--new:#0b4f8a;--ink:#1c2430;--rule:#d7dde4}
        *{box-sizing:border-box}
        body{margin:0;color:var(--ink);background:#f5f7f9;
        font:15px/1.55 system-ui,"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
        main{max-width:1240px;margin:0 auto;padding:24px}
        h1{font-size:26px;margin:0 0 12px}h2{font-size:17px;margin:0 0 10px}small{color:#5c6875;font-weight:400}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0}
        dt{color:#445}dd{margin:0;overflow-wrap:anywhere}
        section{background:#fff;border:1px solid var(--rule);border-radius:8px;padding:16px;margin:16px 0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:16px;padding:0;border:0;
        background:none}
        .tiles div{background:#fff;border:1px solid var(--rule);border-radius:8px;padding:14px 16px}
        .tiles p{margin:0;font-size:18px;font-variant-numeric:tabular-nums}
        .tiles small{display:block;font-size:12px}.old{color:#5c6875}.arrow{color:#5c6875;padding:0 8px}
        .part .body{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:20px;align-items:start}
        .part .body>table.text{grid-column:1/-1}
        .wide .body,.scroll{overflow-x:auto}
        figure{margin:0}.legend{margin:0 0 6px;font-size:13px}.legend span{margin-right:16px}
        .key::before{content:"";display:inline-block;width:14px;height:10px;margin-right:6px}
        .key.baseline::before{background:var(--old)}.key.reform::before{background:var(--new)}
        .chart{width:100%;height:auto}.chart text{font-size:13px;fill:var(--ink)}.chart .value{font-size:12px}
        rect.baseline{fill:var(--old)}rect.reform{fill:var(--new)}
        table{border-collapse:collapse;width:100%;margin:0 0 14px;font-size:13px;font-variant-numeric:tabular-nums}
        th,td{padding:3px 8px;border-bottom:1px solid var(--rule);text-align:right;vertical-align:top}
        th{font-weight:600}tr>:first-child{text-align:left}
        table.text th,table.text td{text-align:left;white-space:pre-line;overflow-wrap:anywhere}
        footer{color:#445;font-size:13px}footer p{margin:4px 0}footer p[lang=en]{color:#5c6875;margin-bottom:10px}
        @media (max-width:860px){.part .body{grid-template-columns:minmax(0,1fr)}}
        @media print{body{background:#fff;font-size:11px}main{max-width:none;padding:0}
        section,figure,tr{break-inside:avoid}section.wide{break-inside:auto}
        rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """
}
