import Testing

@testable import AssistanceExchange
