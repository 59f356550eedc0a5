import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Synchronization

/// The decisions about some households in the hands of callers.
///
/// Status and sums were computed when it was made; all else is when it is asked for, and kept.
final class ResultObject: HandleObject {
    static let tag: UInt64 = 0x4A5A_5245_5355_4C54  // JZRESULT
    static let kind = "result"

    let households: PlacedHouseholds
    private let ids: [CText?]
    private let decisions: [AreaDecisions]
    /// For each household its place among the decisions of its area; nil where all are of one area.
    private let rows: [Int]?
    private let details = Mutex(Details())

    /// What was asked for.
    private struct Details {
        var assessors: [Int: Assessor] = [:]
        var households: [Int: HouseholdDetails] = [:]
    }

    init(_ households: PlacedHouseholds) {
        self.households = households
        ids = households.file.households.map { $0.id.map { CText($0) } }
        guard households.deciders.count > 1 else {
            rows = nil
            decisions = households.deciders.map { $0.decide(households.file.batch, households.policy.idle) }
            return
        }
        var members = [[Int]](repeating: [], count: households.deciders.count)
        rows = households.places.enumerated().map { household, place in
            members[place].append(household)
            return members[place].count - 1
        }
        decisions = zip(households.deciders, members).map {
            $0.decide(households.file.batch.households($1), households.policy.idle)
        }
    }

    var count: Int { ids.count }

    // MARK: What was decided

    /// A programme of a household.
    struct Program {
        let household: Int
        let place: Int
        let decider: AreaDecider
        let decisions: AreaDecisions
        let row: Int

        var texts: PlanTexts { decider.plans[place] }
        var status: Int32 { decisions.status(place, row) }
        var totals: [PaymentPeriod: MoneyRange] { decider.totals(place, row, decisions) }
    }

    /// What decides a household.
    func decider(_ household: Int) throws(Failure) -> AreaDecider {
        guard households.places.indices.contains(household) else { throw Failure.index("household", household, count) }
        return households.deciders[households.places[household]]
    }

    func info(_ household: Int) throws(Failure) -> jz_household_info {
        let decider = try decider(household)
        var info = jz_household_info()
        info.program_count = UInt32(clamping: decider.plans.count)
        info.id = ids[household]?.view ?? .empty
        info.area = decider.area.view
        return info
    }

    func program(_ household: Int, _ place: Int) throws(Failure) -> Program {
        let decider = try decider(household)
        guard decider.plans.indices.contains(place) else {
            throw Failure.index("program", place, decider.plans.count)
        }
        return Program(
            household: household, place: place, decider: decider,
            decisions: decisions[households.places[household]], row: rows?[household] ?? household)
    }

    /// What a programme gives.
    func benefits(_ program: Program) -> [GivenBenefit] {
        guard program.status != JZ_INELIGIBLE else { return [] }
        if program.texts.isDetailed { return details(program).benefits }
        return program.texts.benefits.enumerated().compactMap { place, texts in
            let sum = program.decisions.sum(program.texts.firstSum + place, program.row)
            return sum.most > .zero ? GivenBenefit(texts: texts, sum: sum) : nil
        }
    }

    /// What the columns do not tell of a programme.
    func details(_ program: Program) -> ProgramDetails {
        details.withLock { kept in
            if let known = kept.households[program.household] { return known.programs[program.place] }
            let place = households.places[program.household]
            let assessor = kept.assessors[place] ?? households.assessor(place)
            kept.assessors[place] = assessor
            let made = HouseholdDetails(
                households.assess(program.household, by: assessor, explain: false), program.decider)
            kept.households[program.household] = made
            return made.programs[program.place]
        }
    }
}

/// A benefit that is or may be more than nothing, or that exclusions took.
struct GivenBenefit: Sendable {
    let texts: BenefitTexts
    let sum: MoneyRange
}

/// What is said of a household beyond status and sums.
final class HouseholdDetails: Sendable {
    let programs: [ProgramDetails]

