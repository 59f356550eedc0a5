/*
 * jiuzhu.h: Jiuzhu (救助), the C interface of libjiuzhu
 *
 * Jiuzhu decides, exactly and explainably, what a household is entitled to under a province's "9+1" social assistance
 * system: low-income (低保), special poverty (特困), disaster, medical, education, housing, employment, heating, temporary
 * relief, social participation, and the allowances beside them. The rules of every place are policy files in YAML; the
 * library has no figure of its own.
 *
 * SPDX-License-Identifier: Apache-2.0
 *
 * CONTENTS
 *   1. A first program        5. The builder                 9. Cases
 *   2. Conventions            6. Results                    10. Versions
 *   3. Errors                 7. Households as JSON         11. What is in the library
 *   4. Policies, plugins      8. Many households: Arrow
 *
 * ======================================================================================================================
 * 1. A first program
 * ======================================================================================================================
 *
 *   #include <jiuzhu.h>
 *   #include <stdio.h>
 *
 *   int main(void) {
 *       static const char family[] =
 *           "{\"residence\": \"urban\", \"members\": [{\"relation\": \"head\", \"birth\": \"1980-05-01\"}]}";
 *       jz_error *error = NULL;
 *       jz_policy *policy = NULL;
 *       jz_buffer *answer = NULL;
 *       jz_assess_options options = JZ_ASSESS_OPTIONS_INIT;
 *       int failed;
 *
 *       options.date = 20260601;
 *       if (jz_policy_load("Policies", JZ_NUL, "heilongjiang/harbin", JZ_NUL, NULL, &policy, &error) == JZ_OK
 *           && jz_assess_json(policy, family, JZ_NUL, &options, &answer, &error) == JZ_OK)
 *           puts(jz_buffer_view(answer).data);
 *       else
 *           fprintf(stderr, "%s\n", jz_error_message(error).data);
 *       failed = error != NULL;
 *       jz_buffer_free(answer);
 *       jz_policy_free(policy);
 *       jz_error_free(error);
 *       return failed;
 *   }
 *
 *   cc first.c $(pkg-config --cflags --libs jiuzhu) && ./a.out
 *
 * ======================================================================================================================
 * 2. Conventions
 * ======================================================================================================================
 *
 * Results.     A function that can fail returns an int32_t: JZ_OK, which is 0, or a JZ_E_ number. Out-parameters stand
 *              behind the others, and the last of all is `jz_error **error`, which may be NULL. Where a call fails,
 *              handles it would have made are NULL, other out-parameters are as they were, and *error, where error is
 *              not NULL, is a new error that the caller frees. Where it succeeds, *error is NULL.
 *              So `error` must not hold an error that is still to be freed: it would be lost.
 * Text in.     A pointer and a size in bytes, UTF-8. With JZ_NUL as size it ends at its first NUL. NULL with size 0 is the
 *              empty text. Sizes beyond a stated limit are refused before anything is read.
 * Text out.    A jz_view: a pointer and a size; behind the last byte stands a NUL that does not count. It belongs to the
 *              handle it came from and ends with it.
 * Ownership.   What a function ending in _new, _load, _read or an out-parameter `jz_..**out` makes, the caller frees with
 *              the one jz_.._free of its kind; NULL is fine there. Nothing is freed by free() of the C library, and no
 *              handle needs another to outlive it: a result keeps the policy it was made with.
 * Structs      begin with struct_size. Set it with the JZ_.._INIT initialiser, or fill the struct with zeros and set
 *              struct_size = sizeof the struct. Later versions only append. A struct shorter than its first version is
 *              refused; a longer one is fine where what the library does not know is zero.
 * Days         are integers such as 20260601 (yyyymmdd). 0 stands for "not given". "Today" is the day in UTC+8.
 * Money        is a whole number of fen (分, 1/100 yuan). No call takes or gives a floating-point sum.
 * Unknown      is never 0: a fact that is not given is not known, and an answer says what is missing. `none` is a value.
 * Threads.     Any number of threads may use one handle through a pointer to const, at once. A handle through a pointer
 *              to non-const belongs to one thread at a time. Free a handle when no thread will begin a call with it; calls
 *              that are running keep what they need. There is no global state and no last error of a thread.
 * Quiet.       The library never prints, exits, reads the environment or the current folder, changes the locale, or
 *              installs a signal handler. It opens the files it is told to.
 * Stack.       128 kB are enough for every call. Making the plans of an area and day, once for each, runs on a thread of
 *              the library's own that ends with the call.
 * Limits.      A text of households 64 MB, a policy file 8 MB, a pack 64 MB, 1,000,000 households a call (Arrow: a record
 *              batch), 40 members a household and 40 entries a list, 64 characters an id, JSON 64 levels deep.
 * Handles      know their kind: a handle of another kind, or one that was freed and whose memory still shows it, is
 *              JZ_E_HANDLE. That is a help in finding mistakes and no promise.
 */
#ifndef JIUZHU_H
#define JIUZHU_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header: 1,000,000 × major + 1,000 × minor + patch. */
#define JZ_VERSION_NUMBER 1000
#define JZ_VERSION "0.1.0"

/* The number of the binary interface; it is the number in libjiuzhu.so.0. */
#define JZ_ABI 0

/* As a size: the text ends at its first NUL. */
#define JZ_NUL SIZE_MAX

/* A text that belongs to somebody else. data is never NULL; data[size] is a NUL. */
typedef struct jz_view {
    const char *data;
    size_t size;
} jz_view;

/* What went wrong. Immutable; may be handed from thread to thread. */
typedef struct jz_error jz_error;
/* A text that a call made. Immutable. */
typedef struct jz_buffer jz_buffer;
/* A loaded policy. Immutable; for any number of threads. */
typedef struct jz_policy jz_policy;
/* The plugins that a host has asked for. For one thread at a time while it loads; then for any number. */
typedef struct jz_plugins jz_plugins;
/* Households that are being put together. For one thread at a time. */
typedef struct jz_builder jz_builder;
/* Decisions about households. Immutable; for any number of threads. */
typedef struct jz_result jz_result;
/* An open file of cases. For one thread at a time. */
typedef struct jz_store jz_store;

