import AssistanceCore
import AssistancePolicy
import CJiuzhu

/// A programme that a plugin provides. It is planned as those are that are built in; only its rule comes from outside.
struct PluginProgram: AssistanceProgram {
    let id: String
    let label: Label
    let section: SectionDeclaration
    let standings: [StandingDeclaration]
    let reads: [String]
    let plugin: PluginIdentity?
    /// Whether its terms are those of the generic programme besides its own.
    let isGeneric: Bool
    private let table: ProgramTable
    private let log: PluginLog
    /// How long a plan may take before that is worth a warning.
    private static let patience = Duration.seconds(2)

    init(_ table: ProgramTable, of plugin: PluginIdentity, _ log: PluginLog) {
        self.table = table
        self.log = log
        self.plugin = plugin
        id = table.id
        label = table.label
        section = table.section
        standings = table.standings
        reads = table.reads
        isGeneric = table.isGeneric
    }

    /// What messages call the plugin.
    var title: String { plugin?.title ?? "a plugin" }

    /// The plan that the plugin makes. Where anything about it is wrong, whether a household is eligible is not known.
    func plans(in context: PolicyContext) -> [ProgramPlan] {
        let maker = PlanMaker(self, in: context)
        let start = ContinuousClock.now
        let answer = Loans.lend(maker, log) { table.plan(table.pointer, HostTable.pointer, $0) }
        if ContinuousClock.now - start > Self.patience {
            report("the plan of '\(id)' took longer than \(Self.patience.components.seconds) seconds", context)
        }
        return [PlanAssembly(maker, answer: answer).plan()]
    }

    /// Warns of something about the plugin; answers what is said.
    @discardableResult
    func report(_ message: String, _ context: PolicyContext) -> String {
        let finding = Diagnostic(.plugin, severity: .warning, at: .none, "\(title): \(message)")
        context.findings.report(finding)
        return finding.message
    }
}
