import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Terms as the steps of a programme's rule.
extension PolicyContext {
    /// The value of a declared term. Expressions that come after it name it by the last word of its path: `price` of
    /// `rent.price`.
    ///
    /// - Parameter nation: what holds where no file fills the term, and how it is made. Where there is neither, and where
    ///   a file says `none` of what the rule cannot do without, the value is not known.
    public func term(
        _ section: SectionDeclaration, _ path: String, nation: (rule: String, value: Formula)? = nil
    ) -> Formula {
        let unit = unit(section, path)
        let label = section[path]?.label ?? section.label
        let result: Formula
        if let nation, !isFilled(section, path) {
            result = step(path, label, unit, rule: nation.rule, nation.value)
        } else {
            let kind: NodeKind = unit.dimension == .none ? .ratio : .quantity(unit)
            result = formula(value(section, path) ?? unfilled(section.key(of: path), kind, label: label))
        }
        bind(path.split(separator: ".").last.map(String.init) ?? path, to: result.node)
        return result
    }

    /// The class of a household by a declared term, which expressions name `class`; nothing where no file fills it.
    public func bindClass(_ section: SectionDeclaration, _ path: String) {
        if let code = value(section, path) { bind("class", to: code) }
    }
}
