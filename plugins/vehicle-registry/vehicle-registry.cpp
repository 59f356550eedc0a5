/*
 * 机动车登记核对: the extract that a traffic department sends back for a list of persons, as a data source.
 *
 * The extract is CSV in UTF-8 with this first line, and a line for each vehicle:
 *
 *   citizen_number,plate,value,day
 *
 * value is what the vehicle is worth in yuan, with two decimals at most, or nothing where that is not known; day is the day
 * of the record, 2026-06-01. A person of the list who has no vehicle has one line without plate and value. Who has no line
 * was not on the list, and is not known.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <jiuzhu_plugin.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace {

constexpr int64_t most_vehicles = 9'999;
/* 10 to the tenth yuan, in fen: the most that the fact takes. */
constexpr int64_t most_fen = 1'000'000'000'000;

/* What one person has. */
struct Holding {
    int64_t vehicles = 0;
    /* In fen; none where the worth of one of them is not known. */
    std::optional<int64_t> value = 0;
    /* The latest day of the records. */
    int32_t day = 0;
    bool is_stated_none = false;
};

using Extract = std::unordered_map<std::string, Holding>;

/* What is wrong with a line: the sentence holds nothing of the line. */
[[noreturn]] void refuse(size_t line, const char *message)
{
    throw std::runtime_error("line " + std::to_string(line) + " of the extract: " + message);
}

std::vector<std::string_view> fields(std::string_view line)
{
    std::vector<std::string_view> result;
    for (size_t start = 0;;) {
        const size_t comma = line.find(',', start);
        result.push_back(line.substr(start, comma - start));
        if (comma == line.npos)
            return result;
        start = comma + 1;
    }
}

std::optional<int64_t> digits(std::string_view text)
{
    if (text.empty() || text.size() > 10 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    int64_t number = 0;
    for (char digit : text)
        number = number * 10 + (digit - '0');
    return number;
}

/* Yuan with two decimals at most, in fen. */
std::optional<int64_t> fen(std::string_view text)
{
    const size_t point = text.find('.');
    const auto yuan = digits(text.substr(0, point));
    if (!yuan || point == text.npos)
        return yuan ? std::optional(*yuan * 100) : std::nullopt;
    const auto decimals = text.substr(point + 1);
    const auto part = digits(decimals);
    if (!part || decimals.size() > 2)
        return std::nullopt;
    return *yuan * 100 + (decimals.size() == 1 ? *part * 10 : *part);
}

/* 2026-06-01 as 20260601; whether the calendar has such a day the host looks at. */
std::optional<int32_t> day(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), number = digits(text.substr(8));
    if (!year || !month || !number)
        return std::nullopt;
    return static_cast<int32_t>(*year * 10'000 + *month * 100 + *number);
}

void add(Extract &extract, std::string_view text, size_t line)
{
    const auto parts = fields(text);
    if (parts.size() != 4)
        refuse(line, "four fields were expected");
    const auto [number, plate, worth, when] = std::tie(parts[0], parts[1], parts[2], parts[3]);
    if (number.size() != 18)
        refuse(line, "a citizen number has 18 characters");
    const auto recorded = day(when);
    if (!recorded)
        refuse(line, "a day such as 2026-06-01 was expected");
    auto [entry, is_new] = extract.try_emplace(std::string(number));
    Holding &holding = entry->second;
    holding.day = std::max(holding.day, *recorded);
    if (plate.empty()) {
        if (!worth.empty())
            refuse(line, "a value without a plate is none of a vehicle");
        if (!is_new)
            refuse(line, "a person with a line without plate has no other line");
        holding.is_stated_none = true;
        return;
    }
    if (holding.is_stated_none)
        refuse(line, "a person with a line without plate has no other line");
    if (++holding.vehicles > most_vehicles)
        refuse(line, "nobody has so many vehicles");
    const auto value = fen(worth);
    if (!worth.empty() && !value)
        refuse(line, "a value in yuan with two decimals at most was expected, or none");
    if (holding.value && value) {
        *holding.value += *value;
        if (*holding.value > most_fen)
            refuse(line, "nobody has vehicles of so much worth");
    } else {
        holding.value.reset();
    }
}

Extract read(const char *path)
{
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error(std::string("the extract cannot be read: ") + std::strerror(errno));
    Extract extract;
    std::string line;
    for (size_t number = 1; std::getline(file, line); number++) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (number > 1)
            add(extract, line, number);
        else if (line != "citizen_number,plate,value,day")
            refuse(1, "citizen_number,plate,value,day was expected");
    }
    if (file.bad() || extract.empty())
        throw std::runtime_error("the extract has no line of a person");
    return extract;
}

/* Nothing may be thrown across the border: what fails is said. */
template <typename Work>
int32_t guarded(const jzp_host *host, jzp_answers *answers, Work work) noexcept
{
    try {
        work();
        return JZP_OK;
    } catch (const std::exception &problem) {
        host->source_error(answers, problem.what());
    } catch (...) {
        host->source_error(answers, "something went wrong that has no name");
    }
    return JZP_FAILED;
}

int32_t open(const jzp_source *, const jzp_host *host, const char *setting, void **handle, jzp_answers *answers)
{
    return guarded(host, answers, [&] {
        if (!setting)
            throw std::runtime_error("the setting is the path of the extract, and there is none");
        *handle = std::make_unique<Extract>(read(setting)).release();
    });
}

std::string yuan(int64_t fen)
{
    const std::string part = std::to_string(fen % 100);
    return std::to_string(fen / 100) + (part.size() == 1 ? ".0" : ".") + part;
}

int32_t query(const jzp_source *, const jzp_host *host, void *handle, const jzp_person *persons, size_t count,
              jzp_answers *answers)
{
    return guarded(host, answers, [&] {
        const auto &extract = *static_cast<const Extract *>(handle);
        for (size_t person = 0; person < count; person++) {
            const auto entry = extract.find(persons[person].citizen_number);
            if (entry == extract.end()) {
                host->not_found(answers, person);
                continue;
            }
            const Holding &holding = entry->second;
            if (holding.is_stated_none) {
                host->found_none(answers, person, "household.vehicles", holding.day);
                host->found_none(answers, person, "household.vehicles_value", holding.day);
                continue;
            }
            host->found(answers, person, "household.vehicles", std::to_string(holding.vehicles).c_str(), holding.day, 100);
            /* What a vehicle is worth is an estimate. */
            if (holding.value)
                host->found(answers, person, "household.vehicles_value", yuan(*holding.value).c_str(), holding.day, 80);
        }
    });
}

void close(const jzp_source *, void *handle) { delete static_cast<Extract *>(handle); }

const char *const facts[] = { "household.vehicles", "household.vehicles_value" };
const jzp_source registry = { sizeof(jzp_source), 0, "vehicle-registry", "机动车登记", "register of vehicles", "公安交管部门",
                              2, facts, open, query, close, nullptr };
const jzp_source *const sources[] = { &registry };
const jzp_descriptor descriptor = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "vehicle-registry", "1.0.0", 0, nullptr,
                                    1, sources, 0, nullptr };

} // namespace

JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi) { return host_abi >= JZP_ABI ? &descriptor : nullptr; }
