import AssistanceCore
import AssistanceFunding
import Foundation
import Testing

@Suite("The page about payments")
struct PaymentPageTests {
    @Test("Every refusal has its row, with what it is called")
    func refusals() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: root + "/docs/payments.md", encoding: .utf8)
        for code in FundingRefusal.Code.allCases {
            #expect(text.contains("\n| `\(code.rawValue)` | \(code.label.chinese) | "), "\(code.rawValue)")
        }
    }
}
