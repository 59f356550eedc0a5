import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistanceVerification
import Foundation
import Jiuzhu
import Testing

/// Tables that departments have sent, and tables of authorisations.
@Suite("Extracts of registries")
struct ExtractTests {
    /// A file that is gone when the test is over.
    private final class Scratch {
        let path: String

        init(_ text: String, _ name: String = "x.csv") throws {
            path = FileManager.default.temporaryDirectory.path + "/jiuzhu-\(UUID().uuidString)-" + name
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let (first, second, third) = (
        Fixture.numbers[0].clearText, Fixture.numbers[1].clearText, Fixture.numbers[2].clearText
    )

    private static let police = Department(
        id: "police", label: Label("公安交管部门", "traffic police"),
        kinds: ["household.vehicles", "member.works"].compactMap { name in
            (try? FactSchema.national.place(named: name)).map {
                Department.Kind(id: name, label: Label(name, name), facts: [FactSchema.national.facts[$0]])
            }
        })

    private static func extract(_ file: Scratch) throws -> SourceExtract {
        try SourceExtract(
            .init(file.path, file.path.hasSuffix(".db") ? .sqlite : .csv), id: "cars", label: Label("车", "cars"),
            department: police, schema: .national)
    }

    private static func check(_ source: SourceExtract) throws {
        let day = CalendarDate(iso: "2026-06-01")
        let findings = try source.query(Fixture.numbers.map { QueriedPerson($0) })
        #expect(source.facts.map(\.name) == ["household.vehicles", "member.works"])
        #expect(
            findings == [
                SourceFinding(person: 0, .value(2, of: source.facts[0], day: day, confidence: 80)),
                SourceFinding(person: 0, .value(1, of: source.facts[1], day: day, confidence: 80)),
                SourceFinding(person: 1, SourceFinding.Statement.none(of: source.facts[0], day: nil)),
                SourceFinding(person: 2, .unknownPerson),
            ])
    }

    @Test("A table in CSV is a data source: an empty cell says nothing, and none says that there is none")
    func table() throws {
        let file = try Scratch(
            """
            citizen_number,household.vehicles,day,confidence,member.works
            \(Self.first),2,2026-06-01,80,true
            \(Self.second),none,,,

            """)
        try Self.check(try Self.extract(file))
    }

