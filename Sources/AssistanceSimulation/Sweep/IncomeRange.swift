import AssistanceCore

/// Which income of a household is varied, and over which sums: `wages=0..6000:100`.
///
/// A kind of income by its name alone is the head's, in yuan a month. A whole path, as household files have it
/// (`members[1].income.pension=0..24000:600`), is that member's, in yuan a year.
public struct IncomeRange: Sendable, Hashable {
    /// Whether something is no such range, and what was expected.
    public struct Mistake: Error, CustomStringConvertible, Sendable {
        /// In words.
        public let description: String
    }

    /// The most sums of a range.
    static let limit = 2_000

    /// The key of the fact of a member: `income.wages`.
    public let key: String
    /// The place of the member, from 0; nil for the head of the household.
    public let member: Int?
    /// Whether the sums are of a month, not of a year.
    public var isMonthly: Bool { member == nil }
    /// The sums, in the order of rising.
    public let sums: [Money]

    /// Reads `NAME=FROM..UPTO:STEP`, sums in yuan with at most two decimals.
    public init(_ text: String) throws(Mistake) {
        let form = "NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, let dots = sides[1].firstRange(of: "..") else {
            throw Mistake(description: "'\(text)' is no range of an income; \(form)")
        }
        let rest = sides[1][dots.upperBound...].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard rest.count == 2 else { throw Mistake(description: "'\(text)' names no step; \(form)") }
        func sum(_ text: String, _ what: String) throws(Mistake) -> Money {
            guard let sum = Money(yuanText: text) else {
                throw Mistake(description: "\(what) '\(text)' is no sum in yuan with at most two decimals; \(form)")
            }
            return sum
        }
        let from = try sum(String(sides[1][..<dots.lowerBound]), "the first sum")
        let upto = try sum(rest[0], "the last sum")
        let step = try sum(rest[1], "the step")
        guard step > .zero else { throw Mistake(description: "the step \(step) is not above zero") }
        guard from <= upto else {
            throw Mistake(description: "the range begins at \(from) and ends below that, at \(upto)")
        }
        let count = (Int128(upto.fen) - Int128(from.fen)) / Int128(step.fen) + 1
        guard count <= Int128(Self.limit) else {
            throw Mistake(
                description: "the range has \(count) sums, and at most \(Self.limit) are computed; take a longer step")
        }
        sums = (0..<count).map { number in
            // None lies above the last sum, which is one.
            Money(fen: Int64(clamping: Int128(from.fen) + number * Int128(step.fen)))
        }
        (key, member) = try Self.fact(sides[0])
    }

    /// The fact that a name or a path means.
    private static func fact(_ name: String) throws(Mistake) -> (key: String, member: Int?) {
        let kinds = FactSchema.national.group(.member, "income")?.fields.map(\.name) ?? []
        var kind = name
        var member: Int?
        if name.hasPrefix("members[") {
            let parts = name.dropFirst("members[".count).split(separator: "]", maxSplits: 1)
            guard parts.count == 2, let place = Int(parts[0]), place >= 0, parts[1].hasPrefix(".income.") else {
                throw Mistake(
                    description:
                        "'\(name)' is no income of a member; a path such as members[0].income.wages was expected")
            }
            member = place
            kind = String(parts[1].dropFirst(".income.".count))
        }
        guard kinds.contains(kind) else {
            let hint = closestName(to: kind, among: kinds).map { "; did you mean '\($0)'?" } ?? ""
            throw Mistake(description: "there is no income '\(kind)'\(hint)")
        }
        return ("income." + kind, member)
    }
}
