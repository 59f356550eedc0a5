import AssistanceCore

/// Households while they are drawn: flat lists of each owner's rows, in order.
struct Draft {
    let areas: [DivisionCode]
    let seed: UInt64
    /// The day whose population it is, in days since 1970-01-01.
    let day: Int64
    /// Its year.
    let year: Int

    var homes: [Home] = []
    var persons: [Person] = []
    var obligors: [Obligor] = []
    var plots: [Plot] = []
    var bills: [Bill] = []
    var losses: [Loss] = []
    /// For each home and person where its entries end.
    var personsEnd: [Int] = []
    var plotsEnd: [Int] = []
    var lossesEnd: [Int] = []
    var obligorsEnd: [Int] = []
    var billsEnd: [Int] = []

    init(_ areas: [DivisionCode], seed: UInt64, on date: CalendarDate) {
        (self.areas, self.seed) = (areas, seed)
        day = Int64(date.days)
        year = date.year
    }

    /// Draws one household; always the same one of this number.
    mutating func add(household number: Int) {
        var random = SplitMix(seed: seed, household: number)
        var home = Home()
        home.area = areas.isEmpty ? 0 : areas[Int(random.below(Int64(areas.count)))].number
        home.residence = random.chance(Margins.urban) ? .urban : .rural
        home.means = random.of(random.one(of: Margins.means))
        let first = persons.count
        addPersons(home, &random)
        for place in first..<persons.count {
            var person = persons[place]
            person.residence = home.residence
            draw(&person, home, &random)
            persons[place] = person
        }
        complete(&home, first..<persons.count, &random)
        homes.append(home)
        personsEnd.append(persons.count)
        plotsEnd.append(plots.count)
        lossesEnd.append(losses.count)
    }

    // MARK: Who lives together

    private mutating func addPersons(_ home: Home, _ random: inout SplitMix) {
        let size = random.one(of: Margins.size)
        let ages =
            switch size {
            case 1: Margins.headOfOne
            case 2: Margins.headOfTwo
            default: Margins.headOfMore
            }
        let age = random.of(random.one(of: ages))
        let sex: Sex = random.chance(680) ? .male : .female
        let first = persons.count
        append(.head, age, sex, .single, &random)
        guard size > 1 else {
            persons[first].marriage = alone(age, &random)
            return
        }
        let isSingleParent = random.chance(size == 2 ? Margins.singleParentOfTwo : Margins.singleParentOfMore)
        if size == 2, !isSingleParent, random.chance(Margins.parentOfTwo), age < 66 {
            persons[first].marriage = alone(age, &random)
            return append(.parent, parent(of: age, &random), random.chance(350) ? .male : .female, .widowed, &random)
        }
        var left = size - 1
        if isSingleParent {
            persons[first].marriage = random.chance(600) ? .divorced : .widowed
        } else {
            persons[first].marriage = .married
            append(.spouse, max(22, age + random.of(-4...3)), sex == .male ? .female : .male, .married, &random)
            left -= 1
        }
        var parents = size > 3 && age < 66 ? (size > 5 ? min(2, left) : random.chance(450) ? 1 : 0) : 0
        left -= parents
        let oldest = max(0, min(Margins.oldestChild, age - 21))
        while left > 0 {
            append(.child, random.of(0...oldest), random.chance(515) ? .male : .female, .single, &random)
            left -= 1
        }
        while parents > 0 {
            append(
                .parent, parent(of: age, &random), parents == 2 ? .male : .female, parents == 2 ? .married : .widowed,
                &random)
            parents -= 1
        }
    }

    private func alone(_ age: Int64, _ random: inout SplitMix) -> Marriage {
        if age >= 60 { return random.chance(780) ? .widowed : .single }
        return random.chance(age < 35 ? 80 : 550) ? .divorced : .single
    }

    private func parent(of age: Int64, _ random: inout SplitMix) -> Int64 { min(98, age + random.of(22...32)) }

    private mutating func append(
        _ relation: Relation, _ age: Int64, _ sex: Sex, _ marriage: Marriage, _ random: inout SplitMix
    ) {
        var person = Person()
        (person.relation, person.age, person.sex, person.marriage) = (relation, age, sex, marriage)
        // 365.2425 days a year, so that nobody is older than was drawn.
        person.birth = day - age * 1461 / 4 - random.of(1...364)
        persons.append(person)
    }

    /// The margin of an age: children, of working age, 60 and more.
    private func byAge(_ shares: [Int64], _ age: Int64) -> Int64 {
        let place = age < 18 ? 0 : age < 60 ? 1 : 2
        return shares.indices.contains(place) ? shares[place] : 0
    }

