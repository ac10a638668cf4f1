#!/usr/bin/env bash
# What a pull request changes for readers, a word a step:
#
#   tell  in the run of the request: write it into $OUT/changes.md, and on the run's page
#   post  in a run of the main branch: make it a comment on the request, or bring that comment up to date
#
# The first runs the request's code and may write nothing on GitHub; the second runs none of it and takes
# over a text. That text may hold anything: it is never a word of a command, only the body of a comment.
set -euo pipefail

readonly OUT=${OUT:-build/changes}
readonly DIGEST=${DIGEST:-.venv/bin/digest}
readonly MARK='<!-- digest: what changes -->'
readonly TITLE=Comment
# shellcheck source=.github/scripts/common.sh
source "${BASH_SOURCE[0]%/*}/common.sh"

# GitHub takes 65,536 characters, and some are added below.
readonly MOST=64000

tell() {
  local base="origin/$GITHUB_BASE_REF" status=0
  mkdir -p "$OUT"
  if "$DIGEST" check >"$OUT/check.log" 2>&1; then
    "$DIGEST" diff "$base" --most 50000 >"$OUT/changes.md"
    # Why papers have other topics: worth a section only where rules, or the code, may have changed.
    if ! git diff --quiet "$base" -- content/topics.yml generator generator.txt; then
      "$DIGEST" topics --since "$base" --format markdown >"$OUT/topics.md"
      { echo && head -c 10000 "$OUT/topics.md"; } >>"$OUT/changes.md"
    fi
  else
    status=1
    {
      printf '# The content has mistakes\n\nNothing can be built before they are mended:\n\n'
      # Four spaces make it code: nothing in it is markup, however it goes on.
      tail -n 100 "$OUT/check.log" | cut -c 1-500 | sed 's/^/    /'
    } >"$OUT/changes.md"
  fi
  cat "$OUT/changes.md" >>"$GITHUB_STEP_SUMMARY"
  cat "$OUT/check.log"
  return "$status"
}

# The open pull request of the commit that was looked at; none if it was closed, or if there is a newer
# commit. Branches of forks have names of their owners' choice, which go as values.
request_of_head() {
  gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" -f state=open -f "head=$HEAD_OWNER:$HEAD_BRANCH" \
    --jq 'map(select(.head.sha == env.HEAD_SHA))[0].number // empty'
}

# Where the built site can be had, if it was built.
artefact() {
  gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN/artifacts" \
    --jq '.artifacts[] | select(.name == "site") | .id' | sed -n 1p
}

post() {
  local request site run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$RUN"
  if [[ ! -f $OUT/changes.md || -L $OUT/changes.md ]]; then
    fail 'there is no text: see the run of Preview'
  fi
  request=$(request_of_head)
  if [[ ! $request =~ ^[0-9]+$ ]]; then
    echo 'No open pull request has this commit: nothing to say.'
    return
  fi
  site=$(artefact)
  {
    echo "$MARK"
    # What is no UTF-8, or was cut within a character, gh shows as such.
    head -c "$MOST" "$OUT/changes.md" | tr -d '\000'
    printf '\n\n---\n\n'
    if [[ $site =~ ^[0-9]+$ ]]; then
      echo "[The site as it would be]($run/artifacts/$site): a ZIP file, kept for a week. "
    fi
    echo "From [this run]($run), which knows the request at \`${HEAD_SHA:0:12}\`."
  } >"$OUT/body.md"
  comment_once "$request" "$MARK" "$OUT/body.md"
}

case ${1:-} in
  tell | post) "$1" ;;
  *)
    echo "usage: ${0##*/} tell | post" >&2
    exit 2
    ;;
esac
