import AssistanceCore

/// 文书拟制: makes the letters of a case from what was read of it.
struct LetterWriter {
    private let matter: LetterMatter
    private var page: LetterPage
    private var sources = LetterSources()

    private var state: CaseState { matter.state }
    private var event: CaseEvent { matter.event }

    /// The letter of a kind; a refusal where the case has not what it tells of.
    static func page(_ kind: LetterKind, _ matter: LetterMatter) throws(CaseRefusal) -> LetterPage {
        var writer = try LetterWriter(kind, matter)
        switch kind {
        case .papers: writer.addPapers()
        case .accepted: writer.addAcceptance()
        case .declined: writer.addRefusalToTakeUp()
        case .decision: writer.addDecision()
        case .adjusted: writer.addAdjustment()
        case .stopped: writer.addEnd()
        case .payment: try writer.addPayment()
        }
        writer.page.blocks += writer.sources.blocks
        return writer.page
    }

    private init(_ kind: LetterKind, _ matter: LetterMatter) throws(CaseRefusal) {
        guard let applicant = matter.state.addressee.flatMap({ matter.names.persons[$0] }) else {
            throw CaseRefusal(
                .notReady, matter.event.action.step,
                "the name of the first member is not kept, and a letter is addressed to somebody; report the household with its persons"
            )
        }
        self.matter = matter
        // A decision is signed by the level that confirmed it, though it is handed over at the window.
        let signing: CaseStep = [.decision, .adjusted].contains(kind) ? .confirm : matter.event.action.step
        page = LetterPage(
            title: "社会救助" + kind.label.chinese,
            reference: "\(matter.state.area.text)-\(matter.state.number)-\(matter.state.events)", addressee: applicant,
            office: matter.office(for: kind == .payment ? .decide : signing),
            day: kind == .payment ? matter.today : matter.event.action.day)
    }

    // MARK: The window

    private mutating func addPapers() {
        page.say(
            "你户于\(state.opened.chinese)提出的\(matter.programs)申请收悉。经审查,申请材料不齐全。需要补正的全部材料一次性告知如下:")
        let known = matter.procedure.papers(for: state.programs)
        let papers = event.action.papers.map { id in known.first { $0.id == id } }
        page.blocks.append(
            .list(zip(event.action.papers, papers).map { id, paper in paper?.label.chinese ?? id }))
        let due = event.deadlines.first { $0.step == .supplyPapers }.map { "于\(Self.text($0))之前" } ?? "一次"
        page.say("请将上述材料\(due)交到\(matter.office(for: .supplyPapers))的受理窗口。材料齐全后即予受理,不再要求提供其他材料。")
        addComplaint()
        sources.cite(matter.citations(for: .askPapers, .supplyPapers) + papers.compactMap { $0?.citation })
    }

    private mutating func addAcceptance() {
        page.say(
            "你户于\(state.opened.chinese)提出的\(matter.programs)申请,材料齐全,现予受理,受理日期为\(event.action.day.chinese)。")
        let due = event.deadlines.sorted { $0.due < $1.due }
        if due.isEmpty {
            page.say("当地政策文件未载明办理时限。")
        } else {
            page.say("各环节的办理时限如下:")
            page.show(["环节", "不晚于"], due.map { [$0.step.label.chinese, Self.text($0)] })
        }
        page.say("办理期间将核对家庭经济状况并入户调查,请予配合;家庭人口、收入、财产状况有变化的,请及时报告。")
        addComplaint()
        sources.cite(matter.citations(for: .accept) + due.flatMap { matter.citations(for: $0.step) })
    }

    private mutating func addRefusalToTakeUp() {
        page.say("你户于\(state.opened.chinese)提出的\(matter.programs)申请,经审查决定不予受理。理由如下:")
        page.blocks.append(.list(matter.lines))
        sources.cite(matter.citations(for: .decline))
        addRemedies()
    }

    // MARK: Decisions

    private mutating func addDecision() {
        let day = state.decided ?? event.action.day
        page.say("你户于\(state.opened.chinese)提出的\(matter.programs)申请,经调查、审核,现决定如下:")
        for outcome in state.outcomes {
            let isGranted = state.verdict == .approve && outcome.status == .eligible
            page.blocks.append(.heading("\(matter.names.program(outcome.program)):\(isGranted ? "准予" : "不予")救助"))
            if isGranted {
                addGrants(of: outcome, decided: day)
            } else {
                addReasons(of: outcome)
            }
            sources.cite(matter.decision?.programs[outcome.program]?.citations ?? [])
        }
        addDuties()
        sources.cite(matter.citations(for: .confirm, .decide))
        addRemedies()
    }

