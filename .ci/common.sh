# Helpers of .ci/run and .ci/deep. Source it; it changes nothing by itself.

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

# step TITLE COMMAND...: run a command under a title and say how long it took.
step() {
  local title=$1 begun=$SECONDS
  shift
  printf '\n== %s\n' "$title"
  "$@"
  printf '== %s: %d s\n' "$title" "$((SECONDS - begun))"
}

# works PYTHON: does it start, and is it new enough?
works() {
  "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# first_python: print the first Python on the path that is new enough.
first_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if works "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# apt PACKAGE...: install Debian packages where that is possible.
apt() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    printf 'Missing: %s. Install it, then run this again.\n' "$*" >&2
    return 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# ready_python FOLDER: make sure that `python3` is new enough and can make environments.
# A Python of another name becomes `python3` by a small script in FOLDER, put first on the path.
ready_python() {
  local python
  if ! python=$(first_python); then
    apt python3 python3-venv || return
    python=$(first_python) || { echo 'No Python 3.11 or newer.' >&2 && return 1; }
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # python3-venv serves Debian's default version, python3.12-venv and the like one version only.
    apt "$(basename "$python")-venv" || return
  fi
  if [ "$(basename "$python")" != python3 ]; then
    as_python3 "$python" "$1"
  fi
}

# as_python3 PYTHON FOLDER: let `python3` be this Python for what follows.
as_python3() {
  mkdir -p "$2"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$1" >"$2/python3"
  chmod +x "$2/python3"
  export PATH="$2:$PATH"
}

# copy_tree FOLDER: copy the project's files there, as they are now, and nothing else.
copy_tree() {
  mkdir -p "$1"
  if [ -e .git ]; then
    git -c safe.directory='*' ls-files -z --cached --others --exclude-standard |
      while IFS= read -r -d '' file; do
        if [ -f "$file" ]; then printf '%s\0' "$file"; fi
      done | tar --null -T - -cf - | tar -xf - -C "$1"
  else
    tar --exclude=.venv -cf - . | tar -xf - -C "$1"
  fi
}
