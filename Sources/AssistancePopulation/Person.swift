import AssistanceCore

/// A person who is drawn. Money is in fen, as facts store it; a year's unless it says otherwise.
struct Person {
    var relation = Relation.head
    var sex = Sex.female
    var age: Int64 = 0
    var birth: Int64 = 0
    var marriage = Marriage.single
    var residence = Residence.urban
    var orphan = Orphan.none

    var disabilityKind = DisabilityKind.none
    var disabilityGrade: Int64 = 0
    var illness: Int64 = 0
    var tasksFailed: Int64 = 0
    var civilCapacity = CivilCapacity.full

    var study = Study.none
    var grade: Int64 = 0
    var boards = false
    var entered: Int64?
    var schoolArea: Int64?
    var fees: Int64 = 0
    var graduates = false

    var canWork = false
    var job = JobKind.none
    var refusals: Int64 = 0
    var unemployedSince: Int64?
    var monthsOnPost: Int64 = 0
    var retiresOn: Int64?
    var contribution: Int64 = 0

    var plan = InsurancePlan.resident
    var inScope: Int64 = 0
    var basicPaid: Int64 = 0
    var majorPaid: Int64 = 0
    var illnessListed = false

    var isVeteran = false
    var isMonitored = false
    var isOnPovertyRegister = false

    var wages: Int64 = 0
    var business: Int64 = 0
    var property: Int64 = 0
    var pension: Int64 = 0
    var basicPension: Int64 = 0
    var maintenance: Int64 = 0
    var farmSubsidy: Int64 = 0
    var oldAgeAllowance: Int64 = 0
    var disabilityAllowances: Int64 = 0
    var veteranCompensation: Int64 = 0
    var scholarship: Int64 = 0
    var otherTransfer: Int64 = 0

    /// What the insurances leave of the cost in scope.
    var selfPaid: Int64 { inScope - basicPaid - majorPaid }
    /// 重度残疾: grade 1 or 2, or 3 of the mind.
    var isSeverelyDisabled: Bool {
        disabilityGrade == 1 || disabilityGrade == 2
            || (disabilityGrade == 3 && (disabilityKind == .intellectual || disabilityKind == .mental))
    }
}

/// What is drawn of the home, and of the household as a whole.
struct Home {
    var area: Int64 = 0
    var residence = Residence.urban
    /// What the household earns, in per cent of what such a household earns.
    var means: Int64 = 100

    var assets: Int64 = 0
    var vehicles: Int64 = 0
    var vehiclesValue: Int64 = 0
    var homes: Int64 = 0
    var homeArea: Int64 = 0
    var capital: Int64 = 0
    var employsOthers = false

    var homeKind = HomeKind.owned
    var rent: Int64 = 0
    var danger = HouseDanger.a
    var repairedOn: Int64?
    var heating = Heating.network

    var rigidMedical: Int64 = 0
    var rigidSchool: Int64 = 0
    var rigidRehabilitation: Int64 = 0
    var rigidDisaster: Int64 = 0
    var isSingleParent = false
    var isLoneElder = false

    var cause = Cause.living
    var severity = Severity.light
    var emergencyLoss: Int64 = 0
    var hurt: Int64 = 0
    var applications: Int64 = 0
    var winterNeed = false
    var needs: Int64 = 0

    /// The necessary expenditure that the household bore itself.
    var rigid: Int64 { rigidMedical + rigidSchool + rigidRehabilitation + rigidDisaster }
}

/// An obligor who is drawn.
struct Obligor {
    var income: Int64 = 0
    var supports: Int64 = 1
    var children: Int64 = 1
    var able = Able.able
    var age: Int64 = 0
}

/// A plot that is drawn.
struct Plot {
    var mu: Int64 = 0
    var use = LandUse.own
    var crop = Crop.other
}

/// A treatment that is drawn.
struct Bill {
    var kind = BillKind.inpatient
    var level = HospitalLevel.two
    var isReferred = true
    var inScope: Int64 = 0
    var disease = Disease.none
    var from: Int64 = 0
    var until: Int64 = 0
}

/// What a disaster did.
struct Loss {
    var event = Disaster.flood
    var isRelocated = false
    var days: Int64 = 0
    var damage = Damage.none
    var rooms: Int64 = 0
    var persons: Int64 = 0
    var dead: Int64 = 0
    var hasDroughtNeed = false
}
