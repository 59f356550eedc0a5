import AssistanceCore

/// Runs a column program over a batch, a chunk of households at a time.
///
/// Keeps its storage from chunk to chunk. Not safe to share between threads; make one for each.
public final class ColumnRunner {
    /// Households in one chunk at most.
    public static let chunk = 512
    /// Rows of any list in one chunk at most; more than one household can have.
    private static let rows = 2_048

    /// What it runs.
    public let program: ColumnProgram
    private var batch: FactBatch
    private var tables: [FactTable]
    private var columns: [FactColumn?]
    private var wide: [[Column<Int64>]] = []
    private var bytes: [[Column<UInt8>]] = []
    private var counts: [Int]
    private var firsts: [Int]
    /// The rows of each owner that are looked at, whether they fit a chunk.
    private var ranges: [Range<Int>]
    private var parents: [FactOwner: [Int32]] = [:]
    private let running: [ColumnInstruction]
    private let spreads: Set<FactOwner>
    private let totals: Column<Int64>
    private let yearEnds: [Int64]

    /// A column of a chunk.
    private final class Column<Element: FixedWidthInteger> {
        let values: UnsafeMutablePointer<Element>

        init(_ capacity: Int) {
            values = .allocate(capacity: capacity)
            values.initialize(repeating: 0, count: capacity)
        }

        deinit { values.deallocate() }
    }

    private typealias Wide = UnsafeMutablePointer<Int64>
    private typealias Bytes = UnsafeMutablePointer<UInt8>

    /// A runner of a program over a batch of the coverage for which the program was made.
    public init(_ program: ColumnProgram, over batch: FactBatch) {
        self.program = program
        self.batch = batch
        tables = FactOwner.allCases.map { batch.table($0) }
        running = program.instructions.filter { !$0.operation.isConstant }
        spreads = Set(running.filter(\.operation.isSpread).map(\.target.owner))
        totals = Column(Self.rows + 1)
        firsts = FactOwner.allCases.map { _ in 0 }
        ranges = FactOwner.allCases.map { _ in 0..<0 }
        counts = FactOwner.allCases.map { $0 == .household ? Self.chunk : Self.rows }
        columns = batch.columns
        yearEnds = (0...300).map { Int64(program.graph.date.lastBirth(completing: $0)) }
        for owner in FactOwner.allCases {
            let needed = program.slotCounts[owner] ?? (0, 0)
            let capacity = counts[owner.rawValue]
            wide.append((0..<needed.wide).map { _ in Column(capacity) })
            bytes.append((0..<needed.bytes).map { _ in Column(capacity) })
            parents[owner] = [Int32](repeating: 0, count: Self.rows)
        }
        for constant in program.instructions where constant.operation.isConstant { execute(constant) }
    }

    /// Goes on with another batch, of a coverage for which the program was made.
    public func turn(to batch: FactBatch) {
        self.batch = batch
        for owner in FactOwner.allCases { tables[owner.rawValue] = batch.table(owner) }
        columns = batch.columns
    }

    // MARK: Chunks

    /// Computes the results for the households from `first` on, and answers how many it did: as many as fit a chunk. None
    /// where already the first has more entries than a household file may have; that one is the evaluator's.
    ///
    /// - Parameter end: The first household that is not to be done; without it, all of the batch are.
    public func run(from first: Int, upTo end: Int = .max) -> Int {
        guard first < min(end, batch.count), fits(first, first + 1) else { return 0 }
        let count = layOut(first, upTo: end)
        for instruction in running { execute(instruction) }
        return count
    }

    /// The ends of a result that is a number, for the last chunk; nil for one that is none.
    public func numbers(_ output: Int) -> (low: UnsafePointer<Int64>, high: UnsafePointer<Int64>)? {
        let (low, high) = program.outputs[output]
        guard low.slot.isWide, high.slot.isWide else { return nil }
        return (UnsafePointer(wideColumn(low.slot)), UnsafePointer(wideColumn(high.slot)))
    }

    /// The ends of a result that is yes/no or a code, for the last chunk; nil for one that is none.
    public func codes(_ output: Int) -> (low: UnsafePointer<UInt8>, high: UnsafePointer<UInt8>)? {
        let (low, high) = program.outputs[output]
        guard !low.slot.isWide, !high.slot.isWide else { return nil }
        return (UnsafePointer(byteColumn(low.slot)), UnsafePointer(byteColumn(high.slot)))
    }

