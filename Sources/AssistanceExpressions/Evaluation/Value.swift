import AssistanceCore

/// What is known of a node's value for one row: all values between a least and a greatest, and what is lacking to know it.
///
/// A value is known where both are equal. Yes/no is 1/0, unknown is between them: so `&&` is the minimum and `||` the
/// maximum, which is Kleene's logic.
public struct Value: Sendable {
    /// The least it can be.
    public var lowest: Rational
    /// The greatest it can be.
    public var highest: Rational
    /// The set of lacking facts; 0 where the value is known.
    var lacking: LackingSet

    /// A known value.
    public init(_ value: Rational) {
        lowest = value
        highest = value
        lacking = .none
    }

    init(_ lowest: Rational, _ highest: Rational, lacking: LackingSet) {
        self.lowest = lowest
        self.highest = highest
        self.lacking = lowest == highest ? .none : lacking
    }

    /// Yes or no.
    init(_ truth: Bool) { self.init(truth ? .one : .zero) }

    /// Whether a known value lies between two others that may not be known; nil where that is open.
    public func isInside(_ least: Value, _ most: Value, _ ends: OpenEnds) -> Bool? {
        guard let known else { return nil }
        func follows(_ bound: Rational, isOpen: Bool) -> Bool { isOpen ? bound < known : bound <= known }
        func precedes(_ bound: Rational, isOpen: Bool) -> Bool { isOpen ? known < bound : known <= bound }
        if follows(least.highest, isOpen: ends.least), precedes(most.lowest, isOpen: ends.most) { return true }
        if !follows(least.lowest, isOpen: ends.least) || !precedes(most.highest, isOpen: ends.most) { return false }
        return nil
    }

    /// Whether the value is known.
    public var isKnown: Bool { lowest == highest }

    /// The value, or nil where it is not known.
    public var known: Rational? { isKnown ? lowest : nil }

    /// Yes or no, or nil where it is not known.
    public var truth: Bool? { isKnown ? !lowest.isZero : nil }
}

/// The number of a set of lacking things within one evaluation.
struct LackingSet: Hashable, Sendable {
    let number: Int32
    static let none = LackingSet(number: 0)
}

/// Something whose absence leaves a value open.
public enum Lacking: Hashable, Sendable {
    /// A fact of a row of the batch.
    case fact(FactReference)
    /// A list that was not given, of a parent's row.
    case list(FactOwner, parent: Int)
    /// A term that policy does not fill; its name.
    case term(String)
    /// Arithmetic left its proven range; never seen unless a proof is wrong.
    case arithmetic
}
