#!/usr/bin/env bash
# Three households of 柳树镇 (林口县) from the application to the end:
#
#   run.sh JIUZHU POLICIES
#
# JIUZHU is the command, POLICIES the folder of policies. The file of cases is made in a folder that is gone afterwards.
set -euo pipefail
jiuzhu=$1
policies=$2
cd "$(dirname "$0")"
desk=$(mktemp -d)
trap 'rm -r "$desk"' EXIT

head -c 32 /dev/urandom >"$desk/cases.key"
chmod 600 "$desk/cases.key"
"$jiuzhu" store init "$desk/cases.db" --key "$desk/cases.key" >"$desk/anchor"

# Who sits where: the township and the county.
as() {
    case $1 in
    verifier | confirmer | supervisor) echo --actor "$1-1" --role "$1" --office 231025 ;;
    *) echo --actor "$1-1" --role "$1" --office 231025105 ;;
    esac
}

cases() {
    "$jiuzhu" case "$1" "$desk/cases.db" "${@:2}" --key "$desk/cases.key"
}

# apply REQUEST HOUSEHOLD
apply() {
    echo "— apply"
    cases open --request "$1" --document "$2" $(as clerk) --policy heilongjiang/mudanjiang --policies "$policies"
}

# step ROLE CASE STEP DAY OPTION...: a step that is refused is shown, and the way goes on.
step() {
    echo "— $3, $1"
    cases advance "$2" "$3" --day "$4" "${@:5}" $(as "$1") --policy heilongjiang/mudanjiang --policies "$policies" 2>&1 ||
        [ $? = 5 ]
}

# decide CASE DAY: the decision is handed over, and printed.
decide() {
    echo "— decide, clerk"
    cases decide "$1" --day "$2" $(as clerk) --policy heilongjiang/mudanjiang --policies "$policies"
}

# letter KIND CASE: what a case was told, printed.
letter() {
    echo "— letter, $1"
    cases letter "$2" "$1" $(as clerk) --policy heilongjiang/mudanjiang --policies "$policies"
}

# money ROLE COMMAND...: payments and funds of 林口县.
money() {
    echo "— $2 $3, $1"
    "$jiuzhu" case "$2" "$3" "$desk/cases.db" "${@:4}" --key "$desk/cases.key" --actor "$1-1" --role "$1" --office 231025 \
        --policy heilongjiang/mudanjiang --policies "$policies"
}

# show CASE DAY
show() {
    echo
    cases show "$1" --day "$2" $(as clerk) --policy heilongjiang/mudanjiang --policies "$policies"
}

# examine CASE DAY: the verification and the visit.
examine() {
    step verifier "$1" verify "$2" --document record.txt
    step surveyor "$1" visit "$2" --from "$2" --visitor surveyor-1 --visitor village-3 --document record.txt
}

echo "一、老夫妻:批准、复核、停发"
apply couple.json ../households/elderly-couple.json
step verifier 1 verify 2026-06-01 --document record.txt
step clerk 1 accept 2026-06-02
step clerk 1 authorize 2026-06-02 --member 0 --member 1 --from 2026-06-02 --until 2027-06-01
examine 1 2026-06-05
step clerk 1 assess 2026-06-08
step reviewer 1 review 2026-06-09 --verdict approve
step clerk 1 publish 2026-06-10 --document record.txt
echo "— notice"
cases notice --area 231025105 --day 2026-06-10 $(as clerk) --policy heilongjiang/mudanjiang --policies "$policies"
step confirmer 1 confirm 2026-06-16 --verdict approve
step confirmer 1 confirm 2026-06-18 --verdict approve
decide 1 2026-06-22
money payer fund give --area 231025 --source central --for low-income --sum 5000.00 --day 2026-07-01
money payer pay propose --area 231025 --program low-income --month 2026-07 --day 2026-07-06
money confirmer pay confirm 1 --day 2026-07-07
step clerk 1 recheck 2026-09-01
step clerk 1 report 2026-09-02 --document couple-review.json
examine 1 2026-09-03
step clerk 1 assess 2026-09-04
step reviewer 1 review 2026-09-07 --verdict approve
step confirmer 1 confirm 2026-09-08 --verdict approve
decide 1 2026-09-09
step confirmer 1 end 2026-11-02 --program low-income --from 2026-11-02 --document ending.txt
letter stopped 1
show 1 2026-11-03

echo
echo "二、种大豆的一家:不予批准、申请复议"
apply farmers.json ../households/12-soybean-farmers.json
step clerk 2 accept 2026-05-12
step clerk 2 authorize 2026-05-12 --member 0 --member 1 --member 2 --member 3 --from 2026-05-12 --until 2027-05-11
examine 2 2026-05-14
step clerk 2 assess 2026-05-15
step reviewer 2 review 2026-05-18 --verdict refuse
step confirmer 2 confirm 2026-05-20 --verdict refuse
decide 2 2026-05-21
step supervisor 2 appeal 2026-08-21 --document record.txt
step supervisor 2 appeal 2026-06-15 --document record.txt
step supervisor 2 reply 2026-07-20 --number 1 --verdict refuse --document record.txt
show 2 2026-07-21

echo
echo "三、突发重病:先行救助,后补手续"
apply illness.json illness-household.json
step clerk 3 ask-papers 2026-09-15 --paper cause --paper register
letter papers 3
step reviewer 3 relieve 2026-09-15 --program temporary-relief --sum 2000.00
step clerk 3 supply-papers 2026-09-21 --paper cause --paper register
step clerk 3 accept 2026-09-21
step clerk 3 authorize 2026-09-21 --member 0 --member 1 --from 2026-09-21 --until 2027-09-20
examine 3 2026-09-22
step clerk 3 assess 2026-09-23
step reviewer 3 review 2026-09-24 --verdict approve
step reviewer 3 review 2026-09-24 --verdict send-back
step clerk 3 report 2026-09-25 --document illness-decided.json
examine 3 2026-09-25
step clerk 3 assess 2026-09-28
step reviewer 3 review 2026-09-29 --verdict approve
step clerk 3 publish 2026-09-29 --document record.txt
step confirmer 3 confirm 2026-10-09 --verdict approve
decide 3 2026-10-10
money payer pay list --area 231025 --program temporary-relief --month 2026-10
show 3 2026-10-13

echo
cases list $(as supervisor)
"$jiuzhu" store verify "$desk/cases.db" --key "$desk/cases.key" --anchor "$desk/anchor" | sed "s|$desk/||"
