import AssistanceCore
import ColumnKernels

/// Makes closures of instructions: each knows its columns and looks up nothing while it runs.
struct ColumnBinder {
    let storage: ColumnStorage
    let place: ChunkPlace
    let source: ColumnSource
    /// The columns that are one number for all rows.
    let constants: Set<ColumnSlot>
    let date: CalendarDate
    private let kernels = column_kernels_here().pointee

    init(
        storage: ColumnStorage, place: ChunkPlace, source: ColumnSource, constants: Set<ColumnSlot>,
        date: CalendarDate
    ) {
        self.storage = storage
        self.place = place
        self.source = source
        self.constants = constants
        self.date = date
    }

    private typealias Numbers = UnsafeMutablePointer<Int64>
    private typealias Bytes = UnsafeMutablePointer<UInt8>

    /// What runs an instruction over the rows of a chunk.
    func bind(_ instruction: ColumnInstruction) -> () -> Void {
        let place = place
        let owner = instruction.target.owner
        /// Runs with the number of rows.
        func rows(_ body: @escaping (Int) -> Void) -> () -> Void { { body(place.count(owner)) } }
        switch instruction.operation {
        case .loadWide(let load): return loadNumbers(load, to: instruction.target)
        case .loadByte(let load): return loadBytes(load, to: instruction.target)
        case .isGiven(let fact): return markGiven(fact, on: instruction.target)
        case .isListed(let list): return markListed(list, on: instruction.target)
        case .constantWide, .constantByte:
            storage.fill(instruction)
            return {}
        case .sumFacts(let facts): return sumFacts(facts, to: instruction.target)
        case .add: return numbers(instruction, kernels.add)
        case .subtract: return numbers(instruction, kernels.subtract)
        case .multiply: return numbers(instruction, kernels.multiply)
        case .minimum: return numbers(instruction, kernels.minimum)
        case .maximum: return numbers(instruction, kernels.maximum)
        case .multiplyBy(let factor): return with(factor, instruction, kernels.multiply)
        case .atLeast(let least): return with(least, instruction, kernels.maximum)
        case .less: return comparison(instruction, kernels.less)
        case .lessOrEqual: return comparison(instruction, kernels.less_or_equal)
        case .equal: return comparison(instruction, kernels.equal)
        case .equalBytes: return bytes(instruction, kernels.same)
        case .lessOrEqualBytes: return bytes(instruction, kernels.not_more)
        case .minimumBytes: return bytes(instruction, kernels.least)
        case .maximumBytes: return bytes(instruction, kernels.most)
        case .and: return bytes(instruction, kernels.both)
        case .or: return bytes(instruction, kernels.either)
        case .not:
            let (a, result, run) = (bytes(instruction.a), storage.bytes(instruction.target), kernels.invert)
            return rows { run?(a, result, $0) }
        case .selectWide:
            let (test, a, b) = (bytes(instruction.a), numbers(instruction.b), numbers(instruction.c))
            let (ones, run) = (ones(instruction.b, instruction.c), kernels.choose)
            let result = storage.numbers(instruction.target)
            return rows { run?(test, a, b, result, $0, ones) }
        case .selectByte:
            let (test, a, b) = (bytes(instruction.a), bytes(instruction.b), bytes(instruction.c))
            let (ones, run) = (ones(instruction.b, instruction.c), kernels.choose_bytes)
            let result = storage.bytes(instruction.target)
            return rows { run?(test, a, b, result, $0, ones) }
        case .round(let mode, let up, let down, let greatest):
            return round(instruction, mode, up, down, upTo: greatest)
        case .isOneOf(let codes):
            let (a, result, run) = (bytes(instruction.a), storage.bytes(instruction.target), kernels.is_one_of)
            return rows { run?(a, result, $0, codes) }
        case .combine(let factor):
            let (a, b, run) = (bytes(instruction.a), bytes(instruction.b), kernels.combine)
            let result = storage.bytes(instruction.target)
            return rows { run?(a, b, result, $0, factor) }
        case .lookUpWide(let table):
            let (a, result, run) = (bytes(instruction.a), storage.numbers(instruction.target), kernels.look_up)
            return rows { count in table.withUnsafeBufferPointer { run?(a, $0.baseAddress, result, count) } }
        case .lookUpByte(let table):
            let (a, result, run) = (bytes(instruction.a), storage.bytes(instruction.target), kernels.look_up_bytes)
            return rows { count in table.withUnsafeBufferPointer { run?(a, $0.baseAddress, result, count) } }
        case .anyIsOneOf(let codes):
            let (a, b, run) = (bytes(instruction.a), bytes(instruction.b), kernels.any_is_one_of)
            let result = storage.bytes(instruction.target)
            return rows { run?(a, b, result, $0, codes) }
        case .hasAny(let codes):
            let (a, result, run) = (numbers(instruction.a), storage.bytes(instruction.target), kernels.has_any)
            return rows { run?(a, result, $0, codes) }
        case .countBits:
            let (a, result, run) = (numbers(instruction.a), storage.numbers(instruction.target), kernels.count_bits)
            return rows { run?(a, result, $0) }
        case .completedYears: return age(instruction, YearEnds(date).years(since:))
        case .completedMonths:
            let date = date
            return age(instruction) {
                CalendarDate(days: Int($0)).map { Int64(max(0, date.completedMonths(since: $0))) } ?? 0
            }
        case .spreadWide:
            let (a, result, run) = (numbers(instruction.a), storage.numbers(instruction.target), kernels.spread)
            let parents = storage.parents(of: owner)
            return rows { run?(a, parents, result, $0) }
        case .spreadByte:
            let (a, result, run) = (bytes(instruction.a), storage.bytes(instruction.target), kernels.spread_bytes)
            let parents = storage.parents(of: owner)
            return rows { run?(a, parents, result, $0) }
        case .sum(let list):
            let (a, test, run) = (numbers(instruction.a), bytes(instruction.b), kernels.sum)
            let (ones, totals) = (ones(instruction.a, instruction.b), storage.totals)
            let result = storage.numbers(instruction.target)
            return over(list, owner) { starts, first, count, rows in
                run?(a, test, starts, first, totals, result, count, rows, ones)
            }
        case .count(let list):
            let (test, result, run) = (bytes(instruction.a), storage.numbers(instruction.target), kernels.count)
            let (ones, totals) = (ones(instruction.a, nil), UnsafeMutableRawPointer(storage.totals))
            let running = totals.assumingMemoryBound(to: Int32.self)
            return over(list, owner) { starts, first, count, rows in
                run?(test, starts, first, running, result, count, rows, ones)
            }
        case .any(let list): return quantify(instruction, list, flip: 0)
        case .every(let list): return quantify(instruction, list, flip: 1)
        }
    }

