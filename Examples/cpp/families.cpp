// Decides about the households of some files, and says what each is entitled to, and why not.
//
//   families POLICIES FILE...
//
// jiuzhu.hpp is a header alone. Handles free themselves, mistakes are exceptions, and one policy is for all threads: each file
// is decided by a thread of its own.
#include <jiuzhu.hpp>

#include <cstdint>
#include <fstream>
#include <future>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace {

// Fen as yuan; no sum is ever a floating-point number.
std::string yuan(std::int64_t fen) {
    const std::string cents = std::to_string(100 + fen % 100);
    return std::to_string(fen / 100) + "." + cents.substr(1);
}

std::string sum(const jz_benefit_info &benefit) {
    static const char *const periods[] = {" a month", " a year", ""};
    if (benefit.flags & JZ_IN_KIND) return "in kind";
    std::string text = yuan(benefit.least_fen);
    if (benefit.flags & JZ_SUM_UNLIMITED) text += " or more";
    else if (benefit.most_fen != benefit.least_fen) text += " to " + yuan(benefit.most_fen);
    return text + " yuan" + periods[benefit.period];
}

// What is said of the households of one file.
std::string decide(const jiuzhu::policy &policy, const std::string &path, const jiuzhu::options &options) {
    std::ifstream file(path, std::ios::binary);
    const std::string json{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::ostringstream out;
    try {
        jiuzhu::builder builder(policy);
        const jiuzhu::result result = policy.assess(builder.read_json(json, options), options);
        for (std::size_t household = 0; household < result.size(); ++household) {
            out << jiuzhu::view(result.household(household).id) << "\n";
            std::size_t place = 0;
            for (const jz_program_info &program : result.programs(household)) {
                const std::size_t number = place++;
                if (program.status == JZ_UNDETERMINED) continue;
                out << "  " << jiuzhu::view(program.label_en) << (program.status == JZ_ELIGIBLE ? ":\n" : ": no\n");
                for (const jz_benefit_info &benefit : result.benefits(household, number))
                    out << "    " << jiuzhu::view(benefit.label_en) << ", " << sum(benefit) << "\n";
                for (const jz_reason_info &reason : result.reasons(household, number)) {
                    out << "    ";
                    if (reason.member >= 0) out << "member " << reason.member + 1 << ": ";
                    out << jiuzhu::view(reason.label_en);
                    if (reason.distance_en.size > 0) out << ", " << jiuzhu::view(reason.distance_en);
                    out << "\n";
                }
            }
        }
    } catch (const jiuzhu::error &problem) {
        out << "wrong: " << problem.what() << "\n";
    }
    return out.str();
}

} // namespace

int main(int count, char **arguments) {
    if (count < 3) {
        std::cerr << "usage: families POLICIES FILE...\n";
        return 64;
    }
    try {
        const jiuzhu::policy policy(arguments[1], "heilongjiang");
        jiuzhu::options options;
        options.date = 20260901;
        std::vector<std::future<std::string>> answers;
        for (int place = 2; place < count; ++place)
            answers.push_back(std::async(std::launch::async, decide, std::cref(policy), arguments[place], options));
        for (std::future<std::string> &answer : answers) std::cout << answer.get() << "\n";
    } catch (const jiuzhu::error &problem) {
        std::cerr << problem.what() << "\n";
        return 1;
    }
}
