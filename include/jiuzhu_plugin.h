/*
 * jiuzhu_plugin.h: what a plugin of Jiuzhu (救助) is written against
 *
 * A plugin is a shared library that gives Jiuzhu, without rebuilding it, an eleventh aid, a department's registry, or a
 * bank's file. It is loaded by a host that asks for it and names the SHA-256 that it expects; nothing is found by itself.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 * CONTENTS
 *   1. A first plugin       4. Programmes         7. The descriptor and the entry
 *   2. Conventions          5. Data sources
 *   3. The host             6. Payment channels
 *
 * ======================================================================================================================
 * 1. A first plugin
 * ======================================================================================================================
 *
 *   #include <jiuzhu_plugin.h>
 *
 *   // What policy says, for everyone in compulsory school.
 *   static int32_t plan(const jzp_program *self, const jzp_host *host, jzp_plan *plan) {
 *       jzp_node stage = host->fact(plan, JZP_MEMBER, "study");
 *       jzp_node pupil =
 *           host->either(plan, host->is_code(plan, stage, "primary"), host->is_code(plan, stage, "junior"));
 *       jzp_node each = host->select(plan, pupil, host->term(plan, "each"), host->zero(plan, "yuan/year"));
 *       (void)self;
 *       host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY, each);
 *       return JZP_OK;
 *   }
 *   static const jzp_term terms[] = {
 *       { sizeof(jzp_term), "each", JZP_TERM_VALUE, JZP_HOUSEHOLD, JZP_UNFILLED_UNDETERMINED, "yuan/year", "每生标准",
 *         "for each pupil" } };
 *   static const jzp_program meals = JZP_PROGRAM("school-meals", "营养改善计划", "school meals", terms, plan);
 *   static const jzp_program *const programs[] = { &meals };
 *   JZP_PLUGIN("school-meals", "1.0.0", programs)
 *
 *   cc -shared -fPIC meals.c -o meals.so
 *   jiuzhu assess family.yaml --policy heilongjiang --plugin meals.so --plugin-sha256 "$(sha256sum meals.so | cut -d' ' -f1)"
 *
 * ======================================================================================================================
 * 2. Conventions
 * ======================================================================================================================
 *
 * A programme does not look at households. It says once, for an area and a day, how a decision follows from facts and from
 * terms of policy: it makes nodes of a graph, as the ten programmes that are built in do. The host computes the graph. So
 * what is unknown stays unknown and is asked for, every named step is explained, sums are exact, bulk is as fast as for the
 * built-in, and a plugin can forget none of it.
 *
 * Tables grow at their ends; each begins with struct_size, or has it behind magic and abi. The host fills slots that a
 * table has not with answers "not provided", and a plugin that is older than the host runs unchanged. A plugin that asks
 * for a later JZP_ABI than the host's is refused. An array of structs has the struct_size of its first element.
 * Texts are UTF-8 on one line and end in NUL. Those in tables live as long as the process, as the tables do, and are read
 * once; those handed to a call are copied.
 * Names: a plugin, programme, source, channel, check or benefit is called by small letters, digits and -; a fact, step or
 * standing by small letters, digits and _; a code by either. Each begins with a letter and has at most 64 of them. Labels
 * have at most 200 characters, other texts 1,000 bytes. A plugin has at most 64 of anything, a programme 256 facts and 256
 * terms.
 * Threads: every function of a table may be called from any thread, and several at once. What a call is given (a plan, a
 * query, a batch) belongs to that call and its thread.
 * Errors: a function answers JZP_OK or another number, and says why by host->error before. Nothing may be thrown across the
 * border. What a plugin answers is checked like any input. Where it is wrong the decisions of its programme are
 * undetermined and name the plugin; everything else goes on.
 * A plan has at most 20,000 nodes, which nest at most 200 deep, steps among them 32, and takes no longer than two seconds
 * without a warning.
 * A plan, and its nodes, are of no use when the call that they were given to has ended, nor on another thread.
 * A plugin stays loaded until the process ends. The same bytes are one plugin, however often they are loaded.
 */
