import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistancePolicy
import Glibc
import Jiuzhu
import TestSupport
import Testing

/// Lines of decisions as `jiuzhu batch` writes them.
@Suite("Files of decisions")
struct DecisionSchemaTests {
    /// Two of which little is known, and one that is wrong.
    private static let families = """
        {"id": "f1", "area": "231025", "residence": "rural", "size": 1, "members": [{"relation": "head", "birth": "1990-01-01", "can_work": true}]}
        {"residence": "urban"}
        {"vehicles": -1}

        """

    /// What a batch writes of an example household that is given services and money, and of those.
    private static func decisions(_ format: ExchangeFormat) async throws -> (
        bytes: [UInt8], progress: BatchRun.Progress
    ) {
        let findings = Findings()
        let library = PolicyLibrary.load(
            "heilongjiang", in: Repository.policies, sections: Engine.sections(of: assistancePrograms), findings)
        #expect(!findings.hasErrors)
        var template = Array("/tmp/jiuzhu-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let (input, output) = (folder + "/f.jsonl", folder + "/d")
        defer {
            for file in [input, output, folder + "/r"] { unlink(file) }
            rmdir(folder)
        }
        let example = try #require(PolicyFiles.read(Repository.root + "/Examples/households/36-flexible-work.json"))
        let line = example.filter { $0 != UInt8(ascii: "\n") } + [UInt8(ascii: "\n")]
        let stream = try #require(fopen(input, "w"))
        let bytes = line + Array(families.utf8)
        #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
        fclose(stream)
        let progress = try await BatchRun(
            Engine(library, programs: assistancePrograms), date: try #require(CalendarDate(iso: "2025-09-01")),
            knownOn: nil, stage: .application
        ).run(.init(input, .jsonl), to: .init(output, format), rejects: folder + "/r") { _ in }
        return (try #require(PolicyFiles.read(output)), progress)
    }

    @Test("The published schema is that of the code, and every line is valid")
    func schema() async throws {
        RecordedText.expect(DecisionFile.schema, at: "docs/schema/decisions-1.schema.json")
        let check = SchemaCheck(root: try JSONTree(DecisionFile.schema))
        let (bytes, progress) = try await Self.decisions(.jsonl)
        #expect(progress.households == 4 && progress.refused == 1)
        let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        #expect(lines.count == 3)
        for line in lines { #expect(check.problems(of: try JSONTree(line)) == []) }
        // Money that is known, money that is not, and things.
        let all = lines.joined()
        #expect(all.contains("\"least\":\"0.00\",\"most\":\"612.00\""))
        #expect(
            all.contains(
                "\"gift\":{\"thing\":{\"zh\":\"职业介绍\",\"en\":\"placement\"},\"unit\":null,\"least\":\"1\",\"most\":\"1\"}"
            ))

        for (old, new) in [
            ("\"status\":\"eligible\"", "\"status\":\"perhaps\""), ("\"least\":\"0.00\"", "\"least\":0"),
            ("\"line\":1", "\"line\":\"1\""), ("\"gift\":", "\"amount\":\"1.00\",\"gift\":"),
            ("\"missing\":", "\"lacking\":"),
        ] {
            let line = try #require(lines.first { $0.contains(old) }).replacing(old, with: new, maxReplacements: 1)
            #expect(check.problems(of: try JSONTree(line)) != [], "\(new) is taken")
        }
    }

    @Test("In a table what is given in kind stands in columns of its own, and no sum beside it")
    func table() async throws {
        let text = String(decoding: try await Self.decisions(.csv).bytes, as: UTF8.self)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.allSatisfy { $0.count == 14 })
        let things = rows.dropFirst().filter { !$0[11].isEmpty }
        #expect(!things.isEmpty && things.allSatisfy { $0[7].isEmpty && $0[8].isEmpty && $0[9].isEmpty })
        let placement = things.filter { $0[0] == "1" && $0[3] == "employment" }.map { $0[5...].joined(separator: ",") }
        #expect(
            placement == [
                "placement,once,,,,members[0].decided.insurance_share,职业介绍,1,",
                "training,once,,,,members[0].decided.insurance_share,免费职业培训,1,",
            ])
    }
}
