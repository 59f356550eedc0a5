import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// What a household file is written in.
enum InputFormat: String, CaseIterable, ExpressibleByArgument {
    case json, yaml

    /// By the extension of a path; JSON where it has no other.
    init(path: String) {
        self = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? .yaml : .json
    }
}

/// The households of a file from outside.
enum HouseholdInput {
    /// Reads them, or says everything that is wrong with the file and ends the command.
    static func required(
        _ file: InputFile, as format: InputFormat, schema: FactSchema, on date: CalendarDate
    ) throws -> HouseholdFile {
        var findings: [Diagnostic] = []
        let households = read(file, as: format, schema: schema, on: date, &findings)
        Console.complain(findings)
        guard let households, !findings.contains(where: { $0.severity == .error }) else { throw ExitStatus.badInput }
        return households
    }

    /// The areas they are assessed in on a day, or says what is wrong with them and ends the command.
    static func areas(
        of households: HouseholdFile, _ engine: Engine, on date: CalendarDate, _ file: String
    ) throws -> [DivisionCode] {
        var findings: [Diagnostic] = []
        let name = file == "-" ? "<stdin>" : file
        let areas = HouseholdAreas(engine.library, on: date, file: name).areas(of: households.households, &findings)
        guard findings.isEmpty else {
            Console.complain(findings)
            throw ExitStatus.badInput
        }
        return areas
    }

    /// Reads them; every mistake of the file goes to `findings`, and then the result must not be used.
    static func read(
        _ file: InputFile, as format: InputFormat, schema: FactSchema, on date: CalendarDate,
        _ findings: inout [Diagnostic]
    ) -> HouseholdFile? {
        if file.isTooLarge {
            let message =
                "at most \(InputFile.limit >> 20) MB were expected in one file; divide the households among several"
            findings.append(Diagnostic(.tooLarge, file: file.name, at: SourcePosition(line: 1, column: 1), message))
            return nil
        }
        switch format {
        case .json:
            return HouseholdReader.read(
                json: file.bytes, schema: schema, date: date, file: file.name, findings: &findings)
        case .yaml:
            let (root, problems) = YAMLReader.read(file.bytes, file: file.name)
            findings += problems
            guard let root else { return nil }
            var tokens = YAMLTokens(root)
            let households = HouseholdReader.read(
                &tokens, schema: schema, date: date, file: file.name, findings: &findings)
            findings.sort { $0.position < $1.position }
            return households
        }
    }
}