    // MARK: Operands

    private func numbers(_ slot: ColumnSlot?) -> Numbers { slot.map(storage.numbers) ?? storage.totals }

    private func bytes(_ slot: ColumnSlot?) -> Bytes {
        slot.map(storage.bytes) ?? UnsafeMutableRawPointer(storage.totals).assumingMemoryBound(to: UInt8.self)
    }

    private func ones(_ a: ColumnSlot?, _ b: ColumnSlot?) -> Int32 {
        func bit(_ slot: ColumnSlot?, _ bit: Int) -> Int { slot.map(constants.contains) ?? false ? bit : 0 }
        return Int32(bit(a, Int(COLUMN_A_IS_ONE)) | bit(b, Int(COLUMN_B_IS_ONE)))
    }
}

// MARK: Arithmetic and conditions

extension ColumnBinder {
    private func numbers(
        _ instruction: ColumnInstruction,
        _ run: (@convention(c) (UnsafePointer<Int64>?, UnsafePointer<Int64>?, Numbers?, Int, Int32) -> Void)?
    ) -> () -> Void {
        let (a, b, ones) = (numbers(instruction.a), numbers(instruction.b), ones(instruction.a, instruction.b))
        let (place, owner, result) = (place, instruction.target.owner, storage.numbers(instruction.target))
        return { run?(a, b, result, place.count(owner), ones) }
    }

    /// With one number as the second operand.
    private func with(
        _ number: Int64, _ instruction: ColumnInstruction,
        _ run: (@convention(c) (UnsafePointer<Int64>?, UnsafePointer<Int64>?, Numbers?, Int, Int32) -> Void)?
    ) -> () -> Void {
        let a = numbers(instruction.a)
        let (place, owner, result) = (place, instruction.target.owner, storage.numbers(instruction.target))
        let ones = Int32(COLUMN_B_IS_ONE)
        return { withUnsafePointer(to: number) { run?(a, $0, result, place.count(owner), ones) } }
    }

    private func comparison(
        _ instruction: ColumnInstruction,
        _ run: (@convention(c) (UnsafePointer<Int64>?, UnsafePointer<Int64>?, Bytes?, Int, Int32) -> Void)?
    ) -> () -> Void {
        let (a, b, ones) = (numbers(instruction.a), numbers(instruction.b), ones(instruction.a, instruction.b))
        let (place, owner, result) = (place, instruction.target.owner, storage.bytes(instruction.target))
        return { run?(a, b, result, place.count(owner), ones) }
    }

