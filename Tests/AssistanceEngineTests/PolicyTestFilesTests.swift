import AssistanceEngine
import AssistancePolicy
import Jiuzhu
import TestSupport
import Testing

/// All policy tests of the repository.
@Suite struct PolicyTestFilesTests {
    private static let files =
        PolicyFiles.tests(below: Repository.tests) + PolicyFiles.tests(below: Repository.policies)

    @Test("every policy test decides as its author expects", arguments: files)
    func file(_ path: String) {
        let report = PolicyTester(policies: Repository.policies, programs: assistancePrograms).run([path])
        #expect(report.isPassed, Comment(rawValue: "\n" + Repository.relative(report.text)))
    }
}