/* The text of a buffer; empty for NULL. */
jz_view jz_buffer_view(const jz_buffer *buffer);
void jz_buffer_free(jz_buffer *buffer);

/* ======================================================================================================================
 * 3. Errors
 * ======================================================================================================================
 *
 * The number says what kind of mistake it is and is fixed for ever; the message is for people and may be worded better one
 * day. The JSON has every finding of a text that was wrong, each with severity, code, file, line, column, message and
 * suggestion; `jiuzhu explain CODE` has an article on each code. No message quotes a name, an account or a citizen
 * number.
 */
#define JZ_OK 0
/* The caller's program is wrong: NULL where it is forbidden, a struct too short, an unknown flag, a day that is none. */
#define JZ_E_ARGUMENT 1
/* The caller's program is wrong: a handle of another kind, or freed, or in use by another thread. */
#define JZ_E_HANDLE 2
/* An index beyond the end. */
#define JZ_E_INDEX 3
/* Beyond a stated limit. */
#define JZ_E_LIMIT 10
/* The progress function asked to stop. */
#define JZ_E_CANCELLED 11
/* There is no such policy, or it cannot be read. */
#define JZ_E_NO_POLICY 20
/* The policy is wrong; the JSON has every finding. */
#define JZ_E_POLICY 21
/* The plugin was not loaded; the message says why. */
#define JZ_E_PLUGIN 22
/* The households are wrong; the JSON has every finding. */
#define JZ_E_INPUT 30
/* There is no fact, list, programme or code of that name. */
#define JZ_E_NAME 31
/* The fact is of another type. */
#define JZ_E_TYPE 32
/* The fact has another unit. */
#define JZ_E_UNIT 33
/* The value lies outside the range of the fact, or has more decimals than it holds. */
#define JZ_E_RANGE 34
/* The value contradicts another that was given. */
#define JZ_E_CONTRADICTION 35
/* The household's area is missing, unknown, or not one of the policy. */
#define JZ_E_AREA 36
/* A rule forbids the step; the JSON says which. Nothing has been changed. */
#define JZ_E_REFUSED 40
/* The file has no such case. */
#define JZ_E_NO_CASE 41
/* The file of cases is not what was written, is sealed with another key, is of a newer library, or is something else. */
#define JZ_E_STORE 42
/* The file is not there, or is there already, or cannot be read or written. */
#define JZ_E_FILE 43
/* Another process or store writes to the file; try again. */
#define JZ_E_BUSY 44
/* A mistake of the library's own; please report it. */
#define JZ_E_INTERNAL 90

/* Classes of errors. */
#define JZ_CLASS_PROGRAM 1  /* the caller's program: 1 to 9 */
#define JZ_CLASS_LIMIT 2    /* limits and stopping: 10 to 19 */
#define JZ_CLASS_POLICY 3   /* policy: 20 to 29 */
#define JZ_CLASS_INPUT 4    /* households: 30 to 39 */
#define JZ_CLASS_INTERNAL 5 /* 90 */
#define JZ_CLASS_CASE 6     /* cases and their file: 40 to 49 */

/* The JZ_E_ number of an error; JZ_OK for NULL. */
int32_t jz_error_code(const jz_error *error);
/* Its JZ_CLASS_; 0 for NULL. */
int32_t jz_error_class(const jz_error *error);
/* One sentence in English: what is wrong, where, what was expected. With several findings it is the first, and how many
   more there are. */
jz_view jz_error_message(const jz_error *error);
/* {"code": 30, "class": 4, "message": "...", "findings": [{"severity": "error", "code": "unknown-fact", "file": "...",
   "line": 1, "column": 2, "message": "...", "suggestion": "..."}]}; suggestion is null where there is none. From 40 to 49
   there may also be "cause": {"code": "not-apart", "message": "...", "step": "confirm", "rule": "..."}: which rule forbids
   which step, or what is wrong with the file, as "locked" or "wrong-key"; step and rule are null where there is none. */
jz_view jz_error_json(const jz_error *error);
/* The file of the first finding as it was named to the library; empty where there is none. */
jz_view jz_error_file(const jz_error *error);
/* Its line and column from 1, columns in characters; 0 where there is none. */
int32_t jz_error_line(const jz_error *error);
int32_t jz_error_column(const jz_error *error);
void jz_error_free(jz_error *error);

/* ======================================================================================================================
 * 4. Policies, and plugins beside them
 * ======================================================================================================================
 *
 * A policy is that of one jurisdiction and of all within it: a province, a prefecture, a county. Load it once for a
 * process and share it. A change of policy is another handle: load the new one, let new calls use it, free the old one.
 * Plans are made for each area, day and stage when they are first asked for, and kept.
 */
typedef struct jz_policy_options {
    uint32_t struct_size;
    /* None are defined; 0. */
    uint32_t flags;
    /* The ids of the programmes to assess, each ending in a NUL; NULL for all that an area offers. What one of them reads
       of another that is not among them is what the household states. */
    const char *const *programs;
    size_t program_count;
    /* The plugins whose programmes take part, with what has been loaded into them by now; NULL for none. The policy keeps
       them: the handle may be freed. */
    const jz_plugins *plugins;
} jz_policy_options;
#define JZ_POLICY_OPTIONS_INIT { sizeof(jz_policy_options), 0, NULL, 0, NULL }

/* Plugins: programmes from outside, without rebuilding (jiuzhu_plugin.h). None is loaded unless a host asks for it here, by
   its file and the SHA-256 that it expects, and a policy is loaded with the handle. */
int32_t jz_plugins_new(jz_plugins **out, jz_error **error);

/* Loads a plugin. The file is opened once, no link to it, at most 64 MB, and copied into memory that is sealed; its bytes
   there are hashed, compared with sha256 (64 hexadecimal digits) and executed, and nothing else is. Where the system does
   not allow that, no plugin can be loaded. JZ_E_PLUGIN says why one is not; those before it stay. The same bytes are the
   same plugin; a plugin stays in the process to its end, whatever is freed. */
int32_t jz_plugin_load(jz_plugins *plugins, const char *path, size_t path_size, const char *sha256, size_t sha256_size,
                       jz_error **error);