    private func bytes(
        _ instruction: ColumnInstruction,
        _ run: (@convention(c) (UnsafePointer<UInt8>?, UnsafePointer<UInt8>?, Bytes?, Int, Int32) -> Void)?
    ) -> () -> Void {
        let (a, b, ones) = (bytes(instruction.a), bytes(instruction.b), ones(instruction.a, instruction.b))
        let (place, owner, result) = (place, instruction.target.owner, storage.bytes(instruction.target))
        return { run?(a, b, result, place.count(owner), ones) }
    }

    /// Rounds to whole steps. What is nowhere negative is multiplied and shifted, which is many times faster than divided.
    private func round(
        _ instruction: ColumnInstruction, _ mode: RoundingMode, _ up: Int64, _ down: Int64, upTo greatest: Int64?
    ) -> () -> Void {
        let (a, below, result) = (numbers(instruction.a), numbers(instruction.b), storage.numbers(instruction.target))
        let (place, owner, kernels) = (place, instruction.target.owner, kernels)
        let way = Int32(mode.kernel)
        guard let greatest else {
            let divisor = column_divisor_of(max(1, down), way)
            return {
                let count = place.count(owner)
                let isDone = withUnsafePointer(to: divisor) { kernels.divide_by?(a, result, count, up, $0) ?? 0 }
                guard isDone == 0 else { return }
                withUnsafePointer(to: Int64(1)) { kernels.divide?(a, $0, result, count, 1, up, down, way) }
            }
        }
        guard greatest < 256 else {
            let isOne = instruction.b.map(constants.contains) ?? false ? Int32(1) : 0
            return { kernels.divide?(a, below, result, place.count(owner), isOne, up, down, way) }
        }
        let table = (0..<256).map { column_divisor_of(max(1, Int64($0)) * max(1, down), way) }
        let isOne = instruction.b.map(constants.contains) ?? false ? Int32(1) : 0
        return {
            let count = place.count(owner)
            let isDone = table.withUnsafeBufferPointer {
                kernels.divide_by_small?(a, below, result, count, up, $0.baseAddress) ?? 0
            }
            guard isDone == 0 else { return }
            kernels.divide?(a, below, result, count, isOne, up, down, way)
        }
    }

    private func age(_ instruction: ColumnInstruction, _ completed: @escaping (Int64) -> Int64) -> () -> Void {
        let (source, result) = (numbers(instruction.a), storage.numbers(instruction.target))
        let (place, owner) = (place, instruction.target.owner)
        return { for row in 0..<place.count(owner) { result[row] = completed(source[row]) } }
    }
}

// MARK: Lists

extension ColumnBinder {
    /// Runs over the entries of a list: where each parent's start, the first of the chunk, how many parents and entries.
    private func over(
        _ list: FactOwner, _ owner: FactOwner, _ run: @escaping (UnsafePointer<Int32>, Int32, Int, Int) -> Void
    ) -> () -> Void {
        let (place, source) = (place, source)
        return {
            source.batch.table(list).starts.withUnsafeBufferPointer { starts in
                guard let base = starts.baseAddress else { return }
                let first = Int32(truncatingIfNeeded: place.first(list))
                run(base + place.first(owner), first, place.count(owner), place.count(list))
            }
        }
    }

    private func quantify(_ instruction: ColumnInstruction, _ list: FactOwner, flip: UInt8) -> () -> Void {
        let (a, test, run) = (bytes(instruction.a), bytes(instruction.b), kernels.quantify)
        let (ones, totals) = (ones(instruction.a, instruction.b), UnsafeMutableRawPointer(storage.totals))
        let (running, result) = (totals.assumingMemoryBound(to: Int32.self), storage.bytes(instruction.target))
        return over(list, instruction.target.owner) { starts, first, count, rows in
            run?(a, test, flip, starts, first, running, result, count, rows, ones)
        }
    }
}

// MARK: Facts

extension ColumnBinder {
    /// Runs with the stored numbers of the chunk, and answers how many there are; the rows after them are unknown.
    @inline(__always)
    private static func read<Stored>(
        _ values: [Stored], _ first: Int, _ count: Int, _ run: (UnsafePointer<Stored>, Int) -> Void
    ) -> Int {
        let present = max(0, min(count, values.count - first))
        values.withUnsafeBufferPointer { values in
            if present > 0, let base = values.baseAddress { run(base + first, present) }
        }
        return present
    }

