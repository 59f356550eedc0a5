/// The folders of the repository, wherever it lies.
enum Repository {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    static let policies = root + "/Policies"
    static let tests = root + "/Tests/Policies"
    static let fixtures = root + "/Tests/Fixtures"

    /// A text in which paths begin at the repository.
    static func relative(_ text: String) -> String {
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
