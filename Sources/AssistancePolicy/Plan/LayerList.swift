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
    /// What it pays now: what is due for the year without what has been paid before, or what is due for the stay.
    public let paid: NodeID
    /// What it leaves to the layers after it.
    public let remaining: NodeID
    /// Where it stands.
    public let origin: Origin
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