/* What became of every file: {"schema": 1, "plugins": [{"path", "outcome": "loaded" or "refused", "reason", "message",
   "expected", "found", "name", "version", "sha256", "programs": [...], "sources": [...], "channels": [...]}]}. */
int32_t jz_plugins_report(const jz_plugins *plugins, jz_buffer **out, jz_error **error);

/* Asks a data source of a loaded plugin (信息核对) about persons: [{"citizen_number": "...", "name": "..."}], at most 100,000;
   names may be left out. The source is opened with the setting, such as a path, or NULL with size 0 for none, and closed
   behind the call; what it confirms are facts of the policy, or of the nation for NULL. The answer is {"schema": 1,
   "source": "vehicle-registry", "findings": [{"person": 0, "outcome": "value", "fact": "household.vehicles", "value": "1",
   "day": "2026-01-31", "confidence": 95}]}: the outcome is "value", "none" (it knows the person and holds nothing of the
   fact) or "unknown-person". JZ_E_NAME where no plugin has such a source, JZ_E_INPUT where the persons are wrong,
   JZ_E_PLUGIN where the source cannot be asked or anything of its answer is wrong: nothing of it is given then. Whether a
   person may be asked about is the caller's to know. */
int32_t jz_source_query(const jz_plugins *plugins, const jz_policy *policy, const char *source, size_t source_size,
                        const char *setting, size_t setting_size, const char *persons, size_t persons_size,
                        jz_buffer **out, jz_error **error);

/* The file of a batch of payments as a payment channel of a loaded plugin (发放) writes it; the answer is its bytes. The batch
   is {"id": "B202611", "payer": "...", "day": "2026-11-20", "payments": [{"id": "P1", "name": "...", "account": "...",
   "fen": 71000, "purpose": "..."}]}; ids are 1 to 32 letters and digits, none twice. JZ_E_NAME, JZ_E_INPUT and JZ_E_PLUGIN as
   above. */
int32_t jz_channel_write(const jz_plugins *plugins, const char *channel, size_t channel_size, const char *batch,
                         size_t batch_size, jz_buffer **out, jz_error **error);

/* What a bank's return file, of at most 64 MB, says of the payments of a batch: {"schema": 1, "channel": "bank-csv",
   "receipts": [{"id": "P1", "outcome": "paid", "fen": 71000, "reason": null}]}; the outcome is "paid" or "returned". What the
   file does not name is still under way. JZ_E_PLUGIN, and nothing is taken, where the file is wrong, names a payment twice,
   or names one that is none of the batch or has another sum; with NULL and size 0 for the batch the last two are not looked
   at. */
int32_t jz_channel_read(const jz_plugins *plugins, const char *channel, size_t channel_size, const void *file,
                        size_t file_size, const char *batch, size_t batch_size, jz_buffer **out, jz_error **error);

void jz_plugins_free(jz_plugins *plugins);

/* Loads the policy of a jurisdiction, such as "heilongjiang/harbin", from a folder of policies.
   JZ_E_NO_POLICY where there is none; JZ_E_POLICY with every finding where it is wrong. options may be NULL. */
int32_t jz_policy_load(const char *folder, size_t folder_size, const char *jurisdiction, size_t jurisdiction_size,
                       const jz_policy_options *options, jz_policy **out, jz_error **error);

/* Loads a policy from the bytes of a pack, which `jiuzhu policy pack` makes: one file, the same on every machine. The
   bytes are not needed afterwards. */
int32_t jz_policy_load_pack(const void *bytes, size_t size, const jz_policy_options *options, jz_policy **out,
                            jz_error **error);

/* SHA-256 over the canonical bytes of the policy, 64 hexadecimal digits; it stands in every receipt. Lives as long as the
   policy. Empty for NULL. */
jz_view jz_policy_digest(const jz_policy *policy);

void jz_policy_free(jz_policy *policy);

/* The running of an assessment. */
#define JZ_APPLICATION 0 /* a first application */
#define JZ_REVIEW 1      /* the review of a running grant */

#define JZ_EXPLAIN 1u /* every step in the JSON: its value, its rule, the article, the line of the policy file */
#define JZ_PRETTY 2u  /* JSON over several lines, as the command writes it; otherwise it is one line */

typedef struct jz_assess_options {
    uint32_t struct_size;
    /* JZ_EXPLAIN, JZ_PRETTY. */
    uint32_t flags;
    /* The day of application; 0 for today. */
    int32_t date;
    /* What had been published by a day; 0 for all that is known. */
    int32_t known_on;
    /* JZ_APPLICATION or JZ_REVIEW. */
    int32_t stage;
    /* 0. */
    int32_t reserved;
} jz_assess_options;
#define JZ_ASSESS_OPTIONS_INIT { sizeof(jz_assess_options), 0, 0, 0, JZ_APPLICATION, 0 }

/* What is worth knowing about the policy though it could be loaded: {"findings": [...]} as in jz_error_json, warnings and
   notes among them. With an area (twelve digits, or six with the rest left out) its plans of the options' day are made
   and their findings, errors too, are among them; NULL for the area: those of loading alone. options may be NULL. */
int32_t jz_policy_diagnostics(const jz_policy *policy, const char *area, size_t area_size,
                              const jz_assess_options *options, jz_buffer **out, jz_error **error);

/* What holds in an area on the options' day, as text: every term with its value, since when, and its document, as
   `jiuzhu policy show` has it. NULL for the area: the policy's own. */
int32_t jz_policy_show(const jz_policy *policy, const char *area, size_t area_size, const jz_assess_options *options,
                       jz_buffer **out, jz_error **error);

/* What this library knows, as JSON: {"version", "abi", "programs": [...], "facts": [...], "codes": [...], "errors": [...],
   "options": [...], "limits": {...}}. With a policy: its programmes, facts and codes, those that plugins and places add
   among them; NULL: what is built in. */
int32_t jz_describe(const jz_policy *policy, jz_buffer **out, jz_error **error);

