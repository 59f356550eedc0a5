/// The folders of the repository, wherever it lies.
public enum Repository {
    /// The repository itself.
    public static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    /// The policies that are published.
    public static let policies = root + "/Policies"
    /// Policies that are there to be tested.
    public static let tests = root + "/Tests/Policies"
    /// What tests compare with, or begin from.
    public static let fixtures = root + "/Tests/Fixtures"

    /// A text in which paths begin at the repository.
    public static func relative(_ text: String) -> String {
        var rest = text[...]
        var result = ""
        let prefix = root + "/"
        while !rest.isEmpty {
            if rest.hasPrefix(prefix) {
                rest = rest.dropFirst(prefix.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
