import ArgumentParser
import AssistanceCore
import AssistancePolicy
import Jiuzhu

extension Language: ExpressibleByArgument {}
extension Stage: ExpressibleByArgument {}

/// What a result is written as.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

/// Days on the command line.
enum DayArgument {
    /// Reads `2025-03-05`.
    static func read(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(iso: text) else {
            throw ValidationError("a day of the calendar is written as 2025-03-05")
        }
        return date
    }
}

/// Months on the command line.
enum MonthArgument {
    /// Reads `2025-03`, as its first day.
    static func read(_ text: String) throws -> CalendarDate {
        guard let date = CalendarDate(iso: text + "-01") else {
            throw ValidationError("a month is written as 2025-03")
        }
        return date
    }
}

/// Where the policies are, and the plugins beside them.
struct PolicyFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of policies. Without it: the one installed with this command, else ./Policies.",
            valueName: "dir"),
        completion: .directory)
    var policies: String?

    @OptionGroup var plugins: PluginOptions

    /// The folder.
    var root: PolicyRoot { PolicyRoot(policies) }
}

/// How a result is written.
struct ResultOptions: ParsableArguments {
    @Option(help: "Text for people, or JSON; docs/schema has the form of assessments.")
    var format: OutputFormat = .text

    @Option(help: "The language of the text: Chinese or English.")
    var language: Language = .chinese
}

/// How a household file is read.
struct HouseholdFileOptions: ParsableArguments {
    @Option(help: "The format of the household file; by default by its extension, and JSON where that says nothing.")
    var input: InputFormat?

    /// What a file of a path is read as.
    func format(of path: String) -> InputFormat { input ?? InputFormat(path: path) }
}

/// Which policy, as of when.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The jurisdiction, a path below the folder of policies such as heilongjiang/harbin, or a pack such as heilongjiang.pack. Households without an area of their own are in it.",
            valueName: "path"))
    var policy: String

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp(
            "The day of application, such as 2025-03-05; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    @Option(
        help: ArgumentHelp("Only policy that had been published by this day.", valueName: "day"),
        transform: DayArgument.read)
    var knownOn: CalendarDate?

    /// The day of application.
    var day: CalendarDate { date ?? .today() }
}

/// Which programmes.
struct ProgramOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A programme to assess, such as low-income; may be repeated. Without it: all that the area offers.",
            valueName: "id"))
    var program: [String] = []

    /// The ids that were named, all of which are of some programmes; nil for all.
    func run(among programs: [any AssistanceProgram]) throws -> Set<String>? {
        let known = programs.map(\.id)
        for id in program where !known.contains(id) {
            let hint = closestName(to: id, among: known).map { "; did you mean '\($0)'?" } ?? "."
            throw ValidationError("there is no programme '\(id)'\(hint) There are \(known.joined(separator: ", ")).")
        }
        return program.isEmpty ? nil : Set(program)
    }
}
