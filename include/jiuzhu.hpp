/*
 * jiuzhu.hpp: Jiuzhu (救助) in C++17, over the C interface of jiuzhu.h
 *
 * A header alone: it is compiled into the program that includes it, and what is linked is libjiuzhu with its C functions. So a
 * program and the library may come from different compilers and standard libraries. What the C functions do, and every word
 * about units, days, money, unknown facts and limits, stands in jiuzhu.h.
 *
 *   #include <jiuzhu.hpp>
 *   #include <iostream>
 *
 *   int main() {
 *       try {
 *           jiuzhu::policy policy("Policies", "heilongjiang/harbin");
 *           jiuzhu::options options;
 *           options.date = 20260601;
 *           std::cout << policy.assess_json(R"({"residence": "urban", "members": [{"birth": "1980-05-01"}]})", options) << "\n";
 *       } catch (const jiuzhu::error &problem) {
 *           std::cerr << problem.what() << "\n";
 *           return 1;
 *       }
 *   }
 *
 * Ownership.   policy, builder and result own a handle: they can be moved, not copied, and free it in their destructors. A
 *              result keeps the policy it was made with; none has to outlive another. What was moved from may be assigned to
 *              or destroyed; a call on it throws.
 * Errors.      What is a number in C is an exception here: jiuzhu::error, with that number. It holds copies of all texts.
 *              Destructors throw nothing. Memory that runs out is std::bad_alloc.
 * Text.        In as std::string_view, UTF-8, with or without NUL at its end. Out as std::string, but for views into a result,
 *              which live as long as the result.
 * Threads.     As in C: what is const is for any number of threads at once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef JIUZHU_HPP
#define JIUZHU_HPP

#include "jiuzhu.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiuzhu {

/* What a call says of a mistake: jiuzhu.h §3. what() is the sentence. */
class error : public std::runtime_error {
public:
    /* Takes the error over and frees it. */
    explicit error(jz_error *from) : error(owned(from)) {}

    /* The JZ_E_ number. */
    std::int32_t code() const noexcept { return code_; }
    /* Its JZ_CLASS_. */
    std::int32_t category() const noexcept { return category_; }
    /* Every finding, as jz_error_json has them. */
    const std::string &json() const noexcept { return *json_; }
    /* The file of the first finding, and its place; empty and 0 where there is none. */
    const std::string &file() const noexcept { return *file_; }
    std::int32_t line() const noexcept { return line_; }
    std::int32_t column() const noexcept { return column_; }

private:
    struct release {
        void operator()(jz_error *from) const noexcept { jz_error_free(from); }
    };
    using owned = std::unique_ptr<jz_error, release>;

    explicit error(owned from)
        : std::runtime_error(jz_error_message(from.get()).data),
          json_(text(jz_error_json(from.get()))),
          file_(text(jz_error_file(from.get()))),
          code_(jz_error_code(from.get())),
          category_(jz_error_class(from.get())),
          line_(jz_error_line(from.get())),
          column_(jz_error_column(from.get())) {}

    static std::shared_ptr<const std::string> text(jz_view view) {
        return std::make_shared<const std::string>(view.data, view.size);
    }

    /* Shared, since exceptions are copied and a copy must not throw. */
    std::shared_ptr<const std::string> json_;
    std::shared_ptr<const std::string> file_;
    std::int32_t code_;
    std::int32_t category_;
    std::int32_t line_;
    std::int32_t column_;
};

/* What is between the classes below and the C functions. */
namespace detail {

inline void check(std::int32_t code, jz_error *problem) {
    if (code != JZ_OK) throw error(problem);
}

/* Runs a call whose last argument is its error. */
template <typename Call>
void run(Call call) {
    jz_error *problem = nullptr;
    const std::int32_t code = call(&problem);
    check(code, problem);
}

/* Runs a call that makes a handle. */
template <typename Handle, typename Call>
Handle *made(Call call) {
    Handle *handle = nullptr;
    run([&](jz_error **problem) { return call(&handle, problem); });
    return handle;
}

inline std::string_view view(jz_view text) noexcept { return {text.data, text.size}; }

/* The text of a buffer that a call makes. */
template <typename Call>
std::string buffer(Call call) {
    struct release {
        void operator()(jz_buffer *it) const noexcept { jz_buffer_free(it); }
    };
    const std::unique_ptr<jz_buffer, release> it(made<jz_buffer>(call));
    return std::string(view(jz_buffer_view(it.get())));
}

} // namespace detail

/* The version of the library at hand, such as "0.1.0". */
inline std::string_view version() { return jz_version(); }