/* ======================================================================================================================
 * 5. The builder: households fact by fact
 * ======================================================================================================================
 *
 * For hosts that have records and no JSON. A household begins with jz_builder_household; jz_builder_entry begins a member
 * or an entry of a list below the newest row of what it belongs to. Facts are set on the newest row of their owner in the
 * newest household, or on the one that jz_builder_select named; setting one again replaces it. A wrong name, type, unit
 * or range is an error at the call and changes nothing. What does not go together, such as a birth that is not the one in
 * the citizen number, is found by jz_assess, which says all of it.
 *
 *   jz_fact wages;
 *   jz_fact_find(policy, "member.income.wages", JZ_NUL, &wages, NULL);        once
 *   jz_builder_household(builder, "4711", JZ_NUL, NULL);
 *   jz_builder_set(builder, "household.residence", JZ_NUL, "urban", JZ_NUL, NULL);
 *   jz_builder_entry(builder, JZ_MEMBER, NULL);
 *   jz_builder_set_amount(builder, wages, 3600000, "yuan/year", JZ_NUL, NULL); 36,000.00 yuan a year
 *   jz_builder_set(builder, "member.income.others", JZ_NUL, "none", JZ_NUL, NULL);
 */

/* Who a fact belongs to. */
#define JZ_HOUSEHOLD 0
#define JZ_MEMBER 1  /* of a household */
#define JZ_OBLIGOR 2 /* 法定义务人, of a member */
#define JZ_PLOT 3    /* of a household */
#define JZ_BILL 4    /* of a member */
#define JZ_LOSS 5    /* of a household */

/* The number of a fact under one policy handle, and under every other of the same digest. */
typedef int32_t jz_fact;

/* The number of a fact by its name with its owner, such as "household.residence" or "member.income.wages". JZ_E_NAME
   otherwise, with the name that was probably meant. `jiuzhu facts` and jz_describe list them. */
int32_t jz_fact_find(const jz_policy *policy, const char *name, size_t name_size, jz_fact *out, jz_error **error);

/* A builder for the facts of a policy. */
int32_t jz_builder_new(const jz_policy *policy, jz_builder **out, jz_error **error);
/* Forgets all households, and keeps the memory for the next. */
int32_t jz_builder_clear(jz_builder *builder, jz_error **error);
void jz_builder_free(jz_builder *builder);

/* Begins a household. The id is the caller's, 1 to 64 characters; NULL for none. */
int32_t jz_builder_household(jz_builder *builder, const char *id, size_t id_size, jz_error **error);
/* Begins a member, or an entry of a list, of the newest row it can belong to. */
int32_t jz_builder_entry(jz_builder *builder, int32_t owner, jz_error **error);
/* Says that the list of an owner is complete, though it may have no entry: without it and without entries it is not known
   whether there are any. */
int32_t jz_builder_list(jz_builder *builder, int32_t owner, jz_error **error);
/* Makes a row that exists the one whose facts are set next: rows of an owner count from 0 over the whole builder, in the
   order in which they were begun. Entries are still added to the newest. */
int32_t jz_builder_select(jz_builder *builder, int32_t owner, size_t row, jz_error **error);

/* Sets what a household file says under a key, as its text: "member.birth" "1980-05-01", "member.income.wages" "36000.50",
   "member.illness" "serious chronic" (codes of a set with spaces between), "member.income.others" "none" (nothing else in
   the group), "member.income" "none" (nothing at all), "member.citizen_number", "member.disability_certificate". */
int32_t jz_builder_set(jz_builder *builder, const char *name, size_t name_size, const char *text, size_t text_size,
                       jz_error **error);

/* Sets a fact by its number, from its text as above. */
int32_t jz_builder_set_text(jz_builder *builder, jz_fact fact, const char *text, size_t text_size, jz_error **error);
/* A count. */
int32_t jz_builder_set_count(jz_builder *builder, jz_fact fact, int64_t value, jz_error **error);
/* An amount in hundredths: of fen for money, in 1/100 m2 for an area. unit is the fact's own, such as "yuan/year" or "m2",
   and is compared, never converted: JZ_E_UNIT. NULL: it is the fact's own. */
int32_t jz_builder_set_amount(jz_builder *builder, jz_fact fact, int64_t hundredths, const char *unit, size_t unit_size,
                              jz_error **error);
/* Yes (any number but 0) or no (0). */
int32_t jz_builder_set_bool(jz_builder *builder, jz_fact fact, int32_t value, jz_error **error);
/* A day such as 19800501. */
int32_t jz_builder_set_date(jz_builder *builder, jz_fact fact, int32_t day, jz_error **error);
/* A code by its place in the list of the fact, from 0, as jz_describe has them; a set of codes as bits by place. */
int32_t jz_builder_set_code(jz_builder *builder, jz_fact fact, int64_t code, jz_error **error);
/* A stated none: zero, no, or the code none. */
int32_t jz_builder_set_none(jz_builder *builder, jz_fact fact, jz_error **error);
/* Makes a fact unknown again. */
int32_t jz_builder_unset(jz_builder *builder, jz_fact fact, jz_error **error);

/* Adds the households of a text in JSON, as jz_assess_json reads them, behind those that are there. date is the options'
   day: nobody is born after it. Where the text is wrong nothing is added. options may be NULL. */
int32_t jz_builder_read_json(jz_builder *builder, const char *json, size_t json_size, const jz_assess_options *options,
                             jz_error **error);

/* ======================================================================================================================
 * 6. Results
 * ======================================================================================================================
 *
 * Status and sums are computed at the call; reasons, what is missing and explanations when they are asked for. The indexes
 * of households, programmes and the rest count from 0. Texts in the structs below live as long as the result.
 */

/* Assesses all households of a builder. The builder may be changed, cleared and freed afterwards. */
int32_t jz_assess(const jz_policy *policy, const jz_builder *builder, const jz_assess_options *options, jz_result **out,
                  jz_error **error);
void jz_result_free(jz_result *result);

/* How many households there are; 0 for NULL. */
size_t jz_result_count(const jz_result *result);

#define JZ_INELIGIBLE 0
#define JZ_ELIGIBLE 1
#define JZ_UNDETERMINED 2 /* facts or figures are lacking: see jz_result_missing */

#define JZ_CHINESE 0
#define JZ_ENGLISH 1

/* How often a benefit is paid or given. */
#define JZ_MONTHLY 0
#define JZ_YEARLY 1
#define JZ_ONCE 2

