import CJiuzhu

/// The parts of an array, each checked when it is asked for.
struct ArrowParts {
    /// The rows.
    let length: Int
    /// The rows before the first that are not part of it.
    let offset: Int
    let buffers: Int
    private let array: UnsafePointer<ArrowArray>

    /// The most buffers of an array, and the most children.
    private static let most: Int64 = 100_000

    /// The lengths and counts of an array.
    init(_ array: UnsafePointer<ArrowArray>, limit: Int) throws(ArrowFlaw) {
        let it = array.pointee
        guard it.release != nil else { throw ArrowFlaw("the array has been released") }
        guard (0...Int64(limit)).contains(it.length), (0...Int64(limit)).contains(it.offset) else {
            throw ArrowFlaw("length \(it.length) and offset \(it.offset) are no numbers of rows")
        }
        guard (-1...it.length).contains(it.null_count) else {
            throw ArrowFlaw("null_count is \(it.null_count), and -1 to its length was expected")
        }
        guard (0...Self.most).contains(it.n_buffers), it.n_buffers == 0 || it.buffers != nil else {
            throw ArrowFlaw("its \(it.n_buffers) buffers are NULL, or no such number")
        }
        (length, offset, buffers) = (Int(it.length), Int(it.offset), Int(it.n_buffers))
        self.array = array
    }

    /// Compares the numbers of buffers and children.
    func expect(buffers: Int? = nil, children: Int) throws(ArrowFlaw) {
        guard buffers.map({ $0 == self.buffers }) ?? true else {
            throw ArrowFlaw("it has \(self.buffers) buffers, and \(buffers ?? 0) were expected")
        }
        guard array.pointee.n_children == Int64(children) else {
            throw ArrowFlaw("it has \(array.pointee.n_children) children, and \(children) were expected")
        }
        guard children == 0 || array.pointee.children != nil else { throw ArrowFlaw("its children are NULL") }
    }

    /// A child below the number that was expected.
    func child(_ place: Int) throws(ArrowFlaw) -> UnsafePointer<ArrowArray> {
        guard let child = array.pointee.children?[place] else { throw ArrowFlaw("child \(place) is NULL") }
        return UnsafePointer(child)
    }

    /// A buffer below their number; nil where it is NULL.
    func optional(_ place: Int) -> UnsafeRawPointer? { array.pointee.buffers?[place] }

    /// A buffer below their number; where there are no rows it may be NULL, and is never read.
    func required(_ place: Int) throws(ArrowFlaw) -> UnsafeRawPointer {
        if let buffer = optional(place) { return buffer }
        guard length == 0 else { throw ArrowFlaw("buffer \(place) is NULL") }
        return Self.empty
    }

    /// The buffer of values of a fixed width, behind the bitmap.
    func plain() throws(ArrowFlaw) -> UnsafeRawPointer {
        try expect(buffers: 2, children: 0)
        return try required(1)
    }

    /// The bitmap; nil where all rows are known. `null_count` must be right where it is said.
    func checkedValidity() throws(ArrowFlaw) -> UnsafeRawPointer? {
        guard buffers > 0 else { throw ArrowFlaw("it has no buffers") }
        let said = Int(array.pointee.null_count)
        guard let validity = optional(0) else {
            guard said <= 0 else { throw ArrowFlaw("null_count is \(said), and there is no validity bitmap") }
            return nil
        }
        guard said >= 0 else { return validity }
        let isKnown = ArrowBits(validity, from: offset)
        let nulls = (0..<length).count { !isKnown[$0] }
        guard nulls == said else { throw ArrowFlaw("null_count is \(said), and the bitmap has \(nulls) nulls") }
        return validity
    }

    /// For a buffer of no rows.
    private static var empty: UnsafeRawPointer {
        let nothing: StaticString = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        return UnsafeRawPointer(nothing.utf8Start)
    }
}
