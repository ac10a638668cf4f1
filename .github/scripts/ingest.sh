#!/usr/bin/env bash
# The scheduled ingestion (.github/workflows/ingest.yml), a word a step:
#
#   begin    go to the branch of the open pull request, with main merged into it; if none, to main
#   fetch    take in what the ledger lacks, and commit it; what the next job needs goes into $OUT
#   propose  push that, and open the pull request or bring it up to date
#   report   set the result of the checks at the commit
#
# The first two need no right to write, the others read nothing but what the first two made. Text of
# listings is never a word of a command: it goes from file to file, and a title is numbers and days.
set -euo pipefail

readonly BRANCH=digest/ingest
readonly OUT=${OUT:-build/ingest}
readonly DIGEST=${DIGEST:-.venv/bin/digest}
readonly TITLE=Ingestion
# shellcheck source=.github/scripts/common.sh
source "${BASH_SOURCE[0]%/*}/common.sh"

begin() {
  local request
  be_the_bot
  request=$(open_request "$BRANCH")
  if [[ -z $request ]]; then
    git switch --quiet --no-track --force-create "$BRANCH" origin/main
    return
  fi
  git switch --quiet --no-track --force-create "$BRANCH" "origin/$BRANCH"
  if ! git merge --quiet --no-edit --message "Merge main into $BRANCH" origin/main; then
    git diff --name-only --diff-filter=U | sed 's/^/  in conflict: /'
    git merge --abort
    fail "$BRANCH is in conflict with main: merge main into it, or merge or close pull request $request"
  fi
}

# Whether something is staged but the ledger's entries on failures: those alone are no news.
has_news() {
  local path
  while IFS= read -r -d '' path; do
    if [[ $path != content/ledger/*.yml ]] || ! grep -qs '^failure:' -- "$path"; then
      return 0
    fi
  done < <(git diff --cached --name-only -z)
  return 1
}

# What was not to be had, as "source day": from the lines in which `digest fetch` says why.
failures() {
  sed -nE 's/^digest: ([a-z0-9-]+ [0-9]{4}-[0-9]{2}-[0-9]{2}): .*/\1/p' "$OUT/fetch.log" |
    sort -u | paste -sd, - | sed 's/,/, /g'
}

fetch() {
  local days=(--missing) status=0 failed=
  if [[ -n ${DAY:-} ]]; then
    days=("--date=$DAY")
  fi
  rm -rf "$OUT"
  mkdir -p "$OUT"
  unheard "$DIGEST" fetch "${days[@]}" 2>"$OUT/fetch.log" || status=$?
  unheard cat "$OUT/fetch.log"
  if ((status > 1)); then
    fail "digest fetch ended with status $status: see above"
  fi
  unheard "$DIGEST" check || fail 'digest check finds mistakes after fetching: see above; nothing was proposed'
  if ((status)); then
    failed=$(failures)
    echo "failed=${failed:-part of a listing, see the log of the fetching}" >>"$GITHUB_OUTPUT"
  fi
  git add --all content
  if ! has_news; then
    echo 'Nothing new.' | tee -a "$GITHUB_STEP_SUMMARY"
    echo 'new=false' >>"$GITHUB_OUTPUT"
    return
  fi
  git commit --quiet --message 'Take in the latest listings'
  describe
  git bundle create --quiet "$OUT/ingest.bundle" "origin/main..$BRANCH"
  echo 'new=true' >>"$GITHUB_OUTPUT"
}

# The pull request's title and text, of all that its branch changes.
describe() {
  "$DIGEST" diff origin/main >"$OUT/summary.md"
  cat "$OUT/summary.md" >>"$GITHUB_STEP_SUMMARY"
  sed -n '1s/^# //p' "$OUT/summary.md" | tr -d '\n' >"$OUT/title"
  {
    sed 1,2d "$OUT/summary.md"
    cat <<TEXT

---

Fetched and checked by [this run]($(this_run)): other workflows do not start by themselves for a pull
request that a workflow makes. Edit what you like on this branch before you merge; while this is
open, later days are added to it. To keep a paper off the site, say \`hidden: true\` in its record;
if this is closed unmerged, the next run fetches all of it again.
TEXT
  } >"$OUT/body.md"
}

propose() {
  local commit request seen fields
  git fetch --quiet "$OUT/ingest.bundle" "$BRANCH"
  commit=$(git rev-parse FETCH_HEAD)
  if ! git diff --quiet "origin/main...$commit" -- . ':(exclude)content'; then
    fail "$BRANCH changes files outside content/: take them to another branch"
  fi
  request=$(open_request "$BRANCH")
  fields=(-F "title=@$OUT/title" -F "body=@$OUT/body.md")
  if [[ -n $request ]]; then # never over what an editor has pushed meanwhile
    push origin "$commit:refs/heads/$BRANCH" ||
      fail "$BRANCH has changed while this ran; run it again"
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/pulls/$request" "${fields[@]}"
  else # what is left of a branch whose pull request was merged or closed is of no use
    seen=$(git rev-parse --verify --quiet "refs/remotes/origin/$BRANCH" || true)
    push --force-with-lease="refs/heads/$BRANCH:$seen" origin "$commit:refs/heads/$BRANCH" ||
      fail "$BRANCH cannot be pushed, or has changed while this ran; see above, or run it again"
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/pulls" "${fields[@]}" \
      -f "head=$BRANCH" -f base=main ||
      fail 'no pull request could be opened: allow it under Settings, Actions, General, Workflow permissions'
  fi
  echo "commit=$commit" >>"$GITHUB_OUTPUT"
}

report() {
  set_status 'Checks of the run that fetched'
}

case ${1:-} in
  begin | fetch | propose | report) "$1" ;;
  *)
    echo "usage: ${0##*/} begin | fetch | propose | report" >&2
    exit 2
    ;;
esac