/* For sums. */
#define JZ_SUM_UNLIMITED 1u /* nothing limits it above: most_fen says nothing */
#define JZ_IN_KIND 2u       /* a thing or a service; the JSON says what and how much */

typedef struct jz_household_info {
    uint32_t struct_size;
    uint32_t program_count;
    jz_view id;   /* empty where none was given */
    jz_view area; /* six digits; nine for a township, twelve for a village */
} jz_household_info;
#define JZ_HOUSEHOLD_INFO_INIT { sizeof(jz_household_info), 0, { NULL, 0 }, { NULL, 0 } }

typedef struct jz_program_info {
    uint32_t struct_size;
    int32_t status; /* JZ_ELIGIBLE, JZ_INELIGIBLE, JZ_UNDETERMINED */
    jz_view id;     /* "low-income"; an allowance has its own key: "allowances.price" */
    jz_view label_zh;
    jz_view label_en;
    uint32_t benefit_count; /* those that are or may be more than nothing */
    uint32_t flags;         /* JZ_SUM_UNLIMITED for any of the sums below */
    /* All benefits in money of a period together, by JZ_MONTHLY, JZ_YEARLY, JZ_ONCE: least and most are equal where the
       sum is known. */
    int64_t least_fen[3];
    int64_t most_fen[3];
} jz_program_info;
#define JZ_PROGRAM_INFO_INIT \
    { sizeof(jz_program_info), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, { 0, 0, 0 }, { 0, 0, 0 } }

typedef struct jz_benefit_info {
    uint32_t struct_size;
    int32_t period; /* JZ_MONTHLY, JZ_YEARLY, JZ_ONCE */
    jz_view id;
    jz_view label_zh;
    jz_view label_en;
    int64_t least_fen;
    int64_t most_fen;
    uint32_t flags; /* JZ_SUM_UNLIMITED, JZ_IN_KIND */
    uint32_t reserved;
} jz_benefit_info;
#define JZ_BENEFIT_INFO_INIT \
    { sizeof(jz_benefit_info), 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, 0, 0, 0 }

typedef struct jz_missing_info {
    uint32_t struct_size;
    /* The number of the fact, to be set where it is found out; -1 where policy lacks a figure, or a whole list. */
    jz_fact fact;
    /* Whose it is, and its row in the builder, for jz_builder_select; for a list those of what it belongs to, and the path
       ends in the list's key. owner is -1 where policy lacks it. */
    int32_t owner;
    uint32_t reserved;
    uint64_t row;
    jz_view path; /* as in a file of this household alone: "members[1].income.wages" */
    jz_view label_zh;
    jz_view label_en;
} jz_missing_info;
#define JZ_MISSING_INFO_INIT { sizeof(jz_missing_info), -1, -1, 0, 0, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

typedef struct jz_reason_info {
    uint32_t struct_size;
    int32_t member; /* the place of the member it is about, from 0; -1 for the household */
    jz_view id;
    jz_view label_zh;
    jz_view label_en;
    jz_view distance_zh; /* by how much the limit is exceeded; empty where the condition is no comparison */
    jz_view distance_en;
    jz_view citation; /* document and article; empty where there is none */
} jz_reason_info;
#define JZ_REASON_INFO_INIT \
    { sizeof(jz_reason_info), -1, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } }

int32_t jz_result_household(const jz_result *result, size_t household, jz_household_info *out, jz_error **error);
int32_t jz_result_program(const jz_result *result, size_t household, size_t program, jz_program_info *out,
                          jz_error **error);
int32_t jz_result_benefit(const jz_result *result, size_t household, size_t program, size_t benefit,
                          jz_benefit_info *out, jz_error **error);
/* What is lacking to decide a programme, or a sum of it. JZ_E_INDEX ends the list. */
int32_t jz_result_missing(const jz_result *result, size_t household, size_t program, size_t index, jz_missing_info *out,
                          jz_error **error);
/* Why a household is not eligible: the smallest set of conditions that fail. JZ_E_INDEX ends the list. */
int32_t jz_result_reason(const jz_result *result, size_t household, size_t program, size_t index, jz_reason_info *out,
                         jz_error **error);
/* All decisions as JSON, as jz_assess_json writes it; flags are JZ_EXPLAIN and JZ_PRETTY. */
int32_t jz_result_json(const jz_result *result, uint32_t flags, jz_buffer **out, jz_error **error);
/* The decisions about one household as text for people, in JZ_CHINESE or JZ_ENGLISH; with JZ_EXPLAIN every step. */
int32_t jz_result_text(const jz_result *result, size_t household, int32_t language, uint32_t flags, jz_buffer **out,
                       jz_error **error);

/* ======================================================================================================================
 * 7. Households as JSON
 * ======================================================================================================================
 *
 * In: one household, a list of them, or {"schema": 1, "households": [...]}; docs/schema has the form. The reader is
 * strict: RFC 8259, no key twice, numbers exactly as they stand. Out: the same that `jiuzhu assess --format json` writes,
 * on one line unless JZ_PRETTY is set. options may be NULL.
 */
int32_t jz_assess_json(const jz_policy *policy, const char *json, size_t json_size, const jz_assess_options *options,
                       jz_buffer **out, jz_error **error);

/* ======================================================================================================================
 * 8. Many households: the Arrow C data interface
 * ======================================================================================================================
 *
 * The definitions are those of the Arrow project (arrow.apache.org/docs/format/CDataInterface.html), guarded as it asks.
 */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* Asked before each record batch of the answer is handed out: how many households, with those in it. Another answer than 0
   stops the run there: the stream ends with ECANCELED. It is called from the thread that pulls. */
typedef int32_t (*jz_progress)(void *user_data, uint64_t households);

/* What a row of the answer is. */
#define JZ_ROW_HOUSEHOLD 0 /* one row a household, with columns for the status and the sums of each programme */
#define JZ_ROW_BENEFIT 1   /* one row a benefit, and one for each programme without any; a thing given has no sum */

