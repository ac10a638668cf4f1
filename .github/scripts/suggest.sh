#!/usr/bin/env bash
# What a reader filled in (.github/workflows/suggest.yml), a word a step; NUMBER is the issue's:
#
#   read     make the change that the form asks for, and commit it; what the next job needs, and the
#            answer for the reader, go into $OUT
#   propose  push that, open the pull request or bring it up to date, and answer in the issue
#   report   set the result of the checks at the commit
#
# The first needs no right to write, the second reads nothing but what the first made. Text of an
# issue is never a word of a command: it goes from file to file, and a title is our words and slugs.
set -euo pipefail

readonly OUT=${OUT:-build/suggestion}
readonly DIGEST=${DIGEST:-.venv/bin/digest}
readonly TITLE=Suggestion
# shellcheck source=.github/scripts/common.sh
source "${BASH_SOURCE[0]%/*}/common.sh"

if [[ ! ${NUMBER:-} =~ ^[1-9][0-9]{0,8}$ ]]; then
  fail 'NUMBER is no number of an issue'
fi
readonly BRANCH=digest/issue-$NUMBER
# Characters of the list of what changes for readers: with the rest, less than GitHub takes.
readonly MOST=30000
# The answer begins with the same line, by which it is found again (generator/suggestions/wording.py).
readonly MARK='<!-- digest: the answer to a form -->'

# Where readers find the site, if GitHub publishes it: mkdocs.yml has that address only in a build.
site() {
  local found
  found=$(gh api "repos/$GITHUB_REPOSITORY/pages" --jq '.html_url // empty' 2>/dev/null) || found=
  echo "$found"
}

read_form() {
  local status=0 site
  rm -rf "$OUT"
  mkdir -p "$OUT"
  be_the_bot
  site=$(site)
  git switch --quiet --no-track --force-create "$BRANCH" origin/main
  unheard "$DIGEST" form "$GITHUB_EVENT_PATH" --out "$OUT" ${site:+"--site=$site"} || status=$?
  if ((status > 1)) || { ((status)) && [[ ! -f $OUT/answer.md ]]; }; then
    fail "digest form ended with status $status: see above"
  fi
  if [[ ! -f $OUT/answer.md ]]; then
    echo 'answered=false' >>"$GITHUB_OUTPUT"
    return
  fi
  cat "$OUT/answer.md" >>"$GITHUB_STEP_SUMMARY"
  echo 'answered=true' >>"$GITHUB_OUTPUT"
  if [[ -f $OUT/title ]]; then
    commit
  fi
}

commit() {
  unheard "$DIGEST" check || fail 'digest check finds mistakes: see above; nothing was proposed'
  git add --all content
  git commit --quiet --file "$OUT/title"
  describe
  git bundle create --quiet "$OUT/suggestion.bundle" "origin/main..$BRANCH"
}

# What changes for readers, and how this came about, below what the form's own text says.
describe() {
  "$DIGEST" diff origin/main --most "$MOST" >"$OUT/summary.md"
  {
    echo
    echo '---'
    echo
    sed 1,2d "$OUT/summary.md"
    cat <<TEXT

---

Made of the form by [this run]($(this_run)), which checked the content and built the site; the code is
that of main. Closing and reopening this pull request runs all tests. Edit what you like on this
branch: from then on the form changes nothing here. To turn it down, close this and the issue.
TEXT
  } >>"$OUT/body.md"
}

# The number of the open pull request, empty without one.
request=

# Makes sure that a commit is one change of plain files below content/, whatever it came from.
vet() {
  local odd
  if [[ $(git rev-list --count "origin/main..$1") != 1 ]] ||
    ! git diff --quiet "origin/main...$1" -- . ':(exclude)content'; then
    fail "$BRANCH changes more than files in content/"
  fi
  odd=$(git diff --raw --no-renames "origin/main...$1" | grep -Ev '^:[0-7]{6} (100644|000000) ' || true)
  if [[ -n $odd ]]; then
    fail "$BRANCH holds what is no plain file"
  fi
}

# Whether anybody but this workflow has put something on the branch: what is on it where no pull
# request is open counts unless one was closed with it.
is_edited() {
  local others seen turned_down
  seen=$(git rev-parse --verify --quiet "refs/remotes/origin/$BRANCH") || return 1
  if [[ -z $request ]]; then
    turned_down=$(closed_requests "$BRANCH")
    if grep -Fqx -- "$seen" <<<"$turned_down"; then
      return 1
    fi
  fi
  others=$(git log --format='%ae%n%ce' "origin/main..origin/$BRANCH" | grep -Fvx -- "$BOT" || true)
  [[ -n $others ]]
}

propose() {
  local said='' placed=true
  if [[ -n $(find "$OUT" -type l) ]]; then
    fail 'what was handed over holds a link to somewhere else'
  fi
  if [[ -f $OUT/title ]]; then
    request=$(open_request "$BRANCH")
    if is_edited; then
      said="An editor has begun to work on ${request:+#}${request:-the branch $BRANCH}, so it stays as it is; they see your change here."
      placed=false
    else
      place
      said="It is proposed in #$request."
      if [[ -z $request ]]; then
        said="It lies ready for an editor: $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/compare/main...$BRANCH"
      fi
    fi
  fi
  answer "$said"
  if [[ -f $OUT/title && -z $request && $placed == true ]]; then
    fail 'no pull request could be opened: allow it under Settings, Actions, General, Workflow permissions'
  fi
}

# Pushes the branch, made anew from main, and sees to its pull request, the number of which is in
# $request afterwards.
place() {
  local commit seen fields=(-F "title=@$OUT/title" -F "body=@$OUT/body.md")
  git fetch --quiet "$OUT/suggestion.bundle" "$BRANCH"
  commit=$(git rev-parse FETCH_HEAD)
  vet "$commit"
  seen=$(git rev-parse --verify --quiet "refs/remotes/origin/$BRANCH" || true)
  if [[ -z $request ]] || ! git diff --quiet "$seen" "$commit"; then # else it is there, and checked
    push --force-with-lease="refs/heads/$BRANCH:$seen" origin "$commit:refs/heads/$BRANCH" ||
      fail "$BRANCH cannot be pushed, or has changed while this ran; see above, or run it again"
    echo "commit=$commit" >>"$GITHUB_OUTPUT"
  fi
  if [[ -n $request ]]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/pulls/$request" "${fields[@]}"
  else
    request=$(gh api --method POST "repos/$GITHUB_REPOSITORY/pulls" "${fields[@]}" \
      -f "head=$BRANCH" -f base=main --jq .number) || request=
  fi
}

# Writes the one comment in the issue, or writes it anew; $1 is said below the answer.
answer() {
  if [[ -n $1 ]]; then
    printf '\n%s\n' "$1" >>"$OUT/answer.md"
  fi
  comment_once "$NUMBER" "$MARK" "$OUT/answer.md"
}

case ${1:-} in
  read) read_form ;;
  propose) propose ;;
  report) set_status 'Content and site of the run that proposed it' ;;
  *)
    echo "usage: ${0##*/} read | propose | report" >&2
    exit 2
    ;;
esac
