/// Who a fact belongs to: the household, one of its members, or an entry of a short list that belongs to one of them.
public enum FactOwner: Int, CaseIterable, Sendable, Hashable {
    /// The household (家庭).
    case household
    /// A person of the household (成员).
    case member
    /// A person outside the household who owes a member support (赡养、抚养、扶养义务人).
    case obligor
    /// A piece of land that the household works or lets (地块).
    case plot
    /// One treatment of a member (就诊费用).
    case bill
    /// What one disaster did to the household (灾害损失).
    case loss

    /// The owner each entry belongs to; nil for the household.
    public var parent: FactOwner? {
        switch self {
        case .household: nil
        case .member, .plot, .loss: .household
        case .obligor, .bill: .member
        }
    }

    /// The key of the list in a household file; nil for the household.
    public var listKey: String? {
        switch self {
        case .household: nil
        case .member: "members"
        case .obligor: "obligors"
        case .plot: "plots"
        case .bill: "bills"
        case .loss: "losses"
        }
    }

    /// The word before the dot in an expression: `member.birth`.
    public var word: String {
        switch self {
        case .household: "household"
        case .member: "member"
        case .obligor: "obligor"
        case .plot: "plot"
        case .bill: "bill"
        case .loss: "loss"
        }
    }

    /// The name of the owner.
    public var label: Label {
        switch self {
        case .household: Label("家庭", "household")
        case .member: Label("成员", "member")
        case .obligor: Label("义务人", "obligor")
        case .plot: Label("地块", "plot")
        case .bill: Label("就诊", "bill")
        case .loss: Label("灾损", "loss")
        }
    }

    /// The largest number of entries one parent may have.
    public var limit: Int { self == .household ? 1 : 40 }

    /// Whether `ancestor` is this owner or one it belongs to, directly or not.
    public func isWithin(_ ancestor: FactOwner) -> Bool {
        var owner: FactOwner? = self
        while let current = owner {
            if current == ancestor { return true }
            owner = current.parent
        }
        return false
    }
}

/// One code of a list, with the codes of the national standard that mean it.
public struct Code: Hashable, Sendable {
    /// The name used in policy and in household files.
    public let name: String
    /// The codes of the standard that are read as this one, such as GB/T 4761's `11` and `12` for a spouse.
    public let standard: [String]
    /// What it is called.
    public let label: Label
    /// The nation's code that it counts as where policy asks for that one; nil for a code of the nation's.
    public let like: String?

    /// A code of a list.
    public init(_ name: String, _ chinese: String, _ english: String, standard: [String] = [], like: String? = nil) {
        self.name = name
        self.standard = standard
        self.like = like
        label = Label(chinese, english)
    }
}

/// A list of codes (代码表), at most 62 of them. A code is stored as its place in the list.
public struct CodeList: Hashable, Sendable {
    /// The codes in their order: the nation's, and then those that a place adds.
    public let codes: [Code]
    /// Whether a place may add codes of its own.
    public let isOpen: Bool
    /// The most codes of a list, so that any of them together are one integer.
    public static let limit = 62

    /// A list of codes.
    public init(_ codes: [Code], isOpen: Bool = false) {
        self.codes = codes
        self.isOpen = isOpen
    }

    /// What policy means by a code's name, as a set of bits: the code itself, and those that count like it but for
    /// `apart`. Nil where the list has no such code.
    public func meaning(of name: String, apart: Set<String> = []) -> UInt64? {
        guard codes.contains(where: { $0.name == name }) else { return nil }
        var bits: UInt64 = 0
        for (place, code) in codes.enumerated()
        where code.name == name || (code.like == name && !apart.contains(code.name)) {
            bits |= 1 << UInt64(place)
        }
        return bits
    }

    /// The place of the code of this name or standard number.
    public func index(of text: String) -> Int? {
        codes.firstIndex { $0.name == text } ?? codes.firstIndex { $0.standard.contains(text) }
    }

    /// The code at a place, or nil outside the list.
    public subscript(index: Int) -> Code? { codes.indices.contains(index) ? codes[index] : nil }
}

/// What values a fact may have, and how they are stored as integers.
public enum FactType: Hashable, Sendable {
    /// One code of a list; stored as its place.
    case code(CodeList)
    /// Any number of codes of a list; stored as a bit set.
    case codes(CodeList)
    /// Yes or no; stored as 1 or 0.
    case yesNo
    /// A day; stored as days since 1970-01-01.
    case date
    /// A whole number without unit.
    case count(ClosedRange<Int64>)
    /// A decimal of two places with a unit; stored in hundredths.
    case amount(Unit, ClosedRange<Int64>)
    /// A division code of GB/T 2260; stored as twelve digits.
    case division

    /// Hundredths in one unit of an amount.
    public static let amountScale: Int64 = 100
    /// The greatest number of any fact, and the least below zero: 10¹⁰.
    public static let limit: Int64 = 10_000_000_000

    /// The stored integers that are valid.
    public var storedRange: ClosedRange<Int64> {
        switch self {
        case .code(let list): 0...Int64(max(0, list.codes.count - 1))
        case .codes(let list): 0...((Int64(1) << Int64(min(CodeList.limit, list.codes.count))) - 1)
        case .yesNo: 0...1
        case .date: -25_567...2_932_896  // 1900-01-01 ... 9999-12-31
        case .count(let range): range
        case .amount(_, let range): range
        case .division: 0...999_999_999_999
        }
    }

    /// The stored value of a stated "none": zero, no, or the code `none`; nil where the type has no such value.
    public var noneValue: Int64? {
        switch self {
        case .code(let list): list.index(of: "none").map(Int64.init)
        case .codes, .yesNo: 0
        case .count(let range): range.contains(0) ? 0 : nil
        case .amount(_, let range): range.contains(0) ? 0 : nil
        case .date, .division: nil
        }
    }
}

/// One fact of the schema: something known, or not yet known, about a household, a member or an entry of a list.
///
/// From this table come the reader of household files, the names expressions may use, the JSON Schema and the documentation.
public struct Fact: Hashable, Sendable {
    /// The key, unique for its owner: `income.wages`.
    public let key: String
    /// Who it belongs to.
    public let owner: FactOwner
    /// Its values.
    public let type: FactType
    /// Its name.
    public let label: Label
    /// The national standard or document it follows, where there is one.
    public let standard: String?

    /// A fact of an owner.
    public init(
        _ owner: FactOwner, _ key: String, _ type: FactType, _ chinese: String, _ english: String,
        standard: String? = nil
    ) {
        self.owner = owner
        self.key = key
        self.type = type
        self.standard = standard
        label = Label(chinese, english)
    }

    /// The same fact with other values.
    func with(_ type: FactType) -> Fact {
        Fact(owner, key, type, label.chinese, label.english, standard: standard)
    }

    /// The part of the key before the dot, which nests in a household file: `income` of `income.wages`.
    public var group: String? { key.firstIndex(of: ".").map { String(key[..<$0]) } }
}

extension FactType {
    /// Money from 0 to 10¹⁰ yuan.
    public static func money(_ unit: Unit) -> FactType { .amount(unit, 0...limit * amountScale) }
    /// Money that may be a loss, from −10¹⁰ to 10¹⁰ yuan.
    static func balance(_ unit: Unit) -> FactType { .amount(unit, -limit * amountScale...limit * amountScale) }
    /// A count from 0 to 9,999.
    static let anyCount = FactType.count(0...9_999)
}
