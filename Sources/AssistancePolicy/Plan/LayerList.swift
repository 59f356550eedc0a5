import AssistanceCore
import AssistanceExpressions

/// One layer of a chain of payments (分段支付): an insurance, the aid after it, a charity after that.
public struct PlannedLayer: Sendable {
    /// The id within its list.
    public let id: String
    /// What it is called.
    public let label: Label
    /// Who pays it, as policy names the payer; nil where it does not.
    public let payer: String?
    /// What it pays in all: what of the year has been paid before included.
    public let due: NodeID
    /// What it pays now: what is due for the year without what has been paid before, or what is due for the stay.
    public let paid: NodeID
    /// What it leaves to the layers after it.
    public let remaining: NodeID
    /// Where it stands.
    public let origin: Origin

    /// The payer that a layer has where policy names none (财政): the programme's own.
    public static let treasury = "treasury"
    /// Whether the programme pays it itself, and not an insurance or another before or after it.
    public var isOwn: Bool { Self.isOwn(payer) }

    /// Whether a payer that policy names is the programme itself.
    public static func isOwn(_ payer: String?) -> Bool { payer == nil || payer == treasury }
}

/// The layers of a list, in the order in which they pay.
public struct LayerList: Sendable {
    /// The layers.
    public let layers: [PlannedLayer]
    /// What all of them pay now.
    public let paid: NodeID
    /// What none of them pays.
    public let remaining: NodeID
}
