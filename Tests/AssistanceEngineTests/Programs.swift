import Allowances
import AssistanceEngine
import AssistancePolicy
import HeatingAssistance
import LowIncomeAssistance
import SpecialPovertyAssistance

/// All programmes, as the command knows them.
let allPrograms: [any AssistanceProgram] = [
    LowIncomeProgram(), SpecialPovertyProgram(), HeatingProgram(), AllowancesProgram(),
]
