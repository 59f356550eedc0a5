/// What something is called: one line of at most 200 characters in each language.
public struct Label: Sendable {
    /// In Chinese.
    public let chinese: String
    /// In English.
    public let english: String

    /// What something is called in both languages.
    public init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

/// Whose a fact is, and whose rows a node has.
public enum Owner: Int32, Sendable {
    /// 家庭
    case household
    /// 家庭成员
    case member
    /// 法定赡养、抚养、扶养义务人
    case obligor
    /// 地块
    case plot
    /// 医疗费用
    case bill
    /// 灾害损失
    case loss
}