typedef struct jz_bulk_options {
    uint32_t struct_size;
    /* None are defined; 0. */
    uint32_t flags;
    /* As in jz_assess_options. */
    int32_t date;
    int32_t known_on;
    int32_t stage;
    /* JZ_ROW_HOUSEHOLD or JZ_ROW_BENEFIT. */
    int32_t rows;
    /* How many threads decide a record batch; 0 and 1: the one that pulls alone. At most 256. */
    int32_t threads;
    int32_t reserved;
    /* NULL for none. */
    jz_progress progress;
    void *user_data;
} jz_bulk_options;
#define JZ_BULK_OPTIONS_INIT { sizeof(jz_bulk_options), 0, 0, 0, JZ_APPLICATION, JZ_ROW_HOUSEHOLD, 0, 0, NULL, NULL }

/* Assesses the households of a stream as they are pulled from the answer: memory does not grow with their number.
 *
 * In.  `households` is a stream of record batches (struct arrays), each of up to 1,000,000 rows. A column is a fact by its
 * key, "residence" or "income.wages"; "household" is the caller's id, "area" the division code. Members come in one of two
 * ways:
 *   - `members` is NULL, and the stream has a column "members": list<struct>, with obligors and bills as lists in it,
 *     plots and losses beside it;
 *   - `members` is a second stream, one row a member. Both streams have a column "household" and are sorted by it, texts by
 *     their bytes and numbers by size; they are joined by merging. A household that comes twice, a row out of order, or a
 *     member without a household is an error that names its row. Of a household without rows there the members are
 *     unknown.
 * Types: text (utf8, large_utf8, utf8_view, or a dictionary of them), int8 to int64, uint8 to uint64, decimal32 to
 * decimal256, date32, date64, bool; list, large_list, list_view and large_list_view. Floating point is refused.
 *   - A sum or an area takes whole units ("36000" is yuan, not fen), decimals that are exact at two places, or text.
 *   - A code is its text, or a number of its standard; a set of codes is a list of texts, or a text with spaces between.
 *     Yes and no are bool, 1 and 0, or text; a day is date32, date64 at midnight, or text as 2026-01-31; an id or a
 *     division code is text or a whole number.
 *   - Text that says "none": in "income.others" that there is nothing else in the group, in "income" that there is nothing
 *     at all, in "plots" and the other lists that they have no entries. "citizen_number" and "disability_certificate" of
 *     members are read as everywhere.
 *   - null is unknown, and so is a fact without a column. A column that is no fact is passed over, and is named among the
 *     warnings.
 * Every length, offset, count and buffer is checked before it is read, as far as Arrow says how large things are.
 *
 * Out. JZ_ROW_HOUSEHOLD: "household" and "area" (utf8); for each programme that any area of the policy may have
 * "low-income.status" (dictionary of utf8; its numbers are JZ_INELIGIBLE, JZ_ELIGIBLE, JZ_UNDETERMINED), and for all its
 * benefits in money of a period together, in fen (int64), "low-income.monthly.least" and "low-income.monthly.most",
 * ".yearly." and ".once." likewise. Least and most are equal where the sum is known. null: the area has no such programme,
 * or no benefit of that period; for most also: nothing limits it. So the columns depend on the policy alone, and not on
 * which households come.
 * JZ_ROW_BENEFIT: "household", "area", "program", "status", "benefit", "period" (the last four dictionaries; the numbers of
 * a status as above, of a period JZ_MONTHLY, JZ_YEARLY, JZ_ONCE), "least" and "most" in fen, and "missing" (list<utf8>):
 * the paths of up to a hundred things to find out, as "members[0].birth".
 * Rows are in the order of the households. A large record batch is answered in several.
 *
 * The call takes both streams over: their structs are emptied as by a move, whether it succeeds or not. `out` points to a
 * struct of the caller's that is filled; its release is the caller's. Columns of types that their facts do not take are
 * errors of the call, JZ_E_INPUT. Errors of the run come from its get_next: EINVAL, and get_last_error has a line for each
 * mistake of that record batch, up to a hundred, as "households[7].members[2].income.wages: ..." with rows from 0 over the
 * whole stream ("members[9]" is a row of the second stream); nothing of that record batch is answered, and the run is
 * over. `warnings`, where it is not NULL, is {"findings": [...]}; their file is "households" or "members", their column the
 * number of the stream's column from 1.
 */
int32_t jz_assess_arrow(const jz_policy *policy, struct ArrowArrayStream *households, struct ArrowArrayStream *members,
                        const jz_bulk_options *options, struct ArrowArrayStream *out, jz_buffer **warnings,
                        jz_error **error);

/* ======================================================================================================================
 * 9. Cases (个案)
 * ======================================================================================================================
 *
 * From the application at the window to the end of a grant, as `jiuzhu case` and `jiuzhu store` do it; docs/casework.md
 * explains steps, stages, roles and letters. All cases stand in one file: a chain of events that is only added to, and what
 * is sealed with the key: documents and persons. Each step is checked by the procedure of the policy and kept whole, on the
 * disk, or not at all. Who has the key can read and forge all of it: the caller keeps it, and checks who acts.
 *
 * Threads.     A store belongs to one thread at a time; a call while another thread is within one is JZ_E_HANDLE. Several
 *              stores may be open on one file, in one process or in several: one writes, the others wait up to five seconds
 *              and then get JZ_E_BUSY; readers see whole steps. Nothing else in the process may open and close the file
 *              meanwhile: the system would take the locks away.
 * Personal.    What is answered holds no name and no citizen number, but for JZ_PERSONS, letters and, masked, notices; that
 *              these were read is noted in the file, with who it was and when. No error holds any.
 * Files.       Beside the file stand `-wal` and `-shm` while it is open; they belong to it. Nothing else is written.
 */

#define JZ_READ_ONLY 1u /* the file is not changed: no steps, and nothing of which it is noted who read it */

typedef struct jz_store_options {
    uint32_t struct_size;
    /* JZ_READ_ONLY. */
    uint32_t flags;
    /* By which steps are judged and households assessed; NULL for what needs none, which is all but steps, letters and
       what may be done next. The store keeps it: the handle may be freed. */
    const jz_policy *policy;
} jz_store_options;
#define JZ_STORE_OPTIONS_INIT { sizeof(jz_store_options), 0, NULL }

/* Makes a file, its owner's alone, and opens it; there must be none of this name (JZ_E_FILE). The key is 32 to 64 random
   bytes, which are not needed afterwards; without them there is no way back. options may be NULL. */
