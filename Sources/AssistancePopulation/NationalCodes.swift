// The codes that are drawn, in the order of the nation's lists: a raw value is what a fact stores. Places only add codes
// after these, so that the values hold under every policy; a test compares them with the lists.

enum Residence: Int64, CaseIterable { case urban, rural }

enum Sex: Int64, CaseIterable { case unknown, male, female }

enum Marriage: Int64, CaseIterable { case single, married, widowed, divorced, unstated }

enum Relation: Int64, CaseIterable {
    case myself, head, spouse, child, childInLaw, grandchild, parent, parentInLaw, grandparent, sibling, relative,
        unrelated
}

enum DisabilityKind: Int64, CaseIterable {
    case none, vision, hearing, speech, limb, intellectual, mental, multiple
}

/// Bits of a set of codes.
enum Illness: Int64, CaseIterable { case serious, chronic, other }

enum SelfCare: Int64, CaseIterable { case able, partial, unable }

enum SupportMode: Int64, CaseIterable { case dispersed, institutional }

enum Study: Int64, CaseIterable {
    case none, preschool, primary, junior, senior, vocational, college, bachelor, postgraduate
}

enum Orphan: Int64, CaseIterable { case none, dispersed, institutional, deFacto }

enum JobKind: Int64, CaseIterable { case none, employed, flexible, itself, post }

enum InsurancePlan: Int64, CaseIterable { case none, resident, employee }

enum CivilCapacity: Int64, CaseIterable { case full, limited, none }

enum Heating: Int64, CaseIterable { case network, stove, electric, gas, none }

enum AreaKind: Int64, CaseIterable { case use, building }

enum HomeKind: Int64, CaseIterable { case owned, rented, `public`, borrowed, none }

enum HouseDanger: Int64, CaseIterable { case a, b, c, d }

enum Cause: Int64, CaseIterable { case illness, accident, fire, traffic, school, living, other }

enum ReliefKind: Int64, CaseIterable { case urgent, expenditure }

enum Severity: Int64, CaseIterable { case light, moderate, severe, extreme }

/// Bits of a set of codes.
enum Need: Int64, CaseIterable { case living, medical, school, care, housing, work, company, legal }

enum Able: Int64, CaseIterable { case able, unable }

enum ObligorStanding: Int64, CaseIterable { case none, lowIncome, edge, specialPoverty }

enum Whereabouts: Int64, CaseIterable { case known, missing, prison }

enum LandUse: Int64, CaseIterable { case own, contracted, `let` }

enum Crop: Int64, CaseIterable { case none, soybean, corn, riceSurface, riceGround, other }

enum BillKind: Int64, CaseIterable { case inpatient, outpatient, specialDisease, emergency }

enum HospitalLevel: Int64, CaseIterable { case one, two, three }

enum Disease: Int64, CaseIterable {
    case none, oesophagealCancer, stomachCancer, colonCancer, rectalCancer, renalFailure, childLeukaemia, childHeart
}

enum Disaster: Int64, CaseIterable { case flood, typhoon, earthquake, snow, drought, hail, landslide, fire, other }

enum Damage: Int64, CaseIterable { case none, light, moderate, severe, collapsed }

enum Dwelling: Int64, CaseIterable { case none, livedIn, vacant, annex, temporary }
