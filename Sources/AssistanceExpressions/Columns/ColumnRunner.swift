import AssistanceCore
import ColumnKernels

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
    private let source: ColumnSource
    private let storage: ColumnStorage
    private let place = ChunkPlace()
    /// The instructions over their columns, which stay where they are; constants are written already.
    private let running: [() -> Void]
    /// The lists to which values of a parent are spread.
    private let spreads: [FactOwner]

    /// A runner of a program over a batch of the coverage for which the program was made.
    public init(_ program: ColumnProgram, over batch: FactBatch) {
        self.program = program
        source = ColumnSource(batch)
        storage = ColumnStorage(program.slotCounts) { $0 == .household ? Self.chunk : Self.rows }
        let running = program.instructions.filter { !$0.operation.isConstant }
        let spreads = Set(running.filter(\.operation.isSpread).map(\.target.owner))
        self.spreads = FactOwner.allCases.filter { spreads.contains($0) }
        let constants = program.instructions.filter(\.operation.isConstant)
        for constant in constants { storage.fill(constant) }
        let binder = ColumnBinder(
            storage: storage, place: place, source: source, constants: Set(constants.map(\.target)),
            date: program.graph.date)
        self.running = running.map(binder.bind)
    }

    /// Goes on with another batch, of a coverage for which the program was made.
    public func turn(to batch: FactBatch) { source.batch = batch }

    /// Computes the results for the households from `first` on, and answers how many it did: as many as fit a chunk. None
    /// where already the first has more entries than a household file may have; that one is the evaluator's.
    ///
    /// - Parameter end: The first household that is not to be done; without it, all of the batch are.
    public func run(from first: Int, upTo end: Int = .max) -> Int {
        guard first >= 0, first < min(end, source.batch.count), fits(first, first + 1) else { return 0 }
        var last = min(first + Self.chunk, source.batch.count, end)
        // Fewer households where their members would not fit.
        while !fits(first, last) { last = first + (last - first) / 2 }
        for owner in spreads { storage.numberParents(of: owner, source.batch.table(owner).starts, place) }
        for run in running { run() }
        return last - first
    }

    /// The ends of a result that is a number, for the last chunk; nil for one that is none.
    public func numbers(_ output: Int) -> (low: UnsafePointer<Int64>, high: UnsafePointer<Int64>)? {
        let (low, high) = program.outputs[output]
        guard low.slot.isWide, high.slot.isWide else { return nil }
        return (UnsafePointer(storage.numbers(low.slot)), UnsafePointer(storage.numbers(high.slot)))
    }

    /// The ends of a result that is yes/no or a code, for the last chunk; nil for one that is none.
    public func codes(_ output: Int) -> (low: UnsafePointer<UInt8>, high: UnsafePointer<UInt8>)? {
        let (low, high) = program.outputs[output]
        guard !low.slot.isWide, !high.slot.isWide else { return nil }
        return (UnsafePointer(storage.bytes(low.slot)), UnsafePointer(storage.bytes(high.slot)))
    }

    /// Puts the chunk at some households, where all their entries fit.
    private func fits(_ first: Int, _ last: Int) -> Bool {
        place.set(.household, first..<last)
        for owner in FactOwner.allCases {
            guard let parent = owner.parent else { continue }
            let starts = source.batch.table(owner).starts
            let range = Int(starts[place.first(parent)])..<Int(starts[place.first(parent) + place.count(parent)])
            if range.count > Self.rows { return false }
            place.set(owner, range)
        }
        return true
    }
}

/// The batch that instructions read, which may become another from one chunk to the next.
final class ColumnSource {
    // One thread at a time has a runner, and nothing reads while it turns.
    @exclusivity(unchecked) var batch: FactBatch

    init(_ batch: FactBatch) { self.batch = batch }
}

/// Which rows of each owner the chunk is about.
final class ChunkPlace {
    private let firsts = UnsafeMutablePointer<Int>.allocate(capacity: FactOwner.allCases.count)
    private let counts = UnsafeMutablePointer<Int>.allocate(capacity: FactOwner.allCases.count)

    init() {
        firsts.initialize(repeating: 0, count: FactOwner.allCases.count)
        counts.initialize(repeating: 0, count: FactOwner.allCases.count)
    }

