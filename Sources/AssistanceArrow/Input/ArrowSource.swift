import AssistanceCore
import CJiuzhu

/// A stream of record batches that was taken over: it is released once, when this ends.
///
/// For one thread at a time.
public final class ArrowSource {
    private let stream: UnsafeMutablePointer<ArrowArrayStream>
    /// What it is called in messages: `households`.
    let name: String

    /// Takes a stream over: the caller's struct is emptied, as by a move. Nil for NULL and for one that was released.
    public init?(taking caller: UnsafeMutablePointer<ArrowArrayStream>?, named name: String) {
        guard let caller, caller.pointee.release != nil else { return nil }
        stream = .allocate(capacity: 1)
        stream.initialize(to: caller.pointee)
        caller.pointee = ArrowArrayStream()
        self.name = name
    }

    deinit {
        stream.pointee.release?(stream)
        stream.deallocate()
    }

    /// The columns of its batches.
    func columns() throws(ArrowFlaw) -> [ArrowField] {
        guard let get = stream.pointee.get_schema else { throw ArrowFlaw("\(name): get_schema is NULL") }
        var schema = ArrowSchema()
        let number = get(stream, &schema)
        guard number == 0 else { throw failed(number) }
        defer { schema.release?(&schema) }
        do throws(ArrowFlaw) {
            return try ArrowSchemaReader.columns(of: &schema)
        } catch {
            throw error.of(name)
        }
    }

    /// The next batch; nil after the last.
    func next(_ columns: [ArrowField]) throws(ArrowFlaw) -> ArrowBatch? {
        guard let get = stream.pointee.get_next else { throw ArrowFlaw("\(name): get_next is NULL") }
        let held = HeldArray()
        let number = get(stream, held.array)
        guard number == 0 else { throw failed(number) }
        guard held.array.pointee.release != nil else { return nil }
        do throws(ArrowFlaw) {
            return try ArrowBatch(held, columns)
        } catch {
            throw error.of(name)
        }
    }

    /// The producer's own words may quote what it read, so they are not repeated.
    private func failed(_ number: Int32) -> ArrowFlaw {
        ArrowFlaw("\(name): the stream failed with error \(number); its get_last_error says why")
    }
}

/// An array of a producer's, which is released once, when this ends.
final class HeldArray: @unchecked Sendable {
    let array: UnsafeMutablePointer<ArrowArray>

    init() {
        array = .allocate(capacity: 1)
        array.initialize(to: ArrowArray())
    }

    deinit {
        array.pointee.release?(array)
        array.deallocate()
    }
}

/// A record batch that was checked. Immutable; may be read by several threads at once.
struct ArrowBatch: Sendable {
    private let held: HeldArray
    /// The rows.
    let count: Int
    /// By the number of a column; it holds as long as the batch.
    let columns: [ArrowColumn]

    init(_ held: HeldArray, _ columns: [ArrowField]) throws(ArrowFlaw) {
        let all = try ArrowColumn(held.array, ArrowField(name: "", type: .record(columns)))
        guard case .record(let columns) = all.content, (0..<all.count).allSatisfy(all.isKnown) else {
            throw ArrowFlaw("a row of a record batch is null")
        }
        self.held = held
        (count, self.columns) = (all.count, columns)
    }
}