    private mutating func addGrants(of outcome: CaseOutcome, decided day: CalendarDate) {
        let granted = state.grants.filter { $0.program == outcome.program && $0.event == state.events }
        page.show(["待遇", "金额", "自", "至"], granted.map { rows($0) })
        addGiven(granted)
        addParts(granted)
        let gifts = matter.decision?.programs[outcome.program]?.benefits.compactMap(\.gift) ?? []
        if !gifts.isEmpty { page.say("实物或者服务:\(gifts.joined(separator: ";"))。") }
        if let months = outcome.reviewMonths {
            let kind = outcome.reviewClass.map { "复核类别为\($0)类," } ?? ""
            let next = state.reviewDue.map { ",下次复核不晚于\($0.chinese)" } ?? ""
            page.say("\(kind)每\(months)个月复核一次\(next)。")
        }
    }

    private func rows(_ granted: CaseState.Granted) -> [String] {
        // Households are told the last day that is paid for.
        let last = granted.until.map { $0.adding(days: -1) ?? $0 }
        return [
            name(of: granted.grant.benefit, in: granted.program), granted.grant.sum, granted.from.chinese,
            last?.chinese ?? "—",
        ]
    }

    /// What of a sum was handed over before, and what is left to be paid.
    private mutating func addGiven(_ granted: [CaseState.Granted]) {
        for granted in granted where granted.given > .zero {
            let name = name(of: granted.grant.benefit, in: granted.program)
            let rest = granted.rest > .zero ? "其余\(granted.rest.grouped)元另行发放" : "不再另行发放"
            page.say("\(name)\(granted.grant.amount.grouped)元中,先行救助已经给付\(granted.given.grouped)元,\(rest)。")
        }
    }

    /// What of each sum falls to each member.
    private mutating func addParts(_ granted: [CaseState.Granted]) {
        let shared = granted.filter { !$0.grant.parts.isEmpty }
        let persons = state.persons.filter { person in
            shared.contains { $0.grant.parts.contains { $0.person == person } }
        }
        page.show(
            ["家庭成员"] + shared.map { name(of: $0.grant.benefit, in: $0.program) + "中的份额" },
            persons.map { person in
                [matter.names.persons[person] ?? "—"]
                    + shared.map { granted in
                        granted.grant.parts.first { $0.person == person }.map {
                            $0.amount.grouped + granted.grant.period.chinese
                        } ?? "—"
                    }
            })
    }

    private mutating func addReasons(of outcome: CaseOutcome) {
        let program = matter.decision?.programs[outcome.program]
        switch outcome.status {
        case .ineligible:
            let reasons = program?.reasons ?? []
            page.say("理由:")
            page.blocks.append(
                .list(
                    reasons.isEmpty
                        ? [outcome.status.label.chinese]
                        : reasons.map { $0.text + ($0.citation.map { ",见\($0.text)" } ?? "") }))
        case .undetermined:
            page.say("理由:以下事项无法查明,不能认定符合条件:")
            page.blocks.append(.list(program?.missing ?? []))
        case .eligible:
            page.say("理由:")
            page.blocks.append(.list(matter.lines.isEmpty ? ["确认机关不予同意,未附理由"] : matter.lines))
        }
    }

    private mutating func addAdjustment() {
        page.say("经复核,你户享受的救助待遇自下列日期起调整:")
        let programs = state.running.keys.sorted().filter {
            matter.before?.running[$0]?.grants != state.running[$0]?.grants && matter.before?.running[$0] != nil
        }
        for program in programs {
            let old = matter.before?.running[program]?.grants ?? []
            let new = state.grants.filter { $0.program == program && $0.event == state.events }
            let benefits = (old.map(\.benefit) + new.map(\.grant.benefit)).reduce(into: [String]()) {
                if !$0.contains($1) { $0.append($1) }
            }
            page.blocks.append(.heading(matter.names.program(program)))
            page.show(
                ["待遇", "原金额", "现金额", "自"],
                benefits.map { benefit in
                    let next = new.first { $0.grant.benefit == benefit }
                    return [
                        name(of: benefit, in: program), old.first { $0.benefit == benefit }?.sum ?? "—",
                        next?.grant.sum ?? "停发", (next?.from ?? event.effective ?? event.action.day).chinese,
                    ]
                })
            addParts(new)
            sources.cite(matter.decision?.programs[program]?.citations ?? [])
        }
        addDuties()
        sources.cite(matter.citations(for: .confirm, .decide))
        addRemedies()
    }

