@_exported import Allowances
@_exported import AssistanceCore
@_exported import AssistanceEngine
@_exported import AssistanceExchange
@_exported import AssistanceMatching
@_exported import AssistancePlugins
@_exported import AssistancePolicy
@_exported import AssistancePopulation
@_exported import AssistanceSimulation
@_exported import DisasterAssistance
@_exported import EducationAssistance
@_exported import EmploymentAssistance
@_exported import HeatingAssistance
@_exported import HousingAssistance
@_exported import LowIncomeAssistance
@_exported import MedicalAssistance
@_exported import SocialParticipation
@_exported import SpecialPovertyAssistance
@_exported import TemporaryRelief

@_exported import struct AssistanceStorage.StorageProblem

/// All programmes (九加一), in the order of their results: three main, six auxiliary, one of society; and the allowances
/// beside them.
public let assistancePrograms: [any AssistanceProgram] = [
    LowIncomeProgram(), SpecialPovertyProgram(), DisasterProgram(), MedicalProgram(), EducationProgram(),
    HousingProgram(), EmploymentProgram(), HeatingProgram(), TemporaryReliefProgram(), SocialParticipationProgram(),
    AllowancesProgram(),
]
