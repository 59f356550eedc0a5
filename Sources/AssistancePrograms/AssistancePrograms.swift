import Allowances
import AssistancePolicy
import DisasterAssistance
import EducationAssistance
import EmploymentAssistance
import HeatingAssistance
import HousingAssistance
import LowIncomeAssistance
import MedicalAssistance
import SocialParticipation
import SpecialPovertyAssistance
import TemporaryRelief

/// All programmes (九加一), in the order of their results: three main, six auxiliary, one of society; and the allowances
/// beside them.
public let assistancePrograms: [any AssistanceProgram] = [
    LowIncomeProgram(), SpecialPovertyProgram(), DisasterProgram(), MedicalProgram(), EducationProgram(),
    HousingProgram(), EmploymentProgram(), HeatingProgram(), TemporaryReliefProgram(), SocialParticipationProgram(),
    AllowancesProgram(),
]
