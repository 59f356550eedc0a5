@_exported import Allowances
@_exported import AssistanceCore
@_exported import AssistanceEngine
@_exported import AssistanceExchange
@_exported import AssistanceMatching
@_exported import AssistancePlugins
@_exported import AssistancePolicy
@_exported import AssistancePopulation
@_exported import AssistancePrograms
@_exported import AssistanceSimulation
@_exported import AssistanceVerification
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
