/// Why a data source or a payment channel could not do what was asked: one sentence without names or numbers of persons.
public struct PluginFailure: Error {
    let message: String
    let line: Int64

    /// - Parameter line: The line of the file that was read; 0 where it is none.
    public init(_ message: String, line: Int64 = 0) {
        self.message = message
        self.line = line
    }

    static let olderHost = PluginFailure(
        "it needs a newer host: this one has fewer functions than it was built with")
}
