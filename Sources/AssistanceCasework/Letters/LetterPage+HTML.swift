import AssistanceCore

extension LetterPage {
    /// The letter as one file of HTML: no script, nothing that is fetched, every text escaped.
    var html: String {
        var page = Markup()
        page.raw("<!DOCTYPE html>\n")
        page.element("html", ["lang": "zh-CN"]) { page in
            page.element("head", [:]) { page in
                page.empty("meta", ["charset": "utf-8"])
                page.element("title", [:], title)
                page.element("style", [:]) { $0.raw(Self.style) }
            }
            page.element("body", [:]) { page in
                page.element("main", [:]) { page in
                    page.element("h1", [:], title)
                    page.element("p", ["class": "reference"], "编号\u{FF1A}" + reference)
                    if let addressee { page.element("p", ["class": "addressee"], addressee + "\u{FF1A}") }
                    for block in blocks { Self.add(block, to: &page) }
                    page.element("div", ["class": "signature"]) { page in
                        page.element("span", ["class": "seal"], "\u{FF08}盖章\u{FF09}")
                        page.element("p", [:], office)
                        page.element("p", [:], day.chinese)
                    }
                }
            }
        }
        return page.text
    }

    private static func add(_ block: Block, to page: inout Markup) {
        switch block {
        case .heading(let text): page.element("h2", [:], text)
        case .paragraph(let text): page.element("p", [:], text)
        case .list(let items):
            page.element("ol", [:]) { page in for item in items { page.element("li", [:], item) } }
        case .table(let heads, let rows):
            page.element("table", [:]) { page in
                page.element("thead", [:]) { page in
                    page.element("tr", [:]) { page in
                        for head in heads { page.element("th", ["scope": "col"], head) }
                    }
                }
                page.element("tbody", [:]) { page in
                    for row in rows {
                        page.element("tr", [:]) { page in for cell in row { page.element("td", [:], cell) } }
                    }
                }
            }
        case .note(let text): page.element("p", ["class": "note"], "注\u{FF1A}" + text)
        }
    }

    /// Margins and sizes of type are those of GB/T 9704 for official papers: 37 mm above, 28 mm at the left, a text of
    /// 156 mm by 225 mm. A row, and the signature with the place of its seal, is never cut by the end of a
    /// page, and no page has a signature alone.
    private static let style = """
        @page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:"— " counter(page) " —";font-size:12pt}}
        *{box-sizing:border-box}
        body{margin:0;color:#000;background:#fff;
        font:16pt/28pt FangSong,STFangsong,"FangSong_GB2312","Noto Serif CJK SC","Source Han Serif SC",serif}
        main{width:156mm;margin:0 auto}
        h1{margin:0 0 12pt;text-align:center;font-size:22pt;line-height:32pt;font-weight:700}
        h2{margin:8pt 0 0;font:700 16pt/28pt SimHei,"Noto Sans CJK SC",sans-serif;break-after:avoid}
        p{margin:0;text-indent:2em;text-align:justify;overflow-wrap:anywhere;orphans:2;widows:2}
        p.reference{margin-bottom:14pt;text-align:center;text-indent:0;font-size:12pt}
        p.addressee{text-indent:0}
        p.note{margin-top:6pt;text-indent:0;font-size:10.5pt;line-height:16pt}
        ol{margin:0;padding-left:2.4em}li{overflow-wrap:anywhere}
        ol{font-size:14pt;line-height:24pt}
        table{width:100%;margin:6pt 0;border-collapse:collapse;font-size:12pt;line-height:18pt;
        font-variant-numeric:tabular-nums}
        th,td{padding:3pt 5pt;border:.75pt solid #000;text-align:center;overflow-wrap:anywhere}
        thead{display:table-header-group}tr{break-inside:avoid}
        .signature{position:relative;width:90mm;min-height:42mm;margin:10mm 0 0 auto;padding-top:14mm;break-inside:avoid;
        break-before:avoid}
        .signature p{text-align:center;text-indent:0}
        .seal{position:absolute;left:24mm;top:0;width:42mm;height:42mm;border:.5pt dashed #999;border-radius:50%;
        color:#999;font-size:10.5pt;line-height:16pt;text-align:center;padding-top:2mm}
        @media screen{body{background:#eee}main{width:210mm;padding:37mm 26mm 35mm 28mm;background:#fff}}

        """
}