int32_t jz_store_create(const char *path, size_t path_size, const void *key, size_t key_size,
                        const jz_store_options *options, jz_store **out, jz_error **error);
/* Opens a file; the library's tables that an older one lacks are added, unless it is only read. JZ_E_STORE where the key is
   another, or the file is none of cases. options may be NULL. */
int32_t jz_store_open(const char *path, size_t path_size, const void *key, size_t key_size,
                      const jz_store_options *options, jz_store **out, jz_error **error);
/* Closes the file. */
void jz_store_free(jz_store *store);

/* Reads all of the file and says whether it is what was written: {"schema": 1, "whole": true, "events": 10, "head": "...",
   "problems": [{"code": "broken-event", "message": "..."}]}. That it is not whole is no error of the call. With an anchor,
   the text of jz_store_anchor that was kept elsewhere, it is also found that the end was cut off or an older copy put back;
   NULL with size 0 for none. */
int32_t jz_store_verify(jz_store *store, const char *anchor, size_t anchor_size, jz_buffer **out, jz_error **error);
/* The last event's number and hash as one line, to be kept where nobody can change it. */
int32_t jz_store_anchor(jz_store *store, jz_buffer **out, jz_error **error);
/* Copies the file as it is at this moment, while others work with it; there must be no file of this name (JZ_E_FILE). */
int32_t jz_store_backup(jz_store *store, const char *path, size_t path_size, jz_error **error);
/* Seals and chains everything with another key; out is the new anchor. Other stores on the file must be opened again. */
int32_t jz_store_rekey(jz_store *store, const void *key, size_t key_size, jz_buffer **out, jz_error **error);

typedef struct jz_store_info {
    uint32_t struct_size;
    uint32_t reserved;
    int64_t events; /* with the log of reads */
    int64_t documents;
    int64_t persons;
    int64_t packs; /* of policy, which decided */
    int64_t bytes; /* of the file alone */
} jz_store_info;
#define JZ_STORE_INFO_INIT { sizeof(jz_store_info), 0, 0, 0, 0, 0, 0 }

/* How much is in the file. */
int32_t jz_store_stats(jz_store *store, jz_store_info *out, jz_error **error);

/* Who acts, when; each text ends in a NUL. */
typedef struct jz_actor {
    uint32_t struct_size;
    /* None are defined; 0. */
    uint32_t flags;
    /* The caller's own name for the person, such as a staff number: 1 to 64 letters, digits, '.', '_' and '-'. */
    const char *id;
    /* "clerk", "verifier", "surveyor", "reviewer", "confirmer" and others: JZ_E_NAME lists what is near. */
    const char *role;
    /* The division code of the office: six, nine or twelve digits. */
    const char *office;
    /* Seconds since 1970; 0: the system's clock is read. Its day in China (UTC+8) is what a call calls today. */
    int64_t time;
} jz_actor;
#define JZ_ACTOR_INIT { sizeof(jz_actor), 0, NULL, NULL, NULL, 0 }

/* The form of an answer. */
#define JZ_JSON 0
#define JZ_TEXT 1
#define JZ_HTML 2 /* letters and notices: a page for paper of A4 that needs nothing else */

/* Begins a case. The request is {"step": "apply", "day": "2026-06-01", "programs": ["low-income"], "area": "231025100",
   "people": [{"citizen_number": "...", "name": "..."}]}, people in the order of the household's members; the household is
   one, as jz_assess_json reads it. *number is the case's; out is the case as it stands, as `jiuzhu case open --format json`
   writes it. JZ_E_REFUSED where a rule forbids it. */
int32_t jz_case_open(jz_store *store, const jz_actor *actor, const char *request, size_t request_size,
                     const char *household, size_t household_size, int64_t *number, jz_buffer **out, jz_error **error);
/* Does a step: {"step": "visit", "day": "2026-06-06", "from": "2026-06-06", "visitors": ["s-1", "v-3"]}. What is sealed
   with it (a record, an opinion, a letter, a household) is the document, any bytes of at most 64 MB; NULL with size 0 for
   none. out is the case as it stands. */
int32_t jz_case_advance(jz_store *store, const jz_actor *actor, int64_t number, const char *request,
                        size_t request_size, const void *document, size_t document_size, jz_buffer **out,
                        jz_error **error);

#define JZ_PERSONS 1u /* also names and citizen numbers; the store must be open to be written */

typedef struct jz_case_options {
    uint32_t struct_size;
    /* JZ_PERSONS for jz_case_show; else 0. */
    uint32_t flags;
    /* The day to look at it; 0 for today. */
    int32_t day;
    /* JZ_JSON or JZ_TEXT. */
    int32_t form;
    /* Of JZ_TEXT: JZ_CHINESE or JZ_ENGLISH. */
    int32_t language;
    /* How many are listed at most; 0 for 1,000. */
    uint32_t limit;
} jz_case_options;
#define JZ_CASE_OPTIONS_INIT { sizeof(jz_case_options), 0, 0, JZ_JSON, JZ_CHINESE, 0 }

/* A case on a day: where it stands, what is due, what was done, and with a policy what may be done next, by whom, by which
   rule, and what stands in its way; as `jiuzhu case show` writes it. options may be NULL, below too. */
int32_t jz_case_show(jz_store *store, const jz_actor *actor, int64_t number, const jz_case_options *options,
                     jz_buffer **out, jz_error **error);
/* The cases of an area that belongs to the actor's office, by number; NULL with size 0 for every stage. */
int32_t jz_case_list(jz_store *store, const jz_actor *actor, const char *area, size_t area_size, const char *stage,
                     size_t stage_size, const jz_case_options *options, jz_buffer **out, jz_error **error);
/* Those in which something was due before the day, the longest overdue first; with a day to come, reminders. */
int32_t jz_case_overdue(jz_store *store, const jz_actor *actor, const char *area, size_t area_size,
                        const jz_case_options *options, jz_buffer **out, jz_error **error);
/* The running ones whose periodic review is due by the day. */
int32_t jz_case_review(jz_store *store, const jz_actor *actor, const char *area, size_t area_size,
                       const jz_case_options *options, jz_buffer **out, jz_error **error);
