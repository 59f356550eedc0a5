import AssistanceCasework
import AssistanceCore

/// What a case is to its clerks, written down apart from the machine: which step may follow, and where it leads. It knows
/// nothing of events, rules or folding.
struct ModelCase {
    enum Place {
        case applied, incomplete, accepted, assessed, reviewed, noticed, confirmed, granted, reviewing, closed
    }

    var place = Place.applied
    var asked = false
    var lacking: Set<String> = []
    var mayVerify: Set<Int64> = []
    var alive: Set<Int64> = [1, 2]
    var tasks: [Bool] = []
    var isVerified = false
    var isVisited = false
    var isDecided = false
    /// Whether something would be granted that runs on, and is not paid once.
    var gives = false
    var proposal: CaseVerdict?
    var verdict: CaseVerdict?
    var noticeEnds: CalendarDate?
    var objections: [Bool] = []
    var complaints: [(isAppeal: Bool, isAnswered: Bool)] = []
    var decisionDay: CalendarDate?
    var declinedAt: Place?
    var runs = false
    var decidesLowIncome = false
    /// Whether what runs alone is examined.
    var isReview = false
    var hasRelatives = false
    /// By when the review is due by the acceptance, and by when it would be if it were extended; nil in later rounds.
    var reviewDue: (first: CalendarDate, extended: CalendarDate)?
    var isExtended = false

    /// Whether the step may be done by one who may do it, and what becomes of the case then.
    mutating func takes(_ action: CaseAction) -> Bool {
        var next = self
        guard next.go(action) else { return false }
        self = next
        return true
    }

    private mutating func go(_ action: CaseAction) -> Bool {
        let isExamined = place == .accepted || place == .reviewing
        switch action.step {
        case .apply: return false
        case .askPapers:
            guard place == .applied, !asked else { return false }
            (place, asked, lacking) = (.incomplete, true, Set(action.papers))
        case .supplyPapers:
            guard place == .incomplete, lacking.isSuperset(of: action.papers) else { return false }
            lacking.subtract(action.papers)
            if lacking.isEmpty { place = .applied }
        case .accept:
            guard place == .applied else { return false }
            place = .accepted
            reviewDue = Self.last(20, after: action.day).flatMap { first in
                Self.last(30, after: action.day).map { (first, $0) }
            }
        case .decline:
            guard place == .applied || place == .incomplete else { return false }
            (declinedAt, decisionDay, place) = (place, action.day, .closed)
        case .registerRelative:
            guard place != .closed, alive.isSuperset(of: action.persons) else { return false }
            hasRelatives = true
        case .authorize:
            guard [.applied, .incomplete, .accepted, .granted, .reviewing].contains(place),
                alive.isSuperset(of: action.persons)
            else { return false }
            mayVerify.formUnion(action.persons)
        case .dispatch:
            guard isExamined else { return false }
            tasks.append(false)
        case .answer: return isExamined && Self.answer(&tasks, action.number)
        case .verify:
            guard isExamined, mayVerify.isSuperset(of: alive) else { return false }
            isVerified = true
        case .visit:
            guard isExamined else { return false }
            isVisited = true
        case .assess:
            guard isExamined, isVerified, isVisited, !tasks.contains(false),
                !isReview || action.outcomes.allSatisfy({ $0.program == "low-income" })
            else { return false }
            place = .assessed
            isDecided = action.outcomes.allSatisfy { $0.status != .undetermined && $0.isSettled }
            gives = action.outcomes.contains { $0.status == .eligible && $0.program == "low-income" }
            decidesLowIncome = action.outcomes.contains { $0.program == "low-income" }
        case .review:
            guard place == .assessed, action.verdict != .approve || isDecided else { return false }
            if action.verdict == .sendBack { again() } else { (place, proposal) = (.reviewed, action.verdict) }
        case .publish:
            guard place == .reviewed, proposal == .approve else { return false }
            // Seven days, and on to a day that is worked: no holidays are known here.
            guard let last = Self.last(7, after: action.day) else { return false }
            (place, noticeEnds) = (.noticed, last)
        case .object:
            guard place == .noticed else { return false }
            objections.append(false)
        case .settle:
            guard place == .noticed, Self.answer(&objections, action.number) else { return false }
            if action.verdict == .approve { again() }
        case .confirm: return confirm(action)
        case .decide:
            guard place == .confirmed else { return false }
            if decidesLowIncome { runs = verdict == .approve && gives }
            (place, decisionDay) = (runs ? .granted : .closed, action.day)
        case .relieve: return [.applied, .incomplete, .accepted].contains(place)
        case .report:
            guard [.accepted, .granted, .reviewing].contains(place) else { return false }
            if place == .granted { review() }
        case .recheck:
            guard place == .granted else { return false }
            review()
        case .end:
            guard place == .granted || place == .reviewing, runs else { return false }
            (place, runs) = (.closed, false)
        case .transfer: return false
        case .recordDeath:
            guard place != .closed, alive.isSuperset(of: action.persons) else { return false }
            alive.subtract(action.persons)
            if alive.isEmpty { (place, runs) = (.closed, false) } else if place == .granted { review() }
        case .merge: return false
        case .withdraw:
            // What runs is ended, not withdrawn.
            guard [.applied, .incomplete, .accepted, .assessed, .reviewed, .noticed].contains(place), !runs else {
                return false
            }
            place = .closed
        case .complain: complaints.append((false, false))
        case .appeal:
            guard [.granted, .reviewing, .closed].contains(place), let decisionDay,
                let last = Self.last(60, after: decisionDay), action.day <= last
            else { return false }
            complaints.append((true, false))
        case .reply:
            guard let number = action.number, complaints.indices.contains(number - 1),
                !complaints[number - 1].isAnswered
            else { return false }
            complaints[number - 1].isAnswered = true
            guard complaints[number - 1].isAppeal, action.verdict == .approve else { break }
            if let stood = declinedAt {
                (place, declinedAt, decisionDay) = (stood, nil, nil)
            } else if decisionDay != nil {
                (isReview, reviewDue) = (false, nil)
                again()
            }
        case .extend:
            // Of all times that of the review alone may be longer.
            guard action.limit == .review, isExamined || place == .assessed, let reviewDue, !isExtended,
                action.day <= reviewDue.first
            else { return false }
            isExtended = true
        case .supplement, .recount: return false
        }
        return true
    }

