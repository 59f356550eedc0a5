/// The keys one object has had so far: a short list, and a hash set once they are many.
///
/// Keys are compared as Swift compares strings, so two spellings of one accented letter are one key: a dictionary later
/// on would take them for one as well.
struct JSONKeySet {
    private var few: [String] = []
    private var many: Set<String> = []

    /// Adds a key; false where it is there already.
    mutating func insert(_ key: String) -> Bool {
        if !many.isEmpty { return many.insert(key).inserted }
        if few.contains(key) { return false }
        few.append(key)
        if few.count > 8 {
            many = Set(few)
            few = []
        }
        return true
    }
}
