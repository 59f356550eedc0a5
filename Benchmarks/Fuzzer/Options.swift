/// What is said on the command line.
struct Options {
    static let usage = """
        usage: PolicyFuzzer [--seconds N] [--seed N] [--only CASE] [--limit MILLISECONDS] [--keep DIR]
                            [--policies DIR] [--households DIR] [FOLDER...]
               PolicyFuzzer --limits

        Changes policy files, packs, households, tests and recorded decisions by chance, and loads them. Ends with 1 where
        one crashes, hangs, or leads to what no input may lead to; such inputs are kept. The same seed gives the same cases;
        --only tries one of them again and prints what is found in it. --limits prints what the largest inputs take.
        """

    /// What is asked for.
    enum Task {
        case watch, work, explain, limits
    }

    private(set) var task = Task.watch
    private(set) var seconds = 60
    private(set) var seed: UInt64 = 1
    /// The number of the first case.
    private(set) var first = 0
    /// The most milliseconds of the processor for one case.
    private(set) var limit = Self.isDebug ? 30_000 : 2_000
    /// Where inputs are kept.
    private(set) var keep = ".build/fuzz"
    private(set) var policies = "Policies"
    private(set) var households = "Examples/households"
    private(set) var folders: [String] = []

    private static var isDebug: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }

    /// Nil where the command line is wrong.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--limits": task = .limits
            case "--work": task = .work
            case "--keep", "--policies", "--households", "--seconds", "--seed", "--only", "--first", "--limit":
                guard let value = rest.popFirst(), set(argument, value) else { return nil }
            default:
                guard !argument.hasPrefix("-") else { return nil }
                folders.append(argument)
            }
        }
        if folders.isEmpty { folders = ["Tests/Policies", "Tests/Fixtures/policies"] }
    }

    private mutating func set(_ option: String, _ value: String) -> Bool {
        switch option {
        case "--keep": keep = value
        case "--policies": policies = value
        case "--households": households = value
        default:
            guard let number = Int(value), number >= 0 else { return false }
            switch option {
            case "--seconds": seconds = number
            case "--seed": seed = UInt64(number)
            case "--limit": limit = max(1, number)
            case "--first": first = number
            default:
                first = number
                task = .explain
            }
        }
        return true
    }

    /// The words that start a worker.
    func worker(from first: Int, seconds: Int) -> [String] {
        [
            "--work", "--first", "\(first)", "--seconds", "\(seconds)", "--seed", "\(seed)", "--limit", "\(limit)",
            "--keep", keep, "--policies", policies, "--households", households,
        ] + folders
    }

    /// The file with the input that is being tried.
    var current: String { keep + "/current" }

    /// The file in which the input of a case is kept.
    func kept(_ number: Int, _ path: String) -> String {
        "\(keep)/\(seed)-\(number)-\(path.split(separator: "/").last ?? "input")"
    }
}
