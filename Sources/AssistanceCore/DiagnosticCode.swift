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

    // Policy files.
    case wrongShape = "wrong-shape"
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case badValue = "bad-value"
    case bareNumber = "bare-number"
    case missingSource = "missing-source"
    case unknownDocument = "unknown-document"
    case duplicateIdentifier = "duplicate-identifier"
    case takenName = "taken-name"
    case closedList = "closed-list"
    case decisionClash = "decision-clash"
    case duplicateTerm = "duplicate-term"
    case nothingToCorrect = "nothing-to-correct"
    case dateOrder = "date-order"
    case endsBeforeParent = "ends-before-parent"
    case unknownArea = "unknown-area"
    case areaName = "area-name"
    case areaNotInUse = "area-not-in-use"
    case unfilled = "unfilled"
    case overlappingRows = "overlapping-rows"
    case unreachableRow = "unreachable-row"
    case bandGap = "band-gap"
    case neverHolds = "never-holds"
    case missingStacking = "missing-stacking"
    case mixedPeriods = "mixed-periods"
    case sharesNotWhole = "shares-not-whole"
    case circular = "circular"
    case noPolicy = "no-policy"
    case unreadableFile = "unreadable-file"
    case noThreshold = "no-threshold"
    case nothingReformed = "nothing-reformed"
    case toFillIn = "fill-in"
    case notATestFile = "not-a-test-file"

    // Policy packs.
    case notAPack = "not-a-pack"
    case packForm = "pack-form"
    case packDamaged = "pack-damaged"
    case packPath = "pack-path"

    // Household files.
    case unknownFact = "unknown-fact"
    case wrongType = "wrong-type"
    case outOfRange = "out-of-range"
    case tooManyDecimals = "too-many-decimals"
    case badDate = "bad-date"
    case badCitizenNumber = "bad-citizen-number"
    case badDisabilityCertificate = "bad-disability-certificate"
    case contradiction = "contradiction"
    case tooManyEntries = "too-many-entries"
    case birthAfterAssessment = "birth-after-assessment"
    case areaOutsidePolicy = "area-outside-policy"
    case missingArea = "missing-area"
    case schemaVersion = "schema-version"

    // Files of many households.
    case cutOff = "cut-off"
    case brokenEncoding = "broken-encoding"
    case csvSyntax = "csv-syntax"
    case rowOrder = "row-order"

    // Plugins.
    case plugin = "plugin"
}