    private mutating func confirm(_ action: CaseAction) -> Bool {
        guard place == .reviewed || place == .noticed else { return false }
        switch action.verdict {
        case .sendBack: again()
        case .approve:
            guard proposal == .approve else { return false }
            if let noticeEnds {
                guard action.day > noticeEnds, !objections.contains(false) else { return false }
            } else if !runs {
                return false
            }
            fallthrough
        default: (place, verdict) = (.confirmed, action.verdict)
        }
        return true
    }

    /// What runs is examined.
    private mutating func review() {
        (isReview, reviewDue) = (true, nil)
        again()
    }

    /// All is examined once more.
    private mutating func again() {
        place = runs ? .reviewing : .accepted
        (tasks, isVerified, isVisited) = ([], false, false)
        (proposal, verdict, noticeEnds, objections) = (nil, nil, nil, [])
    }

    /// By when the review is due; nil where it has been done, or is of a later round.
    var due: CalendarDate? {
        guard [.accepted, .reviewing, .assessed].contains(place), let reviewDue else { return nil }
        return isExtended ? reviewDue.extended : reviewDue.first
    }

    /// So many days after another, and on to a day that is worked.
    private static func last(_ days: Int, after day: CalendarDate) -> CalendarDate? {
        guard var last = day.adding(days: days) else { return nil }
        while last.isWeekend { last = last.adding(days: 1) ?? last }
        return last
    }

    private static func answer(_ list: inout [Bool], _ number: Int?) -> Bool {
        guard let number, list.indices.contains(number - 1), !list[number - 1] else { return false }
        list[number - 1] = true
        return true
    }
}

extension CaseStage {
    /// The place of the model.
    var place: ModelCase.Place {
        switch self {
        case .applied: .applied
        case .incomplete: .incomplete
        case .accepted: .accepted
        case .assessed: .assessed
        case .reviewed: .reviewed
        case .noticed: .noticed
        case .confirmed: .confirmed
        case .granted: .granted
        case .reviewing: .reviewing
        case .closed: .closed
        }
    }
}
