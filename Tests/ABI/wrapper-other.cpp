#include <jiuzhu.hpp>

std::string decide(const jiuzhu::policy &policy, const jiuzhu::builder &builder);

std::string decide(const jiuzhu::policy &policy, const jiuzhu::builder &builder) {
    jiuzhu::options options;
    options.date = 20300601;
    return policy.assess(builder, options).json();
}
