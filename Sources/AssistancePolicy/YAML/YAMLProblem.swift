import AssistanceCore
import CYAML

/// What libyaml says of a mistake of syntax, in words that tell the author of a policy what to do.
struct YAMLProblem {
    let code: DiagnosticCode
    let position: SourcePosition
    let message: String

    static let tagMessage =
        "'!' at the start of a value is a tag, and policy files have none; put an expression in quotes"

    /// The problem on which a parser stopped.
    init(_ parser: yaml_parser_t, bytes: UnsafeBufferPointer<UInt8>) {
        let problem = parser.problem.map { String(cString: $0) } ?? ""
        let context = parser.context.map { String(cString: $0) } ?? ""
        let here = SourcePosition(line: Int(parser.problem_mark.line) + 1, column: Int(parser.problem_mark.column) + 1)
        let begin = SourcePosition(line: Int(parser.context_mark.line) + 1, column: Int(parser.context_mark.column) + 1)
        if parser.error == YAML_MEMORY_ERROR {
            (code, position) = (.tooLarge, here)
            message = "there is not enough memory to read the file"
            return
        }
        let byte = Self.byte(at: parser.problem_mark, in: bytes)
        (code, position, message) = Self.explain(problem, context: context, here: here, begin: begin, byte: byte)
    }

    private static func explain(
        _ problem: String, context: String, here: SourcePosition, begin: SourcePosition, byte: UInt8?
    ) -> (DiagnosticCode, SourcePosition, String) {
        switch (context, problem) {
        case ("while scanning an anchor", _), ("while scanning an alias", _):
            return (
                .yamlAlias, begin,
                "'&' or '*' at the start of a value is an anchor or alias, and policy files have none; "
                    + "put an expression in quotes"
            )
        case ("while scanning a tag", _), ("while parsing a tag", _), (_, "found undefined tag handle"):
            return (.yamlTag, begin, tagMessage)
        case ("while scanning a %TAG directive", _), ("while parsing a %TAG directive", _),
            ("while scanning a tag directive", _), ("while parsing a tag directive", _),
            (_, "found duplicate %TAG directive"):
            return (.yamlTag, here, "policy files have no tags; delete the %TAG line")
        case ("while scanning a directive", _), ("while scanning a %YAML directive", _):
            let advice = "a line that begins with '%' is a directive to YAML, and this one is not known; delete it"
            return (.yamlSyntax, begin, advice)
        case ("while scanning a quoted scalar", "found unexpected end of stream"),
            ("while scanning a quoted scalar", "found unexpected document indicator"):
            return (.yamlSyntax, begin, "the quote that opens here is never closed")
        case ("while scanning a block scalar", "did not find expected comment or line break"):
            let rule = "after '|' or '>' a block of text begins on the next line; put an expression in quotes"
            return (.yamlSyntax, begin, rule)
        default: break
        }
        let where_ = begin.line == here.line ? "" : " of line \(begin.line)"
        return (.yamlSyntax, here, sentence(problem, context: context, byte: byte, place: where_))
    }

    /// The sentence for one of libyaml's problems; `place` is empty or ` of line 3`, the line where the context began.
    private static func sentence(_ problem: String, context: String, byte: UInt8?, place: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            switch byte {
            case UInt8(ascii: "\t"): return "a tab cannot indent a line; use spaces"
            case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
                return "a value cannot begin with '%', '@' or '`'; put it in quotes"
            default: return "no value can begin with this character; put the value in quotes"
            }
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return "a tab cannot indent a line; use spaces"
        case "could not find expected ':'":
            return "the text\(place) is neither a key with ':' nor part of the value before it; check the indentation"
        case "mapping values are not allowed in this context":
            return "': ' is not allowed here; put a value that holds ': ' in quotes, or check the indentation"
        case "block sequence entries are not allowed in this context":
            return "a list item '- ' is not allowed here; begin it on a line of its own"
        case "mapping keys are not allowed in this context":
            return "'? ' is not allowed here; put the value in quotes"
        case "did not find expected key", "did not find expected '-' indicator":
            return "this does not continue the \(context.hasSuffix("mapping") ? "mapping" : "list")\(place); "
                + "check the indentation and the quotes"
        case "did not find expected ',' or '}'":
            return "a ',' or '}' is missing\(place.isEmpty ? "" : " for the '{'" + place); put an expression in quotes"
        case "did not find expected ',' or ']'":
            return "a ',' or ']' is missing\(place.isEmpty ? "" : " for the '['" + place); put an expression in quotes"
        case "did not find expected node content":
            return "a value is missing here; put an expression in quotes"
        case "found unexpected ':'":
            return "a space is missing after ':'; or put the value in quotes"
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return "'\\' begins no known escape here; use single quotes to write it as it is"
        case "found an indentation indicator equal to 0":
            return "a block of text cannot be indented by 0"
        case "did not find expected <document start>":
            return "the document has ended before this; check the indentation"
        case "found incompatible YAML document", "found duplicate %YAML directive":
            return "only one '%YAML 1.1' or '%YAML 1.2' is accepted; delete this line"
        default:
            return problem.isEmpty ? "this is not YAML" : "this is not YAML: \(problem)"
        }
    }

    /// The byte at a mark; nil at the end.
    private static func byte(at mark: yaml_mark_t, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        var index = 0
        for byte in bytes where byte & 0xC0 != 0x80 {
            if index == Int(mark.index) { return byte }
            index += 1
        }
        return nil
    }
}