    @Test("So is the table of an SQLite database")
    func database() throws {
        let file = try Scratch("", "x.db")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.execute('CREATE TABLE persons (citizen_number, "household.vehicles", day, confidence, "member.works")')
            database.execute("INSERT INTO persons VALUES ('\(Self.first)', 2, '2026-06-01', 80, 'true')")
            database.execute("INSERT INTO persons VALUES ('\(Self.second)', 'none', NULL, NULL, NULL)")
            database.commit()
            """, file.path,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        try Self.check(try Self.extract(file))
        let empty = try Scratch("", "empty.db")
        let problem = try #require(throws: StorageProblem.self) { try Self.extract(empty) }
        #expect(problem.description.hasSuffix("a table 'persons' was expected in the database, and there is none"))
    }

    @Test("A mistake in a table has its place, and nothing of the table is quoted")
    func wrong() throws {
        func finding(_ text: String) throws -> String {
            let file = try Scratch(text)
            let found = try #require(throws: Diagnostic.self) { try Self.extract(file) }
            return found.description.replacing(file.path, with: "x.csv")
        }
        let header = "citizen_number,day,confidence,household.vehicles\n"
        #expect(
            try finding("number,household.vehicles\n")
                == "x.csv:1:1: error: a column 'citizen_number' was expected [missing-key]")
        #expect(
            try finding("citizen_number,household.vehicle\n")
                == "x.csv:1:16: error: there is no fact 'household.vehicle'; did you mean 'household.vehicles'? [unknown-fact]"
        )
        #expect(
            try finding("citizen_number,household.homes\n")
                == "x.csv:1:16: error: 公安交管部门 (police) does not hold 'household.homes', by the policy; it holds household.vehicles, member.works [unknown-fact]"
        )
        #expect(
            try finding(header + "\(Self.first.dropLast())0,,,1\n")
                == "x.csv:2:1: error: the last character of the citizen number does not agree with the others [bad-citizen-number]"
        )
        #expect(
            try finding(header + "\(Self.first),2026-02-30,,1\n")
                == "x.csv:2:20: error: a day of the calendar, written as 2026-01-31, was expected [bad-date]")
        #expect(
            try finding(header + "\(Self.first),,0,1\n")
                == "x.csv:2:21: error: a confidence from 1 to 100 was expected [out-of-range]")
        #expect(
            try finding(header + "\(Self.first),,,two\n")
                == "x.csv:2:22: error: household.vehicles: a whole number from 0 to 9,999 was expected, and this is text; write it without quotes [wrong-type]"
        )
        #expect(
            try finding(header + "\(Self.first),,,1\n\(Self.first),,,2\n")
                == "x.csv:3:1: error: this person has a row already [duplicate-identifier]")
    }

    @Test("A table of authorisations says who may be asked about, member by member")
    func authorisations() throws {
        let header = "household,member,citizen_number,name,from,until\n"
        let file = try Scratch(header + "f,2,\(Self.second),李四,2026-01-01,2026-12-31\n")
        let known = try AuthorisationFile.read(file.path)
        let one = try #require(known.authorisation(household: "f", member: 1))
        #expect(one.person == QueriedPerson(Fixture.numbers[1], name: "李四") && one.until.iso == "2026-12-31")
        #expect(known.authorisation(household: "f", member: 0) == nil)
        func finding(_ text: String) throws -> String {
            let file = try Scratch(text)
            let found = try #require(throws: Diagnostic.self) { try AuthorisationFile.read(file.path) }
            return found.description.replacing(file.path, with: "x.csv")
        }
        #expect(
            try finding("household,member\n")
                == "x.csv:1:1: error: the columns household,member,citizen_number,name,from,until were expected [csv-syntax]"
        )
        #expect(
            try finding(header + ",1,\(Self.first),,2026-01-01,2026-12-31\n")
                == "x.csv:2:1: error: the id of a household was expected [missing-key]")
        #expect(
            try finding(header + "f,0,\(Self.first),,2026-01-01,2026-12-31\n")
                == "x.csv:2:3: error: the place of a member from 1 to 40 was expected [out-of-range]")
        #expect(
            try finding(header + "f,1,\(Self.first),,,2026-12-31\n")
                == "x.csv:2:25: error: the first and the last day of the authorisation were expected [bad-date]")
        #expect(
            try finding(header + "f,1,\(Self.first),,2026-12-31,2026-01-01\n")
                == "x.csv:2:36: error: the last day lies before the first [date-order]")
    }

    @Test("A file of many households is verified part by part, in its order")
    func roll() async throws {
        let fixture = try Fixture()
        let extract = try Scratch(
            "citizen_number,household.vehicles\n\(Self.first),2\n\(Self.second),none\n")
        let source = try Self.extract(extract)
        let roll = try Scratch(
            """
            {"id": "a", "vehicles": 0, "members": [{"works": false}]}
            {"id": "b", "vehicles": 0, "members": [{"works": false}]}
            {"id": "c", "vehicles": -1, "members": [{"works": false}]}
            {"id": "d", "vehicles": 0, "members": [{"works": false}]}

            """, "roll.jsonl")
        let authorisations = Authorisations(
            [("a", 0), ("d", 1)].map {
                Authorisation(
                    household: $0.0, member: 0, person: QueriedPerson(Fixture.numbers[$0.1]), from: .earliest,
                    until: .latest)
            })
        let verifier = try Verifier(fixture.engine, sources: [source], authorisations: authorisations)
        let output = try Scratch("", "out.jsonl")
        let rejects = try Scratch("", "rejects")
        let run = VerificationRun(fixture.engine, verifier, date: Fixture.date, knownOn: nil, stage: .application)
        let done = try await run.run(.init(roll.path, .jsonl), to: output.path, rejects: rejects.path) { _ in }
        #expect(done.households == 4 && done.refused == 1 && done.differing == 1 && done.changed == 1)
        let lines = try String(contentsOfFile: output.path, encoding: .utf8).split(separator: "\n")
        #expect(lines.map { $0.prefix(9) } == [#"{"id":"a""#, #"{"id":"b""#, #"{"id":"d""#])
        #expect(lines[0].contains(#""outcome":"contradicted""#) && lines[1].contains(#""outcome":"not-authorised""#))
        #expect(lines[2].contains(#""outcome":"confirmed""#))
        #expect(try String(contentsOfFile: rejects.path, encoding: .utf8).contains("vehicles"))
    }
}