/* As of when, and how the answer is written: jz_assess_options. */
struct options {
    /* The day of application, such as 20260601; 0 for today in China. */
    std::int32_t date = 0;
    /* What had been published by a day; 0 for all that is known. */
    std::int32_t known_on = 0;
    /* JZ_APPLICATION or JZ_REVIEW. */
    std::int32_t stage = JZ_APPLICATION;
    /* Every step in the answer. */
    bool explain = false;
    /* JSON over several lines. */
    bool pretty = false;

    /* The flags of the C interface. */
    std::uint32_t flags() const noexcept { return (explain ? JZ_EXPLAIN : 0u) | (pretty ? JZ_PRETTY : 0u); }

    /* As the C interface has them. */
    jz_assess_options native() const noexcept {
        jz_assess_options c = JZ_ASSESS_OPTIONS_INIT;
        c.flags = flags();
        c.date = date;
        c.known_on = known_on;
        c.stage = stage;
        return c;
    }
};

class builder;
class result;

/* The plugins that a host has asked for: jiuzhu.h §4. For one thread while it loads. */
class plugins {
public:
    plugins()
        : handle_(detail::made<jz_plugins>(
              [](jz_plugins **out, jz_error **problem) { return jz_plugins_new(out, problem); })) {}

    /* Loads the plugin of a file whose SHA-256 is the one given; throws, saying why, where it does not. */
    void load(std::string_view path, std::string_view sha256) {
        detail::run([&](jz_error **problem) {
            return jz_plugin_load(handle_.get(), path.data(), path.size(), sha256.data(), sha256.size(), problem);
        });
    }

    /* What became of every file, as JSON. */
    std::string report() const {
        return detail::buffer(
            [&](jz_buffer **out, jz_error **problem) { return jz_plugins_report(handle_.get(), out, problem); });
    }

    /* For C functions; it stays owned by this. */
    const jz_plugins *get() const noexcept { return handle_.get(); }

private:
    struct release {
        void operator()(jz_plugins *it) const noexcept { jz_plugins_free(it); }
    };

    std::unique_ptr<jz_plugins, release> handle_;
};

/* A loaded policy: jiuzhu.h §4. Immutable; one for all threads. */
class policy {
public:
    /* Loads the policy of a jurisdiction from a folder; of some programmes only, where some are named, and with the
       programmes of plugins. */
    policy(std::string_view folder, std::string_view jurisdiction, const std::vector<std::string> &programs = {},
           const plugins *beside = nullptr) {
        const selection chosen(programs, beside);
        handle_.reset(detail::made<jz_policy>([&](jz_policy **out, jz_error **problem) {
            return jz_policy_load(folder.data(), folder.size(), jurisdiction.data(), jurisdiction.size(), &chosen.options,
                                  out, problem);
        }));
    }

    /* Loads a policy from the bytes of a pack. */
    static policy from_pack(const void *bytes, std::size_t size, const std::vector<std::string> &programs = {},
                            const plugins *beside = nullptr) {
        const selection chosen(programs, beside);
        return policy(detail::made<jz_policy>([&](jz_policy **out, jz_error **problem) {
            return jz_policy_load_pack(bytes, size, &chosen.options, out, problem);
        }));
    }

    /* SHA-256 over the canonical bytes of the policy. */
    std::string_view digest() const noexcept { return detail::view(jz_policy_digest(handle_.get())); }

    /* The decisions about households in JSON, as JSON. */
    std::string assess_json(std::string_view json, const options &options = {}) const {
        const jz_assess_options c = options.native();
        return detail::buffer([&](jz_buffer **out, jz_error **problem) {
            return jz_assess_json(handle_.get(), json.data(), json.size(), &c, out, problem);
        });
    }

    /* The decisions about the households of a builder. */
    result assess(const builder &households, const options &options = {}) const;

    /* The number of a fact, such as "member.income.wages". */
    jz_fact fact(std::string_view name) const {
        jz_fact fact = -1;
        detail::run([&](jz_error **problem) {
            return jz_fact_find(handle_.get(), name.data(), name.size(), &fact, problem);
        });
        return fact;
    }

    /* What is worth knowing about the policy, of an area where one is named: {"findings": [...]}. */
    std::string diagnostics(std::string_view area = {}, const options &options = {}) const {
        const jz_assess_options c = options.native();
        return detail::buffer([&](jz_buffer **out, jz_error **problem) {
            return jz_policy_diagnostics(handle_.get(), area.data(), area.size(), &c, out, problem);
        });
    }

    /* What holds in an area, or in the policy's own, as text. */
    std::string show(std::string_view area = {}, const options &options = {}) const {
        const jz_assess_options c = options.native();
        return detail::buffer([&](jz_buffer **out, jz_error **problem) {
            return jz_policy_show(handle_.get(), area.data(), area.size(), &c, out, problem);
        });
    }

