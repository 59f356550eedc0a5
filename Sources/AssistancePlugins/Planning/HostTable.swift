import AssistanceExpressions
import CJiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

private typealias One = (GraphBuilder, NodeID) throws(GraphError) -> NodeID
private typealias Two = (GraphBuilder, NodeID, NodeID) throws(GraphError) -> NodeID

/// A node out of one other.
private func one(_ plan: OpaquePointer?, _ call: String, _ a: jzp_node, _ body: One) -> jzp_node {
    LivePlans.plan(plan)?.make(call, a, body) ?? JZP_UNKNOWN
}

/// A node out of two others.
private func two(_ plan: OpaquePointer?, _ call: String, _ a: jzp_node, _ b: jzp_node, _ body: Two) -> jzp_node {
    LivePlans.plan(plan)?.make(call, a, b, body) ?? JZP_UNKNOWN
}

/// The functions that plugins call. Each finds the plan that its number stands for, or does nothing.
enum HostTable {
    /// The table, which lives as long as the process. Nobody writes to it after it was made.
    nonisolated(unsafe) static let pointer: UnsafePointer<jzp_host> = {
        let table = UnsafeMutablePointer<jzp_host>.allocate(capacity: 1)
        table.initialize(to: made())
        return UnsafePointer(table)
    }()

    private static func made() -> jzp_host {
        var host = jzp_host()
        host.struct_size = UInt32(MemoryLayout<jzp_host>.size)
        host.abi = UInt32(JZP_ABI)
        host.log = { PluginLog.write($0, $1) }
        host.allocate = { malloc($0) }
        host.release = { free($0) }
        addLeaves(to: &host)
        addOperations(to: &host)
        addDecisions(to: &host)
        addSources(to: &host)
        addChannels(to: &host)
        return host
    }

    private static func addLeaves(to host: inout jzp_host) {
        host.fact = { LivePlans.plan($0)?.fact($1, $2) ?? JZP_UNKNOWN }
        host.term = { LivePlans.plan($0)?.term($1) ?? JZP_UNKNOWN }
        host.is_filled = { LivePlans.plan($0)?.isFilled($1) ?? false ? 1 : 0 }
        host.figure = { LivePlans.plan($0)?.figure($1) ?? JZP_UNKNOWN }
        host.standing = { LivePlans.plan($0)?.standing($1) ?? JZP_UNKNOWN }
        host.truth = { LivePlans.plan($0)?.truth($1) ?? JZP_UNKNOWN }
        host.zero = { LivePlans.plan($0)?.zero($1) ?? JZP_UNKNOWN }
        host.number = { LivePlans.plan($0)?.whole($1) ?? JZP_UNKNOWN }
    }

    private static func addOperations(to host: inout jzp_host) {
        host.add = { two($0, "add", $1, $2) { (it, a, b) throws(GraphError) in try it.add(a, b) } }
        host.subtract = { two($0, "subtract", $1, $2) { (it, a, b) throws(GraphError) in try it.subtract(a, b) } }
        host.multiply = { two($0, "multiply", $1, $2) { (it, a, b) throws(GraphError) in try it.multiply(a, b) } }
        host.least = { two($0, "least", $1, $2) { (it, a, b) throws(GraphError) in try it.minimum(a, b) } }
        host.greatest = { two($0, "greatest", $1, $2) { (it, a, b) throws(GraphError) in try it.maximum(a, b) } }
        host.less = { two($0, "less", $1, $2) { (it, a, b) throws(GraphError) in try it.less(a, b) } }
        host.less_or_equal = {
            two($0, "less_or_equal", $1, $2) { (it, a, b) throws(GraphError) in try it.lessOrEqual(a, b) }
        }
        host.equal = { two($0, "equal", $1, $2) { (it, a, b) throws(GraphError) in try it.equal(a, b) } }
        host.both = { two($0, "both", $1, $2) { (it, a, b) throws(GraphError) in try it.and(a, b) } }
        host.either = { two($0, "either", $1, $2) { (it, a, b) throws(GraphError) in try it.or(a, b) } }
        host.negated = { one($0, "negated", $1) { (it, a) throws(GraphError) in try it.not(a) } }
        host.years_since = {
            one($0, "years_since", $1) { (it, a) throws(GraphError) in try it.completedYears(since: a) }
        }
        host.months_since = {
            one($0, "months_since", $1) { (it, a) throws(GraphError) in try it.completedMonths(since: a) }
        }
        host.share = { LivePlans.plan($0)?.share($1, $2) ?? JZP_UNKNOWN }
        host.round = { LivePlans.plan($0)?.round($1, $2, $3) ?? JZP_UNKNOWN }
        host.select = { LivePlans.plan($0)?.select($1, $2, $3) ?? JZP_UNKNOWN }
        host.is_code = { LivePlans.plan($0)?.isCode($1, $2) ?? JZP_UNKNOWN }
        host.over = { LivePlans.plan($0)?.over($1, $2, $3, $4) ?? JZP_UNKNOWN }
    }

    private static func addDecisions(to host: inout jzp_host) {
        host.step = { LivePlans.plan($0)?.step($1, $2, $3, $4, $5, $6) ?? JZP_UNKNOWN }
        host.check = { LivePlans.plan($0)?.check($1, $2, $3, $4) }
        host.checks = { LivePlans.plan($0)?.checks($1) }
        host.benefit = { LivePlans.plan($0)?.benefit($1, $2, $3, $4, $5) }
        host.generic = { LivePlans.plan($0)?.generic() }
        host.tell = { LivePlans.plan($0)?.tell($1, $2) }
        host.error = { LivePlans.plan($0)?.error($1) }
    }

    /// Nobody asks data sources yet.
    private static func addSources(to host: inout jzp_host) {
        host.found = { _, _, _, _, _, _ in JZP_NOT_PROVIDED }
        host.found_none = { _, _, _, _ in JZP_NOT_PROVIDED }
        host.not_found = { _, _ in JZP_NOT_PROVIDED }
        host.source_error = { _, _ in }
    }

    /// Nobody asks payment channels yet.
    private static func addChannels(to host: inout jzp_host) {
        host.write = { _, _, _ in JZP_NOT_PROVIDED }
        host.file_error = { _, _ in }
        host.receipt = { _, _, _, _, _ in JZP_NOT_PROVIDED }
        host.receipt_error = { _, _, _ in }
    }
}
