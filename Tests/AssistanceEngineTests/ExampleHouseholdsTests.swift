import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// The households of `Examples/households`, as the table beside them says.
@Suite struct ExampleHouseholdsTests {
    private static let folder = Repository.root + "/Examples/households"

    @Test("every example is in the table, and the table has no other")
    func listed() {
        let files = PolicyFiles.names(in: Self.folder).filter { $0 != "README.md" }
        #expect(ExampleRow.all.map(\.file).sorted() == files.sorted())
        #expect(files.count >= 12)
    }

    @Test("every example is decided as was computed by hand", arguments: ExampleRow.all)
    func decided(_ row: ExampleRow) throws {
        let assessment = try row.assessment()
        let decision = try #require(assessment.determinations.first { $0.program == row.program })
        #expect(decision.status.rawValue == row.status)
        #expect((decision.routes.first { $0.isTaken }?.id ?? "–") == row.route)
        #expect(Self.sum(decision) == row.sum)
    }

    @Test("no two examples reach the same outcomes")
    func matrix() throws {
        var rows: [(file: String, outcomes: [String])] = []
        for example in ExampleRow.all {
            rows.append((example.file, [example.program] + Self.outcomes(try example.assessment(), example.program)))
        }
        print(Self.table([Self.headings] + rows.map { [$0.file] + $0.outcomes }))
        for (place, row) in rows.enumerated() {
            for other in rows.dropFirst(place + 1) {
                #expect(row.outcomes != other.outcomes, "\(row.file) and \(other.file)")
            }
        }
    }

    // MARK: The matrix

    private static let headings = [
        "file", "programme", "status", "route", "supplements", "open sum", "ends", "not counted", "not paid",
        "standings", "missing", "review", "failed",
    ]

    /// What is decided, without the sums: these alone would make any two households differ.
    private static func outcomes(_ assessment: Assessment, _ program: String) -> [String] {
        assessment.determinations.filter { $0.program == program }.flatMap { decision in
            let isEligible = decision.status == .eligible
            let counted = decision.membersCounted ?? assessment.members.count
            let kinds = Set(
                decision.missing.map { $0.path == "decision" ? "discretion" : $0.isPolicy ? "policy" : "facts" })
            let standings = decision.standings.filter { $0.status != .ineligible }.map { standing in
                standing.id + (standing.status == .undetermined ? "?" : "") + (standing.layer.map { " " + $0 } ?? "")
            }
            return [
                decision.status.rawValue, decision.routes.first { $0.isTaken }?.id ?? "",
                decision.benefits.contains { $0.id == "supplements" } ? "yes" : "",
                isEligible && decision.monthly.known == nil ? "yes" : "",
                decision.benefits.contains { $0.until != nil } ? "yes" : "",
                counted < assessment.members.count ? "yes" : "",
                isEligible && (decision.membersPaid ?? counted) < counted ? "yes" : "",
                standings.joined(separator: ", "), kinds.sorted().joined(separator: ", "),
                decision.review?.classCode ?? "", decision.reasons.map(\.id).joined(separator: ", "),
            ]
        }
    }

    /// What is paid by the month, by the year and once, in yuan; `–` for nothing.
    private static func sum(_ decision: Determination) -> String {
        guard decision.status == .eligible else { return "–" }
        let suffixes: [(PaymentPeriod, String)] = [(.monthly, ""), (.yearly, " a year"), (.once, " once")]
        let sums = suffixes.compactMap { period, suffix -> String? in
            guard let sum = decision.totals[period], sum.most > .zero || period == .monthly else { return nil }
            if let known = sum.known { return known > .zero ? known.grouped + suffix : nil }
            return "\(sum.least.grouped) to \(sum.isUnbounded ? "…" : sum.most.grouped)" + suffix
        }
        return sums.isEmpty ? "–" : sums.joined(separator: ", ")
    }

    private static func table(_ rows: [[String]]) -> String {
        func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } }
        let widths = headings.indices.map { column in rows.map { width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - width($0)) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

/// A row of the table in `Examples/households/README.md`.
struct ExampleRow: Sendable, CustomTestStringConvertible {
    let file, policy, day, stage, program, status, route, sum: String

    var testDescription: String { file }

    /// All rows, in their order.
    static let all: [ExampleRow] = {
        let bytes = PolicyFiles.read(Repository.root + "/Examples/households/README.md") ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            guard line.hasPrefix("| `") else { return nil }
            let cells = line.split(separator: "|").map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).replacing("`", with: "")
            }
            guard cells.count == 10 else { return nil }
            return ExampleRow(
                file: cells[0], policy: cells[1], day: cells[2], stage: cells[3], program: cells[4], status: cells[7],
                route: cells[8], sum: cells[9])
        }
    }()

    /// The one household of the file, assessed as the row says.
    func assessment() throws -> Assessment {
        let date = try #require(CalendarDate(iso: day))
        let findings = Findings()
        let library = PolicyLibrary.load(
            policy, in: Repository.policies, sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms, run: [String(program.prefix { $0 != "." })])
        let household = try self.household(on: date, library.schema)
        var problems: [Diagnostic] = []
        let areas = HouseholdAreas(library, on: date, file: file).areas(of: household.households, &problems)
        let area = try #require(areas.first)
        let compiled = engine.policy(area: area, date: date, stage: try #require(Stage(rawValue: stage)), findings)
        #expect(problems.isEmpty && !findings.hasErrors)
        #expect(areas.count == 1)
        return Assessor(engine, compiled, over: household.batch).assess(household: 0, explain: false)
    }

    private func household(on date: CalendarDate, _ schema: FactSchema) throws -> HouseholdFile {
        let bytes = try #require(PolicyFiles.read(Repository.root + "/Examples/households/" + file))
        var findings: [Diagnostic] = []
        let household: HouseholdFile
        if file.hasSuffix(".yaml") {
            let (root, problems) = YAMLReader.read(bytes, file: file)
            findings += problems
            var tokens = YAMLTokens(try #require(root))
            household = HouseholdReader.read(
                &tokens, schema: schema, date: date, file: file, findings: &findings)
        } else {
            var tokens = JSONScanner(bytes, file: file)
            household = HouseholdReader.read(
                &tokens, schema: schema, date: date, file: file, findings: &findings)
        }
        #expect(findings.isEmpty, "\(file)")
        return household
    }
}
