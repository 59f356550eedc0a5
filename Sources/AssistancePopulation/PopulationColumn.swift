import AssistanceCore

/// A fact of the population: its key, and the value that it stores of what was drawn; nil is unknown.
struct PopulationColumn<Row>: Sendable {
    let key: String
    let value: @Sendable (Row) -> Int64?

    init(_ key: String, _ value: @escaping @Sendable (Row) -> Int64?) {
        (self.key, self.value) = (key, value)
    }
}

/// What is known of the rows that are drawn. Facts of an owner that do not stand here are stated none where a file can say
/// so (no other income, no grant that runs), else unknown.
enum PopulationColumns {
    static let household: [PopulationColumn<Home>] = [
        .init("area") { $0.area == 0 ? nil : $0.area },
        .init("residence") { $0.residence.rawValue },
        .init("financial_assets") { $0.assets },
        .init("vehicles") { $0.vehicles },
        .init("vehicles_value") { $0.vehiclesValue },
        .init("homes") { $0.homes },
        .init("home_area") { $0.homeArea },
        .init("business_capital") { $0.capital },
        .init("employs_others") { $0.employsOthers ? 1 : 0 },
        .init("rigid_expenditure.total") { $0.rigid },
        .init("rigid_expenditure.medical") { $0.rigidMedical },
        .init("rigid_expenditure.school") { $0.rigidSchool },
        .init("rigid_expenditure.rehabilitation") { $0.rigidRehabilitation },
        .init("rigid_expenditure.disaster") { $0.rigidDisaster },
        .init("single_parent") { $0.isSingleParent ? 1 : 0 },
        .init("lone_elder") { $0.isLoneElder ? 1 : 0 },
        .init("heating") { $0.heating.rawValue },
        .init("heated_area") { $0.heating == .none ? 0 : max(2_400, $0.homeArea) },
        .init("area_kind") { _ in AreaKind.building.rawValue },
        .init("own_area") { $0.homeArea },
        .init("rent") { $0.rent },
        .init("home_kind") { $0.homeKind.rawValue },
        .init("house_danger") { $0.danger.rawValue },
        .init("repaired_on") { $0.repairedOn },
        .init("was_repaired") { $0.repairedOn == nil ? 0 : 1 },
        .init("winter_need") { $0.winterNeed ? 1 : 0 },
        .init("cause") { $0.cause.rawValue },
        .init("relief_kind") { home in
            let isUrgent = [.illness, .accident, .fire, .traffic].contains(home.cause)
            return (isUrgent ? ReliefKind.urgent : .expenditure).rawValue
        },
        .init("severity") { $0.severity.rawValue },
        .init("self_paid") { $0.rigid },
        .init("emergency_loss") { $0.emergencyLoss },
        .init("hurt") { $0.hurt },
        .init("applications_this_year") { $0.applications },
        .init("unmet_needs") { $0.needs },
    ]