#ifndef JIUZHU_PLUGIN_H
#define JIUZHU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define JZP_ABI 1
#define JZP_MAGIC 0x4A5A504C5547494EULL /* "JZPLUGIN" */

#define JZP_OK 0
#define JZP_FAILED 1       /* it did not work; host->error has said why */
#define JZP_NOT_PROVIDED 2 /* this plugin has no such function */

/* Whose a fact is, and whose rows a node has. */
#define JZP_HOUSEHOLD 0
#define JZP_MEMBER 1
#define JZP_OBLIGOR 2
#define JZP_PLOT 3
#define JZP_BILL 4
#define JZP_LOSS 5

/* ======================================================================================================================
 * 3. The host
 * ======================================================================================================================
 */

/* What a programme makes while it is asked for its plan. */
typedef struct jzp_plan jzp_plan;
/* A value of the graph. Every call answers one: where its arguments do not fit (kinds, units, another plan's node) the
   mistake is reported with the plugin's name, and the node is JZP_UNKNOWN: "cannot be known". */
typedef int32_t jzp_node;
#define JZP_UNKNOWN (-1)
/* What a data source answers into, and a payment channel writes into. */
typedef struct jzp_answers jzp_answers;
typedef struct jzp_file jzp_file;
typedef struct jzp_receipts jzp_receipts;

#define JZP_LOG_DEBUG 0
#define JZP_LOG_WARNING 1

/* How often a benefit is paid. */
#define JZP_MONTHLY 0
#define JZP_YEARLY 1
#define JZP_ONCE 2

#define JZP_SUM 0
#define JZP_COUNT 1
#define JZP_ANY 2

#define JZP_ROUND_DOWN 0
#define JZP_ROUND_UP 1
#define JZP_ROUND_NEAREST 2

