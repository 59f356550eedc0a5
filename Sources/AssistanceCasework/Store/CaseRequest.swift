import AssistanceCore

/// 经办请求: a step as somebody asks for it, with the texts and persons that the store seals and numbers.
public struct CaseRequest: Sendable {
    /// The step with its fields; documents and persons have no numbers yet.
    public var action: CaseAction
    /// The household as JSON, an opinion, a record, a letter; sealed before it is kept.
    public var document: [UInt8]?
    /// The members whom it concerns, by their places in the household, from 0.
    public var members: [Int]
    /// Who the members of a declared household are, in its order.
    public var people: [CasePerson]

    /// A step as somebody asks for it.
    public init(
        _ action: CaseAction, document: [UInt8]? = nil, members: [Int] = [], people: [CasePerson] = []
    ) {
        (self.action, self.document, self.members, self.people) = (action, document, members, people)
    }
}

/// 人员: who a member is. Kept sealed, found by a keyed digest.
public struct CasePerson: Sendable {
    /// 公民身份号码.
    public let citizenNumber: CitizenNumber
    /// 姓名.
    public let name: String

    /// Who a member is; nil where the name is empty or longer than 100 characters.
    public init?(citizenNumber: CitizenNumber, name: String) {
        guard (1...100).contains(name.count) else { return nil }
        (self.citizenNumber, self.name) = (citizenNumber, name)
    }
}
