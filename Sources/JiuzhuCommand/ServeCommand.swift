import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// `jiuzhu serve`
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer a program that asks line by line.",
        discussion: """
            For programs that cannot link the C library. A line of standard input is what jz_assess_json of that library \
            takes: a household in JSON, or {"households": [...]}. For each line there is one line of standard output, in \
            the same order: the very bytes that jz_assess_json gives, or {"error": {...}} with the JSON of jz_error_json.

            A line is answered before the next is waited for. The command ends with its input.

              jiuzhu serve --stdio --policy heilongjiang --date 2026-06-01

            EXIT STATUS
              0   done; also where lines were answered with errors
              2   the policy is wrong; every mistake is named, nothing is answered
              64  the command line is wrong
              74  the input cannot be read, or an answer cannot be written
            """)

    @Flag(help: "Speak through standard input and standard output: the one way there is.")
    var stdio = false

    @OptionGroup var policy: PolicyOptions

    @Option(help: "A first application, or the review of a running grant.")
    var stage: Stage = .application

    @OptionGroup var programs: ProgramOptions

    @Flag(help: "Give every step: its value, its rule, the article and the line of the policy file.")
    var explain = false

    func validate() throws {
        guard stdio else { throw ValidationError("say --stdio: there is no other way to be served") }
    }

    func run() throws {
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let run = try programs.run(among: source.programs)
        let service = AssessmentService(try source.engine(run: run), folder: source.prefix)
        var lines = InputLines(limit: AssessmentService.limit)
        while let line = try lines.next() {
            try Console.write(answer(line, service) + [UInt8(ascii: "\n")])
        }
    }

    private func answer(_ line: InputLines.Line, _ service: AssessmentService) -> [UInt8] {
        // Today is asked for anew with each line: a server runs for longer than a day.
        let request = AssessmentRequest(date: policy.day, knownOn: policy.knownOn, stage: stage, explains: explain)
        do throws(CallFailure) {
            guard case .bytes(let text) = line else {
                throw CallFailure(CallFailure.limit, "json has more than \(AssessmentService.limit) bytes, or no end")
            }
            return try service.answer(text, request)
        } catch {
            var json = JSONWriter(.compact)
            json.beginObject()
            json.key("error")
            error.write(to: &json)
            json.endObject()
            return json.bytes
        }
    }
}
