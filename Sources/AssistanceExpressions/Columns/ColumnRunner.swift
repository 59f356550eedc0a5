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
    private let batch: FactBatch
    private let tables: [FactTable]
    private var columns: [FactColumn?] = []
    private var wide: [[WideColumn]] = []
    private var bytes: [[ByteColumn]] = []
    private var counts: [Int]
    private var firsts: [Int]
    private var parents: [FactOwner: [Int32]] = [:]
    private let running: [ColumnInstruction]
    private let spreads: Set<FactOwner>
    private let totals: UnsafeMutablePointer<Int64>
    private let unsettled: UnsafeMutablePointer<Int32>
    private var yearEnds: [Int64] = []

    /// A column of a chunk; `known` holds 1 for each known row, and counts only where `isPartial`.
    ///
    /// In a column of bytes (yes/no, codes) a row that is not known is 0.
    final class Column<Element: FixedWidthInteger> {
        let values: UnsafeMutablePointer<Element>
        let known: UnsafeMutablePointer<UInt8>
        var isPartial = false

        init(_ capacity: Int) {
            values = .allocate(capacity: capacity)
            values.initialize(repeating: 0, count: capacity)
            known = .allocate(capacity: capacity)
            known.initialize(repeating: 0, count: capacity)
        }

        deinit {
            values.deallocate()
            known.deallocate()
        }

        /// The same value, or no value, for every row.
        func fill(_ count: Int, with value: Element?) {
            values.update(repeating: value ?? 0, count: count)
            isPartial = value == nil
            if value == nil { known.update(repeating: 0, count: count) }
        }
    }

    typealias WideColumn = Column<Int64>
    typealias ByteColumn = Column<UInt8>

    /// A runner of a program over a batch.
    public init(_ program: ColumnProgram, over batch: FactBatch) {
        self.program = program
        self.batch = batch
        tables = FactOwner.allCases.map { batch.table($0) }
        running = program.instructions.filter { !$0.operation.isConstant }
        spreads = Set(running.filter(\.operation.isSpread).map(\.target.owner))
        totals = .allocate(capacity: Self.rows + 1)
        totals.initialize(repeating: 0, count: Self.rows + 1)
        unsettled = .allocate(capacity: Self.rows + 1)
        unsettled.initialize(repeating: 0, count: Self.rows + 1)
        counts = FactOwner.allCases.map { _ in 0 }
        firsts = counts
        columns = batch.columns
        for owner in FactOwner.allCases {
            let needed = program.slotCounts[owner] ?? (0, 0)
            let capacity = owner == .household ? Self.chunk : Self.rows
            wide.append((0..<needed.wide).map { _ in WideColumn(capacity) })
            bytes.append((0..<needed.bytes).map { _ in ByteColumn(capacity) })
            parents[owner] = [Int32](repeating: 0, count: Self.rows)
        }
        yearEnds = (0...300).map { Int64(program.graph.date.lastBirth(completing: $0)) }
        for (place, owner) in FactOwner.allCases.enumerated() {
            counts[place] = owner == .household ? Self.chunk : Self.rows
        }
        for constant in program.instructions where constant.operation.isConstant { execute(constant) }
    }

    deinit {
        totals.deallocate()
        unsettled.deallocate()
    }

    // MARK: Chunks

    /// Computes the results for the households from `first` on, and answers how many it did: as many as fit a chunk.
    public func run(from first: Int) -> Int {
        guard fits(first, first + 1) else {
            // More entries than a household file may have: the evaluator's.
            for output in program.outputs {
                if output.slot.isWide {
                    wideColumn(output.slot).fill(1, with: nil)
                } else {
                    byteColumn(output.slot).fill(1, with: nil)
                }
            }
            return 1
        }
        let count = layOut(first)
        for instruction in running { execute(instruction) }
        return count
    }

    /// The results of the last chunk: the stored integers of one, and whether each row is known.
    public func withResult<Result>(
        _ output: Int, _ body: (UnsafePointer<Int64>?, UnsafePointer<UInt8>?, _ known: UnsafePointer<UInt8>?) -> Result
    ) -> Result {
        let slot = program.outputs[output].slot
        if slot.isWide {
            let column = wideColumn(slot)
            return body(column.values, nil, column.isPartial ? UnsafePointer(column.known) : nil)
        }
        let column = byteColumn(slot)
        return body(nil, column.values, column.isPartial ? UnsafePointer(column.known) : nil)
    }

    /// By how much the stored integer of a result is greater than its value.
    public func scale(_ output: Int) -> Int64 { program.outputs[output].scale }

    private func layOut(_ first: Int) -> Int {
        var last = min(first + Self.chunk, batch.count)
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
        var ranges: [FactOwner: Range<Int>] = [.household: first..<last]
        for owner in FactOwner.allCases {
            guard let parent = owner.parent, let above = ranges[parent] else { continue }
            let starts = tables[owner.rawValue].starts
            let range = Int(starts[above.lowerBound])..<Int(starts[above.upperBound])
            ranges[owner] = range
            if range.count > Self.rows { return false }
        }
        return true
    }

    @inline(__always)
    private func wideColumn(_ slot: ColumnSlot) -> WideColumn { wide[slot.owner.rawValue][slot.number] }

    @inline(__always)
    private func byteColumn(_ slot: ColumnSlot) -> ByteColumn { bytes[slot.owner.rawValue][slot.number] }

    // MARK: Instructions

    private func execute(_ instruction: ColumnInstruction) {
        let owner = instruction.target.owner
        let count = counts[owner.rawValue]
        switch instruction.operation {
        case .loadWide(let fact): loadWide(fact, wideColumn(instruction.target), owner, count)
        case .loadByte(let fact): loadByte(fact, byteColumn(instruction.target), owner, count)
        case .loadStated(let fact):
            let target = byteColumn(instruction.target)
            loadByte(fact, target, owner, count)
            target.isPartial = false
        case .constantWide(let value): wideColumn(instruction.target).fill(count, with: value)
        case .constantByte(let value): byteColumn(instruction.target).fill(count, with: value)
        case .sumFacts(let facts): sumFacts(facts, wideColumn(instruction.target), owner, count)
        case .unknownWide: wideColumn(instruction.target).fill(count, with: nil)
        case .unknownByte: byteColumn(instruction.target).fill(count, with: nil)
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
        case .equalBytes: equalBytes(instruction, count)
        case .and: logic(instruction, count, isAnd: true)
        case .or: logic(instruction, count, isAnd: false)
        case .not: not(instruction, count)
        case .selectWide:
            guard let test = instruction.a, let x = instruction.b, let y = instruction.c else { return }
            select(byteColumn(test), wideColumn(x), wideColumn(y), wideColumn(instruction.target), count)
        case .selectByte:
            guard let test = instruction.a, let x = instruction.b, let y = instruction.c else { return }
            let target = byteColumn(instruction.target)
            select(byteColumn(test), byteColumn(x), byteColumn(y), target, count)
            if target.isPartial { clear(target, count) }
        case .isKnown:
            guard let a = instruction.a else { return }
            let target = byteColumn(instruction.target)
            let (isPartial, known) =
                a.isWide
                ? (wideColumn(a).isPartial, wideColumn(a).known) : (byteColumn(a).isPartial, byteColumn(a).known)
            for row in 0..<count { target.values[row] = isPartial ? known[row] : 1 }
            target.isPartial = false
        case .round(let mode, let up, let down, let hasDivisor):
            round(instruction, count, mode, up, down, hasDivisor)
        case .isOneOf(let mask): isOneOf(instruction, count, mask)
        case .hasAny(let mask):
            guard let a = instruction.a else { return }
            let (x, target) = (wideColumn(a), byteColumn(instruction.target))
            for row in 0..<count { target.values[row] = x.values[row] & mask != 0 ? 1 : 0 }
            copyKnown(x.isPartial, x.known, target, count)
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
        case .count(let list): countRows(instruction, list, count)
        case .any(let list): quantify(instruction, list, count, isAny: true)
        case .every(let list): quantify(instruction, list, count, isAny: false)
        }
    }

    // MARK: Facts

    private func loadWide(_ fact: Int, _ target: WideColumn, _ owner: FactOwner, _ count: Int) {
        let first = firsts[owner.rawValue]
        guard let column = columns[fact] else { return target.fill(count, with: nil) }
        switch column {
        case .narrow(let stored): copy(stored, unknown: Int8.min, first, target, count)
        case .short(let stored): copy(stored, unknown: Int16.min, first, target, count)
        case .middle(let stored): copy(stored, unknown: Int32.min, first, target, count)
        case .wide(let stored): copy(stored, unknown: Int64.min, first, target, count)
        }
    }

    @inline(__always)
    private func copy<Stored: FixedWidthInteger & SignedInteger>(
        _ stored: [Stored], unknown: Stored, _ first: Int, _ target: WideColumn, _ count: Int
    ) {
        let present = max(0, min(count, stored.count - first))
        var misses: UInt8 = present < count ? 1 : 0
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            let values = target.values
            var least: Stored = 0
            for row in 0..<present { least = min(least, source[row]) }
            if least == unknown { misses = 1 }
            for row in 0..<present { values[row] = Int64(truncatingIfNeeded: source[row]) }
            target.isPartial = misses != 0
            guard misses != 0 else { return }
            for row in 0..<present {
                let isKnown = source[row] != unknown
                target.known[row] = isKnown ? 1 : 0
                if !isKnown { target.values[row] = 0 }
            }
        }
        target.isPartial = misses != 0
        for row in present..<count {
            target.values[row] = 0
            target.known[row] = 0
        }
    }

    /// Adds fact after fact to the target, straight from the batch; a column of zeros costs one look.
    private func sumFacts(_ facts: [Int], _ target: WideColumn, _ owner: FactOwner, _ count: Int) {
        target.values.update(repeating: 0, count: count)
        target.isPartial = false
        for fact in facts {
            switch columns[fact] {
            case .narrow(let stored)?: accumulate(stored, unknown: Int8.min, firsts[owner.rawValue], target, count)
            case .short(let stored)?: accumulate(stored, unknown: Int16.min, firsts[owner.rawValue], target, count)
            case .middle(let stored)?: accumulate(stored, unknown: Int32.min, firsts[owner.rawValue], target, count)
            case .wide(let stored)?: accumulate(stored, unknown: Int64.min, firsts[owner.rawValue], target, count)
            case nil: accumulate([Int8](), unknown: Int8.min, firsts[owner.rawValue], target, count)
            }
        }
    }

    @inline(__always)
    private func accumulate<Stored: FixedWidthInteger & SignedInteger>(
        _ stored: [Stored], unknown: Stored, _ first: Int, _ target: WideColumn, _ count: Int
    ) {
        let present = max(0, min(count, stored.count - first))
        var misses = present < count
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            let values = target.values
            var any: Stored = 0
            for row in 0..<present { any |= source[row] }
            if any == 0 { return }
            var least: Stored = 0
            for row in 0..<present { least = min(least, source[row]) }
            if least == unknown { misses = true }
            for row in 0..<present { values[row] &+= Int64(truncatingIfNeeded: source[row]) }
        }
        guard misses else { return }
        // Unknown rows are marked, and hold a number that nobody reads.
        if !target.isPartial { target.known.update(repeating: 1, count: count) }
        target.isPartial = true
        for row in 0..<present where stored[first + row] == unknown {
            target.known[row] = 0
            target.values[row] = 0
        }
        for row in present..<count { target.known[row] = 0 }
    }

    private func loadByte(_ fact: Int, _ target: ByteColumn, _ owner: FactOwner, _ count: Int) {
        let first = firsts[owner.rawValue]
        guard case .narrow(let stored)? = columns[fact] else { return target.fill(count, with: nil) }
        let present = max(0, min(count, stored.count - first))
        var misses: UInt8 = present < count ? 1 : 0
        stored.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, present > 0 else { return }
            let source = base + first
            let (values, known) = (target.values, target.known)
            for row in 0..<present {
                // Codes and yes/no are never below zero, so the sign says unknown.
                let byte = UInt8(bitPattern: source[row])
                let isKnown = (byte &>> 7) ^ 1
                misses |= isKnown ^ 1
                known[row] = isKnown
                values[row] = byte & (0 &- isKnown)
            }
        }
        target.isPartial = misses != 0
        for row in present..<count {
            target.values[row] = 0
            target.known[row] = 0
        }
    }

    // MARK: Arithmetic

    @inline(__always)
    private func unary(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64) -> Int64) {
        guard let a = instruction.a else { return }
        let (x, target) = (wideColumn(a), wideColumn(instruction.target))
        let (source, result) = (x.values, target.values)
        for row in 0..<count { result[row] = body(source[row]) }
        if x.isPartial && target !== x { target.known.update(from: x.known, count: count) }
        target.isPartial = x.isPartial
    }

    @inline(__always)
    private func binary(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64, Int64) -> Int64) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (x, y, target) = (wideColumn(a), wideColumn(b), wideColumn(instruction.target))
        let partial = bothKnown(x.isPartial, x.known, y.isPartial, y.known, target.known, count)
        let (left, right, result) = (x.values, y.values, target.values)
        for row in 0..<count { result[row] = body(left[row], right[row]) }
        target.isPartial = partial
    }

    @inline(__always)
    private func compare(_ instruction: ColumnInstruction, _ count: Int, _ body: (Int64, Int64) -> Bool) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (x, y, target) = (wideColumn(a), wideColumn(b), byteColumn(instruction.target))
        let partial = bothKnown(x.isPartial, x.known, y.isPartial, y.known, target.known, count)
        let (left, right, result) = (x.values, y.values, target.values)
        for row in 0..<count { result[row] = body(left[row], right[row]) ? 1 : 0 }
        target.isPartial = partial
        if partial { clear(target, count) }
    }

    /// Where a row is not known its byte is 0.
    @inline(__always)
    private func clear(_ column: ByteColumn, _ count: Int) {
        let (values, known) = (column.values, column.known)
        for row in 0..<count { values[row] &= 0 &- known[row] }
    }

    /// Marks the rows where both are known; false where all are.
    @inline(__always)
    private func bothKnown(
        _ a: Bool, _ knownA: UnsafeMutablePointer<UInt8>, _ b: Bool, _ knownB: UnsafeMutablePointer<UInt8>,
        _ result: UnsafeMutablePointer<UInt8>, _ count: Int
    ) -> Bool {
        switch (a, b) {
        case (false, false): return false
        case (true, false): if result != knownA { result.update(from: knownA, count: count) }
        case (false, true): if result != knownB { result.update(from: knownB, count: count) }
        case (true, true): for row in 0..<count { result[row] = knownA[row] & knownB[row] }
        }
        return true
    }

    @inline(__always)
    private func copyKnown(_ partial: Bool, _ known: UnsafeMutablePointer<UInt8>, _ target: ByteColumn, _ count: Int) {
        target.isPartial = partial
        guard partial else { return }
        if known != target.known { target.known.update(from: known, count: count) }
        clear(target, count)
    }

    /// Rounds to whole steps by one division, in the direction of the mode.
    private func round(
        _ instruction: ColumnInstruction, _ count: Int, _ mode: RoundingMode, _ up: Int64, _ down: Int64,
        _ hasDivisor: Bool
    ) {
        guard let a = instruction.a else { return }
        let (x, target) = (wideColumn(a), wideColumn(instruction.target))
        var partial = x.isPartial
        let divisor = hasDivisor ? instruction.b.map { wideColumn($0) } : nil
        if let divisor {
            partial = bothKnown(x.isPartial, x.known, divisor.isPartial, divisor.known, target.known, count)
        } else if partial, target !== x {
            target.known.update(from: x.known, count: count)
        }
        let (source, result) = (x.values, target.values)
        if let below = divisor?.values {
            for row in 0..<count { result[row] = Self.steps(source[row] &* up, max(below[row] &* down, 1), mode) }
        } else {
            for row in 0..<count { result[row] = Self.steps(source[row] &* up, max(down, 1), mode) }
        }
        target.isPartial = partial
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

    private func equalBytes(_ instruction: ColumnInstruction, _ count: Int) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (x, y, target) = (byteColumn(a), byteColumn(b), byteColumn(instruction.target))
        let partial = bothKnown(x.isPartial, x.known, y.isPartial, y.known, target.known, count)
        let (left, right, result) = (x.values, y.values, target.values)
        for row in 0..<count { result[row] = left[row] == right[row] ? 1 : 0 }
        target.isPartial = partial
        if partial { clear(target, count) }
    }

    /// Kleene's and, or: known where both are, or where one decides.
    private func logic(_ instruction: ColumnInstruction, _ count: Int, isAnd: Bool) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (x, y, target) = (byteColumn(a), byteColumn(b), byteColumn(instruction.target))
        let (left, right, result) = (x.values, y.values, target.values)
        if !x.isPartial && !y.isPartial {
            if isAnd {
                for row in 0..<count { result[row] = left[row] & right[row] }
            } else {
                for row in 0..<count { result[row] = left[row] | right[row] }
            }
            target.isPartial = false
            return
        }
        let (allX, allY): (UInt8, UInt8) = (x.isPartial ? 0 : 1, y.isPartial ? 0 : 1)
        let (leftKnown, rightKnown, known) = (x.known, y.known, target.known)
        var all: UInt8 = 1
        if isAnd {
            for row in 0..<count {
                let (knownX, knownY) = (leftKnown[row] | allX, rightKnown[row] | allY)
                let (p, q) = (left[row], right[row])
                let decided = (knownX & knownY) | (knownX & (p ^ 1)) | (knownY & (q ^ 1))
                known[row] = decided
                all &= decided
                result[row] = p & q
            }
        } else {
            for row in 0..<count {
                let (p, q) = (left[row], right[row])
                let decided = ((leftKnown[row] | allX) & (rightKnown[row] | allY)) | p | q
                known[row] = decided
                all &= decided
                result[row] = p | q
            }
        }
        // What one side decided for every row is known again, and what follows is as fast as if it had always been.
        target.isPartial = all == 0
    }

    private func not(_ instruction: ColumnInstruction, _ count: Int) {
        guard let a = instruction.a else { return }
        let (x, target) = (byteColumn(a), byteColumn(instruction.target))
        let (source, result) = (x.values, target.values)
        for row in 0..<count { result[row] = source[row] ^ 1 }
        copyKnown(x.isPartial, x.known, target, count)
    }

    @inline(__always)
    private func select<Element>(
        _ test: ByteColumn, _ x: Column<Element>, _ y: Column<Element>, _ target: Column<Element>, _ count: Int
    ) {
        let partial = test.isPartial || x.isPartial || y.isPartial
        let (condition, left, right, result) = (test.values, x.values, y.values, target.values)
        if partial { selectKnown(test, x.isPartial ? x.known : nil, y.isPartial ? y.known : nil, target.known, count) }
        for row in 0..<count {
            let mask = 0 &- Element(truncatingIfNeeded: condition[row])
            result[row] = (left[row] & mask) | (right[row] & ~mask)
        }
        target.isPartial = partial
    }

    private func selectKnown(
        _ test: ByteColumn, _ x: UnsafeMutablePointer<UInt8>?, _ y: UnsafeMutablePointer<UInt8>?,
        _ result: UnsafeMutablePointer<UInt8>, _ count: Int
    ) {
        let (condition, conditionKnown) = (test.values, test.known)
        let (ifX, ifY): (UInt8, UInt8) = (x == nil ? 1 : 0, y == nil ? 1 : 0)
        let (knownX, knownY) = (x ?? conditionKnown, y ?? conditionKnown)
        let always: UInt8 = test.isPartial ? 0 : 1
        for row in 0..<count {
            let taken = condition[row] != 0 ? knownX[row] | ifX : knownY[row] | ifY
            result[row] = taken & (conditionKnown[row] | always)
        }
    }

    /// 1 for zero and 0 for all else, in bytes alone: a comparison would be done in wider lanes.
    @inline(__always)
    private static func isZero(_ byte: UInt8) -> UInt8 { ((byte | (0 &- byte)) &>> 7) ^ 1 }

    private func isOneOf(_ instruction: ColumnInstruction, _ count: Int, _ mask: UInt64) {
        guard let a = instruction.a else { return }
        let (x, target) = (byteColumn(a), byteColumn(instruction.target))
        let (source, result) = (x.values, target.values)
        if mask.nonzeroBitCount <= 3 {
            // A few comparisons of bytes are faster than shifting 64 bits for each.
            result.update(repeating: 0, count: count)
            for code in UInt8(0)..<64 where mask & (1 << UInt64(code)) != 0 {
                for row in 0..<count { result[row] |= Self.isZero(source[row] ^ code) }
            }
        } else {
            for row in 0..<count { result[row] = UInt8(truncatingIfNeeded: (mask &>> UInt64(source[row])) & 1) }
        }
        copyKnown(x.isPartial, x.known, target, count)
    }

    // MARK: Lists

    @inline(__always)
    private func spread<Element>(_ x: Column<Element>, _ target: Column<Element>, _ owner: FactOwner, _ count: Int) {
        withParents(owner) { parents in
            let (source, result) = (x.values, target.values)
            for row in 0..<count { result[row] = source[Int(parents[row])] }
            guard x.isPartial else { return }
            let (known, resultKnown) = (x.known, target.known)
            for row in 0..<count { resultKnown[row] = known[Int(parents[row])] }
        }
        target.isPartial = x.isPartial
    }

    @inline(__always)
    private func withParents(_ owner: FactOwner, _ body: (UnsafePointer<Int32>) -> Void) {
        parents[owner]?.withUnsafeBufferPointer { if let base = $0.baseAddress { body(base) } }
    }

    /// Marks the rows of `owner` whose list was given; false where all were.
    private func markListed(_ list: FactOwner, _ owner: FactOwner, _ known: UnsafeMutablePointer<UInt8>, _ count: Int)
        -> Bool
    {
        let first = firsts[owner.rawValue]
        var all: UInt8 = 1
        tables[list.rawValue].listed.withUnsafeBufferPointer { listed in
            for row in 0..<count {
                let given: UInt8 = listed[first + row] ? 1 : 0
                known[row] = given
                all &= given
            }
        }
        return all == 0
    }

    /// Runs with the first entry of each parent row of the chunk, and of the one after the last.
    @inline(__always)
    private func withStarts(_ list: FactOwner, _ owner: FactOwner, _ body: (UnsafePointer<Int32>, Int) -> Void) {
        let first = firsts[owner.rawValue]
        let begin = firsts[list.rawValue]
        tables[list.rawValue].starts.withUnsafeBufferPointer { starts in
            if let base = starts.baseAddress { body(base + first, begin) }
        }
    }

    /// Marks the parent rows of which an entry is not settled; `isSettled` is asked row by row.
    @inline(__always)
    private func markUnsettled(
        _ list: FactOwner, _ owner: FactOwner, _ known: UnsafeMutablePointer<UInt8>, _ count: Int,
        _ isSettled: (Int) -> UInt8
    ) {
        let (open, rows) = (unsettled, counts[list.rawValue])
        var total: Int32 = 0
        for row in 0..<rows {
            total &+= Int32(isSettled(row) ^ 1)
            open[row + 1] = total
        }
        withStarts(list, owner) { starts, begin in
            for row in 0..<count {
                let count = open[Int(starts[row + 1]) - begin] &- open[Int(starts[row]) - begin]
                known[row] &= count == 0 ? 1 : 0
            }
        }
    }

    /// A sum over a list is the difference of two running totals: no loop within a loop.
    private func sum(_ instruction: ColumnInstruction, _ list: FactOwner, _ count: Int) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (body, filter, target) = (wideColumn(a), byteColumn(b), wideColumn(instruction.target))
        let (rows, owner) = (counts[list.rawValue], instruction.target.owner)
        let (source, passes, result, running) = (body.values, filter.values, target.values, totals)
        var total: Int64 = 0
        for row in 0..<rows {
            total &+= source[row] & (0 &- Int64(passes[row]))
            running[row + 1] = total
        }
        withStarts(list, owner) { starts, begin in
            for row in 0..<count {
                result[row] = running[Int(starts[row + 1]) - begin] &- running[Int(starts[row]) - begin]
            }
        }
        target.isPartial = markListed(list, owner, target.known, count)
        guard body.isPartial || filter.isPartial else { return }
        target.isPartial = true
        let (knownBody, knownFilter) = (body.known, filter.known)
        let (allBodies, allFilters): (UInt8, UInt8) = (body.isPartial ? 0 : 1, filter.isPartial ? 0 : 1)
        markUnsettled(list, owner, target.known, count) { row in
            (knownFilter[row] | allFilters) & (knownBody[row] | allBodies | (passes[row] ^ 1))
        }
    }

    private func countRows(_ instruction: ColumnInstruction, _ list: FactOwner, _ count: Int) {
        guard let a = instruction.a else { return }
        let (filter, target) = (byteColumn(a), wideColumn(instruction.target))
        let owner = instruction.target.owner
        countPassing(list, owner, filter.values, target.values, count)
        target.isPartial = markListed(list, owner, target.known, count)
        guard filter.isPartial else { return }
        target.isPartial = true
        let known = filter.known
        markUnsettled(list, owner, target.known, count) { known[$0] }
    }

    @inline(__always)
    private func countPassing(
        _ list: FactOwner, _ owner: FactOwner, _ passes: UnsafePointer<UInt8>, _ result: UnsafeMutablePointer<Int64>,
        _ count: Int
    ) {
        let (running, rows) = (totals, counts[list.rawValue])
        var total: Int64 = 0
        for row in 0..<rows {
            total &+= Int64(passes[row])
            running[row + 1] = total
        }
        withStarts(list, owner) { starts, begin in
            for row in 0..<count {
                result[row] = running[Int(starts[row + 1]) - begin] &- running[Int(starts[row]) - begin]
            }
        }
    }

    /// Whether any, or every, entry for which the filter holds has the condition; by Kleene.
    private func quantify(_ instruction: ColumnInstruction, _ list: FactOwner, _ count: Int, isAny: Bool) {
        guard let a = instruction.a, let b = instruction.b else { return }
        let (body, filter, target) = (byteColumn(a), byteColumn(b), byteColumn(instruction.target))
        let (rows, owner) = (counts[list.rawValue], instruction.target.owner)
        // An entry decides where the filter holds and the condition is met (any) or not met (every).
        let flip: UInt8 = isAny ? 0 : 1
        let (passes, source, result, running) = (filter.values, body.values, target.values, totals)
        let (knownBody, knownFilter) = (body.known, filter.known)
        let (allBodies, allFilters): (UInt8, UInt8) = (body.isPartial ? 0 : 1, filter.isPartial ? 0 : 1)
        var total: Int64 = 0
        for row in 0..<rows {
            total &+= Int64(passes[row] & (source[row] ^ flip) & (knownBody[row] | allBodies))
            running[row + 1] = total
        }
        withStarts(list, owner) { starts, begin in
            for row in 0..<count {
                let decided = running[Int(starts[row + 1]) - begin] != running[Int(starts[row]) - begin]
                result[row] = decided ? 1 : 0
            }
        }
        var partial = markListed(list, owner, target.known, count)
        if body.isPartial || filter.isPartial {
            partial = true
            markUnsettled(list, owner, target.known, count) { row in
                // Settled where both are known, where the filter is known not to hold, or where the condition is
                // known not to decide.
                let (knownF, knownB) = (knownFilter[row] | allFilters, knownBody[row] | allBodies)
                return (knownF & knownB) | (knownF & (passes[row] ^ 1)) | (knownB & ((source[row] ^ flip) ^ 1))
            }
        }
        let known = target.known
        if partial { for row in 0..<count { known[row] |= result[row] } }
        for row in 0..<count { result[row] ^= flip }
        target.isPartial = partial
        if partial { clear(target, count) }
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
