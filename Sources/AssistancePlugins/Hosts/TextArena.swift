/// Texts as C has them, in one piece of memory. None has a NUL in it.
struct TextArena {
    private var bytes: [CChar] = []

    /// Adds a text; answers where it begins.
    mutating func add(_ text: String) -> Int {
        let start = bytes.count
        bytes += text.utf8CString
        return start
    }

    /// Lends the memory to a call.
    func lend<Result>(_ call: (UnsafePointer<CChar>) -> Result) -> Result {
        // So that there is an address where no text has been added.
        (bytes.isEmpty ? [0] : bytes).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(call) ?? withUnsafePointer(to: 0, call)
        }
    }
}
