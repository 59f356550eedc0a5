/// Findings about files of many households.
extension DiagnosticArticle {
    static let exchangeArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .cutOff,
            cause: Label(
                "文件在一行中间结束,传输或者写入可能中断。",
                "The file ends in the middle of a row: it was probably cut when it was copied or written."),
            example: "f1,urban,36000\nf2,rur",
            remedy: Label(
                "重新取得完整的文件;文件确实完整的,在最后一行末尾加上换行。",
                "Get the whole file again; if it is whole, end its last row with a line break.")),
        DiagnosticArticle(
            .brokenEncoding,
            cause: Label(
                "该字节不是 GB 18030 编码的文字。", "The bytes at this place are no text in GB 18030."),
            example: "jiuzhu batch families.csv --encoding gb18030",
            remedy: Label(
                "检查文件的编码:是 UTF-8 的,不写 '--encoding gb18030'。",
                "Check how the file is encoded: where it is UTF-8, leave '--encoding gb18030' out.")),
        DiagnosticArticle(
            .csvSyntax,
            cause: Label(
                "不符合 CSV 格式(RFC 4180):引号、列数或者字符不对。",
                "This is no CSV by RFC 4180: a quote, the number of cells, or a character is wrong."),
            example: "id,residence\nf1,\"urban",
            remedy: Label(
                "含逗号、引号或者换行的内容用双引号括起来,其中的引号写两个。",
                "Put what has a comma, a quote or a line break in double quotes, and write a quote inside twice."),
            corrected: "id,residence\nf1,\"urban\""),
        DiagnosticArticle(
            .rowOrder,
            cause: Label(
                "各表的行次序不一致:成员等的行须按家庭表的次序排列。",
                "The rows of the tables do not go together: those of members and lists must follow the order of the households."
            ),
            example: "households: f1, f2\nmembers: f2, f1",
            remedy: Label(
                "各表按家庭编号排序;成员的行写明家庭编号,义务人和就诊的行再写明第几名成员。",
                "Sort all tables by household; a row of a member names its household, and one of an obligor or a bill also the number of the member."
            ),
            corrected: "households: f1, f2\nmembers: f1, f2"),
    ]
}
