/// What is wrong with the structure of what a producer handed over: a length, an offset, a buffer, a pointer.
struct ArrowFlaw: Error {
    /// One sentence without a final stop; it quotes nothing of the data.
    let message: String

    init(_ message: String) { self.message = message }

    /// The same, said of a column or list.
    func of(_ name: String) -> ArrowFlaw { ArrowFlaw("\(name): \(message)") }
}
