import ArgumentParser
import AssistanceCore
import AssistanceExchange
import AssistanceStorage

extension ExchangeFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}

/// What commands over many households share.
enum Exchange {
    /// The format of a path by its extension or, of a folder, tables. Where neither says so, ends the command.
    static func format(_ given: ExchangeFormat?, of path: String, _ option: String) throws -> ExchangeFormat {
        if let format = given ?? ExchangeFormat(path: path) { return format }
        if path.hasSuffix("/") || StoredFiles.isFolder(path) { return .csv }
        throw ValidationError(
            "what '\(path)' is to be does not follow from its name, which ends in .csv, .jsonl or .db; say it with \(option)"
        )
    }

    /// Runs something over many households; says what makes the whole of it impossible, and ends the command.
    static func run<Outcome>(_ source: PolicySource, _ body: () async throws -> Outcome) async throws -> Outcome {
        Interruption.await()
        do {
            return try await body()
        } catch let finding as Diagnostic {
            Console.complain([finding])
            throw ExitStatus.badInput
        } catch let problem as StorageProblem {
            Console.complain(problem.description)
            throw ExitStatus.inputOutput
        } catch ExchangeProblem.findings(let findings) {
            Console.complain(findings)
            throw ExitStatus.badInput
        } catch ExchangeProblem.policy(let found) {
            Console.complain(source.errors(found))
            throw ExitStatus.badPolicy
        } catch ExchangeProblem.stopped {
            Console.complain("jiuzhu: stopped; nothing was written")
            throw ExitStatus.stopped
        }
    }
}
