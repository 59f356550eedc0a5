import Glibc

/// The time that this process has had of the processor, however busy the machine is.
enum Processor {
    static var milliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }

    /// After so many milliseconds more a signal ends the process, unless the alarm is set anew before.
    static func setAlarm(_ milliseconds: Int) {
        var timer = itimerval()
        timer.it_value = timeval(tv_sec: milliseconds / 1_000, tv_usec: milliseconds % 1_000 * 1_000)
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }
}
