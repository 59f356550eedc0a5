/// Findings about policy files.
extension DiagnosticArticle {
    static let policyArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .wrongShape,
            cause: Label(
                "此处应为文本、列表或者映射,而写成了另一种。", "A text, a list or a mapping is meant here, and this is another of the three."
            ),
            example: "that: [household.vehicles == 0]",
            remedy: Label("按信息所说的形式书写。", "Write it in the form that the message names."),
            corrected: "that: household.vehicles == 0"),
        DiagnosticArticle(
            .unknownKey,
            cause: Label("此处没有这个键。", "There is no such key here."),
            example: "low-income:\n  rotues: {single: none}",
            remedy: Label(
                "检查拼写和缩进;条款见 'jiuzhu policy show all'。",
                "Check the spelling and the indentation; 'jiuzhu policy show all' lists the terms."),
            corrected: "low-income:\n  routes: {single: none}"),
        DiagnosticArticle(
            .missingKey,
            cause: Label(
                "缺少必需的键,例如 area、from、id 或者值。", "A key that is needed is lacking: area, from, id, or the value itself."),
            example: "- {id: money, reason: 金融资产超过限额}",
            remedy: Label("补上信息所说的键。", "Add the key that the message names."),
            corrected: "- {id: money, that: household.financial_assets <= 10000 yuan, reason: 金融资产超过限额}"),
        DiagnosticArticle(
            .badValue,
            cause: Label(
                "值的写法有误,例如日期、取整方式、行政区划。", "The value is not written as it has to be: a day, a rounding, an area."),
            example: "from: 1 January 2031\nrounding: upwards",
            remedy: Label("按信息给出的写法改正。", "Write it in the form that the message shows."),
            corrected: "from: 2031-01-01\nrounding: up to yuan"),
        DiagnosticArticle(
            .bareNumber,
            cause: Label(
                "只有数字,没有单位,无法知道是每月还是每年。", "A number without a unit: nobody can say whether it is a month's or a year's."
            ),
            example: "add: 150",
            remedy: Label("写上单位,或者在同一块中写 'unit:'。", "Write its unit, or a 'unit:' in the same block."),
            corrected: "add: 150 yuan/month"),
        DiagnosticArticle(
            .missingSource,
            cause: Label("没有注明依据的文件和条款。", "The document and article on which the value rests are not named."),
            example: "minimum_wage: {is: 1850 yuan/month}",
            remedy: Label(
                "在此处、本节或者文件开头写 'source:';文件登记在 documents.yaml 中。",
                "Write 'source:' here, in the section or at the top; the document stands in a documents.yaml."),
            corrected: "minimum_wage: {is: 1850 yuan/month, source: hlj-wage-2024 第一条}"),
        DiagnosticArticle(
            .unknownDocument,
            cause: Label("任何 documents.yaml 都没有登记这个文件。", "No documents.yaml declares this document."),
            example: "source: exmaple-1 第二条",
            remedy: Label("检查拼写,或者登记该文件。", "Check the spelling, or declare the document."),
            corrected: "documents:\n  example-1: {title: 某某办法, number: 某民发〔2030〕1号, status: official}"),
        DiagnosticArticle(
            .duplicateIdentifier,
            cause: Label(
                "同一列表中有两个相同的 id 或者同一天,或者一个文件登记了两次,或者两个测试案例同名。",
                "An id or a day stands twice in a list, a document is declared twice, or two test cases have one name."),
            example: "- {id: homes, that: household.homes <= 1}\n- {id: homes, that: household.vehicles == 0}",
            remedy: Label(
                "改用不同的 id;下级文件用相同的 id 替换上级的条目。",
                "Give each its own id; a lower file replaces what has the same id above."),
            corrected: "- {id: homes, that: household.homes <= 1}\n- {id: cars, that: household.vehicles == 0}"),
        DiagnosticArticle(
            .takenName,
            cause: Label(
                "自定义的事项或者代码与已有的重名,或者名称在家庭资料中另有含义。",
                "A fact or code that is declared has the name of another, or a name that means something else already."),
            example:
                "facts:\n  household.rent: {type: yes/no, label: 租房, source: example-1}\n  household.rent: {type: count, range: 0 to 9, label: 租房套数, source: example-1}",
            remedy: Label(
                "换一个名称;'jiuzhu facts --policy' 列出已有的事项。",
                "Choose another name; 'jiuzhu facts --policy' lists what there is."),
            corrected: "facts:\n  household.rents: {type: yes/no, label: 租房, source: example-1}"),
        DiagnosticArticle(
            .closedList,
            cause: Label(
                "该事项的代码由国家标准或者法律规定,地方不能增加。",
                "The codes of this fact are those of a standard or a law; a place cannot add to them."),
            example: "codes:\n  sex: [{code: other, like: unknown, label: 其他}]",
            remedy: Label(
                "删去,或者在 'facts:' 中另行声明一个事项。", "Take it out, or declare a fact of your own under 'facts:'."),
            corrected: "codes:\n  self_care: [{code: special, like: unable, label: 特护}]"),
        DiagnosticArticle(
            .decisionClash,
            cause: Label(
                "两个条款都由经办人员确定,名称相同而单位或者对象不同。",
                "Two terms leave a decision to the officer under one name, in different units or for different owners."),
            example: "months: {within: from 2 months upto 6 months}\n…\nmonths: {within: from 100 yuan upto 200 yuan}",
            remedy: Label(
                "在其中一个 'within:' 旁写 'decided: 名称'。", "Write 'decided: NAME' beside one 'within:'."),
            corrected: "months: {within: from 2 months upto 6 months, decided: relief_months}"),
        DiagnosticArticle(
            .duplicateTerm,
            cause: Label("同一地区的同一条款,从同一天起写了两次。", "One term of one area is given twice from the same day."),
            example: "- {from: 2030-01-01, is: 900 yuan/month}\n- {from: 2030-01-01, is: 950 yuan/month}",
            remedy: Label(
                "只保留一个,或者改正日期;更正原来录入的错误用 'corrects:'。",
                "Keep one of them, or correct the day; where the second mends a mistake of ours, say 'corrects:'."),
            corrected:
                "- {from: 2030-01-01, is: 900 yuan/month}\n- {from: 2030-01-01, corrects: 2030-03-05 误录为 900, is: 950 yuan/month}"
        ),
        DiagnosticArticle(
            .nothingToCorrect,
            cause: Label(
                "'corrects:' 更正同一条款、同一地区、同一天起的条目,而没有这样的条目。",
                "'corrects:' mends an entry of the same term, area and first day, and there is none."),
            example:
                "- {from: 2030-01-01, is: 900 yuan/month}\n- {from: 2030-02-01, corrects: 2030-03-05 误录, is: 950 yuan/month}",
            remedy: Label(
                "写上被更正条目的 'from' 和地区;新的标准不写 'corrects:'。",
                "Give the first day and the area of the entry that was wrong; a new standard has no 'corrects:'."),
            corrected:
                "- {from: 2030-01-01, is: 900 yuan/month}\n- {from: 2030-01-01, corrects: 2030-03-05 误录, is: 950 yuan/month}"
        ),
        DiagnosticArticle(
            .dateOrder,
            cause: Label(
                "日期先后有误:结束不晚于开始,或者历史条目没有按日期排列。",
                "The days are out of order: an end that is not after its beginning, or a history that goes back."),
            example: "from: 2030-01-01\nuntil: 2029-01-01",
            remedy: Label(
                "改正日期;'until' 是不再执行的第一天。", "Correct the days; 'until' is the first day on which it no longer holds."),
            corrected: "from: 2030-01-01\nuntil: 2031-01-01"),
        DiagnosticArticle(
            .endsBeforeParent,
            cause: Label(
                "本地条款已经结束,上级条款仍在执行,此后将适用上级的数值。往往是漏录了下一年度的标准。",
                "The area's entry ends while that of the area above goes on, and is used from then on. Often the next year was forgotten."
            ),
            example: "standard: {from: 2030-01-01, until: 2031-01-01, is: 900 yuan/month}",
            remedy: Label(
                "补录下一个标准;确实执行省标准的写 'follows: province',尚未公布的写 'unknown:'。",
                "Add the next entry; write 'follows: province' where that is so, or 'unknown:' where it is not published."
            ),
            corrected:
                "standard:\n  - {from: 2030-01-01, is: 900 yuan/month}\n  - {from: 2031-01-01, unknown: 2031 年标准未公布}"),
        DiagnosticArticle(
            .unknownArea,
            cause: Label("任何 areas.yaml 都没有这个行政区划代码。", "No areas.yaml has this division code."),
            example: "area: 231099 林口县",
            remedy: Label("检查代码,或者在 areas.yaml 中登记。", "Check the code, or enter it in an areas.yaml."),
            corrected: "area: 231025 林口县"),
        DiagnosticArticle(
            .areaName,
            cause: Label(
                "代码与名称不符。名称用来核对代码,四个城市都有鼓楼区。",
                "Code and name do not agree. The name is there to check the code: four cities have a 鼓楼区."),
            example: "area: 231025 龙江县",
            remedy: Label("改正代码或者名称。", "Correct the code or the name."),
            corrected: "area: 231025 林口县"),
        DiagnosticArticle(
            .areaNotInUse,
            cause: Label(
                "行政区划代码在该日期已经撤销,或者尚未启用。", "The division code had ended by that day, or was not yet in use."),
            example: "area: 232723 漠河县   # --date 2025-01-01",
            remedy: Label(
                "使用信息所说的后继代码,或者改正 areas.yaml 中的日期。",
                "Use the successor that the message names, or correct the days in the areas.yaml."),
            corrected: "area: 232701 漠河市"),
        DiagnosticArticle(
            .unfilled,
            cause: Label(
                "此处提供的救助路径缺少必须由地方规定的条款。",
                "What is offered here needs a term that a place has to set, and nothing fills it."),
            example: "routes:\n  grace: offered",
            remedy: Label("填写该条款,或者写 'none' 表示不提供。", "Fill the term, or say 'none' where it is not offered."),
            corrected: "routes:\n  grace: {months: 6 months}"),
        DiagnosticArticle(
            .overlappingRows,
            cause: Label(
                "表格中的两行可能同时适用,没有说明取哪一行。", "Two rows of a table can both match, and nothing says which is taken."),
            example: "rows:\n  - {for: severe_disability, is: standard}\n  - {for: minor, is: 50% * standard}",
            remedy: Label(
                "写 'pick: first'、'highest' 或 'lowest',或者使各行互斥。",
                "Say 'pick: first', 'highest' or 'lowest', or make the rows exclude each other."),
            corrected:
                "pick: highest\nrows:\n  - {for: severe_disability, is: standard}\n  - {for: minor, is: 50% * standard}"
        ),
        DiagnosticArticle(
            .unreachableRow,
            cause: Label(
                "该行永远不会适用:前面的行已经全部覆盖,或者区间为空。",
                "The row never matches: a row before it takes everything, or its range is empty."),
            example: "pick: first\nrows:\n  - {n: upto 5, is: 3000 yuan/month}\n  - {n: upto 3, is: 2000 yuan/month}",
            remedy: Label("把较窄的行放在前面,或者改正区间。", "Put the narrower row first, or correct the range."),
            corrected: "rows:\n  - {n: upto 3, is: 2000 yuan/month}\n  - {n: upto 5, is: 3000 yuan/month}"),
        DiagnosticArticle(
            .bandGap,
            cause: Label(
                "区间之间有空档,或者分段累计的区间没有从零起首尾相接。",
                "Bands leave a hole between them, or marginal bands do not begin at zero and touch."),
            example: "rows:\n  - {n: upto 2, is: 300 yuan/month}\n  - {n: from 4, is: 500 yuan/month}",
            remedy: Label(
                "只写上限的行从上一行结束处开始;其余情形可在最后写一行不带键的。",
                "A row with an upper end only starts where the one above ended; a last row without keys takes the rest."
            ),
            corrected: "rows:\n  - {n: upto 3, is: 300 yuan/month}\n  - {n: from 4, is: 500 yuan/month}"),
        DiagnosticArticle(
            .neverHolds,
            cause: Label(
                "这些条件相互矛盾,任何家庭都不可能同时满足,该路径、身份或者表格行永远不会适用。",
                "The conditions contradict each other: no household can meet them all, so the route, standing or row never holds."
            ),
            example:
                "rigid:\n  income: below 2 * line\n  condition: \"household.rigid_expenditure > 50% * income && income - household.rigid_expenditure >= line * n\"",
            remedy: Label(
                "核对原文中的比例和界限,至少放宽其中一个。",
                "Look up the shares and limits in the document; at least one of them is too narrow."),
            corrected:
                "rigid:\n  income: below 2 * line\n  condition: \"household.rigid_expenditure > 50% * income\""),
        DiagnosticArticle(
            .missingStacking,
            cause: Label(
                "有两个以上的项目,没有说明是累加、就高还是按顺序。",
                "There are two items or more, and nothing says whether they add up, the highest counts, or the first."),
            example:
                "items:\n  - {id: severe, for: severe_disability, add: 100 yuan/month}\n  - {id: young, for: minor, add: 50 yuan/month}",
            remedy: Label("写 'stacking: highest'、'sum' 或 'first'。", "Say 'stacking: highest', 'sum' or 'first'."),
            corrected: "stacking: highest\nitems: […]"),
        DiagnosticArticle(
            .mixedPeriods,
            cause: Label(
                "要在几笔钱物中择一或者比较,而它们的周期不同(每月、每年、一次性),或者有的是实物,无法比较。",
                "Of several benefits one is to be chosen or taken off, and they are paid by the month, by the year, once, or in kind: they cannot be weighed against each other."
            ),
            example:
                "stacking: highest\nitems:\n  - {id: network, add: 1500 yuan}\n  - {id: stove, add: 100 yuan/month}",
            remedy: Label(
                "改为同一周期,用 'group:' 分组,或者写 'stacking: sum'。",
                "Write them in one unit, put them into groups with 'group:', or say 'stacking: sum'."),
            corrected: "stacking: highest\nitems:\n  - {id: network, add: 1500 yuan}\n  - {id: stove, add: 500 yuan}"),
        DiagnosticArticle(
            .sharesNotWhole,
            cause: Label("各出资方的比例合计不是 100%。", "The shares of those who pay do not make the whole."),
            example: "payers: [{who: household, share: 50%}, {who: treasury, share: 25%}]",
            remedy: Label("改正比例,或者补上缺少的出资方。", "Correct a share, or add the payer that is lacking."),
            corrected:
                "payers: [{who: household, share: 50%}, {who: treasury, share: 25%}, {who: heat-company, share: 25%}]"),
        DiagnosticArticle(
            .circular,
            cause: Label("词或者指标直接或间接地用自己定义自己。", "A word or figure is defined by itself, directly or through others."),
            example: "define:\n  poor: small && member.age > 3\n  small: poor || member.age < 2",
            remedy: Label("去掉其中一个引用。", "Take one of the references out."),
            corrected: "define:\n  poor: small && member.age > 3\n  small: member.age < 2"),
        DiagnosticArticle(
            .noPolicy,
            cause: Label(
                "没有这个政策目录,或者该地区在该日期没有执行中的政策。",
                "There is no such folder of policy, or no policy of the area is in force on that day."),
            example: "jiuzhu assess family.yaml --policy heilongjian",
            remedy: Label(
                "检查路径和日期;'--policies' 指明政策目录所在。",
                "Check the path and the day; '--policies' says where the policies are."),
            corrected: "jiuzhu assess family.yaml --policy heilongjiang"),
        DiagnosticArticle(
            .unreadableFile,
            cause: Label(
                "文件存在而无法读取,或者指明的文件不存在。", "The file is there and cannot be read, or a file that was named is not there."),
            example: "chmod 000 Policies/heilongjiang/standard.yaml",
            remedy: Label("检查路径和读取权限。", "Check the path and the permission to read it."),
            corrected: "chmod 644 Policies/heilongjiang/standard.yaml"),
        DiagnosticArticle(
            .noThreshold,
            cause: Label(
                "该条款没有可以比较的数额、天数或者年龄,或者只有一人的家庭用一项事实达不到,因此没有边界案例。",
                "The term compares with no figure, day or age, or no single fact of a household of one person reaches it: there are no boundary cases."
            ),
            example: "jiuzhu policy cases low-income.line --policy heilongjiang/harbin",
            remedy: Label(
                "选择有范围、条件或者分档的条款;其他案例手工编写。",
                "Name a term with a range, a condition or rows; write other cases by hand."),
            corrected: "jiuzhu policy cases low-income.standings.edge.income --policy heilongjiang/harbin"),
        DiagnosticArticle(
            .nothingReformed,
            cause: Label(
                "改革方案没有写任何条款,或者所写的条款在测算的日期和地区不生效,因此测算不出变化。",
                "The reform names no term, or what it says is not in force on the day and in the areas of the simulation, so that nothing would change."
            ),
            example: "area: 230000 黑龙江省\nfrom: 2026-01-01\nsource: draft",
            remedy: Label(
                "在地区、起始日期和依据之下写出要改变的条款;起始日期不晚于测算日期。",
                "Below area, from and source write the terms that change; 'from' is not after the day of the simulation."
            ),
            corrected:
                "area: 230000 黑龙江省\nfrom: 2026-01-01\nsource: draft\nlow-income: {cap: 900 yuan/month}"),
        DiagnosticArticle(
            .toFillIn,
            cause: Label("测试案例的应有结果还没有填写。", "What must be decided about a test case has not been written yet."),
            example: "expect: fill in",
            remedy: Label("对照文件写上应有的结果。", "Write what the document says must be decided."),
            corrected: "expect: {status: eligible, total: 100}"),
        DiagnosticArticle(
            .notATestFile,
            cause: Label(
                "'policy test' 只接受目录和以 .test.yaml 结尾的文件。",
                "'policy test' takes folders, and files whose names end in .test.yaml."),
            example: "jiuzhu policy test Makefile",
            remedy: Label("指明测试文件或者其所在的目录。", "Name a test file, or a folder in which such files lie."),
            corrected: "jiuzhu policy test Tests/Policies"),
    ]
}
