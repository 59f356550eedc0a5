/// 事件: one change of one subject, as it stands in the chain; it is never edited.
///
/// It holds no personal data: who a person is stands sealed, apart from the events.
public struct RecordEvent: Hashable, Sendable {
    /// The number in the file, from 1 without a gap.
    public let number: Int64
    /// What it is about, such as a case.
    public let subject: Int64
    /// What happened.
    public let kind: String
    /// When, in seconds since 1970 by the host's clock. A clock that goes back is kept as it is; the number tells the order.
    public let time: Int64
    /// Who did it.
    public let actor: RecordActor
    /// What was done, as canonical JSON.
    public let body: [UInt8]

    /// An event as it stands in the chain.
    public init(number: Int64, subject: Int64, kind: String, time: Int64, actor: RecordActor, body: [UInt8]) {
        (self.number, self.subject, self.kind) = (number, subject, kind)
        (self.time, self.actor, self.body) = (time, actor, body)
    }
}

/// 经办人: who acts, in which capacity, and where the office is. The host has checked who it is.
public struct RecordActor: Hashable, Sendable {
    /// The host's own name for the person, such as a staff number; 1 to 64 letters, digits, `.`, `_` and `-`.
    public let id: String
    /// In which capacity.
    public let role: String
    /// The division code of the office, of 12 digits.
    public let area: Int64

    /// Who acts; nil where the id is not of that form.
    public init?(id: String, role: String, area: Int64) {
        guard RecordName.isName(id) else { return nil }
        self.init(named: id, role: role, area: area)
    }

    /// Who acts, as a row of the file says; the chain tells whether that is true.
    init(named id: String, role: String, area: Int64) {
        (self.id, self.role, self.area) = (id, role, area)
    }

    /// The store itself.
    static let store = RecordActor(named: "records", role: "", area: 0)
}
