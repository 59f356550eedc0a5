import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Jiuzhu
import Testing

/// The households of `Examples/households`, through each way in.
@Suite("Every example, through the builder and as JSON")
struct ExampleTests {
    @Test("The result says what the JSON says, and so does the household built fact by fact", arguments: Example.all)
    func same(_ example: Example) throws {
        let policy = try Policy(example.policy)
        let options = options(example.day, stage: example.stage)
        let json = policy.assess(example.json, options)

        let read = try Builder(policy)
        #expect(read.read(example.json, options) == .ok)
        let result = try read.assess(policy, options)
        #expect(result.json() == json)
        try compare(result, with: json)

        let built = try Builder(policy)
        try build(example, in: built, policy)
        #expect(try built.assess(policy, options).json(JZ_EXPLAIN) == result.json(JZ_EXPLAIN))
    }

    /// What the accessors say, and what the JSON says.
    private func compare(_ result: Assessed, with json: String) throws {
        var tokens = JSONScanner(Array(json.utf8), file: "")
        let root = try JSONNode.read(try tokens.next(), &tokens)
        let household = try #require(root["households"]?.items?.first)
        let programs = try #require(household["programs"]?.items)
        #expect(result.household(0).map { Int($0.program_count) } == programs.count)
        #expect(result.household(0).map { text($0.id) } == household["id"]?.text ?? "")
        #expect(result.household(0).map { text($0.area) } == household["area"]?["code"]?.text)
        for (place, program) in programs.enumerated() {
            let info = try #require(result.program(0, place))
            let status = try #require(program["status"]?.text)
            #expect(text(info.id) == program["program"]?.text)
            #expect(text(info.label_zh) == program["label"]?["zh"]?.text)
            #expect(text(info.label_en) == program["label"]?["en"]?.text)
            #expect(info.status == ["ineligible": 0, "eligible": 1, "undetermined": 2][status])
            if status == "eligible" {
                let sums = [
                    ("monthly", info.least_fen.0, info.most_fen.0), ("yearly", info.least_fen.1, info.most_fen.1),
                    ("once", info.least_fen.2, info.most_fen.2),
                ]
                for (period, least, most) in sums {
                    check(program[period], least, most, isUnlimited: info.flags & JZ_SUM_UNLIMITED != 0)
                }
                let benefits = try #require(program["benefits"]?.items)
                #expect(Int(info.benefit_count) == benefits.count)
                for (number, benefit) in benefits.enumerated() {
                    let info = try #require(result.benefit(0, place, number))
                    #expect(text(info.id) == benefit["id"]?.text)
                    #expect(text(info.label_zh) == benefit["label"]?["zh"]?.text)
                    #expect(["monthly", "yearly", "once"][Int(info.period)] == benefit["period"]?.text)
                    #expect((info.flags & JZ_IN_KIND != 0) == (benefit["amount"]?.isNull == true))
                    check(
                        benefit["amount"], info.least_fen, info.most_fen,
                        isUnlimited: info.flags & JZ_SUM_UNLIMITED != 0)
                }
            }
            let missing = try #require(program["missing"]?.items)
            for (number, lacking) in missing.enumerated() {
                let info = try #require(result.missing(0, place, number))
                #expect(text(info.path) == lacking["path"]?.text)
                #expect(text(info.label_zh) == lacking["label"]?["zh"]?.text)
            }
            #expect(result.missing(0, place, missing.count) == nil)
            let reasons = try #require(program["reasons"]?.items)
            for (number, reason) in reasons.enumerated() {
                let info = try #require(result.reason(0, place, number))
                #expect(text(info.id) == reason["id"]?.text)
                #expect(text(info.label_en) == reason["label"]?["en"]?.text)
                #expect(text(info.distance_zh) == reason["distance"]?["zh"]?.text ?? "")
            }
            #expect(result.reason(0, place, reasons.count) == nil)
        }
    }

    /// A sum as JSON writes it: `"12.30"`, or `{"from": "0.00", "upto": "12.30"}`; none is nothing.
    private func check(_ node: JSONNode?, _ least: Int64, _ most: Int64, isUnlimited: Bool) {
        if let sum = node?.text {
            #expect(Money(fen: least).text == sum && Money(fen: most).text == sum)
        } else if let from = node?["from"]?.text {
            #expect(Money(fen: least).text == from)
            // Another period of the programme may be the one without limit.
            if let upto = node?["upto"]?.text { #expect(Money(fen: most).text == upto) } else { #expect(isUnlimited) }
        } else {
            #expect(least == 0 && most == 0)
        }
    }

    /// The household of an example, begun, listed and set piece by piece.
    private func build(_ example: Example, in builder: Builder, _ policy: Policy) throws {
        let library = PolicyLibrary.load(
            example.policy, in: Repository.policies, sections: Engine.sections(of: assistancePrograms), Findings())
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(example.json.utf8), schema: library.schema, date: .latest, file: "", findings: &findings)
        #expect(findings.isEmpty)
        let batch = file.batch
        func add(_ owner: FactOwner, _ row: Int) {
            for (place, fact) in batch.schema.facts.enumerated() where fact.owner == owner {
                guard let value = batch.value(place, row: row) else { continue }
                if batch.isStatedNone(place, row: row) {
                    let number = policy.fact(fact.name)
                    #expect(Answer { jz_builder_set_none(builder.handle, number, $0) } == .ok, "\(fact.name)")
                } else {
                    let text = fact.texts(of: value).joined(separator: " ")
                    #expect(builder.set(fact.name, text.isEmpty ? "none" : text) == .ok, "\(fact.name)")
                }
            }
            for list in FactOwner.allCases where list.parent == owner {
                if batch.isListed(list, of: row) { #expect(builder.list(Int32(list.rawValue)) == .ok) }
                for entry in batch.rows(list, of: row) {
                    #expect(builder.entry(Int32(list.rawValue)) == .ok)
                    add(list, entry)
                }
            }
        }
        #expect(builder.household(file.households[0].id) == .ok)
        add(.household, 0)
    }
}

/// A row of the table in `Examples/households/README.md` whose household is JSON.
struct Example: Sendable, CustomTestStringConvertible {
    let file, policy: String
    let day, stage: Int32

    var testDescription: String { file }
    var json: String { String(decoding: PolicyFiles.read(Repository.households + "/" + file) ?? [], as: UTF8.self) }

    static let all: [Example] = {
        let bytes = PolicyFiles.read(Repository.households + "/README.md") ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return lines.compactMap { (line: Substring) -> Example? in
            guard line.hasPrefix("| `") else { return nil }
            let cells = line.split(separator: "|").map { $0.replacing(" ", with: "").replacing("`", with: "") }
            guard cells.count == 10, cells[0].hasSuffix(".json"), let day = Int32(cells[2].replacing("-", with: ""))
            else { return nil }
            return Example(
                file: String(cells[0]), policy: String(cells[1]), day: day,
                stage: cells[3] == "review" ? JZ_REVIEW : JZ_APPLICATION)
        }
    }()
}
