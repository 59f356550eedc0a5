import AssistanceCore
import AssistancePolicy

/// When and in which instalments a programme pays (发放): open terms that programmes share.
///
/// `payment: {starts: next month, first: full, instalments: 12, rounding: down to yuan}`
public enum PaymentTerms {
    private static let full = "full"
    private static let byDay = "by day"

    /// The open terms, below a path of a section.
    public static func terms(below path: String = "") -> [TermDeclaration] {
        let path = path.isEmpty ? "payment." : path + ".payment."
        return [
            TermDeclaration(path + "starts", .start, unfilled: .optional, "起发月", "first month that is paid"),
            TermDeclaration(
                path + "first", .choice([full, byDay]), unfilled: .optional, "首月发放方式",
                "whether the first month is paid in full"),
            TermDeclaration(path + "instalments", .number, unfilled: .optional, "全年发放次数", "payments in a year"),
            TermDeclaration(path + "rounding", .rounding, unfilled: .optional, "每次发放取整", "rounding of a payment"),
        ]
    }

    /// How a programme pays by the terms below a path; nil where nothing fills any of them.
    public static func plan(
        _ section: SectionDeclaration, below path: String = "", in context: PolicyContext
    ) -> PlannedPayment? {
        let path = path.isEmpty ? "payment." : path + ".payment."
        let filled = ["starts", "first", "instalments", "rounding"].map { path + $0 }
            .filter { context.isFilled(section, $0) }
        guard let first = filled.first else { return nil }
        let isByDay = context.choice(section, path + "first") == byDay
        var starts = context.firstDay(section, path + "starts")
        // A month that is paid by its days is paid from the day of application on.
        if isByDay, starts == context.date.firstOfMonth { starts = context.date }
        return PlannedPayment(
            from: starts, isByDay: isByDay, instalments: context.count(section, path + "instalments", upto: 12),
            rounding: context.roundingStep(section, path + "rounding"), origin: context.origin(of: section, first))
    }
}
