/// Findings about any text, JSON or YAML.
extension DiagnosticArticle {
    static let textArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .emptyInput,
            cause: Label("文件为空,或者只有注释。", "The file is empty, or holds nothing but comments."),
            example: "# standard of 2025, to be written",
            remedy: Label(
                "写入内容,或者删除该文件。",
                "Write its content, or delete the file.")),
        DiagnosticArticle(
            .invalidUTF8,
            cause: Label(
                "文件不是 UTF-8 编码,常见的是 GB 18030(GBK)或 UTF-16。",
                "The file is not UTF-8; often it is GB 18030 (GBK) or UTF-16."),
            example: "iconv -f GB18030 -t UTF-8 old.yaml > new.yaml",
            remedy: Label("另存为 UTF-8。", "Save the file as UTF-8.")),
        DiagnosticArticle(
            .byteOrderMark,
            cause: Label(
                "文件开头或中间有字节顺序标记(BOM),屏幕上看不见。",
                "A byte order mark, which no screen shows, stands at the beginning of the file or inside it."),
            example: "sed -i '1s/^\\xEF\\xBB\\xBF//' policy.yaml",
            remedy: Label("另存为不带 BOM 的 UTF-8。", "Save the file as UTF-8 without a byte order mark.")),
        DiagnosticArticle(
            .tooLarge,
            cause: Label(
                "文件超过规定上限:家庭文件 64 MB、政策文件 8 MB,或者数值、键、家庭户数过多。",
                "The file is above a stated limit: 64 MB for households, 8 MB for policy, or too many values, keys or households."
            ),
            example: "households.json: 102 MB",
            remedy: Label("拆分为几个文件。", "Divide it among several files.")),
        DiagnosticArticle(
            .tooDeep,
            cause: Label("列表、映射或者表达式嵌套过深。", "Lists, mappings or the parts of an expression are nested too deep."),
            example: "[[[[[[[[ … ]]]]]]]]",
            remedy: Label("减少嵌套;表达式用 'define:' 拆分。", "Nest less; split an expression with 'define:'."),
            corrected: "define:\n  poor: member.age >= 60 && !member.works"),
        DiagnosticArticle(
            .jsonSyntax,
            cause: Label("文本不符合 JSON(RFC 8259)。", "The text is no JSON (RFC 8259)."),
            example: "{\"residence\": \"urban\",}",
            remedy: Label(
                "按所指位置改正:多余的逗号、缺少的引号或括号。",
                "Correct it at the place named: a comma too many, a quote or bracket too few."),
            corrected: "{\"residence\": \"urban\"}"),
        DiagnosticArticle(
            .duplicateKey,
            cause: Label(
                "同一个键在一个映射中出现两次,无法判断以哪个为准。", "A key stands twice in one mapping; nobody can say which of the two holds."
            ),
            example: "standard: 900 yuan/month\nstandard: 950 yuan/month",
            remedy: Label(
                "只保留一个;历史数据写成带 'from' 的列表。", "Keep one of them; a history is a list of entries, each with its 'from'."),
            corrected:
                "standard:\n  - {from: 2030-01-01, is: 900 yuan/month}\n  - {from: 2031-01-01, is: 950 yuan/month}"),
        DiagnosticArticle(
            .yamlSyntax,
            cause: Label("文本不符合 YAML。", "The text is no YAML."),
            example: "standard: {is: 900 yuan/month",
            remedy: Label(
                "检查缩进、引号和括号;表达式放入引号。",
                "Check the indentation, the quotes and the brackets; put an expression in quotes."),
            corrected: "standard: {is: 900 yuan/month}"),
        DiagnosticArticle(
            .yamlAlias,
            cause: Label(
                "'&' 和 '*' 是 YAML 的锚点和别名,政策文件不使用。",
                "'&' and '*' are anchors and aliases of YAML, which policy files do not have."),
            example: "urban: &rate 900 yuan/month\nrural: *rate",
            remedy: Label(
                "写出数值,或者在 'define:'、'figures:' 中命名。",
                "Write the value out, or give it a name under 'define:' or 'figures:'."),
            corrected: "rows:\n  - {residence: [urban, rural], is: 900 yuan/month}"),
        DiagnosticArticle(
            .yamlTag,
            cause: Label(
                "值以 '!' 开头是 YAML 的标签,政策文件不使用。",
                "A value that begins with '!' is a tag of YAML, and policy files have none."),
            example: "that: !member.works",
            remedy: Label("把表达式放入引号。", "Put the expression in quotes."),
            corrected: "that: \"!member.works\""),
        DiagnosticArticle(
            .strayComma,
            cause: Label(
                "在 { } 之内,没有引号的逗号会结束一个值,表达式因此被切成两段。",
                "Inside { } a comma without quotes ends the value, and cuts the expression in two."),
            example: "standard: {is: max(700 yuan/month, 900 yuan/month)}",
            remedy: Label("把表达式放入引号。", "Put the expression in quotes."),
            corrected: "standard: {is: \"max(700 yuan/month, 900 yuan/month)\"}"),
    ]
}
