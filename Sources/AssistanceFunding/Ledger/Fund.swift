import AssistanceCore

/// 资金来源: which budget money comes from.
public enum FundSource: String, CaseIterable, Sendable {
    /// 中央财政.
    case central
    /// 省级财政.
    case province
    /// 市级财政.
    case prefecture
    /// 县级财政.
    case county

    /// What it is called.
    public var label: Label {
        switch self {
        case .central: Label("中央资金", "central funds")
        case .province: Label("省级资金", "provincial funds")
        case .prefecture: Label("市级资金", "prefectural funds")
        case .county: Label("县级资金", "county funds")
        }
    }
}

/// 资金: money of one source, for one programme alone (专款专用) or for any.
public struct Fund: Hashable, Sendable {
    /// Where it comes from.
    public let source: FundSource
    /// The programme that it may pay; nil where it may pay any. `allowances` stands for every allowance.
    public let earmark: String?

    /// Money of a source.
    public init(_ source: FundSource, earmark: String? = nil) { (self.source, self.earmark) = (source, earmark) }

    /// Whether it may pay a programme.
    public func mayPay(_ program: String) -> Bool {
        earmark.map { $0 == program || program.hasPrefix($0 + ".") } ?? true
    }
}

extension Fund: CustomStringConvertible {
    /// `central funds for low-income`
    public var description: String { source.label.english + (earmark.map { " for \($0)" } ?? "") }
}