    static let member: [PopulationColumn<Person>] = [
        .init("birth") { $0.birth },
        .init("sex") { $0.sex.rawValue },
        .init("relation") { $0.relation.rawValue },
        .init("marriage") { $0.marriage.rawValue },
        .init("lives_with_family") { _ in 1 },
        .init("hukou") { $0.residence.rawValue },
        .init("disability_kind") { $0.disabilityKind.rawValue },
        .init("disability_grade") { $0.disabilityGrade },
        .init("illness") { $0.illness },
        .init("self_care") { person in
            (person.tasksFailed == 0 ? SelfCare.able : person.tasksFailed < 4 ? .partial : .unable).rawValue
        },
        .init("tasks_failed") { $0.tasksFailed },
        .init("mode") { _ in SupportMode.dispersed.rawValue },
        .init("own_wages") { $0.wages + $0.business > 0 ? 1 : 0 },
        .init("can_work") { $0.canWork ? 1 : 0 },
        .init("works") { $0.job == .none ? 0 : 1 },
        .init("refusals") { $0.refusals },
        .init("study") { $0.study.rawValue },
        .init("study_full_time") { $0.study == .none ? 0 : 1 },
        .init("boards") { $0.boards ? 1 : 0 },
        .init("grade") { $0.grade },
        .init("entered") { $0.entered },
        .init("school_area") { $0.schoolArea },
        .init("fees") { $0.fees },
        .init("graduating") { $0.graduates ? 1 : 0 },
        .init("job_kind") { $0.job.rawValue },
        .init("registered_unemployed_since") { $0.unemployedSince },
        .init("months_on_post") { $0.monthsOnPost },
        .init("retires_on") { $0.retiresOn },
        .init("contribution") { $0.contribution },
        .init("plan") { $0.plan.rawValue },
        .init("premium") { $0.plan == .resident ? 40_000 : 0 },
        .init("cost_total") { $0.inScope + $0.inScope / 8 },
        .init("cost_in_scope") { $0.inScope },
        .init("basic_paid") { $0.basicPaid },
        .init("major_paid") { $0.majorPaid },
        .init("illness_listed") { $0.illnessListed ? 1 : 0 },
        .init("monitored") { $0.isMonitored ? 1 : 0 },
        .init("veteran") { $0.isVeteran ? 1 : 0 },
        .init("civil_capacity") { $0.civilCapacity.rawValue },
        .init("orphan") { $0.orphan.rawValue },
        .init("poverty_register") { $0.isOnPovertyRegister ? 1 : 0 },
        .init("income.wages") { $0.wages },
        .init("income.business") { $0.business },
        .init("income.property") { $0.property },
        .init("income.pension") { $0.pension },
        .init("income.basic_pension") { $0.basicPension },
        .init("income.maintenance_received") { $0.maintenance },
        .init("income.farm_subsidy") { $0.farmSubsidy },
        .init("income.old_age_allowance") { $0.oldAgeAllowance },
        .init("income.disability_allowances") { $0.disabilityAllowances },
        .init("income.veteran_compensation") { $0.veteranCompensation },
        .init("income.scholarship") { $0.scholarship },
        .init("income.other_transfer") { $0.otherTransfer },
    ]

    static let obligor: [PopulationColumn<Obligor>] = [
        .init("per_capita_income") { $0.income },
        .init("supports") { $0.supports },
        .init("children") { $0.children },
        .init("able") { $0.able.rawValue },
        .init("age") { $0.age },
        .init("standing") { _ in ObligorStanding.none.rawValue },
        .init("whereabouts") { _ in Whereabouts.known.rawValue },
        .init("property_within") { $0.able == .unable ? 1 : 0 },
    ]

    static let plot: [PopulationColumn<Plot>] = [
        .init("mu") { $0.mu },
        .init("use") { $0.use.rawValue },
        .init("crop") { $0.crop.rawValue },
    ]

    static let bill: [PopulationColumn<Bill>] = [
        .init("kind") { $0.kind.rawValue },
        .init("hospital_level") { $0.level.rawValue },
        .init("referred") { $0.isReferred ? 1 : 0 },
        .init("in_scope") { $0.inScope },
        .init("disease") { $0.disease.rawValue },
        .init("from") { $0.from },
        .init("until") { $0.until },
    ]

    static let loss: [PopulationColumn<Loss>] = [
        .init("event") { $0.event.rawValue },
        .init("relocated") { $0.isRelocated ? 1 : 0 },
        .init("days") { $0.days },
        .init("damage") { $0.damage.rawValue },
        .init("dwelling") { ($0.damage == .none ? Dwelling.none : .livedIn).rawValue },
        .init("persons") { $0.persons },
        .init("rooms") { $0.rooms },
        .init("only_home") { _ in 1 },
        .init("dead") { $0.dead },
        .init("missing") { _ in 0 },
        .init("drought_need") { $0.hasDroughtNeed ? 1 : 0 },
    ]

    /// Groups of which nothing is stated: no grant runs, and no officer has decided anything.
    static let unstated: Set<String> = ["running", "decided"]
}
