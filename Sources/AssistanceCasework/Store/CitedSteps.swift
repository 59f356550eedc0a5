import AssistanceCore

extension [ExplainedStep] {
    /// The steps within these that rest on an article, each article once: what each is called and what it rests on, without
    /// its value, its rule and what it is made of.
    var cited: [ExplainedStep] {
        var met: Set<Citation> = []
        var found: [ExplainedStep] = []
        // With a list of its own, however deep steps nest; the first comes first.
        var left = Array(reversed())
        while let step = left.popLast() {
            if let citation = step.citation, met.insert(citation).inserted {
                found.append(
                    ExplainedStep(
                        name: step.name, kind: step.kind, label: step.label, owner: step.owner, values: [], rule: nil,
                        citation: citation, place: nil, inputs: [], isRepeated: false))
            }
            left += step.inputs.reversed()
        }
        return found
    }
}
