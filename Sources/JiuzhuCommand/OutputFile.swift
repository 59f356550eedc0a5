import ArgumentParser
import AssistanceStorage

/// A file that is written whole or not at all.
enum OutputFile {
    /// Writes a file, or says why it cannot be written and ends the command.
    ///
    /// - Parameter isPrivate: Whether only its owner may read it.
    static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws {
        do throws(StorageProblem) {
            let file = try PendingFile(path, isPrivate: isPrivate)
            try file.write(bytes)
            try file.commit()
        } catch {
            Console.complain(error.description)
            throw ExitStatus.inputOutput
        }
    }
}
