import CJiuzhu

/// How often a benefit is paid.
public enum Period: Int32, Sendable {
    /// Each month.
    case monthly
    /// Each year.
    case yearly
    /// Once.
    case once
}

/// What a programme makes while it is asked for its plan: nodes of a graph, and what is decided by them.
///
/// It says once, for an area and a day, how a decision follows from facts and from terms of policy; it sees no household. The
/// host notes what is wrong, such as units that do not fit, and goes on with a node that cannot be known. Of no use when the
/// call that it was given to has ended, nor on another thread.
public struct Plan {
    let host: UnsafePointer<jzp_host>
    let number: OpaquePointer?

    /// The plan that a host lends; nil where the host is older than the functions that this calls, which it is told.
    init?(of number: OpaquePointer?, _ host: UnsafePointer<jzp_host>) {
        self.host = host
        self.number = number
        guard host.isWhole else {
            error("it needs a newer host: this one has fewer functions than it was built with")
            return nil
        }
    }

    private func node(_ number: jzp_node?) -> Node { Node(self, number ?? JZP_UNKNOWN) }

    // MARK: Leaves

    /// A fact by its key: of the nation, of the place, or one that the programme declares.
    public func fact(_ owner: Owner, _ key: String) -> Node {
        node(host.pointee.fact?(number, owner.rawValue, key))
    }

    /// A term that the programme declares, of the shapes value, number and condition. Expressions of policy may name it from
    /// then on, by the last word of its path. Where no file fills it, it is not known and decisions name it: ask `isFilled`
    /// before where it may be left out.
    public func term(_ path: String) -> Node { node(host.pointee.term?(number, path)) }

    /// Whether a file fills a term for the area and day.
    public func isFilled(_ path: String) -> Bool { host.pointee.is_filled?(number, path) == 1 }

    /// A figure of policy: `standard`, `minimum_wage`. Where no file has it, the programme is undetermined and names it.
    public func figure(_ name: String) -> Node { node(host.pointee.figure?(number, name)) }

    /// What a programme among `reads` tells: `low_income`, `special_poverty`.
    public func standing(_ name: String) -> Node { node(host.pointee.standing?(number, name)) }

    /// Yes or no.
    public func truth(_ value: Bool) -> Node { node(host.pointee.truth?(number, value ? 1 : 0)) }

    /// Zero of a unit.
    public func zero(_ unit: String) -> Node { node(host.pointee.zero?(number, unit)) }

    /// A whole number without unit, for shape: "one of them", "twelve months".
    public func whole(_ value: Int64) -> Node { node(host.pointee.number?(number, value)) }

    // MARK: What is decided

    /// A step that explanations show and expressions of policy may name.
    ///
    /// - Parameters:
    ///   - unit: nil for what has none.
    ///   - rule: In words how it is made; nil for none.
    @discardableResult
    public func step(
        _ name: String, _ label: Label, unit: String? = nil, rule: String? = nil, _ value: Node
    ) -> Node {
        let make = host.pointee.step
        return node(make?(number, name, label.chinese, label.english, unit, rule, value.number))
    }

    /// A condition of the household or of its members; where it fails, the label is the reason. The programme is for members
    /// for whom all conditions hold, and not for a household in which there is none.
    public func check(_ id: String, _ holds: Node, otherwise reason: Label) {
        host.pointee.check?(number, id, holds.number, reason.chinese, reason.english)
    }

    /// The conditions of a term of the shape checks.
    public func checks(_ path: String) { host.pointee.checks?(number, path) }

    /// A sum for each member (a node of members) or for the household, paid in whole fen where all conditions hold. By its
    /// range it may not be less than zero.
    public func benefit(_ id: String, _ label: Label, _ period: Period, _ amount: Node) {
        host.pointee.benefit?(number, id, label.chinese, label.english, period.rawValue, amount.number)
    }

    /// All that the terms of the generic programme say: checks, class, items with their stacking, cap, payers, payment. For
    /// programmes that say `isGeneric`, which then need no conditions and no benefit of their own.
    public func generic() { host.pointee.generic?(number) }

    /// What this programme tells those that read it; every standing that it declares, once.
    public func tell(_ name: String, _ value: Node) { host.pointee.tell?(number, name, value.number) }

    /// A mistake that keeps the programme from being decided: the sentence is shown to whoever asks. No names, no numbers of
    /// persons.
    public func error(_ message: String) { host.pointee.error?(number, message) }

    /// A line for the host's log, where it keeps one. No names, no numbers of persons.
    public func log(_ message: String, isWarning: Bool = false) {
        host.pointee.log?(isWarning ? JZP_LOG_WARNING : JZP_LOG_DEBUG, message)
    }
}

extension UnsafePointer<jzp_host> {
    /// Whether the host has all functions of the header that this was built with.
    var isWhole: Bool { Int(pointee.struct_size) >= MemoryLayout<jzp_host>.size }
}