typedef struct jzp_host {
    uint32_t struct_size;
    uint32_t abi;

    /* --- for all ------------------------------------------------------------------------------------------------- */
    /* To the host's log, where it keeps one (libjiuzhu does not): a text of at most 1,000 bytes, during a call of the plugin's
       and on its thread. No names, no numbers of persons. */
    void (*log)(int32_t level, const char *message);
    /* Memory that the host may free; NULL where there is none. */
    void *(*allocate)(size_t size);
    void (*release)(void *memory);

    /* --- for programmes: leaves ------------------------------------------------------------------------------------ */
    /* A fact by its key: of the nation, of the place, or one that the programme declares. */
    jzp_node (*fact)(jzp_plan *plan, int32_t owner, const char *key);
    /* A term that the programme declares (JZP_TERM_VALUE, _NUMBER, _CONDITION). Expressions of policy may name it from then
       on, by the last word of its path. Where no file fills it, it is not known and decisions name it: ask is_filled
       before where it may be left out. */
    jzp_node (*term)(jzp_plan *plan, const char *path);
    /* 1 where a file fills the term for the area and day, else 0. */
    int32_t (*is_filled)(jzp_plan *plan, const char *path);
    /* A figure of policy: "standard", "minimum_wage". Where no file has it, the programme is undetermined and names it. */
    jzp_node (*figure)(jzp_plan *plan, const char *name);
    /* What a programme among `reads` tells: "low_income", "special_poverty", of the household or of its members. */
    jzp_node (*standing)(jzp_plan *plan, const char *name);
    /* Yes (1) or no (0). A figure of policy has no place in a plugin: it is a term. */
    jzp_node (*truth)(jzp_plan *plan, int32_t value);
    /* Zero of a unit. */
    jzp_node (*zero)(jzp_plan *plan, const char *unit);
    /* A whole number without unit, for shape: "one of them", "twelve months". */
    jzp_node (*number)(jzp_plan *plan, int64_t value);

    /* --- for programmes: operations ---------------------------------------------------------------------------------- */
    jzp_node (*add)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*subtract)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*multiply)(jzp_plan *plan, jzp_node a, jzp_node b);
    /* Divided by a count; zero where the count is zero. */
    jzp_node (*share)(jzp_plan *plan, jzp_node a, jzp_node count);
    jzp_node (*least)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*greatest)(jzp_plan *plan, jzp_node a, jzp_node b);
    /* The value rounded to a multiple of a unit: JZP_ROUND_UP to "yuan/month". Only where policy says so. */
    jzp_node (*round)(jzp_plan *plan, jzp_node a, int32_t mode, const char *unit);
    jzp_node (*less)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*less_or_equal)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*equal)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*both)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*either)(jzp_plan *plan, jzp_node a, jzp_node b);
    jzp_node (*negated)(jzp_plan *plan, jzp_node a);
    jzp_node (*select)(jzp_plan *plan, jzp_node condition, jzp_node a, jzp_node otherwise);
    /* Whether a code is the one of a name, or counts like it; of a set of codes whether it holds such a one. */
    jzp_node (*is_code)(jzp_plan *plan, jzp_node code, const char *name);
    /* Full years and full months from a day to the day of assessment. */
    jzp_node (*years_since)(jzp_plan *plan, jzp_node day);
    jzp_node (*months_since)(jzp_plan *plan, jzp_node day);
    /* Over the entries of a list for which a condition holds: JZP_SUM of a value, JZP_COUNT (value is not looked at),
       JZP_ANY of a condition. The result belongs to whom the list belongs to. */
    jzp_node (*over)(jzp_plan *plan, int32_t what, int32_t owner, jzp_node value, jzp_node where);

    /* --- for programmes: what is decided ------------------------------------------------------------------------------ */
    /* A step that explanations show and expressions of policy may name. rule says in words how it is made; NULL for none.
       unit is NULL for what has none. */
    jzp_node (*step)(jzp_plan *plan, const char *name, const char *label_zh, const char *label_en, const char *unit,
                     const char *rule, jzp_node value);
    /* A condition of the household or of its members; where it fails, the text is the reason. The programme is for members
       for whom all conditions hold, and not for a household in which there is none. */
    void (*check)(jzp_plan *plan, const char *id, jzp_node holds, const char *reason_zh, const char *reason_en);
    /* The conditions of a term of JZP_TERM_CHECKS. */
    void (*checks)(jzp_plan *plan, const char *path);
    /* A sum for each member (a node of members) or for the household, paid in whole fen where all conditions hold. By its
       range it may not be less than zero. */
    void (*benefit)(jzp_plan *plan, const char *id, const char *label_zh, const char *label_en, int32_t period,
                    jzp_node amount);
    /* All that the terms of the generic programme say: checks, class, items with their stacking, cap, payers, payment. A
       programme that calls this has its conditions in policy and needs no benefit of its own; its terms must be those of
       JZP_GENERIC_TERMS. What it has made before, terms and steps, their expressions may name. */
    void (*generic)(jzp_plan *plan);
    /* What this programme tells those that read it; every standing that it declares, once. */
    void (*tell)(jzp_plan *plan, const char *name, jzp_node value);
    /* A mistake that keeps the programme from being decided: the sentence, of at most 1,000 bytes, is shown to whoever
       asks. No names, no numbers of persons. */
    void (*error)(jzp_plan *plan, const char *message);

    /* --- for data sources --------------------------------------------------------------------------------------------- */
    /* A value that a registry holds, as text as in a household file; day 0 where it is not known; confidence 1 to 100. */
    int32_t (*found)(jzp_answers *answers, size_t person, const char *fact, const char *value, int32_t day,
                     int32_t confidence);
    /* The registry knows the person and holds nothing of this fact: a stated none. */
    int32_t (*found_none)(jzp_answers *answers, size_t person, const char *fact, int32_t day);
    /* The registry does not know the person. */
    int32_t (*not_found)(jzp_answers *answers, size_t person);
    void (*source_error)(jzp_answers *answers, const char *message);

    /* --- for payment channels ------------------------------------------------------------------------------------------ */
    int32_t (*write)(jzp_file *file, const void *bytes, size_t size);
    void (*file_error)(jzp_file *file, const char *message);
    /* What became of a payment of a return file: JZP_PAID or JZP_RETURNED, and the bank's words or NULL. */
    int32_t (*receipt)(jzp_receipts *receipts, const char *payment_id, int32_t outcome, int64_t fen, const char *reason);
    void (*receipt_error)(jzp_receipts *receipts, const char *message, int64_t line); /* from 1; 0 for none */
} jzp_host;

