import AssistanceCore

/// Why a plugin was not loaded.
public struct PluginRefusal: Error, Hashable, Sendable {
    /// The kinds of reasons, by the word that reports have.
    public enum Reason: String, Sendable, CaseIterable {
        /// The file cannot be opened or read.
        case unreadable
        /// It is a folder, a symbolic link, a device: no regular file.
        case notAFile = "not-a-file"
        /// It is larger than a plugin may be.
        case tooLarge = "too-large"
        /// Its bytes are not those that the host expects.
        case digest
        /// The system lends no memory that can be sealed, or does not let it be executed.
        case forbidden
        /// It is no shared library for this machine.
        case notALibrary = "not-a-library"
        /// It says itself where its libraries lie.
        case libraryPath = "library-path"
        /// The system's linker refuses it.
        case linker
        /// It has no entry.
        case noEntry = "no-entry"
        /// What its entry answers is no descriptor.
        case magic
        /// It was written against another interface.
        case abi
        /// It refuses this host.
        case refused
        /// Something in its tables is wrong.
        case table
        /// Something of that name is there already.
        case taken
    }

    /// The kind of reason.
    public let reason: Reason
    /// One sentence in English.
    public let message: String
    /// What was expected, where there is such a thing: a digest, a number.
    public let expected: String?
    /// What was found instead.
    public let found: String?

    /// A reason with its sentence.
    init(_ reason: Reason, _ message: String, expected: String? = nil, found: String? = nil) {
        self.reason = reason
        self.message = message
        self.expected = expected
        self.found = found
    }

    /// As a finding about a file.
    public func diagnostic(file: String) -> Diagnostic {
        Diagnostic(.plugin, file: file, at: SourcePosition(line: 1, column: 1), message)
    }
}
