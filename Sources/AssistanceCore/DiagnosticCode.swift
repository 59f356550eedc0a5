/// The stable code of a finding. Each has an article that `jiuzhu explain CODE` prints, and a test that produces it.
public enum DiagnosticCode: String, CaseIterable, Sendable {
    // Reading any text.
    case emptyInput = "empty-input"
    case invalidUTF8 = "invalid-utf8"
    case byteOrderMark = "byte-order-mark"
    case tooLarge = "too-large"
    case tooDeep = "too-deep"

    // JSON.
    case jsonSyntax = "json-syntax"
    case duplicateKey = "duplicate-key"

    // YAML.
    case yamlSyntax = "yaml-syntax"
    case yamlAlias = "yaml-alias"
    case yamlTag = "yaml-tag"
    case strayComma = "stray-comma"

    // Expressions.
    case expressionSyntax = "expression-syntax"
    case literalRange = "literal-range"
    case unknownName = "unknown-name"
    case unknownFunction = "unknown-function"
    case unknownCode = "unknown-code"
    case typeMismatch = "type-mismatch"
    case unitMismatch = "unit-mismatch"
    case integerDivision = "integer-division"
    case modulo = "modulo"
    case divisionByZero = "division-by-zero"
    case overflow = "overflow"
    case notSupported = "not-supported"
}
