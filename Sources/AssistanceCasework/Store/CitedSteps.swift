import AssistanceCore

extension [ExplainedStep] {
    /// The steps within these that rest on an article, each article once, without what they are made of.
    var cited: [ExplainedStep] {
        var met: Set<Citation> = []
        var found: [ExplainedStep] = []
        // With a list of its own, however deep steps nest; the first comes first.
        var left = Array(reversed())
        while let step = left.popLast() {
            if let citation = step.citation, met.insert(citation).inserted {
                found.append(
                    ExplainedStep(
                        name: step.name, kind: step.kind, label: step.label, owner: step.owner, values: step.values,
                        rule: step.rule, citation: citation, place: step.place, inputs: [], isRepeated: false))
            }
            left += step.inputs.reversed()
        }
        return found
    }
}
