# What the scripts of workflows share; each sets TITLE, under which its errors stand. To be sourced.
# shellcheck shell=bash

fail() {
  echo "::error title=${TITLE:?}::$1"
  exit 1
}

# Who the commits of a workflow are by.
readonly BOT='41898282+github-actions[bot]@users.noreply.github.com'

be_the_bot() {
  git config user.name 'github-actions[bot]'
  git config user.email "$BOT"
}

# The number of the open pull request from a branch, if there is one: of this repository's own
# branch, for whoever forks it may call one of theirs the same.
open_request() {
  gh api "repos/$GITHUB_REPOSITORY/pulls?state=open&base=main&head=${GITHUB_REPOSITORY%%/*}:$1" \
    --jq 'map(select(.head.repo.full_name == .base.repo.full_name))[0].number // empty'
}

# The commits with which pull requests from a branch of this repository's own were closed or merged.
closed_requests() {
  gh api --paginate "repos/$GITHUB_REPOSITORY/pulls?state=closed&per_page=100&head=${GITHUB_REPOSITORY%%/*}:$1" \
    --jq '.[] | select(.head.repo.full_name == .base.repo.full_name) | .head.sha'
}

# Runs a command in whose output no line is an order to GitHub (a title may begin with "::").
unheard() {
  local token status=0
  token=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
  echo "::stop-commands::$token"
  "$@" || status=$?
  echo
  echo "::$token::"
  return "$status"
}

push() {
  git -c credential.helper= -c 'credential.helper=!gh auth git-credential' push --quiet "$@"
}

# The page of the run that does this.
this_run() {
  echo "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
}

# Writes the one comment of ours on an issue or a pull request, or writes it anew: $1 is its number, $2
# the first line of ours by which it is found again, $3 the file with the text that begins with it.
comment_once() {
  local comment
  comment=$(OURS=$2 gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$1/comments?per_page=100" \
    --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.OURS))) | .id' |
    sed -n 1p)
  if [[ $comment =~ ^[0-9]+$ ]]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" -F "body=@$3"
  else
    gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$1/comments" -F "body=@$3"
  fi
}

# Sets how the checks went at the commit, under the name that a branch rule asks for.
set_status() {
  local state=failure
  if [[ $RESULT == success ]]; then
    state=success
  fi
  gh api --silent --method POST "repos/$GITHUB_REPOSITORY/statuses/$CHECKED" \
    -f "state=$state" -f 'context=Required checks pass' -f "target_url=$(this_run)" \
    -f "description=$1: $RESULT"
}