/* ======================================================================================================================
 * 4. Programmes
 * ======================================================================================================================
 */

#define JZP_FACT_COUNT 0  /* least to most, whole */
#define JZP_FACT_AMOUNT 1 /* hundredths of its unit, least to most */
#define JZP_FACT_BOOL 2
#define JZP_FACT_DATE 3
#define JZP_FACT_CODE 4   /* one of `codes` */

typedef struct jzp_code {
    const char *name;
    const char *label_zh;
    const char *label_en;
} jzp_code;

/* A fact that the programme adds to the schema: household files, forms, Arrow columns and expressions have it from then
   on. Its key is one word that means nothing else yet. */
typedef struct jzp_fact {
    uint32_t struct_size;
    int32_t owner;
    const char *key; /* "hospital_days" */
    int32_t type;
    uint32_t code_count;
    const char *unit; /* of an amount: "yuan/year"; else NULL */
    int64_t least;
    int64_t most;
    const jzp_code *codes;
    const char *label_zh;
    const char *label_en;
} jzp_fact;

#define JZP_TERM_VALUE 0     /* a value of the unit, a table or an expression */
#define JZP_TERM_NUMBER 1    /* a count or a share */
#define JZP_TERM_CONDITION 2 /* yes or no */
#define JZP_TERM_CHECKS 3    /* conditions with reasons */

#define JZP_UNFILLED_REQUIRED 0     /* an error where the programme is offered */
#define JZP_UNFILLED_OPTIONAL 1     /* nothing, and nothing is said */
#define JZP_UNFILLED_UNDETERMINED 2 /* undetermined, naming the term */

/* A place in the rule that provinces, cities and counties fill in YAML, under the programme's id. */
typedef struct jzp_term {
    uint32_t struct_size;
    const char *path; /* "each"; below other keys with dots, of small letters, digits, _ and - */
    int32_t shape;
    int32_t owner; /* whose rows it may speak of: JZP_HOUSEHOLD, JZP_MEMBER */
    int32_t unfilled;
    const char *unit; /* of a value; else NULL */
    const char *label_zh;
    const char *label_en;
} jzp_term;

/* What the programme tells others of the household or of its members: yes or no, or a sum where it has a unit. A fact of
   the same owner and key, where the programme declares one, is how a household file states it where the programme is not
   in the run. */
typedef struct jzp_standing {
    uint32_t struct_size;
    int32_t owner;
    const char *name; /* "nursing_insured" */
    const char *unit; /* NULL for yes or no */
    const char *label_zh;
    const char *label_en;
} jzp_standing;

#define JZP_GENERIC_TERMS 1u /* its terms are those of the generic programme, besides those it declares */

typedef struct jzp_program jzp_program;
struct jzp_program {
    uint32_t struct_size;
    uint32_t flags; /* JZP_GENERIC_TERMS */
    const char *id; /* "school-meals": also the key of its section in policy files */
    const char *label_zh;
    const char *label_en;
    size_t fact_count;
    const jzp_fact *facts;
    size_t term_count;
    const jzp_term *terms;
    size_t standing_count;
    const jzp_standing *standings;
    size_t read_count;
    const char *const *reads; /* ids of programmes that come before it */
    /* Makes the plan of an area, day and stage; once for each, and several at once on several threads. */
    int32_t (*plan)(const jzp_program *self, const jzp_host *host, jzp_plan *plan);
    void *data; /* the plugin's own */
};

/* ======================================================================================================================
 * 5. Data sources (信息核对): one registry of one department
 * ======================================================================================================================
 */

typedef struct jzp_person {
    const char *citizen_number; /* 18 characters */
    const char *name;           /* NULL where it is not known */
} jzp_person;