    // MARK: One person

    private mutating func draw(_ person: inout Person, _ home: Home, _ random: inout SplitMix) {
        drawHealth(&person, &random)
        drawStudy(&person, home, &random)
        drawWork(&person, home, &random)
        drawTransfers(&person, home, &random)
        drawTreatment(&person, &random)
        drawObligors(of: person, home, &random)
        obligorsEnd.append(obligors.count)
        billsEnd.append(bills.count)
    }

    private func drawHealth(_ person: inout Person, _ random: inout SplitMix) {
        if random.chance(byAge(Margins.disabled, person.age)) {
            person.disabilityKind = random.one(of: Margins.disabilityKind)
            person.disabilityGrade = random.one(of: Margins.disabilityGrade)
        }
        if random.chance(byAge(Margins.seriouslyIll, person.age)) { person.illness |= 1 << Illness.serious.rawValue }
        if random.chance(byAge(Margins.chronicallyIll, person.age)) { person.illness |= 1 << Illness.chronic.rawValue }
        person.illnessListed = person.illness & 1 << Illness.serious.rawValue != 0
        if person.isSeverelyDisabled || person.age >= 80 { person.tasksFailed = random.one(of: Margins.tasksOfFrail) }
        let isOfTheMind = person.disabilityKind == .intellectual || person.disabilityKind == .mental
        person.civilCapacity =
            person.age < 8 || (isOfTheMind && person.disabilityGrade == 1)
            ? .none : person.age < 18 || (isOfTheMind && person.disabilityGrade == 2) ? .limited : .full
    }

    private func drawStudy(_ person: inout Person, _ home: Home, _ random: inout SplitMix) {
        let age = person.age
        let start: Int64
        switch age {
        case 3...5: (person.study, start) = (random.chance(Margins.preschool) ? .preschool : .none, 3)
        case 6...11: (person.study, start) = (.primary, 6)
        case 12...14: (person.study, start) = (.junior, 12)
        case 15...17: (person.study, start) = (random.one(of: Margins.upperSecondary), 15)
        case 18...21 where person.relation == .child:
            person.study = random.one(of: Margins.higher)
            start = 18
            // A college takes three years.
            if person.study == .college, age == 21 { person.study = .none }
        case 22...24 where person.relation == .child:
            (person.study, start) = (random.chance(Margins.postgraduate) ? .postgraduate : .none, 22)
        default: return
        }
        guard person.study != .none else { return }
        person.schoolArea = home.area == 0 ? nil : home.area
        person.grade = age - start + 1
        person.boards = random.chance(Margins.boards(person.study))
        person.fees = 100 * random.of(Margins.fees(person.study))
        person.entered = CalendarDate(year: year - Int(person.grade), month: 9, day: 1).map { Int64($0.days) }
        let years: Int64 = person.study == .primary ? 6 : person.study == .bachelor ? 4 : 3
        person.graduates = person.grade == years
    }

    private func drawWork(_ person: inout Person, _ home: Home, _ random: inout SplitMix) {
        guard person.age >= 16, person.age < 60, person.study == .none else { return }
        let isSick = person.illness & 1 << Illness.serious.rawValue != 0
        person.canWork = !person.isSeverelyDisabled && !(isSick && random.chance(600))
        person.retiresOn = person.birth + (person.sex == .male ? 63 : 57) * 1461 / 4
        guard person.canWork else { return }
        let isTown = home.residence == .urban
        guard random.chance(isTown ? Margins.worksInTown : Margins.worksInCountry) else {
            if random.chance(Margins.registeredUnemployed) { person.unemployedSince = day - random.of(30...900) }
            if random.chance(Margins.refusedThrice) { person.refusals = 3 }
            return
        }
        person.job = random.one(of: isTown ? Margins.jobOfTown : Margins.jobOfCountry)
        let middle = isTown ? Margins.wagesOfTown : Margins.wagesOfCountry
        // The middle in yuan, times a per cent, is fen.
        let income = middle * home.means / 100 * random.of(60...140)
        switch person.job {
        case .itself: person.business = income
        case .post: (person.wages, person.monthsOnPost) = (2_000_000 + random.of(0...400_000), random.of(1...36))
        default: person.wages = income
        }
        // Social insurance of the person: about a tenth of the wages, a month's part.
        if person.job == .employed || person.job == .flexible { person.contribution = person.wages / 120 }
    }

