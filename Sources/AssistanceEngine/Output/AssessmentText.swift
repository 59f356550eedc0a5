import AssistanceCore
import AssistancePolicy

/// Assessments as plain text for a caseworker: outcome, amounts, what is missing, why not and by how much.
public struct AssessmentText: Sendable {
    /// The language of the text.
    public let language: Language

    /// A text in a language.
    public init(in language: Language = .chinese) { self.language = language }

    /// The text of one assessment, ended by a line break.
    public func text(of assessment: Assessment) -> String {
        lines(of: assessment).map { $0 + "\n" }.joined()
    }

    /// The lines of one assessment.
    public func lines(of assessment: Assessment) -> [String] {
        var lines = heading(assessment) + warning(assessment)
        for determination in assessment.determinations {
            lines.append("")
            lines += self.lines(of: determination, in: assessment)
        }
        lines.append("")
        for note in assessment.notes { lines += row("注", "note", [note.text(in: language)], indent: "") }
        return lines + receipt(assessment.receipt)
    }

    // MARK: The first and last lines

    private func heading(_ assessment: Assessment) -> [String] {
        let stage = Stage(rawValue: assessment.stage)?.label ?? Label(assessment.stage, assessment.stage)
        var parts = [
            assessment.areaName.isEmpty ? assessment.area.text : assessment.areaName,
            (assessment.stage == Stage.review.rawValue
                ? say("复核日 ", "day of review ") : say("申请日 ", "day of application ")) + assessment.date.iso,
            stage.text(in: language),
        ]
        if let day = assessment.receipt.knownOn {
            parts.append(say("按 \(day.iso) 及以前公布的政策", "policy published by \(day.iso)"))
        }
        var lines = [parts.joined(separator: say("  ", ", "))]
        if let id = assessment.id { lines.append(say("家庭编号 ", "household ") + TextLayout.shown(id)) }
        return lines
    }

    /// What a decision rests on that nobody has seen in a document: said before the decision itself.
    private func warning(_ assessment: Assessment) -> [String] {
        guard let weakest = assessment.weakestSource, weakest != .official else { return [] }
        let kinds = SourceStatus.allCases.filter { status in
            status == weakest || assessment.weakDocuments.contains { $0.status == status }
        }
        let names = kinds.filter { $0 != .official }.map { $0.label.text(in: language) }
        var lines = wrapped(
            say(
                "⚠ 本结论依据未经官方确认的标准:\(names.joined(separator: "、"))。不得作为正式决定。",
                "⚠ This decision rests on standards that are not confirmed (\(names.joined(separator: ", "))) and is no official decision."
            ),
            hanging: "  ")
        var seen: Set<String> = []
        let column = names.map(TextLayout.width).max() ?? 0
        for document in assessment.weakDocuments {
            let name = (document.number ?? "") + "《\(document.title)》"
            let status = TextLayout.padded(document.status.label.text(in: language), to: column)
            let line = "  " + status + "  " + name
            if seen.insert(line).inserted { lines.append(line) }
        }
        return lines
    }

    private func receipt(_ receipt: Receipt) -> [String] {
        let policy = String(receipt.policyDigest.prefix(12))
        let facts = String(receipt.factsDigest.prefix(12))
        return row(
            "回执", "receipt",
            [
                say(
                    "引擎 \(receipt.engine)  政策 \(policy)  资料 \(facts)",
                    "engine \(receipt.engine), policy \(policy), facts \(facts)")
            ]
                + receipt.plugins.map { plugin in
                    let digest = plugin.sha256.prefix(12)
                    return say(
                        "插件 \(plugin.name) \(plugin.version)  \(digest)",
                        "plugin \(plugin.name) \(plugin.version), \(digest)")
                },
            indent: "")
    }

    // MARK: Rows

    /// One of two texts, by the language.
    func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

    /// The columns of the names of rows.
    private var column: Int { language == .chinese ? 12 : 16 }

    /// A name and the lines that stand beside it; nothing where there are none.
    func row(_ chinese: String, _ english: String, _ content: [String], indent: String = "  ") -> [String] {
        let head = indent + TextLayout.padded(say(chinese, english), to: column)
        let room = TextLayout.lineWidth - TextLayout.width(head)
        let lines = content.flatMap { line in
            let margin = String(line.prefix { $0 == " " })
            return TextLayout.wrapped(String(line.dropFirst(margin.count)), to: room - margin.count).map { margin + $0 }
        }
        guard let first = lines.first else { return [] }
        let blank = TextLayout.spaces(TextLayout.width(head))
        return [head + first] + lines.dropFirst().map { blank + $0 }
    }

    private func wrapped(_ text: String, hanging: String) -> [String] {
        let lines = TextLayout.wrapped(text, to: TextLayout.lineWidth - hanging.count)
        return lines.prefix(1) + lines.dropFirst().map { hanging + $0 }
    }

    /// `民发〔2021〕57号 第十二条`, and the file and line of the rule.
    func source(_ citation: Citation?, _ place: String?) -> String? {
        switch (citation?.text, place) {
        case (let text?, let place?): say("依据 \(text)(\(place))", "\(text) (\(place))")
        case (let text?, nil): say("依据 \(text)", text)
        case (nil, let place?): say("依据 \(place)", place)
        case (nil, nil): nil
        }
    }
}
