import AssistanceCore

/// 公示: the proposals that a township shows to the public on one day, with no more of a household than objecting needs.
struct PublicNotice {
    /// 公示的一户: a case as the public sees it.
    struct Item {
        /// The case after its notice began.
        let state: CaseState
        /// The name of the applicant; nil where it is a minor's, or may be.
        let applicant: MaskedName?
        /// Document and article of the notice and of objections.
        let citations: [Citation]
    }

    /// The township, as it is called, with its code.
    let area: (code: DivisionCode, name: String)
    let day: CalendarDate
    /// By number.
    let items: [Item]
    /// What programmes are called.
    let programs: (String) -> String

    var page: LetterPage {
        var page = LetterPage(
            title: "社会救助公示", reference: "\(area.code.text)-\(day.iso)", addressee: nil, office: area.name, day: day)
        page.say("根据社会救助审核确认的规定,现将\(area.name)于\(day.chinese)拟给予救助的家庭予以公示,接受社会监督。")
        page.show(
            ["序号", "申请人", "人数", "救助项目", "拟给予的待遇", "公示至"],
            items.enumerated().flatMap { place, item in
                item.state.outcomes.filter { $0.status == .eligible }.map { outcome in
                    [
                        "\(place + 1)", item.applicant?.text ?? "(不公布)", "\(item.state.living.count)",
                        programs(outcome.program), Self.sums(of: outcome), item.state.noticeEnds?.chinese ?? "—",
                    ]
                }
            })
        page.say("对以上公示有异议的,请在公示期内向\(area.name)提出,并说明理由。")
        page.say(
            "为保护个人信息,本公示隐去姓名中的部分文字,不公布公民身份号码、住址、健康和残疾情况,也不公布申请人以外的家庭成员;"
                + "申请人是未成年人的,或者不能确定已经成年的,不公布姓名。")
        var sources = LetterSources()
        for item in items { sources.cite(item.citations) }
        page.blocks += sources.blocks
        return page
    }

    /// `897.00元/月`, and what is paid otherwise behind it; what is given in kind has no sum.
    private static func sums(of outcome: CaseOutcome) -> String {
        let sums = PaymentPeriod.allCases.compactMap { period -> String? in
            let grants = outcome.grants.filter { $0.period == period }
            let sum = grants.reduce(Money?.some(.zero)) { sum, grant in sum?.adding(grant.amount) }
            return grants.isEmpty ? nil : (sum?.grouped ?? "—") + period.chinese
        }
        return sums.isEmpty ? "实物或者服务" : sums.joined(separator: ",")
    }
}
