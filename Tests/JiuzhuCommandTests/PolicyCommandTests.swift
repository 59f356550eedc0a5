import Foundation
import Testing

@Suite("The commands about policy")
struct PolicyCommandTests {
    private static let fixtures = "Tests/Fixtures/policies"

    @Test("check of sound policy is 0, and of wrong policy 1 with the findings on standard error")
    func check() throws {
        let sound = try CommandRun(["policy", "check", "Policies", "--date", "2025-01-01"])
        #expect(sound.status == 0)
        #expect(sound.errors.isEmpty)
        #expect(sound.output.hasPrefix("entries "))
        let wrong = try CommandRun([
            "policy", "check", "Tests/Policies/bad/twelve-mistakes", "--policies", Self.fixtures,
        ])
        #expect(wrong.status == 1)
        #expect(wrong.errors.split(separator: "\n").count == 12)
        #expect(wrong.errors.hasPrefix("Tests/Policies/bad/twelve-mistakes/policy.yaml:2:7: error: "))
        #expect(wrong.output.hasSuffix(" 12 errors, 0 warnings\n"))
    }

    @Test("test is 0 where every case passes and 1 where one does not")
    func test() throws {
        let passed = try CommandRun([
            "policy", "test", Self.fixtures + "/invented", "--policies", Self.fixtures,
        ])
        #expect(passed.status == 0)
        #expect(passed.output == "4 passed, 0 failed\n")
        let failed = try CommandRun([
            "policy", "test", Self.fixtures + "/wrong.test.yaml", "--policies", Self.fixtures,
        ])
        #expect(failed.status == 1)
        #expect(failed.output.contains("Tests/Fixtures/policies/wrong.test.yaml:31: failed: F\n"))
        #expect(failed.errors.contains("wrong.test.yaml:1:1: error: "))
    }

    @Test("show finds a term by its short name, and guesses a wrong one")
    func show() throws {
        let options = ["--policy", "invented", "--policies", Self.fixtures, "--date", "2030-06-01"]
        let shown = try CommandRun(["policy", "show", "standard"] + options)
        #expect(shown.status == 0)
        #expect(shown.output.contains("Tests/Fixtures/policies/invented/standard.yaml:7\n"))
        let all = try CommandRun(["policy", "show", "all"] + options)
        #expect(all.status == 0)
        #expect(all.output.contains("  low-income.line "))
        let wrong = try CommandRun(["policy", "show", "standrad"] + options)
        #expect(wrong.status == 1)
        #expect(
            wrong.errors
                == "jiuzhu: error: there is no term 'standrad'; did you mean 'figures.standard'? [unknown-name]\n")
        let outside = try CommandRun(["policy", "show", "standard", "--area", "440100"] + options)
        #expect(outside.status == 1)
        #expect(outside.errors == "jiuzhu: error: 440100 does not lie in 黑龙江省牡丹江市 [area-outside-policy]\n")
        let nowhere = try CommandRun(["policy", "show", "standard", "--area", "231099"] + options)
        #expect(nowhere.status == 1)
        #expect(nowhere.errors.hasSuffix(" [unknown-area]\n"))
    }

    @Test("departments lists whose registries can be asked, with what each can confirm")
    func departments() throws {
        let options = [
            "--policy", "example", "--policies", "plugins/vehicle-registry/Policies", "--date", "2026-06-15",
        ]
        let shown = try CommandRun(["policy", "departments"] + options)
        #expect(shown.status == 0 && shown.errors == "")
        #expect(
            shown.output == """
                agriculture  农业农村部门
                  tractors  拖拉机登记  例民〔2025〕1号 第二条 [示例或凭记忆(未核)]
                    household.vehicles  机动车数量

                traffic-police  公安交管部门
                  vehicles  机动车登记  例民〔2025〕1号 第二条 [示例或凭记忆(未核)]
                    household.vehicles  机动车数量
                    household.vehicles_value  机动车价值

                """)
        let json = try CommandRun(["policy", "departments", "--format", "json", "--area", "990100"] + options)
        #expect(json.status == 0)
        let read = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let departments = read?["departments"] as? [[String: Any]]
        #expect(departments?.map { $0["id"] as? String } == ["agriculture", "traffic-police"])
        let kind = (departments?.last?["kinds"] as? [[String: Any]])?.first
        #expect(kind?["facts"] as? [String] == ["household.vehicles", "household.vehicles_value"])
        #expect(kind?["source"] as? String == "例民〔2025〕1号 第二条")
        let none = try CommandRun(
            ["policy", "departments", "--policy", "invented", "--policies", Self.fixtures, "--language", "en"])
        #expect(none.output == "no departments\n")
        let nowhere = try CommandRun(["policy", "departments", "--area", "990200"] + options)
        #expect(nowhere.status == 1)
        #expect(
            nowhere.errors
                == "jiuzhu: error: no areas.yaml has the area 990200; did you mean '990000'? [unknown-area]\n")
    }

    @Test("explain prints an article, lists them all, and guesses a wrong code")
    func explain() throws {
        let english = try CommandRun(["explain", "bare-number", "--language", "en"])
        #expect(english.status == 0)
        #expect(english.output.hasPrefix("bare-number\n\nCause\n"))
        #expect(try CommandRun(["explain", "[bare-number]"]).output.hasPrefix("bare-number\n\n原因\n"))
        let all = try CommandRun(["explain"])
        #expect(all.status == 0)
        #expect(all.output.split(separator: "\n").count > 50)
        let wrong = try CommandRun(["explain", "bear-number"])
        #expect(wrong.status == 1)
        #expect(wrong.errors == "jiuzhu: error: there is no code 'bear-number'; did you mean 'bare-number'?\n")
    }
}