/* In which cases of the actor's area a person is: {"schema": 1, "cases": [1, 3]}. That somebody has looked is noted in each
   of them. */
int32_t jz_case_find(jz_store *store, const jz_actor *actor, const char *citizen_number, size_t citizen_number_size,
                     jz_buffer **out, jz_error **error);

/* A letter of a case, with names, in JZ_TEXT or JZ_HTML; its kind is "papers", "accepted", "declined", "decision",
   "adjusted", "stopped" or "payment". A decision that is confirmed is written as it will be handed over today, so that it
   can be the document of the step "decide". */
int32_t jz_case_letter(jz_store *store, const jz_actor *actor, int64_t number, const char *kind, size_t kind_size,
                       int32_t form, jz_buffer **out, jz_error **error);
/* Hands over the decision of a confirmed case on a day, 0 for today: writes its letter, seals its text as the document of the
   step "decide", and does the step, or nothing of it. out is the letter. */
int32_t jz_case_decide(jz_store *store, const jz_actor *actor, int64_t number, int32_t day, int32_t form, jz_buffer **out,
                       jz_error **error);
/* What an area shows to the public of the cases whose notice began on a day, names masked. */
int32_t jz_case_notice(jz_store *store, const jz_actor *actor, const char *area, size_t area_size, int32_t day,
                       int32_t form, jz_buffer **out, jz_error **error);

/* Payments (发放) and funds (资金), as `jiuzhu case pay` and `jiuzhu case fund` do them; docs/casework.md explains lists, runs and
   funds. Who may do what is said by `payments:` of the policy. Months are integers such as 202607; sums are fen. Answers are
   JSON as these commands write it with --format json. */

/* What would be paid up to a month, what is held and what is claimed; nothing is changed. */
int32_t jz_case_pay_list(jz_store *store, const jz_actor *actor, const char *area, size_t area_size, const char *program,
                         size_t program_size, int32_t month, jz_buffer **out, jz_error **error);
/* Proposes to pay it, as a run; no other run pays the same. The day of this and of what follows is 0 for today. */
int32_t jz_case_pay_propose(jz_store *store, const jz_actor *actor, const char *area, size_t area_size,
                            const char *program, size_t program_size, int32_t month, int32_t day, jz_buffer **out,
                            jz_error **error);
/* Confirms a run, and takes what it pays from the funds of its area. */
int32_t jz_case_pay_confirm(jz_store *store, const jz_actor *actor, int64_t run, int32_t day, jz_buffer **out,
                            jz_error **error);
/* Drops a run that has not been confirmed; what it would have paid is owed again. */
int32_t jz_case_pay_drop(jz_store *store, const jz_actor *actor, int64_t run, int32_t day, jz_buffer **out,
                         jz_error **error);
/* The runs of an area and of those in it. */
int32_t jz_case_pay_runs(jz_store *store, const jz_actor *actor, const char *area, size_t area_size, jz_buffer **out,
                         jz_error **error);
/* A confirmed run as the batch that jz_channel_write takes, the same each time. The request is {"payer": "...", "day":
   "2026-07-05", "purpose": "...", "payees": [{"case": 1, "name": "...", "account": "..."}]}: the caller knows accounts, the
   file does not. JZ_E_REFUSED where the payee of a case is lacking. */
int32_t jz_case_pay_batch(jz_store *store, const jz_actor *actor, int64_t run, const char *request, size_t request_size,
                          jz_buffer **out, jz_error **error);
/* Takes in what the bank says of a run: receipts as jz_channel_read writes them. What came back is owed again and returns to
   the funds. The same receipts may come twice; where one is wrong nothing is taken. out is how each payment stands. */
int32_t jz_case_pay_receipts(jz_store *store, const jz_actor *actor, int64_t run, const char *receipts,
                             size_t receipts_size, int32_t day, jz_buffer **out, jz_error **error);
/* Gives the running cases of an area what a programme gives for one month without an application, such as the price
   subsidy. Done again it does only what is lacking. */
int32_t jz_case_pay_supplement(jz_store *store, const jz_actor *actor, const char *area, size_t area_size,
                               const char *program, size_t program_size, int32_t month, int32_t day, jz_buffer **out,
                               jz_error **error);
/* Moves money of a fund to what an area can pay: out of what another can pay, or, with NULL and size 0 for `from`, out of the
   budget. source is "central", "province", "prefecture" or "county"; program the one that it may pay alone (专款专用), NULL
   with size 0 for any. */
int32_t jz_case_fund_move(jz_store *store, const jz_actor *actor, const char *from, size_t from_size, const char *to,
                          size_t to_size, const char *source, size_t source_size, const char *program,
                          size_t program_size, int64_t fen, int32_t day, jz_error **error);
/* What stands in the accounts of an area, and of those in it, at the end of a month. */
int32_t jz_case_fund_balances(jz_store *store, const jz_actor *actor, const char *area, size_t area_size, int32_t month,
                              jz_buffer **out, jz_error **error);

/* ======================================================================================================================
 * 10. Versions
 * ======================================================================================================================
 *
 * A newer library runs every program that was built with an older header of the same JZ_ABI, and gives the same answers
 * under the same policy. Functions, fields at the end of structs and numbers are added; none is removed or changed.
 */

/* "0.1.0": the version of the library at hand, which may be newer than the header's. */
const char *jz_version(void);
/* As JZ_VERSION_NUMBER. */
uint32_t jz_version_number(void);
/* As JZ_ABI. */
int32_t jz_abi(void);

/* ======================================================================================================================
 * 11. What is in the library
 * ======================================================================================================================
 *
 * libjiuzhu.so.0 needs glibc 2.35 or newer (libc, libm), libgcc_s, libstdc++, libyaml-0 and libsqlite3, and no Swift: it
 * has its own. SQLite is 3.37 or newer, as every system with that glibc has it, and is used for cases alone.
 * It exports the functions of this header and nothing else. It is linked with -ljiuzhu; `pkg-config --cflags --libs jiuzhu`
 * and CMake's find_package(jiuzhu) know where it is. Hosts that cannot link it run `jiuzhu serve --stdio` and speak to it in
 * lines of JSON.
 */

#ifdef __cplusplus
}
#endif

#endif /* JIUZHU_H */
