import AssistanceCore

/// 核对结果: what registries say of one household beside what it has declared, and what that changes.
///
/// Members are spoken of by their place, never by name or number.
public struct Verification: Sendable {
    /// The id the household came with.
    public let id: String?
    /// The area whose policy applied.
    public let area: DivisionCode
    /// Its full name.
    public let areaName: String
    /// The day on which registries were asked.
    public let date: CalendarDate
    /// The registries, in the order in which they were named.
    public let sources: [any DataSource]
    /// The members in their order.
    public let members: [VerifiedMember]
    /// Each fact that a registry can confirm: by registry, in its order of facts, and by member.
    public let facts: [VerifiedFact]
    /// What departments hold of facts that the policy reads and was not asked, in the order of the catalogue.
    public let unasked: [UnaskedData]
    /// The programmes as declared and as found; empty where nothing that was found differs.
    public let decisions: [VerifiedDecision]
}

/// A member, and whether registries could be asked about the person.
public struct VerifiedMember: Hashable, Sendable {
    /// Whether registries may be asked.
    public enum Permission: Hashable, Sendable {
        /// 已授权.
        case granted
        /// 未授权: there is no authorisation.
        case missing
        /// 授权未生效: it begins on a later day.
        case notYet(from: CalendarDate)
        /// 授权已到期.
        case expired(CalendarDate)
        /// The authorisation names somebody who was born on another day than the member.
        case otherPerson

        /// The word that JSON has.
        public var word: String {
            switch self {
            case .granted: "granted"
            case .missing: "missing"
            case .notYet: "not-yet"
            case .expired: "expired"
            case .otherPerson: "other-person"
            }
        }

        /// What it is called.
        public var label: Label {
            switch self {
            case .granted: Label("已授权", "authorised")
            case .missing: Label("没有授权书,未核对", "no authorisation; not asked about")
            case .notYet(let day): Label("授权自 \(day) 起,未核对", "authorised from \(day) on; not asked about")
            case .expired(let day): Label("授权已于 \(day) 到期,未核对", "authorised until \(day); not asked about")
            case .otherPerson:
                Label("授权书上的出生日期与申报不符,未核对", "the authorisation names somebody born on another day; not asked about")
            }
        }
    }

    /// What the member is to the head, with its number from 1.
    public let label: Label
    /// Whether registries may be asked.
    public let permission: Permission
}

/// One fact of a household or member beside what one registry says of it.
public struct VerifiedFact: Hashable, Sendable {
    /// How the two go together.
    public enum Outcome: String, Sendable, CaseIterable {
        /// 一致.
        case confirmed
        /// 不一致.
        case contradicted
        /// 未申报: the registry holds a value, and none was declared.
        case notDeclared = "not-declared"
        /// 查无或未查全: the registry does not know the person, or not all of the persons whose values make the sum.
        case notFound = "not-found"
        /// 未授权: nobody may be asked about.
        case notAuthorised = "not-authorised"

        /// What it is called.
        public var label: Label {
            switch self {
            case .confirmed: Label("一致", "confirmed")
            case .contradicted: Label("不一致", "contradicted")
            case .notDeclared: Label("未申报", "not declared")
            case .notFound: Label("查无或未查全", "not found, or not of all")
            case .notAuthorised: Label("未授权", "not authorised")
            }
        }
    }

    /// The fact.
    public let fact: Fact
    /// The place of the member it belongs to, from 0; nil for the household.
    public let member: Int?
    /// The place of the registry among those that were asked.
    public let source: Int
    /// How the two go together.
    public let outcome: Outcome
    /// What was declared; nil where nothing was.
    public let declared: Int64?
    /// What was found; nil where nothing was. A stated none is zero, "no" or the code `none`.
    public let found: Int64?
    /// Whether more may be found than that: not everybody could be asked about, or was known.
    public let isAtLeast: Bool
    /// The day on which it was so, the earliest of several; nil where that is not known.
    public let day: CalendarDate?
    /// How sure the registry is, 1 to 100, the least of several; nil where nothing was found.
    public let confidence: Int?
}

/// 未核对的数据: a kind of data that a department holds, of facts that the policy reads, and that was not asked.
public struct UnaskedData: Hashable, Sendable {
    /// The department.
    public let department: Department
    /// The kind of data.
    public let kind: Department.Kind
    /// The facts among those of the kind that it could have confirmed.
    public let facts: [Fact]

    /// What some departments were not asked of these facts.
    ///
    /// A registry speaks for the department whose name it bears; one of a department that is not among these, for any.
    static func all(
        of departments: [Department], readBy facts: Set<Fact>, askedOf sources: [any DataSource]
    ) -> [UnaskedData] {
        let names = Set(departments.map(\.label.chinese))
        return departments.flatMap { department in
            let asked = Set(
                sources.filter { $0.department == department.label.chinese || !names.contains($0.department) }
                    .flatMap(\.facts))
            return department.kinds.compactMap { kind in
                let open = kind.facts.filter { facts.contains($0) && !asked.contains($0) }
                return open.isEmpty ? nil : UnaskedData(department: department, kind: kind, facts: open)
            }
        }
    }
}

/// What a programme decides with what was declared, and with what was found in its place.
public struct VerifiedDecision: Sendable {
    /// One of the two.
    public struct Side: Hashable, Sendable {
        /// Whether the household is entitled.
        public let status: Status
        /// The sums of money of each period.
        public let totals: [PaymentPeriod: MoneyRange]

        init(_ determination: Determination) {
            status = determination.status
            totals = determination.totals
        }
    }

    /// The id of the programme.
    public let program: String
    /// What it is called.
    public let label: Label
    /// With what was declared.
    public let declared: Side
    /// With what was found.
    public let verified: Side

    /// Whether it makes a difference.
    public var isChanged: Bool { declared != verified }
}
