import AssistanceEngine
import AssistancePolicy
import LowIncomeAssistance
import SpecialPovertyAssistance

/// All programmes, as the command knows them.
let allPrograms: [any AssistanceProgram] = [LowIncomeProgram(), SpecialPovertyProgram()]
