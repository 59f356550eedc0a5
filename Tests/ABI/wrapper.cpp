// Every class of jiuzhu.hpp, in two files of one program (the other is wrapper-other.cpp).
#include <jiuzhu.hpp>
#include <jiuzhu.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

std::string decide(const jiuzhu::policy &policy, const jiuzhu::builder &builder);

static void expect(bool holds, int line) {
    if (holds) return;
    std::fprintf(stderr, "wrapper.cpp:%d: not so\n", line);
    std::exit(1);
}
#define EXPECT(condition) expect(condition, __LINE__)

// Runs what must throw, and answers the number of the error.
template <typename Work>
static int thrown(Work work) {
    try {
        work();
    } catch (const jiuzhu::error &problem) {
        const jiuzhu::error copy = problem;
        EXPECT(copy.code() == problem.code() && std::string(copy.what()) == problem.what());
        EXPECT(copy.json().find("\"code\":" + std::to_string(copy.code()) + ",") == 1);
        return copy.code();
    }
    return JZ_OK;
}

int main(int count, char **arguments) {
    if (count != 2) return 64;
    const std::string folder = arguments[1];

    jiuzhu::options options;
    options.date = 20300601;

    jiuzhu::policy policy(folder, "p");
    EXPECT(policy.digest().size() == 64);
    EXPECT(jiuzhu::version() == JZ_VERSION);
    EXPECT(jiuzhu::describe().find("\"errors\":[") != std::string::npos);
    EXPECT(policy.describe().find("\"member.income.pension\"") != std::string::npos);
    EXPECT(policy.diagnostics().find("{\"findings\":[") == 0);
    EXPECT(policy.diagnostics("990102", options).find("{\"findings\":[") == 0);
    EXPECT(policy.show("990102", options).find("500") != std::string::npos);

    // What is wrong, and what it is called.
    EXPECT(thrown([&] { jiuzhu::policy(folder, "nowhere"); }) == JZ_E_NO_POLICY);
    EXPECT(thrown([&] { jiuzhu::policy(folder, "p", {"low-incom"}); }) == JZ_E_NAME);
    EXPECT(thrown([&] { jiuzhu::policy::from_pack("no pack", 7); }) == JZ_E_POLICY);
    EXPECT(thrown([&] { policy.assess_json("{"); }) == JZ_E_INPUT);
    EXPECT(thrown([&] { policy.assess_json("{\"area\": \"110101\"}"); }) == JZ_E_AREA);
    EXPECT(thrown([&] { policy.fact("member.pension"); }) == JZ_E_NAME);
    EXPECT(thrown([&] { policy.show("nowhere"); }) == JZ_E_AREA);
    try {
        policy.assess_json("{\n\"homes\": -1}");
        EXPECT(false);
    } catch (const jiuzhu::error &problem) {
        EXPECT(problem.category() == JZ_CLASS_INPUT && problem.line() == 2 && problem.column() == 10);
        EXPECT(problem.file().empty());
    }

    jiuzhu::builder builder(policy);
    builder.household("f1").set("household.area", "990101").set("household.residence", "urban");
    builder.member().set("member.relation", "head").set_date(policy.fact("member.birth"), 19600501);
    builder.set("member.income.others", "none");
    EXPECT(thrown([&] { builder.set("member.income.pension", "-1"); }) == JZ_E_RANGE);
    EXPECT(thrown([&] { builder.set("member.income.pension", "a"); }) != JZ_OK);
    EXPECT(thrown([&] { builder.set_amount(policy.fact("member.income.pension"), 1, "m2"); }) == JZ_E_UNIT);
    EXPECT(thrown([&] { builder.set_amount(policy.fact("member.birth"), 1); }) == JZ_E_TYPE);
    EXPECT(thrown([&] { builder.select(JZ_MEMBER, 1); }) == JZ_E_INDEX);
    builder.unset(policy.fact("member.income.pension"));

    // What is lacking is asked for, set, and the decision follows.
    const jiuzhu::result first = policy.assess(builder, options);
    EXPECT(first.size() == 1 && first.program(0, 0).status == JZ_UNDETERMINED);
    const std::vector<jz_missing_info> missing = first.missing(0, 0);
    EXPECT(missing.size() == 1 && jiuzhu::view(missing[0].path) == "members[0].income.pension");
    builder.select(missing[0].owner, missing[0].row).set_amount(missing[0].fact, 360000, "yuan/year");
    jiuzhu::result result = policy.assess(builder, options);
    EXPECT(result.program(0, 0).status == JZ_ELIGIBLE && result.program(0, 0).least_fen[JZ_MONTHLY] == 55000);
    EXPECT(jiuzhu::view(result.household(0).id) == "f1" && jiuzhu::view(result.household(0).area) == "990101");
    EXPECT(result.programs(0).size() == result.household(0).program_count);
    EXPECT(result.benefits(0, 0).size() == 2);
    EXPECT(result.text(0, JZ_ENGLISH).find("550.00 yuan a month") != std::string::npos);
    EXPECT(result.json().find("\"monthly\":\"550.00\"") != std::string::npos);
    EXPECT(thrown([&] { result.program(1, 0); }) == JZ_E_INDEX);
    EXPECT(thrown([&] { result.missing(0, 99); }) == JZ_E_INDEX);
    EXPECT(decide(policy, builder) == result.json());

    // All three ways say the same.
    const std::string json = R"({"id": "f1", "area": "990101", "residence": "urban", "members": [{"relation": "head",)"
                             R"( "birth": "1960-05-01", "income": {"pension": 3600, "others": "none"}}]})";
    EXPECT(policy.assess_json(json, options) == result.json());
    builder.clear().read_json(json, options);
    EXPECT(policy.assess(builder, options).json() == result.json());

    // Who earns more has a reason not to be eligible.
    builder.clear().household().set("household.residence", "urban").member();
    builder.set("member.birth", "1980-05-01").set_none(policy.fact("member.income.pension"));
    builder.set("member.income.wages", "96000").set("member.income.others", "none").list(JZ_PLOT);
    builder.set("household.area", "990101");
    EXPECT(policy.assess(builder, options).reasons(0, 0).size() == 1);

    // Handles move; what was moved from is refused.
    jiuzhu::policy moved = std::move(policy);
    EXPECT(moved.assess_json(json, options) == result.json());
    policy = std::move(moved);

    // One policy, many threads.
    std::vector<std::string> answers(4);
    std::vector<std::thread> threads;
    for (std::string &answer : answers) threads.emplace_back([&] { answer = policy.assess_json(json, options); });
    for (std::thread &thread : threads) thread.join();
    for (const std::string &answer : answers) EXPECT(answer == result.json());
    return 0;
}