    private func layOut(_ first: Int, upTo end: Int) -> Int {
        var last = min(first + Self.chunk, batch.count, end)
        // Fewer households where their members would not fit.
        while !fits(first, last) { last = first + (last - first) / 2 }
        firsts[FactOwner.household.rawValue] = first
        counts[FactOwner.household.rawValue] = last - first
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            let starts = tables[owner.rawValue].starts
            let firstParent = firsts[parent.rawValue]
            let parentCount = counts[parent.rawValue]
            let begin = Int(starts[firstParent])
            firsts[owner.rawValue] = begin
            counts[owner.rawValue] = Int(starts[firstParent + parentCount]) - begin
            guard spreads.contains(owner) else { continue }
            parents[owner]?.withUnsafeMutableBufferPointer { buffer in
                for local in 0..<parentCount {
                    for row
                        in (Int(starts[firstParent + local]) - begin)..<(Int(starts[firstParent + local + 1]) - begin)
                    {
                        buffer[row] = Int32(local)
                    }
                }
            }
        }
        return last - first
    }

    private func fits(_ first: Int, _ last: Int) -> Bool {
        ranges[FactOwner.household.rawValue] = first..<last
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            let above = ranges[parent.rawValue]
            let starts = tables[owner.rawValue].starts
            let range = Int(starts[above.lowerBound])..<Int(starts[above.upperBound])
            ranges[owner.rawValue] = range
            if range.count > Self.rows { return false }
        }
        return true
    }

    @inline(__always)
    private func wideColumn(_ slot: ColumnSlot) -> Wide { wide[slot.owner.rawValue][slot.number].values }

    @inline(__always)
    private func byteColumn(_ slot: ColumnSlot) -> Bytes { bytes[slot.owner.rawValue][slot.number].values }

    // MARK: Instructions

    private func execute(_ instruction: ColumnInstruction) {
        let owner = instruction.target.owner
        let count = counts[owner.rawValue]
        switch instruction.operation {
        case .loadWide(let load): loadWide(load, wideColumn(instruction.target), owner, count)
        case .loadByte(let load): loadByte(load, byteColumn(instruction.target), owner, count)
        case .isGiven(let fact): markGiven(fact, byteColumn(instruction.target), owner, count)
        case .isListed(let list):
            let (target, first) = (byteColumn(instruction.target), firsts[owner.rawValue])
            tables[list.rawValue].listed.withUnsafeBufferPointer { listed in
                for row in 0..<count { target[row] = listed[first + row] ? 1 : 0 }
            }
        case .constantWide(let value): wideColumn(instruction.target).update(repeating: value, count: count)
        case .constantByte(let value): byteColumn(instruction.target).update(repeating: value, count: count)
        case .sumFacts(let facts): sumFacts(facts, wideColumn(instruction.target), owner, count)
        case .add: binary(instruction, count) { $0 &+ $1 }
        case .subtract: binary(instruction, count) { $0 &- $1 }
        case .multiply: binary(instruction, count) { $0 &* $1 }
        case .minimum: binary(instruction, count) { min($0, $1) }
        case .maximum: binary(instruction, count) { max($0, $1) }
        case .multiplyBy(let factor): unary(instruction, count) { $0 &* factor }
        case .atLeast(let least): unary(instruction, count) { max($0, least) }
        case .less: compare(instruction, count) { $0 < $1 }
        case .lessOrEqual: compare(instruction, count) { $0 <= $1 }
        case .equal: compare(instruction, count) { $0 == $1 }
        case .equalBytes: inBytes(instruction, count) { Self.isZero($0 ^ $1) }
        case .lessOrEqualBytes: inBytes(instruction, count) { $0 <= $1 ? 1 : 0 }
        case .minimumBytes: inBytes(instruction, count) { min($0, $1) }
        case .maximumBytes: inBytes(instruction, count) { max($0, $1) }
        case .and: inBytes(instruction, count) { $0 & $1 }
        case .or: inBytes(instruction, count) { $0 | $1 }
        case .not:
            guard let a = instruction.a else { return }
            let (source, result) = (byteColumn(a), byteColumn(instruction.target))
            for row in 0..<count { result[row] = source[row] ^ 1 }
        case .selectWide:
            guard let test = instruction.a, let x = instruction.b, let y = instruction.c else { return }
            select(byteColumn(test), wideColumn(x), wideColumn(y), wideColumn(instruction.target), count)
        case .selectByte:
            guard let test = instruction.a, let x = instruction.b, let y = instruction.c else { return }
            select(byteColumn(test), byteColumn(x), byteColumn(y), byteColumn(instruction.target), count)
        case .round(let mode, let up, let down, let hasDivisor):
            round(instruction, count, mode, up, down, hasDivisor)
        case .isOneOf(let mask): isOneOf(instruction, count, mask)
        case .anyIsOneOf(let mask):
            inBytes(instruction, count) { low, high in
                // The bits from the one to the other.
                mask & ((2 &<< UInt64(high)) &- (1 &<< UInt64(low))) != 0 ? 1 : 0
            }
        case .hasAny(let mask):
            guard let a = instruction.a else { return }
            let (source, result) = (wideColumn(a), byteColumn(instruction.target))
            for row in 0..<count { result[row] = source[row] & mask != 0 ? 1 : 0 }
        case .countBits: unary(instruction, count) { Int64($0.nonzeroBitCount) }
        case .completedYears: unary(instruction, count) { self.years(since: $0) }
        case .completedMonths:
            let date = program.graph.date
            unary(instruction, count) { days in
                CalendarDate(days: Int(days)).map { Int64(max(0, date.completedMonths(since: $0))) } ?? 0
            }
        case .spreadWide:
            guard let a = instruction.a else { return }
            spread(wideColumn(a), wideColumn(instruction.target), owner, count)
        case .spreadByte:
            guard let a = instruction.a else { return }
            spread(byteColumn(a), byteColumn(instruction.target), owner, count)
        case .sum(let list): sum(instruction, list, count)
        case .count(let list):
            guard let a = instruction.a else { return }
            let passes = byteColumn(a)
            let result = wideColumn(instruction.target)
            gather(list, owner, count, { Int64(passes[$0]) }, { result[$0] = $1 })
        case .any(let list): quantify(instruction, list, count, isAny: true)
        case .every(let list): quantify(instruction, list, count, isAny: false)
        }
    }

    // MARK: Facts

    private func loadWide(_ load: FactLoad, _ target: Wide, _ owner: FactOwner, _ count: Int) {
        let first = firsts[owner.rawValue]
        switch columns[load.fact] {
        case .narrow(let stored)?: copy(stored, load, first, target, count)
        case .short(let stored)?: copy(stored, load, first, target, count)
        case .middle(let stored)?: copy(stored, load, first, target, count)
        case .wide(let stored)?: copy(stored, load, first, target, count)
        case nil: target.update(repeating: load.missing, count: count)
        }
    }

    @inline(__always)
    private func copy<Stored: FixedWidthInteger & SignedInteger>(
        _ stored: [Stored], _ load: FactLoad, _ first: Int, _ target: Wide, _ count: Int
    ) {
        let present = max(0, min(count, stored.count - first))
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            var least: Stored = 0
            for row in 0..<present { least = min(least, source[row]) }
            for row in 0..<present { target[row] = Int64(truncatingIfNeeded: source[row]) }
            // The least of the width stands for unknown.
            guard least == .min else { return }
            for row in 0..<present where source[row] == .min { target[row] = load.missing }
        }
        for row in present..<max(present, count) { target[row] = load.missing }
    }

    /// Adds fact after fact to the target, straight from the batch; a column of zeros costs one look.
    private func sumFacts(_ facts: [FactLoad], _ target: Wide, _ owner: FactOwner, _ count: Int) {
        target.update(repeating: 0, count: count)
        let first = firsts[owner.rawValue]
        for load in facts {
            switch columns[load.fact] {
            case .narrow(let stored)?: accumulate(stored, load, first, target, count)
            case .short(let stored)?: accumulate(stored, load, first, target, count)
            case .middle(let stored)?: accumulate(stored, load, first, target, count)
            case .wide(let stored)?: accumulate(stored, load, first, target, count)
            case nil: for row in 0..<count { target[row] &+= load.missing }
            }
        }
    }

    @inline(__always)
    private func accumulate<Stored: FixedWidthInteger & SignedInteger>(
        _ stored: [Stored], _ load: FactLoad, _ first: Int, _ target: Wide, _ count: Int
    ) {
        let present = max(0, min(count, stored.count - first))
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            var any: Stored = 0
            for row in 0..<present { any |= source[row] }
            if any == 0 { return }
            var least: Stored = 0
            for row in 0..<present { least = min(least, source[row]) }
            if least == .min {
                for row in 0..<present {
                    target[row] &+= source[row] == .min ? load.missing : Int64(truncatingIfNeeded: source[row])
                }
            } else {
                for row in 0..<present { target[row] &+= Int64(truncatingIfNeeded: source[row]) }
            }
        }
        for row in present..<max(present, count) { target[row] &+= load.missing }
    }

    private func loadByte(_ load: FactLoad, _ target: Bytes, _ owner: FactOwner, _ count: Int) {
        let missing = UInt8(truncatingIfNeeded: load.missing)
        let first = firsts[owner.rawValue]
        guard case .narrow(let stored)? = columns[load.fact] else {
            return target.update(repeating: missing, count: count)
        }
        let present = max(0, min(count, stored.count - first))
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            for row in 0..<present {
                // Codes and yes/no are never below zero, so the sign says unknown.
                let byte = UInt8(bitPattern: source[row])
                let isUnknown = 0 &- (byte &>> 7)
                target[row] = (byte & ~isUnknown) | (missing & isUnknown)
            }
        }
        for row in present..<max(present, count) { target[row] = missing }
    }

    private func markGiven(_ fact: Int, _ target: Bytes, _ owner: FactOwner, _ count: Int) {
        let first = firsts[owner.rawValue]
        for row in 0..<count { target[row] = batch.value(fact, row: first + row) == nil ? 0 : 1 }
    }

    // MARK: Arithmetic

    @inline(__always)
    private func unary(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64) -> Int64) {
        guard let a = instruction.a else { return }
        let (source, result) = (wideColumn(a), wideColumn(instruction.target))
        for row in 0..<count { result[row] = body(source[row]) }
    }

    @inline(__always)
    private func binary(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64, Int64) -> Int64) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (left, right, result) = (wideColumn(a), wideColumn(b), wideColumn(instruction.target))
        for row in 0..<count { result[row] = body(left[row], right[row]) }
    }

    @inline(__always)
    private func compare(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64, Int64) -> Bool) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (left, right, result) = (wideColumn(a), wideColumn(b), byteColumn(instruction.target))
        for row in 0..<count { result[row] = body(left[row], right[row]) ? 1 : 0 }
    }

    @inline(__always)
    private func inBytes(_ instruction: ColumnInstruction, _ count: Int, _ body: (UInt8, UInt8) -> UInt8) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (left, right, result) = (byteColumn(a), byteColumn(b), byteColumn(instruction.target))
        for row in 0..<count { result[row] = body(left[row], right[row]) }
    }

    /// Rounds to whole steps by one division, in the direction of the mode.
    private func round(
        _ instruction: ColumnInstruction, _ count: Int, _ mode: RoundingMode, _ up: Int64, _ down: Int64,
        _ hasDivisor: Bool
    ) {
        guard let a = instruction.a else { return }
        let (source, result) = (wideColumn(a), wideColumn(instruction.target))
        if hasDivisor, let below = instruction.b.map({ wideColumn($0) }) {
            for row in 0..<count { result[row] = Self.steps(source[row] &* up, max(below[row] &* down, 1), mode) }
        } else {
            for row in 0..<count { result[row] = Self.steps(source[row] &* up, max(down, 1), mode) }
        }
    }

    @inline(__always)
    private static func steps(_ above: Int64, _ below: Int64, _ mode: RoundingMode) -> Int64 {
        let (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
        if rest == 0 { return quotient }
        switch mode {
        case .down: return rest < 0 ? quotient &- 1 : quotient
        case .up: return rest > 0 ? quotient &+ 1 : quotient
        case .nearest:
            // Half away from zero, compared without doubling beyond 64 bits.
            let away = rest.magnitude >= below.magnitude &- rest.magnitude
            return away ? (above < 0 ? quotient &- 1 : quotient &+ 1) : quotient
        }
    }

    // MARK: Conditions

    @inline(__always)
    private func select<Element: FixedWidthInteger>(
        _ test: Bytes, _ x: UnsafeMutablePointer<Element>, _ y: UnsafeMutablePointer<Element>,
        _ result: UnsafeMutablePointer<Element>, _ count: Int
    ) {
        for row in 0..<count {
            let mask = 0 &- Element(truncatingIfNeeded: test[row])
            result[row] = (x[row] & mask) | (y[row] & ~mask)
        }
    }

    /// 1 for zero and 0 for all else, in bytes alone: a comparison would be done in wider lanes.
    @inline(__always)
    private static func isZero(_ byte: UInt8) -> UInt8 { ((byte | (0 &- byte)) &>> 7) ^ 1 }

    private func isOneOf(_ instruction: ColumnInstruction, _ count: Int, _ mask: UInt64) {
        guard let a = instruction.a else { return }
        let (source, result) = (byteColumn(a), byteColumn(instruction.target))
        if mask.nonzeroBitCount <= 3 {
            // A few comparisons of bytes are faster than shifting 64 bits for each.
            result.update(repeating: 0, count: count)
            for code in UInt8(0)..<64 where mask & (1 << UInt64(code)) != 0 {
                for row in 0..<count { result[row] |= Self.isZero(source[row] ^ code) }
            }
        } else {
            for row in 0..<count { result[row] = UInt8(truncatingIfNeeded: (mask &>> UInt64(source[row])) & 1) }
        }
    }

    // MARK: Lists

    @inline(__always)
    private func spread<Element: FixedWidthInteger>(
        _ source: UnsafeMutablePointer<Element>, _ result: UnsafeMutablePointer<Element>, _ owner: FactOwner,
        _ count: Int
    ) {
        parents[owner]?.withUnsafeBufferPointer { parents in
            for row in 0..<count { result[row] = source[Int(parents[row])] }
        }
    }

    /// What the rows of a list add up to for each parent's row: the difference of two running totals, no loop in a loop.
    @inline(__always)
    private func gather(
        _ list: FactOwner, _ owner: FactOwner, _ count: Int, _ value: (Int) -> Int64, _ result: (Int, Int64) -> Void
    ) {
        let (running, rows) = (totals.values, counts[list.rawValue])
        var total: Int64 = 0
        for row in 0..<rows {
            total &+= value(row)
            running[row + 1] = total
        }
        let (first, begin) = (firsts[owner.rawValue], firsts[list.rawValue])
        tables[list.rawValue].starts.withUnsafeBufferPointer { starts in
            for row in 0..<count {
                let (start, end) = (Int(starts[first + row]) - begin, Int(starts[first + row + 1]) - begin)
                result(row, running[end] &- running[start])
            }
        }
    }

    private func sum(_ instruction: ColumnInstruction, _ list: FactOwner, _ count: Int) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (source, passes, result) = (wideColumn(a), byteColumn(b), wideColumn(instruction.target))
        gather(
            list, instruction.target.owner, count, { source[$0] & (0 &- Int64(passes[$0])) }, { result[$0] = $1 })
    }

    /// Whether any, or every, entry for which the filter holds has the condition.
    private func quantify(_ instruction: ColumnInstruction, _ list: FactOwner, _ count: Int, isAny: Bool) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (source, passes, result) = (byteColumn(a), byteColumn(b), byteColumn(instruction.target))
        // An entry decides where the filter holds and the condition is met (any) or not met (every).
        let flip: UInt8 = isAny ? 0 : 1
        gather(
            list, instruction.target.owner, count, { Int64(passes[$0] & (source[$0] ^ flip)) },
            { result[$0] = ($1 == 0 ? 0 : 1) ^ flip })
    }

    // MARK: Age

    @inline(__always)
    private func years(since birth: Int64) -> Int64 {
        let days = Int64(program.graph.date.days) &- birth
        if days < 0 { return 0 }
        var guess = Int(days * 400 / 146_097)
        guard guess + 1 < yearEnds.count else {
            return CalendarDate(days: Int(birth)).map { Int64(program.graph.date.completedYears(since: $0)) } ?? 0
        }
        if birth <= yearEnds[guess + 1] { guess += 1 } else if birth > yearEnds[guess] { guess -= 1 }
        return Int64(max(0, guess))
    }
}
