/// Findings about plugins.
extension DiagnosticArticle {
    static let pluginArticles: [DiagnosticArticle] = [
        DiagnosticArticle(
            .plugin,
            cause: Label(
                "插件没有被加载,或者插件给出的方案有误。后一种情形下,该项目对每个家庭都是“暂不能认定”,其他项目照常认定。",
                "A plugin was not loaded, or what it says of its programme is wrong. In the second case its programme cannot be decided for any household, and every other is decided as usual."
            ),
            example: "jiuzhu assess family.yaml --policy heilongjiang --plugin meals.so --plugin-sha256 0000…",
            remedy: Label(
                "按信息所说的原因处理:核对文件及其 SHA-256,换用与本软件接口版本相符的插件,或者把信息交给插件的作者。",
                "Do what the message says: compare the file and its SHA-256, use a plugin for the interface of this library, or hand the message to the plugin's author."
            ),
            corrected: "sha256sum meals.so")
    ]
}
