import ArgumentParser
import AssistanceCore
import AssistancePolicy

/// Areas on the command line.
enum AreaArgument {
    /// The area of a code in a policy. Where there is none, or it is not in use on the day, says so and ends the command.
    static func read(
        _ text: String, in library: PolicyLibrary, on date: CalendarDate?, else status: ExitCode = ExitCode(1)
    ) throws -> DivisionCode {
        guard let code = DivisionCode(text) else {
            throw Console.mistake("'\(text)' is no division code", nil, .badValue, status)
        }
        guard library.jurisdiction.contains(code) else {
            let name = library.areas.fullName(of: library.jurisdiction)
            throw Console.mistake("\(text) does not lie in \(name)", nil, .areaOutsidePolicy, status)
        }
        guard library.areas[code] != nil || code == .nation else {
            let near = closestName(to: text, among: library.areas.all.map(\.code.text))
            throw Console.mistake("no areas.yaml has the area \(text)", near, .unknownArea, status)
        }
        if let date, let objection = library.areas.objection(to: code, on: date) {
            throw Console.mistake(objection, nil, .areaNotInUse, status)
        }
        return code
    }
}