    private func drawTransfers(_ person: inout Person, _ home: Home, _ random: inout SplitMix) {
        let isTown = home.residence == .urban
        if person.age >= 60 {
            if isTown, random.chance(Margins.pensioner) {
                person.pension = Margins.pension * min(180, max(50, home.means)) / 100 * random.of(60...140)
            } else {
                person.basicPension = 100 * random.of(Margins.basicPension)
            }
            if random.chance(Margins.maintenance) { person.maintenance = 100 * random.of(1_200...12_000) }
        }
        if person.age >= 80 { person.oldAgeAllowance = 120_000 }
        if person.isSeverelyDisabled, home.means < 50 { person.disabilityAllowances = 120_000 }
        if person.age >= 20, random.chance(Margins.veteran) {
            person.isVeteran = true
            person.veteranCompensation = 100 * random.of(3_000...12_000)
        }
        if person.relation == .head {
            if !isTown, random.chance(600) { person.farmSubsidy = 100 * random.of(Margins.farmSubsidy) }
            if home.means > 90, random.chance(Margins.propertyIncome) {
                person.property = 100 * random.of(500...24_000)
            }
            if random.chance(60) { person.otherTransfer = 100 * random.of(200...3_000) }
        }
        if person.study != .none, person.age >= 15, random.chance(100) {
            person.scholarship = 100 * random.of(800...4_000)
        }
        if !isTown, home.means < 60 {
            person.isOnPovertyRegister = random.chance(Margins.povertyRegister * 4)
            person.isMonitored = random.chance(Margins.monitored * 4)
        }
    }

    private mutating func drawTreatment(_ person: inout Person, _ random: inout SplitMix) {
        person.plan = person.job == .employed || person.pension > 0 ? .employee : random.chance(965) ? .resident : .none
        let isSerious = person.illness & 1 << Illness.serious.rawValue != 0
        let kind = isSerious ? 0 : person.illness != 0 ? 1 : 2
        guard random.chance(Margins.treated[kind]) else { return }
        let cost = 100 * random.of(random.one(of: isSerious ? Margins.costOfSerious : Margins.costOfOther))
        person.inScope = cost
        let isInsured = person.plan != .none
        // Beyond 500 yuan the basic insurance bears 65 or 80 per cent, beyond 14,000 the major-illness insurance 60.
        if isInsured { person.basicPaid = max(0, cost - 50_000) * (person.plan == .employee ? 80 : 65) / 100 }
        if isInsured { person.majorPaid = max(0, cost - person.basicPaid - 1_400_000) * 60 / 100 }
        let count = cost > 1_000_000 && random.chance(400) ? 2 : 1
        var left = cost
        for number in 1...count {
            var bill = Bill()
            bill.inScope = number == count ? left : left * random.of(30...70) / 100
            left -= bill.inScope
            bill.kind =
                bill.inScope > 200_000
                ? .inpatient : person.illness != 0 && random.chance(500) ? .specialDisease : .outpatient
            bill.level = random.one(of: Margins.hospital)
            bill.isReferred = !random.chance(Margins.outOfOrder)
            if isSerious { bill.disease = random.one(of: Margins.disease) }
            // Within the year before the day.
            bill.from = day - random.of(20...340)
            bill.until = bill.kind == .inpatient ? bill.from + random.of(3...19) : bill.from
            bills.append(bill)
        }
    }

    /// Children elsewhere, whom a person of 60 and more has.
    private mutating func drawObligors(of person: Person, _ home: Home, _ random: inout SplitMix) {
        guard person.age >= 60, person.relation != .parent, person.marriage != .single else { return }
        let count = random.one(of: Margins.childrenElsewhere)
        for _ in 0..<count {
            var obligor = Obligor()
            obligor.age = min(70, max(18, person.age - random.of(22...32)))
            obligor.income = 100 * random.of(random.one(of: Margins.incomeOfObligors))
            obligor.supports = random.of(1...4)
            obligor.children = count
            obligor.able = obligor.income < 60_000 ? .unable : .able
            obligors.append(obligor)
        }
    }

    // MARK: The household as a whole

