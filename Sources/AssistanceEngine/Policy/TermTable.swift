import AssistanceCore
import AssistancePolicy

/// The open terms of a section as a table in Markdown, for its page of the documentation and for policy officers.
public enum TermTable {
    /// The lines of the table, without a line break after the last.
    public static func markdown(of section: SectionDeclaration) -> String {
        let rows = section.terms.map { term in
            [
                "`\(term.path)`", term.label.chinese, term.label.english, shape(term.shape),
                term.owner.label.english, unfilled(term.unfilled),
            ]
        }
        let head = ["term", "名称", "what it is", "form", "of each", "where nothing fills it"]
        return ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    /// The form in which a term is written.
    static func shape(_ shape: TermShape) -> String {
        switch shape {
        case .value(let unit): "value, \(unit.text)"
        case .number: "value, a number"
        case .condition: "yes/no"
        case .code(let list): "code: " + list.codes.map(\.name).joined(separator: ", ")
        case .openCode: "code of your own"
        case .range(let unit): "range, \(unit.text)"
        case .words: "words"
        case .items(let unit): "items, \(unit.text)"
        case .benefits: "items, each in a unit of its own"
        case .layers(let unit): "layers, \(unit.text)"
        case .checks: "checks"
        case .money: "value, a sum of any period"
        case .payers: "payers"
        case .text: "text"
        case .dayOfYear: "day of every year, `09-30`"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .exclusions: "rows"
        case .incomeCodes: "codes of incomes"
        case .rounding: "rounding"
        case .start: "`next month`, `this month`"
        case .offer: "offered, or `none`"
        case .holidays: "holidays"
        case .steps: "who and by when, or rows of it"
        case .papers: "papers"
        case .payments: "who, or rows of it"
        case .allocation: "shares, raises and supplements"
        case .department: "label and kinds of data"
        }
    }

    /// What holds where no file fills a term.
    static func unfilled(_ meaning: UnfilledMeaning) -> String {
        switch meaning {
        case .nation: "the nation's value holds"
        case .required: "an error where it is offered"
        case .optional: "nothing"
        case .undetermined: "undetermined, and named"
        }
    }
}
