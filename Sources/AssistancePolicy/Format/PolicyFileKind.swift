/// What a YAML file of a folder of policies is for, told by its name (政策文件种类).
public enum PolicyFileKind: String, CaseIterable, Sendable {
    /// Terms of areas, from a day on.
    case policy
    /// `areas.yaml`: the divisions of a jurisdiction.
    case areas
    /// `documents.yaml`: the documents that policy rests on.
    case documents
    /// `*.test.yaml`: households and what must be decided about them.
    case tests

    /// The kind of a path.
    public init(path: String) {
        switch path.split(separator: "/").last {
        case "areas.yaml"?: self = .areas
        case "documents.yaml"?: self = .documents
        case let name?: self = name.hasSuffix(".test.yaml") ? .tests : .policy
        case nil: self = .policy
        }
    }
}