    private func loadNumbers(_ load: FactLoad, to slot: ColumnSlot) -> () -> Void {
        let (target, kernels, missing) = (storage.numbers(slot), kernels, load.missing)
        let (place, source, owner) = (place, source, slot.owner)
        return {
            let (first, count) = (place.first(owner), place.count(owner))
            let present =
                switch source.batch.columns[load.fact] {
                case .narrow(let values)?: Self.read(values, first, count) { kernels.load_8?($0, target, $1, missing) }
                case .short(let values)?: Self.read(values, first, count) { kernels.load_16?($0, target, $1, missing) }
                case .middle(let values)?: Self.read(values, first, count) { kernels.load_32?($0, target, $1, missing) }
                case .wide(let values)?: Self.read(values, first, count) { kernels.load_64?($0, target, $1, missing) }
                case nil: 0
                }
            for row in present..<count { target[row] = missing }
        }
    }

    private func loadBytes(_ load: FactLoad, to slot: ColumnSlot) -> () -> Void {
        let (target, kernels, missing) = (storage.bytes(slot), kernels, UInt8(truncatingIfNeeded: load.missing))
        let (place, source, owner) = (place, source, slot.owner)
        return {
            let (first, count) = (place.first(owner), place.count(owner))
            var present = 0
            if case .narrow(let values)? = source.batch.columns[load.fact] {
                present = Self.read(values, first, count) { kernels.load_byte?($0, target, $1, missing) }
            }
            for row in present..<count { target[row] = missing }
        }
    }

    /// Adds fact after fact, straight from the batch.
    private func sumFacts(_ facts: [FactLoad], to slot: ColumnSlot) -> () -> Void {
        let (target, kernels) = (storage.numbers(slot), kernels)
        let (place, source, owner) = (place, source, slot.owner)
        return {
            let (first, count) = (place.first(owner), place.count(owner))
            target.update(repeating: 0, count: count)
            for load in facts {
                let missing = load.missing
                let present =
                    switch source.batch.columns[load.fact] {
                    case .narrow(let values)?:
                        Self.read(values, first, count) { kernels.add_8?($0, target, $1, missing) }
                    case .short(let values)?:
                        Self.read(values, first, count) { kernels.add_16?($0, target, $1, missing) }
                    case .middle(let values)?:
                        Self.read(values, first, count) { kernels.add_32?($0, target, $1, missing) }
                    case .wide(let values)?:
                        Self.read(values, first, count) { kernels.add_64?($0, target, $1, missing) }
                    case nil: 0
                    }
                for row in present..<count { target[row] &+= missing }
            }
        }
    }

    private func markGiven(_ fact: Int, on slot: ColumnSlot) -> () -> Void {
        let (target, source, place, owner) = (storage.bytes(slot), source, place, slot.owner)
        return {
            let first = place.first(owner)
            for row in 0..<place.count(owner) {
                target[row] = source.batch.value(fact, row: first + row) == nil ? 0 : 1
            }
        }
    }

    private func markListed(_ list: FactOwner, on slot: ColumnSlot) -> () -> Void {
        let (target, place, source, owner) = (storage.bytes(slot), place, source, slot.owner)
        return {
            let first = place.first(owner)
            source.batch.table(list).listed.withUnsafeBufferPointer { listed in
                for row in 0..<place.count(owner) { target[row] = listed[first + row] ? 1 : 0 }
            }
        }
    }
}

extension RoundingMode {
    /// As the kernels know it.
    fileprivate var kernel: Int {
        switch self {
        case .down: Int(COLUMN_DOWN)
        case .up: Int(COLUMN_UP)
        case .nearest: Int(COLUMN_NEAREST)
        }
    }
}

/// Full years to a day, by the last day of birth of each number of years.
private struct YearEnds {
    let date: CalendarDate
    let ends: [Int64]

    init(_ date: CalendarDate) {
        self.date = date
        ends = (0...300).map { Int64(date.lastBirth(completing: $0)) }
    }

    func years(since birth: Int64) -> Int64 {
        let days = Int64(date.days) &- birth
        if days < 0 { return 0 }
        var guess = Int(days * 400 / 146_097)
        guard guess + 1 < ends.count else {
            return CalendarDate(days: Int(birth)).map { Int64(date.completedYears(since: $0)) } ?? 0
        }
        if birth <= ends[guess + 1] { guess += 1 } else if birth > ends[guess] { guess -= 1 }
        return Int64(max(0, guess))
    }
}
