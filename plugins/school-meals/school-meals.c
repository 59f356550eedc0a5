/*
 * 农村义务教育学生营养改善计划: meals for pupils of rural families in compulsory school, as a programme of its own.
 *
 * The plugin says how a decision follows from facts and from one term of policy; the sum stands in YAML, with its day and
 * its document:
 *
 *   school-meals:
 *     each: 1000 yuan/year
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <jiuzhu_plugin.h>

static int32_t plan(const jzp_program *self, const jzp_host *host, jzp_plan *plan)
{
    jzp_node rural = host->is_code(plan, host->fact(plan, JZP_HOUSEHOLD, "residence"), "rural");
    jzp_node stage = host->fact(plan, JZP_MEMBER, "study");
    jzp_node pupil = host->either(plan, host->is_code(plan, stage, "primary"), host->is_code(plan, stage, "junior"));
    jzp_node eats = host->fact(plan, JZP_MEMBER, "canteen");
    jzp_node each = host->select(plan, eats, host->term(plan, "each"), host->zero(plan, "yuan/year"));
    (void)self;
    host->check(plan, "rural", rural, "不是农村家庭", "not a rural household");
    host->check(plan, "pupil", pupil, "不在义务教育阶段", "not in compulsory school");
    each = host->step(plan, "meal", "每生膳食补助", "for each who eats at school", "yuan/year", "canteen ? each : 0", each);
    host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY, each);
    host->tell(plan, "fed", host->both(plan, pupil, eats));
    return JZP_OK;
}

static const jzp_fact facts[] = { { sizeof(jzp_fact), JZP_MEMBER, "canteen", JZP_FACT_BOOL, 0, NULL, 0, 0, NULL,
                                    "在校就餐", "eats at school" } };
static const jzp_term terms[] = { { sizeof(jzp_term), "each", JZP_TERM_VALUE, JZP_HOUSEHOLD, JZP_UNFILLED_UNDETERMINED,
                                    "yuan/year", "每生标准", "for each pupil" } };
static const jzp_standing standings[] = { { sizeof(jzp_standing), JZP_MEMBER, "fed", NULL, "营养餐对象",
                                            "fed at school" } };
static const jzp_program meals = { sizeof(jzp_program), 0, "school-meals", "营养改善计划", "school meals plan", 1, facts,
                                   1, terms, 1, standings, 0, NULL, plan, NULL };
static const jzp_program *const programs[] = { &meals };
JZP_PLUGIN("school-meals", "1.2.0", programs)