    init(_ assessment: Assessment, _ decider: AreaDecider) {
        programs = zip(assessment.determinations, decider.plans).map(ProgramDetails.init)
    }
}

/// The same of one programme.
struct ProgramDetails: Sendable {
    let benefits: [GivenBenefit]
    let missing: [MissingTexts]
    let reasons: [ReasonTexts]

    init(_ determination: Determination, _ plan: PlanTexts) {
        var rest = determination.benefits[...]
        benefits = plan.benefits.compactMap { texts in
            guard let next = rest.first, next.id == texts.name else { return nil }
            rest.removeFirst()
            return GivenBenefit(texts: texts, sum: next.amount)
        }
        missing = determination.missing.map(MissingTexts.init)
        reasons = determination.reasons.map(ReasonTexts.init)
    }
}

/// Something missing as callers see it.
struct MissingTexts: Sendable {
    private let missing: Missing
    private let path: CText
    private let label: LabelTexts

    init(_ missing: Missing) {
        self.missing = missing
        path = CText(missing.path)
        label = LabelTexts(missing.label)
    }

    var info: jz_missing_info {
        var info = jz_missing_info()
        info.fact = missing.fact.map { jz_fact(clamping: $0) } ?? -1
        info.owner = missing.owner.map { Int32($0.rawValue) } ?? -1
        info.row = UInt64(clamping: missing.row ?? 0)
        info.path = path.view
        (info.label_zh, info.label_en) = (label.chinese.view, label.english.view)
        return info
    }
}

/// A reason as callers see it.
struct ReasonTexts: Sendable {
    private let member: Int32
    private let id: CText
    private let label: LabelTexts
    private let distance: LabelTexts
    private let citation: CText

    init(_ reason: Reason) {
        member = reason.member.map { Int32(clamping: $0) } ?? -1
        id = CText(reason.id)
        label = LabelTexts(reason.label)
        distance = LabelTexts(reason.distance ?? Label("", ""))
        citation = CText(reason.citation?.text ?? "")
    }

    var info: jz_reason_info {
        var info = jz_reason_info()
        info.member = member
        info.id = id.view
        (info.label_zh, info.label_en) = (label.chinese.view, label.english.view)
        (info.distance_zh, info.distance_en) = (distance.chinese.view, distance.english.view)
        info.citation = citation.view
        return info
    }
}

extension Failure {
    /// An index beyond the end.
    fileprivate static func index(_ name: String, _ index: Int, _ count: Int) -> Failure {
        // A size that is no `Int` comes as one below zero.
        Failure(JZ_E_INDEX, "\(name) is \(UInt(bitPattern: index)), and there are \(count), from 0")
    }
}

extension PaymentPeriod {
    /// Its number.
    fileprivate var number: Int32 {
        switch self {
        case .monthly: JZ_MONTHLY
        case .yearly: JZ_YEARLY
        case .once: JZ_ONCE
        }
    }
}

// MARK: The functions

@_cdecl("jz_assess") @implementation
public func jz_assess(
    _ policy: OpaquePointer?, _ builder: OpaquePointer?, _ options: UnsafePointer<jz_assess_options>?,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let builder: BuilderObject = try Handle.object(builder)
        let options = try AssessOptions(options)
        return ResultObject(try PlacedHouseholds(try builder.households(on: options.date), policy, options))
    }
}

@_cdecl("jz_result_free") @implementation
public func jz_result_free(_ result: OpaquePointer?) { Handle.free(result, ResultObject.self) }

@_cdecl("jz_result_count") @implementation
public func jz_result_count(_ result: OpaquePointer?) -> Int { Handle.existing(result, ResultObject.self)?.count ?? 0 }

@_cdecl("jz_result_household") @implementation
public func jz_result_household(
    _ result: OpaquePointer?, _ household: Int, _ out: UnsafeMutablePointer<jz_household_info>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        try Argument.write(try result.info(household), to: out)
    }
}

