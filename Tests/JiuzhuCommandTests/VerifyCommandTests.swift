import Foundation
import Testing

/// `jiuzhu verify`, with the family of `plugins/vehicle-registry` and its extract.
@Suite("jiuzhu verify")
struct VerifyCommandTests {
    private static let folder = CommandRun.repository + "/plugins/vehicle-registry"
    private static let plain = [
        "verify", "example/family.yaml", "--policies", "Policies", "--policy", "example", "--date", "2026-06-15",
        "--authorised", "example/authorised.csv",
    ]

    private static func run(_ more: [String]) throws -> CommandRun { try CommandRun(plain + more, in: folder) }

    @Test("A table that a department has sent is asked like any registry")
    func extract() throws {
        let folder = try Scratch()
        let table = try folder.write(
            "citizen_number,household.vehicles,day\n990101198001010014,2,2026-06-01\n990101198205050026,none,2026-06-01\n",
            to: "vehicles.csv")
        let run = try Self.run(["--extract", "traffic-police=" + table])
        #expect(run.status == 0 && run.errors == "")
        #expect(
            run.output == """
                例省,2026-06-15 信息核对
                家庭编号 family-1
                来源 vehicles.csv(公安交管部门)

                未核对的成员
                  成员3(子女):没有授权书,未核对

                核对结果
                  不一致:家庭,机动车数量,申报 0,查得 至少 2(vehicles.csv,2026-06-01,可信度 100)

                未核对的数据
                  农业农村部门,拖拉机登记:机动车数量

                对认定的影响
                  生活补贴:按申报符合条件,300.00 元/月;按核对暂不能认定,0.00 至 300.00 元/月

                """)
        let json = try Self.run(["--extract", "traffic-police=" + table, "--format", "json"])
        #expect(json.output.contains(#""outcome": "contradicted""#) && !json.output.contains("9901011980"))
    }

    @Test("A data source of a plugin is asked by its id, with its setting")
    func plugin() throws {
        let folder = try Scratch()
        let plugin = folder.path + "/vehicle-registry.so"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "c++", "-std=c++17", "-shared", "-fPIC", "-I" + CommandRun.repository + "/include", "-o", plugin,
            Self.folder + "/vehicle-registry.cpp",
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let digest = try CommandRun(inShell: "sha256sum \(plugin)").output.prefix(64)
        let named = ["--plugin", plugin, "--plugin-sha256", String(digest)]
        let run = try Self.run(named + ["--source", "vehicle-registry=example/extract.csv"])
        #expect(run.status == 0 && run.errors == "")
        #expect(run.output == (try String(contentsOfFile: Self.folder + "/example/expected.txt", encoding: .utf8)))

        let unread = try Self.run(named + ["--source", "vehicle-registry=example/none.csv"])
        #expect(unread.status == 2 && unread.output == "")
        #expect(
            unread.errors
                == "jiuzhu: error: the plugin 'vehicle-registry' 1.0.0, the data source 'vehicle-registry': the extract cannot be read: No such file or directory\n"
        )
        let other = try Self.run(named + ["--source", "vehicle-registri"])
        #expect(
            other.errors
                == "jiuzhu: error: no --plugin has a data source 'vehicle-registri'; did you mean 'vehicle-registry'?\n"
        )
        let none = try Self.run(["--source", "vehicle-registry"])
        #expect(none.status == 2 && none.errors == "jiuzhu: error: no --plugin has a data source 'vehicle-registry'\n")
    }

    @Test("Without a registry, without a department, or with tables that are wrong nothing is verified")
    func wrong() throws {
        let nobody = try Self.run([])
        #expect(nobody.status == 64)
        #expect(nobody.errors.contains("there is nobody to ask; name a --source or an --extract"))
        let nameless = try Self.run(["--extract", "vehicles.csv"])
        #expect(nameless.status == 64)
        #expect(nameless.errors.contains("an --extract is written as DEPARTMENT=FILE, and 'vehicles.csv' is not"))
        let folder = try Scratch()
        let table = try folder.write("citizen_number,household.vehicles\n12,1\n", to: "vehicles.csv")
        let flawed = try Self.run(["--extract", "traffic-police=" + table])
        #expect(flawed.status == 1 && flawed.output == "")
        #expect(
            flawed.errors.hasSuffix(
                "vehicles.csv:2:1: error: a citizen number has 18 characters [bad-citizen-number]\n"))
        let homes = try folder.write("citizen_number,household.homes\n", to: "homes.csv")
        let foreign = try Self.run(["--extract", "traffic-police=" + homes])
        #expect(foreign.status == 1 && foreign.output == "")
        #expect(
            foreign.errors.hasSuffix(
                "homes.csv:1:16: error: 公安交管部门 (traffic-police) does not hold 'household.homes', by the policy; it holds household.vehicles, household.vehicles_value [unknown-fact]\n"
            ))
        let typo = try Self.run(["--extract", "trafic-police=" + table])
        #expect(typo.status == 2 && typo.output == "")
        #expect(
            typo.errors
                == "jiuzhu: error: --extract: there is no department 'trafic-police'; did you mean 'traffic-police'? There are agriculture, traffic-police\n"
        )
        let missing = try Self.run(["--extract", "traffic-police=" + folder.path + "/none.csv"])
        #expect(missing.status == 74)
        #expect(missing.errors.hasSuffix("none.csv: error: the file cannot be read: No such file or directory\n"))
    }

    @Test("A file of many households is verified into a file that its owner alone reads")
    func roll() throws {
        let folder = try Scratch()
        let table = try folder.write(
            "citizen_number,household.vehicles\n990101198001010014,2\n", to: "vehicles.csv")
        let roll = try folder.write(
            """
            {"id": "family-1", "vehicles": 0, "members": [{"birth": "1980-01-01"}]}
            {"id": "family-2", "vehicles": 0, "members": [{"birth": "1980-01-01"}]}
            {"id": "family-3", "vehicles": "none of them", "members": [{}]}

            """, to: "roll.jsonl")
        let output = folder.path + "/out.jsonl"
        let run = try CommandRun(
            ["verify", roll] + Self.plain.dropFirst(2) + ["--extract", "traffic-police=" + table, "-o", output],
            in: Self.folder)
        #expect(run.status == 5 && run.output == "")
        #expect(
            run.errors
                == "3 households, 1 refused: see \(output).rejects; 1 differ from what they declared, 1 are decided otherwise\n"
        )
        let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains(#""outcome":"contradicted""#))
        #expect(lines[1].contains(#""authorisation":"missing""#))
        let mode = try FileManager.default.attributesOfItem(atPath: output)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
