import AssistanceCore
import Testing

@Suite struct DiagnosticArticleTests {
    @Test(arguments: DiagnosticCode.allCases)
    func everyCodeHasAnArticle(_ code: DiagnosticCode) throws {
        let article = try #require(code.article)
        for text in [article.cause.chinese, article.cause.english, article.remedy.chinese, article.remedy.english] {
            #expect(text.count > 5)
        }
        #expect(!article.example.isEmpty)
        #expect(article.cause.chinese.hasSuffix("。") && article.remedy.chinese.hasSuffix("。"))
        #expect(article.cause.english.hasSuffix(".") && article.remedy.english.hasSuffix("."))
    }

    @Test func theArticlesStandInTheOrderOfTheCodesAndNoneTwice() {
        #expect(DiagnosticArticle.all.map(\.code) == DiagnosticCode.allCases)
    }

    @Test func anArticleIsWrittenInOneLanguage() throws {
        let article = try #require(DiagnosticCode.bareNumber.article)
        #expect(
            article.text(in: .english) == """
                bare-number

                Cause
                  A number without a unit: nobody can say whether it is a month's or a year's.

                Example
                  add: 150

                Remedy
                  Write its unit, or a 'unit:' in the same block.

                Instead
                  add: 150 yuan/month
                """)
        #expect(
            article.text(in: .chinese) == """
                bare-number

                原因
                  只有数字,没有单位,无法知道是每月还是每年。

                示例
                  add: 150

                处理
                  写上单位,或者在同一块中写 'unit:'。

                改为
                  add: 150 yuan/month
                """)
    }
}
