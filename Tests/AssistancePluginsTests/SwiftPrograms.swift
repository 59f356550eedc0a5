import PluginKit

/// Programmes as their authors write them: with PluginKit alone, whose names are those of the library too.
enum SwiftPrograms {
    static func table(
        _ programs: any Program..., sources: [any DataSource] = [], channels: [any PaymentChannel] = [],
        to host: UInt32 = 1
    ) -> UnsafeRawPointer? {
        exportPlugin(
            "swift-plugin", version: "1.0.0", to: host, programs: programs, sources: sources, channels: channels)
    }

    /// What some functions of a plan come to, each beside what it has to be.
    struct Operations: Program {
        let id = "school-meals"
        let label = Label("营养改善计划", "school meals plan")
        let terms = [
            Term("each", .value(unit: "yuan/year"), of: .household, unfilled: .undetermined, Label("标准", "each")),
            Term("rate", .number, of: .household, unfilled: .optional, Label("比例", "rate")),
        ]
        /// Whether everything holds, or nothing.
        let isRight: Bool

        func plan(_ plan: Plan) {
            func number(_ value: Int64) -> Node { plan.whole(value) }
            func same(_ id: String, _ found: Node, _ expected: Node) {
                holds(id, isRight ? found == expected : !(found == expected))
            }
            func holds(_ id: String, _ condition: Node) { plan.check(id, condition, otherwise: Label("不符", id)) }
            func truth(_ id: String, _ condition: Node, _ expected: Bool) {
                holds(id, expected == isRight ? condition : !condition)
            }
            let each = plan.term("each")
            let people = plan.truth(true).counted(over: .member)
            let birth = plan.fact(.member, "birth")
            let study = plan.fact(.member, "study")

            same("add", people + number(5), number(8))
            same("subtract", people - number(5), number(-2))
            same("multiply", people * number(5), number(15))
            same("share", each.share(of: number(2)) * number(2), each)
            same("share-of-none", each.share(of: study.isCode("junior").counted(over: .member)), plan.zero("yuan/year"))
            same("at-least", people.atLeast(number(5)), number(5))
            same("at-most", people.atMost(number(5)), number(3))
            let third = each.share(of: people)
            same("down", third.rounded(.down, to: "yuan/year") * number(3), each - each.share(of: number(1000)))
            same("up", (third.rounded(.up, to: "yuan/year") - third) * number(1500), each)
            same("nearest", third.rounded(.nearest, to: "yuan/year"), third.rounded(.down, to: "yuan/year"))
            truth("less", people < number(3), false)
            truth("less-or-equal", people <= number(3), true)
            truth("greater", people > number(3), false)
            truth("greater-or-equal", people >= number(3), true)
            truth("both", people > number(2) && people > number(3), false)
            truth("either", people > number(2) || people > number(3), true)
            truth("not", !(people > number(3)), true)
            same("when", number(1).when(people > number(2), otherwise: number(0)), number(1))
            same("years", birth.fullYears.summed(over: .member, where: study.isCode("primary")), number(8))
            same("months", birth.fullMonths.summed(over: .member, where: study.isCode("primary")), number(98))
            same("count", study.isCode("primary").counted(over: .member), number(1))
            truth("any", study.isCode("junior").any(over: .member), false)
            truth("filled", plan.truth(plan.isFilled("each") && !plan.isFilled("rate")), true)
            truth("code", plan.fact(.household, "residence").isCode("rural"), true)
            plan.benefit("meals", Label("营养餐", "school meals"), .monthly, each)
        }
    }

    /// Every kind of declaration.
    struct Declarations: Program {
        let id = "school-meals"
        let label = Label("营养改善计划", "school meals plan")
        let facts = [
            Fact(.member, "meals_missed", .count(0...200), Label("缺餐次数", "meals missed")),
            Fact(.household, "canteen_fee", .amount(0...1_000_00, unit: "yuan/month"), Label("餐费", "canteen fee")),
            Fact(.member, "canteen", .yesNo, Label("在校就餐", "eats at school")),
            Fact(.member, "enrolled_on", .date, Label("入学日", "enrolled on")),
            Fact(
                .member, "diet", .code([("halal", Label("清真", "halal")), ("any", Label("不限", "any"))]),
                Label("饮食", "diet")),
        ]
        let terms = [
            Term("each", .value(unit: "yuan/year"), of: .member, unfilled: .required, Label("标准", "each")),
            Term("share", .number, of: .household, unfilled: .optional, Label("比例", "share")),
            Term("open", .condition, of: .household, unfilled: .optional, Label("开放", "open")),
            Term("who", .checks, of: .member, unfilled: .optional, Label("条件", "who")),
        ]
        let standings = [
            Standing("fed", of: .member, Label("营养餐对象", "fed at school")),
            Standing("fed_sum", of: .household, unit: "yuan/year", Label("营养餐金额", "sum of meals")),
        ]

