#!/usr/bin/env bash
# The weekly letter (.github/workflows/email.yml), a word a step:
#
#   remember   bring the file that says which editions were sent before, if there is one
#   send       send those of two weeks that were not, or the one that $DAY names ($AGAIN: even so)
#
# A run that is run again finds in that file what it sent, so nobody gets a letter twice. If it cannot
# be brought though it is there, nothing is sent: a week without a letter is better than two letters.
set -euo pipefail

readonly OUT=${OUT:-build/email}
readonly SENT=$OUT/sent.txt
readonly DIGEST=${DIGEST:-.venv/bin/digest}
#: Editions are published some days after their day; what is older than this has gone unsent for long.
readonly BACK='13 days ago'

fail() {
  echo "::error title=E-mail::$1"
  exit 1
}

# Only what a run on main of this repository left counts: a pull request from anywhere may call a file
# of its own the same.
last_run() {
  gh api --paginate "repos/$GITHUB_REPOSITORY/actions/artifacts?name=email-sent&per_page=100" --jq '
    .artifacts[] | select(.expired | not)
    | select(.workflow_run.head_branch == "main")
    | select(.workflow_run.head_repository_id == .workflow_run.repository_id)
    | "\(.created_at) \(.workflow_run.id)"' | sort | tail -n 1 | cut -d ' ' -f 2
}

remember() {
  local run
  rm -rf "$OUT"
  mkdir -p "$OUT"
  run=$(last_run) || fail 'what was sent before cannot be asked for; nothing is sent'
  if [[ -z $run ]]; then
    echo 'Nothing was sent before.'
    return
  fi
  gh run download "$run" --name email-sent --dir "$OUT" ||
    fail 'what was sent before cannot be had; nothing is sent'
  [[ -e $SENT ]] || fail 'what was sent before is not in the file of the last run; nothing is sent'
}

send() {
  local which record=$SENT status=0
  which=(--since "$(date --utc --date "${TODAY:-today} $BACK" +%F)")
  if [[ -n ${DAY:-} ]]; then
    which=("--edition=$DAY")
    if [[ ${AGAIN:-} == true ]]; then # as if it had not been sent; what was sent stays remembered
      touch "$SENT"
      record=$OUT/again.txt
      awk '$1 != ENVIRON["DAY"]' "$SENT" >"$record"
    fi
  fi
  "$DIGEST" email "${which[@]}" --send --sent "$record" | tee -a "$GITHUB_STEP_SUMMARY" || status=$?
  if [[ $record != "$SENT" ]]; then
    sort -u "$record" "$SENT" -o "$SENT"
  fi
  return "$status"
}

case ${1:-} in
  remember | send) "$1" ;;
  *)
    echo "usage: ${0##*/} remember | send" >&2
    exit 2
    ;;
esac