    private mutating func addEnd() {
        let ended = (matter.before?.running.keys.sorted() ?? []).filter { state.running[$0] == nil }
        let day = event.effective ?? event.action.day
        page.say("你户享受的\(ended.map(matter.names.program).joined(separator: "、"))自\(day.chinese)起停止。停止前应得的待遇照发。")
        page.say("理由:")
        switch event.action.step {
        case .decide where state.outcomes.contains { $0.status != .eligible }:
            for outcome in state.outcomes where ended.contains(outcome.program) {
                addReasons(of: outcome)
                sources.cite(matter.decision?.programs[outcome.program]?.citations ?? [])
            }
        case .recordDeath: page.blocks.append(.list(["享受待遇的家庭成员已经死亡"]))
        default: page.blocks.append(.list(matter.lines))
        }
        sources.cite(matter.citations(for: event.action.step))
        addRemedies()
    }

    private mutating func addPayment() throws(CaseRefusal) {
        let (first, next) = (matter.today.firstOfMonth, matter.today.firstOfNextMonth ?? .latest)
        let paid = state.grants.filter { granted in
            granted.grant.period == .once
                ? (first..<next).contains(granted.from)
                : granted.from < next && granted.until.map { first < $0 } ?? true
        }
        guard !paid.isEmpty else {
            throw CaseRefusal(
                .notReady, .decide,
                "nothing is paid to the case in the month of \(matter.today); there is no notice of payment")
        }
        page.say("你户\(matter.today.year)年\(matter.today.month)月的救助待遇如下:")
        page.show(
            ["项目", "待遇", "金额", "每次发放", "自", "至"],
            paid.map { granted in
                let each = granted.grant.instalments.map { "\($0.each.grouped)元,全年\($0.count)次" }
                return [matter.names.program(granted.program), name(of: granted.grant.benefit, in: granted.program)]
                    + [granted.grant.sum, each ?? "全额"] + rows(granted).suffix(2)
            })
        addGiven(paid)
        addParts(paid)
        for program in Set(paid.map(\.program)).sorted() {
            sources.cite(matter.decision?.programs[program]?.citations ?? [])
        }
        addDuties()
        addComplaint()
        sources.cite(matter.citations(for: .decide))
    }

    // MARK: What every household is told

    /// The duty to report changes.
    private mutating func addDuties() {
        guard let rule = matter.rules(for: .report).first, !state.running.isEmpty else { return }
        page.say("你户的人口、收入、财产状况发生变化的,应当及时向\(matter.office(for: .report))报告。")
        sources.cite([rule.citation].compactMap { $0 })
    }

    /// What can be done against it, and until when.
    private mutating func addRemedies() {
        if let rule = matter.rules(for: .appeal).first {
            let time = rule.lasts.map { limit in
                "可以自收到本文书之日起\(limit.chinese)内" + (matter.appealEnds.map { "(当日送达的,至\($0.chinese))" } ?? "")
            }
            page.say("不服本决定的,\(time ?? "可以")向\(matter.office(for: .appeal))受理复议的机关申请复议。")
            sources.cite([rule.citation].compactMap { $0 })
        } else {
            page.say("当地政策文件未载明申请复议的机关和期限,请向\(matter.office(for: event.action.step))询问。")
        }
        addComplaint()
    }

    private mutating func addComplaint() {
        guard !matter.rules(for: .complain).isEmpty else { return }
        page.say("对办理过程有意见的,可以向\(matter.office(for: .complain))投诉。")
    }

    // MARK: Words

    private func name(of benefit: String, in program: String) -> String {
        if benefit == CaseStep.relieve.rawValue { return CaseStep.relieve.label.chinese }
        return matter.decision?.programs[program]?.benefits.first { $0.id == benefit }?.label ?? benefit
    }

    private static func text(_ deadline: CaseDeadline) -> String {
        deadline.due.chinese + (deadline.isProvisional ? "(暂计,待公布放假安排后可能重算)" : "")
    }
}