        func plan(_ plan: Plan) {
            plan.log("a plan is made")
            plan.log("nothing is wrong with it", isWarning: true)
            let due = plan.term("each").when(plan.fact(.member, "canteen"), otherwise: plan.zero("yuan/year"))
            let shown = plan.step("meal", Label("膳食", "meal"), unit: "yuan/year", rule: "canteen ? each : 0", due)
            plan.checks("who")
            plan.benefit("meals", Label("营养餐", "school meals"), .yearly, shown)
            plan.tell("fed", plan.fact(.member, "canteen"))
            plan.tell("fed_sum", shown.summed(over: .member, where: plan.truth(true)))
        }
    }

    /// What the generic programme does, by policy alone.
    struct Generic: Program {
        let id = "school-meals"
        let label = Label("营养改善计划", "school meals plan")
        let isGeneric = true

        func plan(_ plan: Plan) { plan.generic() }
    }

    /// A programme of which something is wrong.
    struct Wrong: Program {
        let id: String
        let label = Label("营养改善计划", "school meals plan")
        let terms = [
            Term("each", .value(unit: "yuan/year"), of: .household, unfilled: .undetermined, Label("标准", "each"))
        ]
        let make: @Sendable (Plan) -> Void

        init(id: String = "school-meals", _ make: @escaping @Sendable (Plan) -> Void) {
            self.id = id
            self.make = make
        }

        func plan(_ plan: Plan) { make(plan) }
    }

    static let wrong: [(name: String, program: Wrong, message: String)] = [
        (
            "units", Wrong { $0.benefit("meals", Label("餐", "meals"), .yearly, $0.term("each") + $0.whole(1)) },
            "add: cannot add yuan/month and a whole number: the units differ; write the unit of the number, as in 5 yuan"
        ),
        (
            "fact", Wrong { $0.benefit("meals", Label("餐", "meals"), .yearly, $0.fact(.member, "studdy")) },
            "there is no fact 'member.studdy' under this policy; did you mean 'study'?"
        ),
        ("nothing", Wrong { _ in }, "it gives nothing: its plan calls neither benefit nor generic"),
        ("own words", Wrong { $0.error("this place has no schools") }, "this place has no schools"),
    ]

    // MARK: Data sources and payment channels

    /// A register of vehicles whose setting is a list of the last characters of citizen numbers.
    struct Vehicles: DataSource {
        let id = "vehicle-registry"
        let label = Label("车辆登记", "register of vehicles")
        let department = "公安部门"
        let facts = ["household.vehicles", "household.vehicles_value"]

        func open(_ setting: String?) throws(PluginFailure) -> any Registry {
            guard let setting else { throw PluginFailure("no extract was named") }
            return Extract(ends: setting.split(separator: " ").map(String.init))
        }

        struct Extract: Registry {
            let ends: [String]

            func query(_ persons: [Person], _ answers: Answers) throws(PluginFailure) {
                for (place, person) in persons.enumerated() {
                    guard let end = ends.firstIndex(where: { person.citizenNumber.hasSuffix($0) }) else {
                        answers.notFound(place)
                        continue
                    }
                    answers.found(place, "household.vehicles", String(end + 1), on: 20_250_301, confidence: 90)
                    answers.foundNone(place, "household.vehicles_value")
                }
                if ends.isEmpty { throw PluginFailure("the extract is empty") }
            }
        }
    }

    /// A bank that takes a line for each payment, and answers with the ids of those that came back.
    struct Bank: PaymentChannel {
        let id = "bank-lines"
        let label = Label("银行文件", "bank's file")

        func file(of payments: [Payment], _ batch: PaymentBatch) throws(PluginFailure) -> [UInt8] {
            if let cash = payments.first(where: { $0.account == "cash" }) {
                throw PluginFailure("the payment \(cash.id) has no account")
            }
            let lines = payments.map { "\($0.id) \($0.name) \($0.account) \($0.fen) \($0.purpose)\n" }
            return Array("\(batch.id) \(batch.day) \(batch.payer)\n\(lines.joined())".utf8)
        }

        func receipts(in file: [UInt8]) throws(PluginFailure) -> [Receipt] {
            var receipts: [Receipt] = []
            for (place, line) in file.split(separator: UInt8(ascii: "\n")).enumerated() {
                let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
                guard words.count >= 2, let fen = Int64(words[1]) else {
                    throw PluginFailure("an id and a sum were expected", line: Int64(place + 1))
                }
                let reason = words.count > 2 ? words[2] : nil
                receipts.append(Receipt(words[0], reason == nil ? .paid : .returned, fen: fen, reason: reason))
            }
            return receipts
        }
    }
}
