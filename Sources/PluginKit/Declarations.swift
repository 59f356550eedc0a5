import CJiuzhu

/// A fact that a programme adds to the schema: household files, forms, Arrow columns and expressions have it from then on.
public struct Fact: Sendable {
    /// What it may be.
    public enum Kind: Sendable {
        /// A whole number.
        case count(ClosedRange<Int64>)
        /// A sum or a measure of a unit such as `yuan/year`, between two limits in hundredths of it.
        case amount(ClosedRange<Int64>, unit: String)
        /// Yes or no.
        case yesNo
        /// A day.
        case date
        /// One of some codes, each a name and what it is called.
        case code([(name: String, label: Label)])
    }

    let owner: Owner
    let key: String
    let kind: Kind
    let label: Label

    /// - Parameter key: One word that means nothing else yet: `hospital_days`.
    public init(_ owner: Owner, _ key: String, _ kind: Kind, _ label: Label) {
        self.owner = owner
        self.key = key
        self.kind = kind
        self.label = label
    }

    var table: jzp_fact {
        var table = jzp_fact()
        table.struct_size = UInt32(MemoryLayout<jzp_fact>.size)
        table.owner = owner.rawValue
        table.key = Lasting.text(key)
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        switch kind {
        case .count(let range):
            table.type = JZP_FACT_COUNT
            (table.least, table.most) = (range.lowerBound, range.upperBound)
        case .amount(let range, let unit):
            table.type = JZP_FACT_AMOUNT
            (table.least, table.most) = (range.lowerBound, range.upperBound)
            table.unit = Lasting.text(unit)
        case .yesNo: table.type = JZP_FACT_BOOL
        case .date: table.type = JZP_FACT_DATE
        case .code(let codes):
            table.type = JZP_FACT_CODE
            table.code_count = UInt32(clamping: codes.count)
            table.codes = Lasting.array(
                codes.map { name, label in
                    jzp_code(
                        name: Lasting.text(name), label_zh: Lasting.text(label.chinese),
                        label_en: Lasting.text(label.english))
                })
        }
        return table
    }
}

/// A place in the rule that provinces, cities and counties fill in YAML, under the programme's id.
public struct Term: Sendable {
    /// What files may write there.
    public enum Shape: Sendable {
        /// A value of a unit such as `yuan/month`, a table or an expression.
        case value(unit: String)
        /// A count or a share.
        case number
        /// Yes or no.
        case condition
        /// Conditions with reasons.
        case checks
    }

    /// What it means that no file fills a term.
    public enum Unfilled: Int32, Sendable {
        /// An error where the programme is offered.
        case required
        /// Nothing, and nothing is said.
        case optional
        /// Decisions are undetermined and name the term.
        case undetermined
    }

    let path: String
    let shape: Shape
    let owner: Owner
    let unfilled: Unfilled
    let label: Label

    /// - Parameters:
    ///   - path: `daily`; below other keys with dots, of small letters, digits, `_` and `-`.
    ///   - owner: Whose rows it may speak of: the household's or its members'.
    public init(_ path: String, _ shape: Shape, of owner: Owner, unfilled: Unfilled, _ label: Label) {
        self.path = path
        self.shape = shape
        self.owner = owner
        self.unfilled = unfilled
        self.label = label
    }

    var table: jzp_term {
        var table = jzp_term()
        table.struct_size = UInt32(MemoryLayout<jzp_term>.size)
        table.path = Lasting.text(path)
        table.owner = owner.rawValue
        table.unfilled = unfilled.rawValue
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        switch shape {
        case .value(let unit):
            table.shape = JZP_TERM_VALUE
            table.unit = Lasting.text(unit)
        case .number: table.shape = JZP_TERM_NUMBER
        case .condition: table.shape = JZP_TERM_CONDITION
        case .checks: table.shape = JZP_TERM_CHECKS
        }
        return table
    }
}

/// What a programme tells others of the household or of its members.
public struct Standing: Sendable {
    let owner: Owner
    let name: String
    let unit: String?
    let label: Label

    /// - Parameter unit: The unit of a sum; nil for yes or no.
    public init(_ name: String, of owner: Owner, unit: String? = nil, _ label: Label) {
        self.owner = owner
        self.name = name
        self.unit = unit
        self.label = label
    }

    var table: jzp_standing {
        var table = jzp_standing()
        table.struct_size = UInt32(MemoryLayout<jzp_standing>.size)
        table.owner = owner.rawValue
        table.name = Lasting.text(name)
        table.unit = unit.map(Lasting.text)
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        return table
    }
}
