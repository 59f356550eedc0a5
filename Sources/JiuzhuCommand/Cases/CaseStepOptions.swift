import ArgumentParser
import AssistanceCasework
import AssistanceCore

/// What a step says, as options; which of them it needs is said where it is refused.
struct CaseStepOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The day on which it was done.", valueName: "day"), transform: DayArgument.read)
    var day: CalendarDate?

    @Option(
        help: ArgumentHelp(
            "A member whom it concerns, by the place in the household from 0; may be repeated.", valueName: "place"))
    var member: [Int] = []

    @Option(help: ArgumentHelp("The staff number of one who visited; may be repeated.", valueName: "id"))
    var visitor: [String] = []

    @Option(help: ArgumentHelp("A programme by its id; may be repeated.", valueName: "id"))
    var program: [String] = []

    @Option(help: ArgumentHelp("A paper as policy names it; may be repeated.", valueName: "id"))
    var paper: [String] = []

    @Option(
        help: ArgumentHelp("The division to which the case goes.", valueName: "code"), transform: DivisionArgument.read)
    var area: DivisionCode?

    @Option(
        help: ArgumentHelp("The first day of a permission, the day of a visit, a death or an end.", valueName: "day"),
        transform: DayArgument.read)
    var from: CalendarDate?

    @Option(help: ArgumentHelp("The last day of a permission.", valueName: "day"), transform: DayArgument.read)
    var until: CalendarDate?

    @Option(
        help: ArgumentHelp(
            "The department that is asked, by its id in 'jiuzhu policy departments'.", valueName: "id"))
    var department: String?

    @Option(
        name: .customLong("number"),
        help: ArgumentHelp("Which task, objection, complaint or appeal is answered, from 1.", valueName: "number"))
    var place: Int?

    @Option(help: "What is proposed, decided or found.")
    var verdict: CaseVerdict?

    @Option(help: ArgumentHelp("The case into which this one is merged.", valueName: "number"))
    var other: Int64?

    @Option(
        help: ArgumentHelp("The sum that is given at once, in yuan.", valueName: "yuan"), transform: SumArgument.read)
    var sum: Money?

    @Option(help: ArgumentHelp("The step whose time is extended.", valueName: "step"))
    var limit: CaseStep?

    /// Whether none of them was given.
    var isEmpty: Bool {
        day == nil && member.isEmpty && visitor.isEmpty && program.isEmpty && paper.isEmpty && area == nil
            && from == nil
            && until == nil && department == nil && place == nil && verdict == nil && other == nil && sum == nil
            && limit == nil
    }

    /// The step that they describe.
    func action(_ step: CaseStep, on day: CalendarDate) -> CaseAction {
        var action = CaseAction(step, on: day)
        (action.programs, action.papers, action.visitors) = (program, paper, visitor)
        (action.area, action.from, action.until, action.department) = (area, from, until, department)
        (action.number, action.verdict, action.other, action.sum) = (place, verdict, other, sum)
        action.limit = limit
        return action
    }
}

/// Requests and what is sealed with them, as files.
enum CaseRequestFile {
    /// Reads a request, or says that a file cannot be read and ends the command; its mistakes are thrown.
    static func read(_ path: String, document: String?) throws -> CaseRequest {
        let file = try InputFile(path)
        return try CaseRequest(json: file.bytes, file: file.name, document: document.map(bytes))
    }

    /// What is sealed.
    static func bytes(_ path: String) throws -> [UInt8] {
        let file = try InputFile(path)
        guard !file.isTooLarge else {
            throw CaseProblem.wrongInput([
                Diagnostic(
                    .tooLarge, file: file.name, at: SourcePosition(line: 1, column: 1),
                    "at most \(InputFile.limit >> 20) MB were expected in one file")
            ])
        }
        return file.bytes
    }
}
