import AssistanceCore
import Testing

@testable import AssistanceExpressions

@Suite("Conditions that exclude each other")
struct ContradictionTests {
    /// The conditions that exclude each other, of some.
    private func core(_ texts: [String], _ owner: FactOwner = .household) throws(ExpressionError) -> [String] {
        let builder = GraphBuilder(schema: .national, date: .latest)
        var nodes: [NodeID] = []
        for text in texts {
            nodes.append(try ExpressionCompiler(into: builder, names: NameScope(owner)).compileNode(text))
        }
        var contradiction = Contradiction { builder[$0] }
        let found = contradiction.core(of: nodes)
        return zip(texts, nodes).filter { found.contains($0.1) }.map(\.0)
    }

    @Test(
        "Comparisons that leave nothing are found, and only those that are needed are named",
        arguments: [
            (["homes > 3", "vehicles < 2", "homes <= 3"], ["homes > 3", "homes <= 3"]),
            (
                ["financial_assets < 5 yuan", "financial_assets >= 5 yuan"],
                ["financial_assets < 5 yuan", "financial_assets >= 5 yuan"]
            ),
            (["homes > 3", "homes < 4"], ["homes > 3", "homes < 4"]),
            (["homes < 0"], ["homes < 0"]),
            (["vehicles > 1 && homes > vehicles", "homes <= 2"], ["vehicles > 1 && homes > vehicles", "homes <= 2"]),
            (
                ["homes + vehicles < 3", "homes >= 2", "vehicles >= 2 || homes > 5"],
                ["homes + vehicles < 3", "homes >= 2", "vehicles >= 2 || homes > 5"]
            ),
            (
                ["!(homes > 2 || homes < 2)", "homes != 2 ? true : vehicles < 0"],
                ["!(homes > 2 || homes < 2)", "homes != 2 ? true : vehicles < 0"]
            ),
            (["residence == 'urban'", "residence == 'rural'"], ["residence == 'urban'", "residence == 'rural'"]),
            (["single_parent", "!single_parent"], ["single_parent", "!single_parent"]),
            (
                ["(residence == 'urban' ? 5 : 3) < homes", "homes < 4"],
                ["(residence == 'urban' ? 5 : 3) < homes", "homes < 4"]
            ),
            (
                ["(homes > 0 ? financial_assets / homes : 0 yuan) >= 948 yuan", "financial_assets < 947 yuan * homes"],
                ["(homes > 0 ? financial_assets / homes : 0 yuan) >= 948 yuan", "financial_assets < 947 yuan * homes"]
            ),
            (
                ["household.members.exists(m, m.age > 60 && m.age < 50)"],
                ["household.members.exists(m, m.age > 60 && m.age < 50)"]
            ),
        ])
    func excluded(texts: [String], expected: [String]) throws {
        #expect(try core(texts) == expected)
    }

    @Test(
        "What something could meet is never said to be excluded",
        arguments: [
            ["financial_assets <= 5 yuan", "financial_assets >= 5 yuan"],
            ["financial_assets > 5 yuan", "financial_assets < 6 yuan"],
            ["homes >= 3", "homes < 4"],
            ["homes > 3 || vehicles > 3", "homes < 2"],
            ["residence == 'urban' || homes > 3", "residence == 'rural'"],
            ["household.members.exists(m, m.age > 60)", "household.members.exists(m, m.age < 50)"],
            ["household.members.all(m, m.age > 60)", "household.members.all(m, m.age < 50)"],
            ["financial_assets * 1 >= vehicles_value", "vehicles_value >= financial_assets"],
            ["(homes > 0 ? financial_assets / homes : 0 yuan) < 948 yuan", "financial_assets > 949 yuan * homes"],
            ["round(financial_assets, down, 10 yuan) < 10 yuan", "financial_assets > 9 yuan"],
        ])
    func possible(texts: [String]) throws {
        #expect(try core(texts) == [])
    }
}
