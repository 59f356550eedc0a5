import AssistancePolicy
import Glibc

@main
struct PolicyFuzzer {
    static func main() {
        guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
            print(Options.usage)
            exit(64)
        }
        switch options.task {
        case .watch:
            var run = FuzzRun(options)
            exit(run.run() ? 0 : 1)
        case .work:
            var worker = Worker(options)
            worker.run()
        case .explain:
            Disk.make(options.keep)
            var worker = Worker(options)
            worker.explain()
        case .limits: printLimits(options)
        }
    }

    /// Prints of each of the largest policies what became of it and how long that took.
    private static func printLimits(_ options: Options) {
        let nation = PolicyFiles.jurisdiction("china", in: options.policies)
        for one in LimitCase.all {
            let start = Processor.milliseconds
            let outcome = one.outcome(beside: nation)
            let milliseconds = Processor.milliseconds - start
            print("\(milliseconds) ms  \(one.name): \(outcome == one.expected ? "" : "NOT AS EXPECTED ")\(outcome)")
        }
    }
}