    /* What the library knows under this policy: facts, codes, programmes, errors, options. */
    std::string describe() const {
        return detail::buffer(
            [&](jz_buffer **out, jz_error **problem) { return jz_describe(handle_.get(), out, problem); });
    }

    /* For C functions that this header has nothing for, such as jz_assess_arrow; it stays owned by this. */
    const jz_policy *get() const noexcept { return handle_.get(); }

private:
    struct release {
        void operator()(jz_policy *it) const noexcept { jz_policy_free(it); }
    };

    /* The programmes as C has them; the names belong to the caller's list. */
    struct selection {
        selection(const std::vector<std::string> &programs, const plugins *beside) {
            options.plugins = beside == nullptr ? nullptr : beside->get();
            for (const std::string &program : programs) names.push_back(program.c_str());
            if (names.empty()) return;
            options.programs = names.data();
            options.program_count = names.size();
        }
        selection(const selection &) = delete;
        selection &operator=(const selection &) = delete;

        std::vector<const char *> names;
        jz_policy_options options = JZ_POLICY_OPTIONS_INIT;
    };

    explicit policy(jz_policy *handle) noexcept : handle_(handle) {}

    std::unique_ptr<jz_policy, release> handle_;
};

/* What the library knows, of the nation's facts. */
inline std::string describe() {
    return detail::buffer([](jz_buffer **out, jz_error **problem) { return jz_describe(nullptr, out, problem); });
}

/* Households fact by fact: jiuzhu.h §5. For one thread at a time. A call that throws has changed nothing. */
class builder {
public:
    explicit builder(const policy &policy)
        : handle_(detail::made<jz_builder>([&](jz_builder **out, jz_error **problem) {
              return jz_builder_new(policy.get(), out, problem);
          })) {}

    /* Forgets all households and keeps the memory. */
    builder &clear() {
        return call([&](jz_error **problem) { return jz_builder_clear(get(), problem); });
    }

    /* Begins a household; without an id where that is left out. */
    builder &household(std::string_view id = {}) {
        return call([&](jz_error **problem) { return jz_builder_household(get(), id.data(), id.size(), problem); });
    }
    /* Begins a member, or an entry of a list. */
    builder &entry(std::int32_t owner) {
        return call([&](jz_error **problem) { return jz_builder_entry(get(), owner, problem); });
    }
    builder &member() { return entry(JZ_MEMBER); }
    /* Says that a list is complete, though it may have no entry. */
    builder &list(std::int32_t owner) {
        return call([&](jz_error **problem) { return jz_builder_list(get(), owner, problem); });
    }
    /* The row whose facts are set next. */
    builder &select(std::int32_t owner, std::size_t row) {
        return call([&](jz_error **problem) { return jz_builder_select(get(), owner, row, problem); });
    }

    /* Sets what a household file says under a key, as its text. */
    builder &set(std::string_view name, std::string_view text) {
        return call([&](jz_error **problem) {
            return jz_builder_set(get(), name.data(), name.size(), text.data(), text.size(), problem);
        });
    }

    /* Sets facts by their numbers; names say what the value is, since all of them are whole numbers. */
    builder &set_text(jz_fact fact, std::string_view text) {
        return call([&](jz_error **problem) {
            return jz_builder_set_text(get(), fact, text.data(), text.size(), problem);
        });
    }
    builder &set_count(jz_fact fact, std::int64_t value) {
        return call([&](jz_error **problem) { return jz_builder_set_count(get(), fact, value, problem); });
    }
    /* In hundredths, such as fen; the unit, where it is named, must be the fact's own. */
    builder &set_amount(jz_fact fact, std::int64_t hundredths, std::string_view unit = {}) {
        return call([&](jz_error **problem) {
            return jz_builder_set_amount(get(), fact, hundredths, unit.data(), unit.size(), problem);
        });
    }
    builder &set_bool(jz_fact fact, bool value) {
        return call([&](jz_error **problem) { return jz_builder_set_bool(get(), fact, value ? 1 : 0, problem); });
    }
    builder &set_date(jz_fact fact, std::int32_t day) {
        return call([&](jz_error **problem) { return jz_builder_set_date(get(), fact, day, problem); });
    }
    builder &set_code(jz_fact fact, std::int64_t code) {
        return call([&](jz_error **problem) { return jz_builder_set_code(get(), fact, code, problem); });
    }
    builder &set_none(jz_fact fact) {
        return call([&](jz_error **problem) { return jz_builder_set_none(get(), fact, problem); });
    }
    builder &unset(jz_fact fact) {
        return call([&](jz_error **problem) { return jz_builder_unset(get(), fact, problem); });
    }

    /* Adds the households of a text in JSON. */
    builder &read_json(std::string_view json, const options &options = {}) {
        const jz_assess_options c = options.native();
        return call([&](jz_error **problem) {
            return jz_builder_read_json(get(), json.data(), json.size(), &c, problem);
        });
    }

