/// The candidate a misspelt name probably means, for "did you mean"; nil where none is close.
///
/// Close is within a third of the name's length, at least 1 and at most 3 edits: a letter put in, left out, changed, or
/// exchanged with its neighbour. The nearest wins, and of equals the first in the alphabet, whatever the order they
/// come in. Names and candidates beyond 64 characters are left aside, and none is sought among more than a thousand, so
/// long input costs little.
public func closestName(to name: String, among candidates: some Collection<String>) -> String? {
    guard candidates.count <= 1_000, let wanted = shortName(name) else { return nil }
    let wantedLetters = letters(of: name)
    var limit = min(3, max(1, wanted.count / 3))
    var best: String?
    for candidate in candidates {
        // An edit brings in one letter at most and takes away one.
        guard (wantedLetters ^ letters(of: candidate)).nonzeroBitCount <= 2 * limit else { continue }
        guard let others = shortName(candidate), let distance = editDistance(wanted, others, atMost: limit) else {
            continue
        }
        if let best, distance == limit, best < candidate { continue }
        limit = distance
        best = candidate
    }
    return best
}

/// Which letters a name has, as bits; several letters share one.
private func letters(of name: String) -> UInt64 {
    name.unicodeScalars.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
}

/// The scalars of a name worth comparing: 1 to 64.
private func shortName(_ name: String) -> [Unicode.Scalar]? {
    let scalars = Array(name.unicodeScalars.prefix(65))
    return (1...64).contains(scalars.count) ? scalars : nil
}

/// The Damerau-Levenshtein distance, no place edited twice (optimal string alignment); nil beyond the limit.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for (column, other) in right.enumerated() {
            var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    guard let distance = last.last, distance <= limit else { return nil }
    return distance
}
