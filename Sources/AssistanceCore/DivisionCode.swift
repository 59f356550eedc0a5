/// 行政级别: how high a division stands.
public enum DivisionLevel: Int, CaseIterable, Comparable, Sendable {
    /// 国家: the nation.
    case nation
    /// 省级: province, autonomous region, municipality.
    case province
    /// 地级: prefecture, city with districts, league.
    case prefecture
    /// 县级: county, district, city at county level, banner.
    case county
    /// 乡级: township, town, subdistrict.
    case township
    /// 村级: village, community.
    case village

    /// The higher division comes first.
    public static func < (left: DivisionLevel, right: DivisionLevel) -> Bool { left.rawValue < right.rawValue }

    /// How many codes of twelve digits one code of this level spans.
    fileprivate var span: Int64 {
        switch self {
        case .nation: 1_000_000_000_000
        case .province: 10_000_000_000
        case .prefecture: 100_000_000
        case .county: 1_000_000
        case .township: 1_000
        case .village: 1
        }
    }
}

/// 行政区划代码: a division of China by GB/T 2260, six digits; nine for a township, twelve for a village.
///
/// `000000` is the nation. Zeros at the end say nothing: `230102000000` is the county `230102`. The code says where a
/// division stands, not whether it exists; that is for the list of areas.
public struct DivisionCode: Hashable, Comparable, Sendable {
    /// The code as a number of twelve digits.
    public let number: Int64

    private init(unchecked number: Int64) { self.number = number }

    /// 全国: the whole nation.
    public static let nation = DivisionCode(unchecked: 0)

    /// Reads 6, 9 or 12 digits; nil for all else, and for a code with a gap, such as a county of no prefecture.
    ///
    /// A township may stand directly under a prefecture, as in 东莞 (`441900003`), which has no counties.
    public init?(_ text: String) {
        let count = text.utf8.count
        guard count == 6 || count == 9 || count == 12, let value = ASCII.number(text.utf8) else { return nil }
        let scale: Int64 = count == 6 ? 1_000_000 : count == 9 ? 1_000 : 1
        self.init(number: value * scale)
    }

    /// The division of a number of twelve digits; nil for all else, and for a code with a gap.
    public init?(number: Int64) {
        guard (0..<DivisionLevel.nation.span).contains(number) else { return nil }
        self.init(unchecked: number)
        let (province, prefecture) = (part(.province), part(.prefecture))
        guard province > 0 || number == 0,
            prefecture > 0 || number % DivisionLevel.province.span == 0,
            part(.township) > 0 || part(.village) == 0
        else { return nil }
    }

    /// How high the division stands.
    public var level: DivisionLevel {
        if part(.village) > 0 { return .village }
        if part(.township) > 0 { return .township }
        if part(.county) > 0 { return .county }
        if part(.prefecture) > 0 { return .prefecture }
        return number > 0 ? .province : .nation
    }

    /// 上级: the division this one belongs to; nil for the nation.
    public var parent: DivisionCode? {
        switch level {
        case .nation: nil
        case .province: .nation
        case .prefecture: cut(to: .province)
        case .county: cut(to: .prefecture)
        case .township: cut(to: .county)
        case .village: cut(to: .township)
        }
    }

    /// The division itself, then each it belongs to, up to the nation.
    public var chain: [DivisionCode] {
        Array(sequence(first: self, next: \.parent))
    }

    /// Whether the other is this division or lies in it.
    public func contains(_ other: DivisionCode) -> Bool {
        other.cut(to: level) == self
    }

    /// The codes of twelve digits that this division and all in it have.
    public var codes: ClosedRange<Int64> { number...(number + level.span - 1) }

    /// Six digits down to the county, nine for a township, twelve for a village.
    public var text: String {
        let digits = ASCII.padded(Int(number), to: 12)
        switch level {
        case .village: return digits
        case .township: return String(digits.prefix(9))
        default: return String(digits.prefix(6))
        }
    }

    /// By code, so that a division comes before those in it.
    public static func < (left: DivisionCode, right: DivisionCode) -> Bool { left.number < right.number }

    private func cut(to level: DivisionLevel) -> DivisionCode {
        DivisionCode(unchecked: number - number % level.span)
    }

    /// The digits that belong to one level alone.
    private func part(_ level: DivisionLevel) -> Int64 {
        guard let above = DivisionLevel(rawValue: level.rawValue - 1) else { return 0 }
        return number % above.span / level.span
    }
}

extension DivisionCode: CustomStringConvertible {
    /// The digits.
    public var description: String { text }
}

extension DivisionLevel {
    /// Its word in files: `county`.
    public var word: String {
        switch self {
        case .nation: "nation"
        case .province: "province"
        case .prefecture: "prefecture"
        case .county: "county"
        case .township: "township"
        case .village: "village"
        }
    }
}
