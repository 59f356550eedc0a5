import AssistanceEngine
import Jiuzhu
import TestSupport
import Testing

/// The tester itself, on invented policy.
@Suite struct PolicyTesterTests {
    private static let policies = Repository.fixtures + "/policies"

    private func run(_ paths: String...) -> (report: PolicyTestReport, lines: [String]) {
        let report = PolicyTester(policies: Self.policies, programs: assistancePrograms)
            .run(paths.map { Self.policies + "/" + $0 })
        let lines = Repository.relative(report.text).split(separator: "\n").map(String.init)
        return (report, lines.map { $0.replacing("Tests/Fixtures/policies/", with: "") })
    }

    @Test func casesThatDecideAsExpectedPass() {
        let (report, lines) = run("invented")
        #expect(lines == ["4 passed, 0 failed"])
        #expect(report.isPassed)
        #expect(report.passed == 4)
    }

    @Test func everyMistakeOfATestFileIsReportedWithItsPlace() {
        let (report, lines) = run("wrong.test.yaml")
        #expect(!report.isPassed)
        #expect(
            lines.filter { $0.contains(": error: ") } == [
                "wrong.test.yaml:1:1: error: a policy test file has no key 'polcy'; did you mean 'policy'? [unknown-key]",
                "wrong.test.yaml:9:22: error: 'status' is eligible, ineligible, undetermined; did you mean 'eligible'? [bad-value]",
                "wrong.test.yaml:9:39: error: a sum in yuan is expected here, such as 3639 or 25.82, or {from: 0, upto: 100}, or unknown [bad-value]",
                "wrong.test.yaml:9:73: error: there is no step 'per_capita_incom' here; did you mean 'per_capita_income'? [unknown-name]",
                "wrong.test.yaml:9:95: error: there is no standing 'egde' here; did you mean 'edge'? [unknown-name]",
                "wrong.test.yaml:9:111: error: there is no condition 'mony' here; did you mean 'money'? [unknown-name]",
                "wrong.test.yaml:9:126: error: there is no route 'hosehold' here; did you mean 'household'? [unknown-name]",
                "wrong.test.yaml:10:5: error: the case in line 6 has the same name [duplicate-identifier]",
                "wrong.test.yaml:13:13: error: 'expect' says nothing; write at least a 'status' [missing-key]",
                "wrong.test.yaml:15:11: error: 'date' is a day written as 2021-07-01 [bad-value]",
                "wrong.test.yaml:19:11: error: no policy of 牡丹江市 is in force on 2019-12-01 [no-policy]",
                "wrong.test.yaml:24:12: error: a stage is application or review; did you mean 'review'? [bad-value]",
                "wrong.test.yaml:25:28: error: residence: one of urban, rural was expected, and this is no such code; did you mean 'urban'? [unknown-code]",
                "wrong.test.yaml:29:23: error: 440000 does not lie in 黑龙江省牡丹江市 [area-outside-policy]",
                "wrong.test.yaml:34:93: error: 'n' is measured in person [bad-value]",
                "wrong.test.yaml:34:235: error: 'expect' has no key 'wrong' [unknown-key]",
            ])
    }

    @Test func whatDiffersIsShownLineByLine() {
        let (_, lines) = run("wrong.test.yaml")
        let start = lines.firstIndex(of: "wrong.test.yaml:31: failed: F") ?? lines.endIndex
        #expect(
            lines[start...].map { String($0) } == [
                "wrong.test.yaml:31: failed: F",
                "    status: expected ineligible, found eligible (route household)",
                "    total: expected from 1.00 upto 2.00, found 1,800.00",
                "    benefits.base: expected 3.00, found 1,800.00",
                "    steps.n: written in the wrong form",
                "    steps.own: expected [1 yuan/month, 2 yuan/month], found [900 yuan/month, 900 yuan/month]",
                "    steps.gap: expected 2 yuan/month, found 900 yuan/month",
                "    steps.per_capita_income: expected 1000/3 (≈333.33) yuan/month, found 0 yuan/month",
                "    members_counted: expected 3, found 2",
                "    window: expected 2029-06-01 until 2030-07-01, found 2029-06-01 until 2030-06-01",
                "    standings.edge: expected unknown, found false",
                "0 passed, 5 failed, 16 errors in the files",
            ])
    }

    @Test func everyMistakeOfATestOfATermIsReportedWithItsPlace() {
        let (_, lines) = run("wrong-terms.test.yaml")
        #expect(
            lines == [
                "wrong-terms.test.yaml:5:11: error: there is no figure, word or term 'standrad'; did you mean 'standard'? [unknown-name]",
                "wrong-terms.test.yaml:9:13: error: the term does not use 'wage' [unknown-name]",
                "wrong-terms.test.yaml:18:24: error: 'rurl' is not one of urban, rural [unknown-code]",
                "wrong-terms.test.yaml:22:13: error: 'expect' of a term says its 'value' [missing-key]",
                "wrong-terms.test.yaml:22:14: error: 'expect' of a term has no key 'total' [unknown-key]",
                "wrong-terms.test.yaml:24:11: error: 'term' is the name of a figure, word or term [wrong-shape]",
                "wrong-terms.test.yaml:28:12: error: 'given' is a mapping from names to values [wrong-shape]",
                "wrong-terms.test.yaml:33:21: error: 'standard' is measured in yuan/month [bad-value]",
                "wrong-terms.test.yaml:35:11: error: 'low-income.supplements' is not one value, or nothing fills it here [unknown-name]",
                "wrong-terms.test.yaml:41:11: error: 'low-income.cap' is not one value, or nothing fills it here [unknown-name]",
                "wrong-terms.test.yaml:43:5: error: the key 'expect' is missing: the value of the term [missing-key]",
                "wrong-terms.test.yaml:4: failed: A", "    the case has errors",
                "wrong-terms.test.yaml:7: failed: B", "    the case has errors",
                "wrong-terms.test.yaml:12: failed: C", "    value: expected 901 yuan/month, found 900 yuan/month",
                "wrong-terms.test.yaml:16: failed: D", "    the case has errors",
                "wrong-terms.test.yaml:30: failed: H", "    value: written in the wrong form",
                "wrong-terms.test.yaml:34: failed: I", "    the case has errors",
                "wrong-terms.test.yaml:37: failed: J", "    missing: expected [member.sex], found [residence]",
                "wrong-terms.test.yaml:40: failed: K", "    the case has errors",
                "0 passed, 8 failed, 11 errors in the files",
            ])
    }

    @Test func aFolderWithoutTestsDoesNotPass() {
        let (report, lines) = run("china")
        #expect(!report.isPassed)
        #expect(lines == ["no policy tests: no file ends in .test.yaml", "0 passed, 0 failed"])
    }

    @Test func whatIsNoTestFileIsOneError() {
        let (report, lines) = run("invented/standard.yaml", "../../../Makefile")
        #expect(!report.isPassed)
        #expect(
            lines == [
                "../../../Makefile:1:1: error: a folder, or a file whose name ends in .test.yaml, was expected [not-a-test-file]",
                "invented/standard.yaml:1:1: error: a folder, or a file whose name ends in .test.yaml, was expected [not-a-test-file]",
                "0 passed, 0 failed, 2 errors in the files",
            ])
    }

    @Test func aHouseholdOfAnAreaThatHasEndedIsAnErrorWithItsSuccessor() {
        #expect(
            run("late").lines == [
                "late/ended.test.yaml:9:23: error: the code 232723 漠河县 ended on 2022-03-01 and is not in use on 2022-03-01; its successor is 232701 漠河市 [area-not-in-use]",
                "late/ended.test.yaml:13:23: error: the code 232701 漠河市 is not in use before 2022-03-01 [area-not-in-use]",
                "late/ended.test.yaml:7: failed: on the day on which a code ends it is no longer in use",
                "    the case has errors",
                "late/ended.test.yaml:11: failed: a code is not in use before its first day",
                "    the case has errors",
                "1 passed, 2 failed, 2 errors in the files",
            ])
    }

    @Test func aFileThatIsNotThereIsAnError() {
        #expect(
            run("nothing.test.yaml").lines.first
                == "nothing.test.yaml:1:1: error: the file cannot be read [unreadable-file]")
    }
}