typedef struct jzp_source jzp_source;
struct jzp_source {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    const char *id; /* "vehicle-registry" */
    const char *label_zh;
    const char *label_en;
    const char *department_zh;
    size_t fact_count;
    const char *const *facts; /* what it can confirm: "member.vehicles", "household.cars" */
    /* Opens it with a setting of the host's, such as a path, or NULL for none. What could not be opened is said by
       host->source_error. open and close are both NULL where there is nothing to open. */
    int32_t (*open)(const jzp_source *self, const jzp_host *host, const char *setting, void **handle, jzp_answers *answers);
    /* Answers for a batch of 1 to 1,000 persons, by host->found, found_none and not_found, in any order: something of
       each, of each fact once. Where anything is wrong with an answer, nothing of it is taken. */
    int32_t (*query)(const jzp_source *self, const jzp_host *host, void *handle, const jzp_person *persons, size_t count,
                     jzp_answers *answers);
    void (*close)(const jzp_source *self, void *handle);
    void *data;
};

/* ======================================================================================================================
 * 6. Payment channels (发放): a bank's or the treasury's file
 * ======================================================================================================================
 */

#define JZP_PAID 0
#define JZP_RETURNED 1

typedef struct jzp_payment {
    const char *id; /* the host's own, at most 32 letters and digits */
    const char *name;
    const char *account;
    int64_t fen;
    const char *purpose; /* "低保金 2026-11" */
} jzp_payment;

typedef struct jzp_batch_info {
    uint32_t struct_size;
    int32_t day; /* yyyymmdd */
    const char *id;
    const char *payer;
} jzp_batch_info;

typedef struct jzp_channel jzp_channel;
struct jzp_channel {
    uint32_t struct_size;
    uint32_t flags; /* 0 */
    const char *id; /* "bank-csv" */
    const char *label_zh;
    const char *label_en;
    /* Writes a batch of payments as the bank reads it, by host->write, piece after piece, 64 MB at most. */
    int32_t (*payments)(const jzp_channel *self, const jzp_host *host, const jzp_batch_info *batch,
                        const jzp_payment *payments, size_t count, jzp_file *file);
    /* Reads the bank's return file, by host->receipt once for each payment in it; NULL where the bank has none. What is
       wrong with the file is said by host->receipt_error, and nothing of it is taken. */
    int32_t (*returned)(const jzp_channel *self, const jzp_host *host, const void *bytes, size_t size,
                        jzp_receipts *receipts);
    void *data;
};

/* ======================================================================================================================
 * 7. The descriptor and the entry
 * ======================================================================================================================
 */

typedef struct jzp_descriptor {
    uint64_t magic; /* JZP_MAGIC */
    uint32_t abi;   /* JZP_ABI that it was written against */
    uint32_t struct_size;
    const char *name;    /* "school-meals": letters, digits, - */
    const char *version; /* "1.0.0" */
    size_t program_count;
    const jzp_program *const *programs;
    size_t source_count;
    const jzp_source *const *sources;
    size_t channel_count;
    const jzp_channel *const *channels;
} jzp_descriptor;

/* The one symbol that a plugin exports. It is called once, with the number of the host's interface; NULL refuses it. */
#define JZP_ENTRY "jiuzhu_plugin"
typedef const jzp_descriptor *(*jzp_entry)(uint32_t host_abi);

#ifdef __cplusplus
#define JZP_EXTERN extern "C"
#else
#define JZP_EXTERN
#endif
#if defined(__GNUC__)
#define JZP_EXPORT JZP_EXTERN __attribute__((visibility("default")))
#else
#define JZP_EXPORT JZP_EXTERN
#endif

/* A programme with terms and no facts of its own. */
#define JZP_PROGRAM(id, zh, en, terms, plan) \
    { sizeof(jzp_program), 0, id, zh, en, 0, NULL, sizeof(terms) / sizeof *(terms), terms, 0, NULL, 0, NULL, plan, NULL }

/* The entry of a plugin that has programmes alone. */
#define JZP_PLUGIN(name, version, programs)                                                                             \
    JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi);                                                  \
    JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi)                                                   \
    {                                                                                                                   \
        static const jzp_descriptor descriptor = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), name, version,           \
                                                   sizeof(programs) / sizeof *(programs), programs, 0, NULL, 0, NULL }; \
        return host_abi >= JZP_ABI ? &descriptor : NULL;                                                                \
    }

#ifdef __cplusplus
}
#endif

#endif /* JIUZHU_PLUGIN_H */