    const jz_builder *get() const noexcept { return handle_.get(); }

private:
    struct release {
        void operator()(jz_builder *it) const noexcept { jz_builder_free(it); }
    };

    jz_builder *get() noexcept { return handle_.get(); }

    template <typename Call>
    builder &call(Call call) {
        detail::run(call);
        return *this;
    }

    std::unique_ptr<jz_builder, release> handle_;
};

/* Decisions: jiuzhu.h §6. Immutable; for any number of threads. Indexes count from 0. Views live as long as this. */
class result {
public:
    /* How many households there are. */
    std::size_t size() const noexcept { return jz_result_count(handle_.get()); }

    jz_household_info household(std::size_t household) const {
        jz_household_info info = JZ_HOUSEHOLD_INFO_INIT;
        detail::run([&](jz_error **problem) { return jz_result_household(get(), household, &info, problem); });
        return info;
    }

    jz_program_info program(std::size_t household, std::size_t program) const {
        jz_program_info info = JZ_PROGRAM_INFO_INIT;
        detail::run([&](jz_error **problem) { return jz_result_program(get(), household, program, &info, problem); });
        return info;
    }

    jz_benefit_info benefit(std::size_t household, std::size_t program, std::size_t benefit) const {
        jz_benefit_info info = JZ_BENEFIT_INFO_INIT;
        detail::run([&](jz_error **problem) {
            return jz_result_benefit(get(), household, program, benefit, &info, problem);
        });
        return info;
    }

    /* All programmes of a household. */
    std::vector<jz_program_info> programs(std::size_t household) const {
        std::vector<jz_program_info> all;
        for (std::size_t next = 0, end = this->household(household).program_count; next < end; ++next)
            all.push_back(program(household, next));
        return all;
    }

    /* All benefits of a programme. */
    std::vector<jz_benefit_info> benefits(std::size_t household, std::size_t program) const {
        std::vector<jz_benefit_info> all;
        for (std::size_t next = 0, end = this->program(household, program).benefit_count; next < end; ++next)
            all.push_back(benefit(household, program, next));
        return all;
    }

    /* What is lacking to decide a programme, or a sum of it. */
    std::vector<jz_missing_info> missing(std::size_t household, std::size_t program) const {
        const jz_missing_info empty = JZ_MISSING_INFO_INIT;
        return all(household, program, empty, jz_result_missing);
    }

    /* Why a household is not eligible. */
    std::vector<jz_reason_info> reasons(std::size_t household, std::size_t program) const {
        const jz_reason_info empty = JZ_REASON_INFO_INIT;
        return all(household, program, empty, jz_result_reason);
    }

    /* All decisions as JSON; JZ_EXPLAIN and JZ_PRETTY. */
    std::string json(std::uint32_t flags = 0) const {
        return detail::buffer(
            [&](jz_buffer **out, jz_error **problem) { return jz_result_json(get(), flags, out, problem); });
    }

    /* The decisions about a household for people, in JZ_CHINESE or JZ_ENGLISH; with JZ_EXPLAIN every step. */
    std::string text(std::size_t household, std::int32_t language = JZ_CHINESE, std::uint32_t flags = 0) const {
        return detail::buffer([&](jz_buffer **out, jz_error **problem) {
            return jz_result_text(get(), household, language, flags, out, problem);
        });
    }

    const jz_result *get() const noexcept { return handle_.get(); }

private:
    friend class policy;

    struct release {
        void operator()(jz_result *it) const noexcept { jz_result_free(it); }
    };

    explicit result(jz_result *handle) noexcept : handle_(handle) {}

    /* A list that ends with JZ_E_INDEX. */
    template <typename Info, typename Call>
    std::vector<Info> all(std::size_t household, std::size_t program, const Info &empty, Call call) const {
        // So that an index that is wrong itself is no empty list.
        static_cast<void>(this->program(household, program));
        std::vector<Info> all;
        for (;;) {
            Info info = empty;
            jz_error *problem = nullptr;
            const std::int32_t code = call(get(), household, program, all.size(), &info, &problem);
            if (code == JZ_E_INDEX) {
                jz_error_free(problem);
                return all;
            }
            detail::check(code, problem);
            all.push_back(info);
        }
    }

    std::unique_ptr<jz_result, release> handle_;
};

inline result policy::assess(const builder &households, const options &options) const {
    const jz_assess_options c = options.native();
    return result(detail::made<jz_result>([&](jz_result **out, jz_error **problem) {
        return jz_assess(get(), households.get(), &c, out, problem);
    }));
}

/* A view of the C interface as one of C++. */
inline std::string_view view(jz_view text) noexcept { return detail::view(text); }

} // namespace jiuzhu

#endif /* JIUZHU_HPP */
