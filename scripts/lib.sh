# Sourced by the scripts beside it: goes to the top of the repository, and gives them a voice and apt.
# shellcheck shell=bash
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." || exit

# Everything the scripts say goes to stderr, a line an argument.
say() { printf '%s\n' "$@" >&2; }
fail() {
  say "$@"
  exit 1
}

# install_packages NAME…: installs the Debian packages that are missing; says and asks nothing when none is.
install_packages() {
  [[ -z ${CURATE_SKIP_PACKAGES:-} ]] || return 0
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || fail \
    "This is no Debian or Ubuntu, so nothing can be installed for you. Needed, by their Debian names:" \
    "  $*" \
    "Install what your system calls them, then run this again with CURATE_SKIP_PACKAGES=1 before it."

  local name missing=()
  for name; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$name" 2>/dev/null |
      grep -qx installed || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  local as_root=(env DEBIAN_FRONTEND=noninteractive)
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail \
      "Debian packages are missing, and you are neither root nor have sudo. Have this run as root:" \
      "  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo "${as_root[@]}")
  fi
  say "Installing Debian packages: ${missing[*]}"
  # apt is heard only when it fails. A machine that has just started may be updating itself: wait.
  local log
  log=$("${as_root[@]}" apt-get -q update 2>&1 &&
    "${as_root[@]}" apt-get -q -y -o DPkg::Lock::Timeout=300 \
      install --no-install-recommends "${missing[@]}" 2>&1) || fail "$(tail -n 5 <<<"$log")" "" \
    "Could not install ${missing[*]}: the end of apt's answer is above (is there a network?)." \
    "By hand, as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
}
