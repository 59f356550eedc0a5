/// Findings about expressions.
extension DiagnosticArticle {
    static let expressionArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .expressionSyntax,
            cause: Label(
                "表达式写法有误:缺少括号、运算符或者值。",
                "The expression is not well formed: a bracket, an operator or a value is lacking."),
            example: "that: member.age >= (60",
            remedy: Label("按所指位置改正。", "Correct it at the place named."),
            corrected: "that: member.age >= 60"),
        DiagnosticArticle(
            .literalRange,
            cause: Label("数字过长或者过大。", "A number has too many digits, or is too large or too small."),
            example: "is: 1e99 yuan/month",
            remedy: Label("写出实际的数值。", "Write the number that is meant."),
            corrected: "is: 900 yuan/month"),
        DiagnosticArticle(
            .unknownName,
            cause: Label(
                "没有这个名称的指标(figures)、词(define)、步骤或者要素;也可能属于后面的步骤。政策测试中指没有这个路径、条件或步骤。",
                "No figure, word, step or fact has this name, or it belongs to a later step. In a policy test: no route, condition or step."
            ),
            example: "is: 2 * minimum_wgae",
            remedy: Label(
                "检查拼写;要素名称见 'jiuzhu facts',政策条款见 'jiuzhu policy show all'。",
                "Check the spelling; 'jiuzhu facts' lists the facts, 'jiuzhu policy show all' what policy names."),
            corrected: "is: 2 * minimum_wage"),
        DiagnosticArticle(
            .unknownFunction,
            cause: Label("没有这个函数。", "There is no function of this name."),
            example: "is: \"mni(standard, 900 yuan/month)\"",
            remedy: Label(
                "可用的有 min、max、round、sum、size、date、years_since、months_since、years_ahead、last_year,以及 all、exists、exists_one、filter、map。",
                "There are min, max, round, sum, size, date, years_since, months_since, years_ahead, last_year, and all, exists, exists_one, filter, map."
            ),
            corrected: "is: \"min(standard, 900 yuan/month)\""),
        DiagnosticArticle(
            .unknownCode,
            cause: Label("该代码不在代码表中。", "The code is not in its list."),
            example: "rows:\n  - {residence: rurl, is: 700 yuan/month}",
            remedy: Label(
                "使用信息中列出的代码;代码表见 'jiuzhu facts'。",
                "Use one of the codes that the message names; 'jiuzhu facts' lists them."),
            corrected: "rows:\n  - {residence: rural, is: 700 yuan/month}"),
        DiagnosticArticle(
            .typeMismatch,
            cause: Label(
                "值的类型不对,例如该写条件的地方写了数字,或者把成员的要素当作家庭的要素。",
                "A value is of another type: a number where a condition is meant, or a member's fact where the household is."
            ),
            example: "that: household.homes",
            remedy: Label(
                "写成所需的类型;成员要素用 exists、all 或 sum。", "Write what is asked for; of members' facts take exists, all or sum."
            ),
            corrected: "that: household.homes <= 1"),
        DiagnosticArticle(
            .unitMismatch,
            cause: Label(
                "单位不同,不能比较、相加,或者不是该条款的单位。元与元/月相差的正是十二倍一类的错误。",
                "The units differ, so the values cannot be compared or added, or the term has another one. Yuan against yuan a month is how an answer comes out wrong by a factor of twelve."
            ),
            example: "that: household.financial_assets <= 24 * standard",
            remedy: Label(
                "补上时间或者面积:'24 months * standard' 是元。",
                "Write the time or the area that is missing: '24 months * standard' is yuan."),
            corrected: "that: household.financial_assets <= 24 months * standard"),
        DiagnosticArticle(
            .integerDivision,
            cause: Label(
                "整数除以整数会舍去余数(CEL 的规则),1/6 等于 0。",
                "A whole number divided by a whole number drops its remainder, as CEL has it: 1/6 is 0."),
            example: "is: 1/6 * minimum_wage",
            remedy: Label("让金额去除,或者写百分比。", "Divide the amount itself, or write a percentage."),
            corrected: "is: minimum_wage / 6"),
        DiagnosticArticle(
            .modulo,
            cause: Label("不提供取模运算;'20% - x' 可能被读作取模。", "Modulo is not offered, and '20% - x' could be read as modulo."),
            example: "is: 20% - 5% * standard",
            remedy: Label("把百分比放入括号。", "Put the percentage in brackets."),
            corrected: "is: (20%) - 5% * standard"),
        DiagnosticArticle(
            .divisionByZero,
            cause: Label("除数为零,或者可能为零。", "The divisor is zero, or could be."),
            example: "is: income / n",
            remedy: Label("用条件排除零。", "Guard it with a condition."),
            corrected: "is: \"n > 0 ? income / n : 0 yuan/month\""),
        DiagnosticArticle(
            .overflow,
            cause: Label("结果可能超出精确计算的范围。", "The result could leave the range in which we compute exactly."),
            example: "that: 9223372036854775807 + household.homes > 3",
            remedy: Label("写小一些的数字,或者拆分表达式。", "Write smaller numbers, or split the expression."),
            corrected: "that: household.homes > 3"),
        DiagnosticArticle(
            .notSupported,
            cause: Label(
                "CEL 有而这里不提供的写法,例如映射字面量。", "CEL has this, and this language does not, such as literals of mappings."),
            example: "that: \"{'a': 1}.size() == 1\"",
            remedy: Label("用表格(rows)、词(define)或者列表表达。", "Say it with a table (rows), a word (define) or a list."),
            corrected: "that: household.homes in [0, 1]"),
    ]
}
