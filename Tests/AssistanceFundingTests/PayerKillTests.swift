import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistancePolicy
import AssistanceRecords
import Foundation
import TestSupport
import Testing

@Suite("Payers that are killed")
struct PayerKillTests {
    /// `JIUZHU_KILLS=1000` kills two hundred.
    @Test("Whenever a payer is killed, no change that it acknowledged is lost, none is half, and the ledger balances")
    func kills() throws {
        let kills = max(1, (ProcessInfo.processInfo.environment["JIUZHU_KILLS"].flatMap(Int.init) ?? 50) / 5)
        var inside = 0
        var funds = try sample()
        for kill in 0..<kills {
            if kill % 5 == 0 { funds = try sample() }
            let policies = funds.folder + "/policies"
            let worker = try WorkerProcess("FundingWorker", [funds.folder + "/cases.db", policies])
            worker.wait(for: "kept")
            usleep(UInt32.random(in: 0...60_000))
            worker.kill()
            #expect(worker.lines.allSatisfy { $0 == "begin" || $0.hasPrefix("kept ") }, "\(worker.lines.suffix(1))")
            if worker.lines.last == "begin" { inside += 1 }
            let kept = worker.lines.last { $0.hasPrefix("kept ") }.flatMap { Int64($0.dropFirst(5)) } ?? 0
            let head = try funds.cases.records.head.number
            // The change under way may be on the disk and not said yet.
            #expect(kept...(kept + 1) ~= head, "event \(kept) was acknowledged, and \(head) is the last")
            try funds.expectWhole()
            // Nobody was paid more than was owed.
            let list = try funds.payments.list(SampleFunds.order("2030-12"), for: SampleFunds.payer)
            #expect(list.claims.isEmpty)
        }
        #expect(inside > 0, "none was killed between begin and commit")
    }

    /// Thirty cases with money enough for years, and the policy beside them.
    private func sample() throws -> SampleFunds {
        let funds = try SampleFunds()
        for number in 1...30 as ClosedRange<Int64> { try funds.grant(number, 10_000 + number, from: "2026-01-01") }
        try funds.give(1_000_000_000)
        for file in SampleFunds.files() {
            let path = URL(fileURLWithPath: funds.folder + "/policies/" + file.path)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: path)
        }
        return funds
    }
}