    private mutating func complete(_ home: inout Home, _ members: Range<Int>, _ random: inout SplitMix) {
        let isTown = home.residence == .urban
        // A copy of these alone: a slice would have all persons copied when one of them changes.
        let people = Array(persons[members])
        let count = Int64(people.count)
        drawProperty(&home, count, &random)
        home.heating = random.one(of: isTown ? Margins.heatingOfTown : Margins.heatingOfCountry)

        let children = people.contains { $0.relation == .child && $0.age < 18 }
        home.isSingleParent = children && !people.contains { $0.relation == .spouse }
        home.isLoneElder = count == 1 && people.allSatisfy { $0.age >= 60 }
        home.rigidMedical = people.reduce(0) { $0 + $1.selfPaid }
        home.rigidSchool = people.reduce(0) { $0 + $1.fees }
        if people.contains(where: { $0.disabilityGrade > 0 }), random.chance(120) {
            home.rigidRehabilitation = 100 * random.of(500...8_000)
        }
        drawPlots(home, members.lowerBound, &random)
        drawMisfortune(&home, count, &random)
        if home.means < 50 {
            if random.chance(80) { home.needs |= 1 << Need.living.rawValue }
            if home.rigidMedical > 1_000_000 { home.needs |= 1 << Need.medical.rawValue }
            if children, random.chance(100) { home.needs |= 1 << Need.school.rawValue }
        }
        if home.isLoneElder, random.chance(150) { home.needs |= 1 << Need.company.rawValue }
        if people.contains(where: { $0.tasksFailed >= 3 }) { home.needs |= 1 << Need.care.rawValue }
    }

    private func drawProperty(_ home: inout Home, _ count: Int64, _ random: inout SplitMix) {
        let isTown = home.residence == .urban
        home.homeKind = random.one(of: isTown ? Margins.homeOfTown : Margins.homeOfCountry)
        home.danger = random.one(of: isTown ? Margins.dangerOfTown : Margins.dangerOfCountry)
        if home.homeKind == .owned {
            home.homes = home.means > 120 && random.chance(Margins.secondHome) ? 2 : 1
            home.homeArea = 100 * (random.of(24...60) + 14 * count)
        }
        if home.homeKind == .rented { home.rent = 100 * random.of(isTown ? 300...2_400 : 100...600) }
        if !isTown, random.chance(Margins.repaired) { home.repairedOn = day - random.of(200...6_000) }
        // Per cent of the middle, times yuan, is fen.
        home.assets = home.means * random.of(random.one(of: Margins.assets))
        if home.means > 50, random.chance(Margins.car) {
            home.vehicles = 1
            home.vehiclesValue = home.means * random.of(20_000...90_000)
        }
        if home.means > 90, random.chance(Margins.registeredBusiness) {
            home.capital = 100 * random.of(30_000...500_000)
            home.employsOthers = random.chance(400)
        }
    }

    /// Land, and what it brings to the head of the household.
    private mutating func drawPlots(_ home: Home, _ head: Int, _ random: inout SplitMix) {
        guard home.residence == .rural, random.chance(Margins.plot) else { return }
        let plot = Plot(
            mu: 10 * random.of(Margins.mu), use: random.one(of: Margins.landUse), crop: random.one(of: Margins.crop))
        plots.append(plot)
        // Hundredths of a mu times yuan are fen.
        if plot.use == .let {
            persons[head].property += plot.mu * random.of(Margins.lease)
        } else {
            persons[head].business += plot.mu * random.of(Margins.yield)
        }
    }

    private mutating func drawMisfortune(_ home: inout Home, _ count: Int64, _ random: inout SplitMix) {
        if random.chance(home.residence == .urban ? Margins.disasterOfTown : Margins.disasterOfCountry) {
            var loss = Loss()
            loss.event = random.one(of: Margins.disaster)
            loss.hasDroughtNeed = loss.event == .drought && random.chance(500)
            if loss.event != .drought { loss.damage = random.one(of: Margins.damage) }
            if loss.damage != .none { loss.rooms = random.of(1...5) }
            loss.isRelocated = loss.damage == .severe || loss.damage == .collapsed
            if loss.damage != .none || loss.hasDroughtNeed { loss.persons = count }
            if loss.isRelocated { loss.days = 100 * random.of(10...180) }
            if loss.isRelocated, random.chance(20) { loss.dead = 1 }
            if loss.damage != .none { home.rigidDisaster = 100 * random.of(500...20_000) }
            home.winterNeed = random.chance(300)
            losses.append(loss)
        }
        guard random.chance(Margins.hardship) else { return }
        home.cause = random.one(of: Margins.cause)
        home.severity = random.one(of: Margins.severity)
        if random.chance(80) { home.applications = 1 }
        switch home.cause {
        case .accident, .fire, .traffic:
            home.emergencyLoss = 100 * random.of(1_000...80_000)
            if home.cause != .fire { home.hurt = 1 }
        default: break
        }
    }
}
