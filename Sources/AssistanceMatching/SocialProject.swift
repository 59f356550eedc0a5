import AssistanceCore
import AssistancePolicy

/// What somebody offers (社会救助项目): a charity's project, an organisation's service, a group of volunteers.
public struct SocialProject: Sendable {
    /// Who offers it.
    public enum Kind: String, Sendable, CaseIterable {
        /// 慈善项目.
        case charity
        /// 社会组织.
        case organisation
        /// 志愿者.
        case volunteers

        /// What it is called.
        public var label: Label {
            switch self {
            case .charity: Label("慈善项目", "charity project")
            case .organisation: Label("社会组织", "organisation")
            case .volunteers: Label("志愿者", "volunteers")
            }
        }
    }

    /// The id within its file.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Who offers it.
    public let kind: Kind
    /// The codes of the needs that it takes up.
    public let needs: [String]
    /// Where: these areas and all in them.
    public let areas: [DivisionCode]
    /// The condition that a household must meet; nil for all.
    public let condition: YAMLNode?
    /// How many needs it can take up.
    public let capacity: Int
    /// What it pays for one need at most; nil where it pays nothing.
    public let each: Money?
    /// What it has to pay in all; nil where nothing limits it.
    public let funds: Money?

    /// The places it really has: as many as its capacity and, at the most it pays for each, its funds allow.
    public var places: Int {
        guard let each, let funds, each > .zero else { return capacity }
        return min(capacity, Int(clamping: funds.fen / each.fen))
    }

    /// Whether a household of an area lies where it works.
    public func covers(_ area: DivisionCode) -> Bool { areas.contains { $0.contains(area) } }

    /// What it pays for a need; nil where it pays nothing. Of a sum that is not known no more than is surely lacking.
    public func payment(for need: Need) -> Money? {
        each.map { each in need.amount.map { min(each, $0.least) } ?? each }
    }
}
