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

/// The plan of a number; nil where there is none.
private func maker(_ plan: OpaquePointer?) -> PlanMaker? { Loans.object(plan) }

/// A node out of one other.
private func one(_ plan: OpaquePointer?, _ call: String, _ a: jzp_node, _ body: One) -> jzp_node {
    maker(plan)?.make(call, a, body) ?? JZP_UNKNOWN
}

/// A node out of two others.
private func two(_ plan: OpaquePointer?, _ call: String, _ a: jzp_node, _ b: jzp_node, _ body: Two) -> jzp_node {
    maker(plan)?.make(call, a, b, body) ?? JZP_UNKNOWN
}

/// The functions that plugins call. Each finds what its number stands for, or does nothing.
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
        host.log = { Loans.log?.write($0, $1) }
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
        host.fact = { maker($0)?.fact($1, $2) ?? JZP_UNKNOWN }
        host.term = { maker($0)?.term($1) ?? JZP_UNKNOWN }
        host.is_filled = { maker($0)?.isFilled($1) ?? false ? 1 : 0 }
        host.figure = { maker($0)?.figure($1) ?? JZP_UNKNOWN }
        host.standing = { maker($0)?.standing($1) ?? JZP_UNKNOWN }
        host.truth = { maker($0)?.truth($1) ?? JZP_UNKNOWN }
        host.zero = { maker($0)?.zero($1) ?? JZP_UNKNOWN }
        host.number = { maker($0)?.whole($1) ?? JZP_UNKNOWN }
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
        host.share = { maker($0)?.share($1, $2) ?? JZP_UNKNOWN }
        host.round = { maker($0)?.round($1, $2, $3) ?? JZP_UNKNOWN }
        host.select = { maker($0)?.select($1, $2, $3) ?? JZP_UNKNOWN }
        host.is_code = { maker($0)?.isCode($1, $2) ?? JZP_UNKNOWN }
        host.over = { maker($0)?.over($1, $2, $3, $4) ?? JZP_UNKNOWN }
    }

    private static func addDecisions(to host: inout jzp_host) {
        host.step = { maker($0)?.step($1, $2, $3, $4, $5, $6) ?? JZP_UNKNOWN }
        host.check = { maker($0)?.check($1, $2, $3, $4) }
        host.checks = { maker($0)?.checks($1) }
        host.benefit = { maker($0)?.benefit($1, $2, $3, $4, $5) }
        host.generic = { maker($0)?.generic() }
        host.tell = { maker($0)?.tell($1, $2) }
        host.error = { maker($0)?.error($1) }
    }

    private static func addSources(to host: inout jzp_host) {
        host.found = { Loans.object($0, SourceCall.self)?.found($1, $2, $3, $4, $5) ?? JZP_FAILED }
        host.found_none = { Loans.object($0, SourceCall.self)?.foundNone($1, $2, $3) ?? JZP_FAILED }
        host.not_found = { Loans.object($0, SourceCall.self)?.notFound($1) ?? JZP_FAILED }
        host.source_error = { Loans.object($0, SourceCall.self)?.error($1) }
    }

    private static func addChannels(to host: inout jzp_host) {
        host.write = { Loans.object($0, FileCall.self)?.write($1, $2) ?? JZP_FAILED }
        host.file_error = { Loans.object($0, FileCall.self)?.error($1) }
        host.receipt = { Loans.object($0, ReceiptCall.self)?.receipt($1, $2, $3, $4) ?? JZP_FAILED }
        host.receipt_error = { Loans.object($0, ReceiptCall.self)?.error($1, line: $2) }
    }
}
