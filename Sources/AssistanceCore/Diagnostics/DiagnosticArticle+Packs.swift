/// Findings about policy packs.
extension DiagnosticArticle {
    static let packArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .notAPack,
            cause: Label(
                "文件不以 'jiuzhu-pack' 开头,不是政策包。", "The file does not begin with 'jiuzhu-pack': it is no policy pack."),
            example: "jiuzhu assess family.json --policy family.pack",
            remedy: Label(
                "检查路径;政策包由 'jiuzhu policy pack' 生成。", "Check the path; 'jiuzhu policy pack' makes packs."),
            corrected: "jiuzhu policy pack Policies/heilongjiang -o heilongjiang.pack"),
        DiagnosticArticle(
            .packForm,
            cause: Label(
                "政策包的格式版本不是本软件能读的。", "The pack is of a form that this library does not read."),
            example: "jiuzhu-pack 2",
            remedy: Label("使用较新的软件,或者重新打包。", "Use a newer library, or pack the policy again."),
            corrected: "jiuzhu-pack 1"),
        DiagnosticArticle(
            .packDamaged,
            cause: Label(
                "政策包不完整或者被改动:长度与内容不符,末尾有多余的字节。",
                "The pack is cut short or was changed: a length does not fit what follows, or bytes follow the last file."
            ),
            example: "sed -i 's/556/573/' heilongjiang.pack",
            remedy: Label(
                "重新复制或者重新打包;政策包从不手工修改。", "Copy it again or pack the policy again; a pack is never edited."),
            corrected: "jiuzhu policy pack Policies/heilongjiang -o heilongjiang.pack"),
        DiagnosticArticle(
            .packPath,
            cause: Label(
                "政策包中的路径不是政策文件的相对路径,或者顺序不对、重复。",
                "A path in the pack is none of a policy file below its folder, stands twice, or is out of order."),
            example: "../../etc/passwd.yaml",
            remedy: Label(
                "不要使用该政策包;由 'jiuzhu policy pack' 生成的不会如此。",
                "Do not use the pack; 'jiuzhu policy pack' never writes one like it."),
            corrected: "heilongjiang/standard.yaml"),
    ]
}