    deinit {
        firsts.deallocate()
        counts.deallocate()
    }

    func first(_ owner: FactOwner) -> Int { firsts[owner.rawValue] }
    func count(_ owner: FactOwner) -> Int { counts[owner.rawValue] }

    func set(_ owner: FactOwner, _ rows: Range<Int>) {
        firsts[owner.rawValue] = rows.lowerBound
        counts[owner.rawValue] = rows.count
    }
}

/// The columns of a chunk, in one piece of memory.
final class ColumnStorage {
    private let memory: UnsafeMutableRawPointer
    /// For each owner where its numbers begin, and where its bytes do.
    private let begins: [(wide: UnsafeMutablePointer<Int64>, bytes: UnsafeMutablePointer<UInt8>)]
    private let capacities: [Int]
    /// For each owner the place of each row's parent in the chunk.
    private let parents: UnsafeMutablePointer<Int32>
    /// Room for running totals.
    let totals: UnsafeMutablePointer<Int64>
    private let most: Int

    /// Columns for so many slots of each owner and, of each, so many rows; the capacities are multiples of 64.
    init(_ slots: [FactOwner: (wide: Int, bytes: Int)], _ capacity: (FactOwner) -> Int) {
        let owners = FactOwner.allCases
        capacities = owners.map(capacity)
        most = capacities.max() ?? 0
        let wide = owners.map { (slots[$0]?.wide ?? 0) * capacity($0) * 8 }
        let bytes = owners.map { (slots[$0]?.bytes ?? 0) * capacity($0) }
        let (parentBytes, totalBytes) = (owners.count * most * 4, (most + 1) * 8)
        let size = wide.reduce(0, +) + bytes.reduce(0, +) + parentBytes + totalBytes
        memory = .allocate(byteCount: size, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        var next = memory
        func take(_ size: Int) -> UnsafeMutableRawPointer {
            defer { next += size }
            return next
        }
        begins = zip(wide, bytes).map { wide, bytes in
            (take(wide).assumingMemoryBound(to: Int64.self), take(bytes).assumingMemoryBound(to: UInt8.self))
        }
        parents = take(parentBytes).assumingMemoryBound(to: Int32.self)
        totals = take(totalBytes).assumingMemoryBound(to: Int64.self)
    }

    deinit { memory.deallocate() }

    func numbers(_ slot: ColumnSlot) -> UnsafeMutablePointer<Int64> {
        begins[slot.owner.rawValue].wide + slot.number * capacities[slot.owner.rawValue]
    }

    func bytes(_ slot: ColumnSlot) -> UnsafeMutablePointer<UInt8> {
        begins[slot.owner.rawValue].bytes + slot.number * capacities[slot.owner.rawValue]
    }

    func parents(of owner: FactOwner) -> UnsafeMutablePointer<Int32> { parents + owner.rawValue * most }

    /// Writes a constant to all rows.
    func fill(_ constant: ColumnInstruction) {
        let capacity = capacities[constant.target.owner.rawValue]
        switch constant.operation {
        case .constantWide(let value): numbers(constant.target).update(repeating: value, count: capacity)
        case .constantByte(let value): bytes(constant.target).update(repeating: value, count: capacity)
        default: break
        }
    }

    /// Numbers the parents of the rows of a list: each row's is the number of parents that start at or before it, less one.
    func numberParents(of owner: FactOwner, _ starts: [Int32], _ place: ChunkPlace) {
        guard let parent = owner.parent else { return }
        let (parents, rows) = (parents(of: owner), place.count(owner))
        let (firstParent, begin) = (place.first(parent), Int32(truncatingIfNeeded: place.first(owner)))
        parents.update(repeating: 0, count: rows)
        starts.withUnsafeBufferPointer { starts in
            for row in 0..<place.count(parent) {
                let start = Int(starts[firstParent + row] &- begin)
                // Those without entries at the end start where nothing is.
                if start < rows { parents[start] &+= 1 }
            }
        }
        var number: Int32 = -1
        for row in 0..<rows {
            number &+= parents[row]
            parents[row] = number
        }
    }
}
