import ArgumentParser

/// How the command ends.
enum ExitStatus {
    /// A household file is wrong.
    static let badInput = ExitCode(1)
    /// The policy is wrong.
    static let badPolicy = ExitCode(2)
    /// A recorded decision is another one now.
    static let differs = ExitCode(3)
    /// A recorded decision cannot be made again.
    static let cannot = ExitCode(4)
    /// Some households of many were refused, and the others are decided; or a step of a case was, and nothing is changed.
    static let refused = ExitCode(5)
    /// The run was broken off by a signal.
    static let stopped = ExitCode(130)
    /// A file cannot be read, or the result cannot be written.
    static let inputOutput = ExitCode(74)

    /// What the help says of them.
    static let help = """
        EXIT STATUS
          0   done; also where a household is not eligible or cannot be decided yet
          1   the input file is wrong; every mistake is named, nothing is decided
          2   the policy or a plugin is wrong; every mistake is named, nothing is decided
          64  the command line is wrong
          74  a file cannot be read, or the result cannot be written
        """
}