@_cdecl("jz_result_program") @implementation
public func jz_result_program(
    _ result: OpaquePointer?, _ household: Int, _ program: Int, _ out: UnsafeMutablePointer<jz_program_info>?,
    _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        let program = try result.program(household, program)
        var info = jz_program_info()
        info.status = program.status
        info.id = program.texts.id.view
        (info.label_zh, info.label_en) = (program.texts.label.chinese.view, program.texts.label.english.view)
        info.benefit_count = UInt32(clamping: result.benefits(program).count)
        let totals = program.totals
        func sum(_ period: PaymentPeriod) -> MoneyRange { totals[period] ?? MoneyRange(.zero, .zero) }
        let (monthly, yearly, once) = (sum(.monthly), sum(.yearly), sum(.once))
        info.flags = totals.values.contains(where: \.isUnbounded) ? JZ_SUM_UNLIMITED : 0
        info.least_fen = (monthly.least.fen, yearly.least.fen, once.least.fen)
        info.most_fen = (monthly.most.fen, yearly.most.fen, once.most.fen)
        try Argument.write(info, to: out)
    }
}

@_cdecl("jz_result_benefit") @implementation
public func jz_result_benefit(
    _ result: OpaquePointer?, _ household: Int, _ program: Int, _ benefit: Int,
    _ out: UnsafeMutablePointer<jz_benefit_info>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        let benefits = result.benefits(try result.program(household, program))
        guard benefits.indices.contains(benefit) else { throw Failure.index("benefit", benefit, benefits.count) }
        let given = benefits[benefit]
        var info = jz_benefit_info()
        info.period = given.texts.period.number
        info.id = given.texts.id.view
        (info.label_zh, info.label_en) = (given.texts.label.chinese.view, given.texts.label.english.view)
        (info.least_fen, info.most_fen) = (given.sum.least.fen, given.sum.most.fen)
        info.flags = (given.sum.isUnbounded ? JZ_SUM_UNLIMITED : 0) | (given.texts.isGift ? JZ_IN_KIND : 0)
        try Argument.write(info, to: out)
    }
}

@_cdecl("jz_result_missing") @implementation
public func jz_result_missing(
    _ result: OpaquePointer?, _ household: Int, _ program: Int, _ index: Int,
    _ out: UnsafeMutablePointer<jz_missing_info>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        let missing = result.details(try result.program(household, program)).missing
        guard missing.indices.contains(index) else { throw Failure.index("index", index, missing.count) }
        try Argument.write(missing[index].info, to: out)
    }
}

@_cdecl("jz_result_reason") @implementation
public func jz_result_reason(
    _ result: OpaquePointer?, _ household: Int, _ program: Int, _ index: Int,
    _ out: UnsafeMutablePointer<jz_reason_info>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        let reasons = result.details(try result.program(household, program)).reasons
        guard reasons.indices.contains(index) else { throw Failure.index("index", index, reasons.count) }
        try Argument.write(reasons[index].info, to: out)
    }
}

@_cdecl("jz_result_json") @implementation
public func jz_result_json(
    _ result: OpaquePointer?, _ flags: UInt32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        try Argument.flags(flags, among: JZ_EXPLAIN | JZ_PRETTY, "flags")
        return BufferObject(
            try result.households.json(
                flags & JZ_PRETTY != 0 ? .pretty : .compact, explains: flags & JZ_EXPLAIN != 0))
    }
}

@_cdecl("jz_result_text") @implementation
public func jz_result_text(
    _ result: OpaquePointer?, _ household: Int, _ language: Int32, _ flags: UInt32, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let result: ResultObject = try Handle.object(result)
        _ = try result.decider(household)
        let language = try Argument.language(language)
        try Argument.flags(flags, among: JZ_EXPLAIN, "flags")
        return BufferObject(
            result.households.text(household, language, explains: flags & JZ_EXPLAIN != 0).utf8)
    }
}
