/// Findings about household files.
extension DiagnosticArticle {
    static let householdArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .unknownFact,
            cause: Label(
                "没有这个要素,或者它属于别处(家庭、成员、义务人)。",
                "There is no such fact, or it belongs elsewhere: to the household, a member, an obligor."),
            example: "members:\n  - {brith: 1990-01-01}",
            remedy: Label(
                "检查拼写和位置;要素见 'jiuzhu facts'。", "Check the spelling and the place; 'jiuzhu facts' lists the facts."),
            corrected: "members:\n  - {birth: 1990-01-01}"),
        DiagnosticArticle(
            .wrongType,
            cause: Label("值的类型不对,例如该写数字的地方写了文本。", "The value is of another type: a text where a number is meant."),
            example: "{\"vehicles\": \"two\"}",
            remedy: Label("按要素的类型书写。", "Write a value of the fact's type."),
            corrected: "{\"vehicles\": 2}"),
        DiagnosticArticle(
            .outOfRange,
            cause: Label("数值超出该要素的范围,例如工资为负。", "The number lies outside the range of the fact, as negative wages do."),
            example: "income: {wages: -100}",
            remedy: Label(
                "改正数值;只有经营净收入和土地收入可以为负。", "Correct the number; only net income from business or land may be negative."),
            corrected: "income: {wages: 0, business: -100}"),
        DiagnosticArticle(
            .tooManyDecimals,
            cause: Label(
                "小数位过多。输入的数值从不取整。", "There are more decimals than the fact holds. Nothing that is put in is rounded."),
            example: "income: {wages: 1234.567}",
            remedy: Label("金额写到分为止。", "Write sums to the fen."),
            corrected: "income: {wages: 1234.57}"),
        DiagnosticArticle(
            .badDate,
            cause: Label("不是日历中的一天,或者写法不对。", "It is no day of the calendar, or not written as one."),
            example: "birth: 1990-02-30",
            remedy: Label("写成 1990-02-28 的形式。", "Write it as 1990-02-28."),
            corrected: "birth: 1990-02-28"),
        DiagnosticArticle(
            .badCitizenNumber,
            cause: Label(
                "居民身份证号码的长度、日期或者校验码不对(GB 11643)。",
                "The citizen number has a wrong length, day or check character (GB 11643)."),
            example: "citizen_number: \"11010519491231002\"",
            remedy: Label(
                "对照身份证核对。信息和日志中不显示号码。", "Check it against the identity card. Messages never show the number."),
            corrected: "citizen_number: \"11010519491231002X\""),
        DiagnosticArticle(
            .badDisabilityCertificate,
            cause: Label(
                "残疾人证号码的长度、类别、等级或者其中的身份证号码不对。",
                "The number of the disability certificate has a wrong length, kind, grade, or citizen number inside."),
            example: "disability_certificate: \"11010519491231002X9\"",
            remedy: Label(
                "对照残疾人证核对:身份证号码加类别和等级两位。",
                "Check it against the certificate: the citizen number and two digits for kind and grade."),
            corrected: "disability_certificate: \"11010519491231002X41\""),
        DiagnosticArticle(
            .contradiction,
            cause: Label(
                "两处所写互相矛盾,例如出生日期与身份证号码不符,合计不等于各项之和。",
                "Two things that are given contradict each other: a birth and a citizen number, a total and its parts."),
            example: "rigid_expenditure: {medical: 3000, school: 1000, disaster: 0, rehabilitation: 0, total: 5000}",
            remedy: Label("改正其中一个,或者不写合计。", "Correct one of them, or leave the total out."),
            corrected: "rigid_expenditure: {medical: 3000, school: 1000, others: none}"),
        DiagnosticArticle(
            .tooManyEntries,
            cause: Label("列表超过 40 项。", "A list has more than 40 entries."),
            example: "members: 41",
            remedy: Label("核对该户;40 项是规定的上限。", "Check the household; 40 is the stated limit.")),
        DiagnosticArticle(
            .birthAfterAssessment,
            cause: Label("出生日期晚于申请日期。", "The birth lies after the day of application."),
            example: "birth: 2031-05-01   # --date 2030-06-01",
            remedy: Label("改正其中一个。", "Correct one of the two days.")),
        DiagnosticArticle(
            .areaOutsidePolicy,
            cause: Label("家庭所在地不在所用政策的辖区之内。", "The household's area does not lie in the jurisdiction of the policy."),
            example: "area: 440106   # --policy heilongjiang",
            remedy: Label("改正代码,或者使用该地的政策。", "Correct the code, or use the policy of that place.")),
        DiagnosticArticle(
            .missingArea,
            cause: Label(
                "没有写家庭所在地,而所用政策没有自己的地区。", "The household has no area, and the policy asked for has none of its own."),
            example: "jiuzhu assess family.yaml --policy china",
            remedy: Label(
                "在家庭文件中写 'area',或者指定省、市的政策。",
                "Write 'area' in the household file, or ask for the policy of a province or city."),
            corrected: "area: \"230102\""),
        DiagnosticArticle(
            .schemaVersion,
            cause: Label("文件的版本不是本软件能读的。", "The file is of a version that this library does not read."),
            example: "{\"schema\": 2, \"households\": []}",
            remedy: Label("使用版本 1,或者更新软件。", "Use version 1, or a newer library."),
            corrected: "{\"schema\": 1, \"households\": []}"),
    ]
}
