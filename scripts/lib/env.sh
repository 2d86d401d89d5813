# Sourced by every script: messages, Debian packages, the pinned runtime, npm's tree and the addon.
# Each ensure_* step leaves a stamp and does nothing when what it depends on has not changed.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cache="$root/.cache"
mkdir -p "$cache"

say() { printf '%s\n' "$*" >&2; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The value of --help: the comment block at the head of the calling script.
usage() { awk 'NR > 1 { if (/^#/) { sub(/^# ?/, ""); print } else exit }' "$0"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "needs root for: $* (run as root, or install sudo)"
  fi
}

# Installs the Debian packages that are missing, asking apt once for all of them.
need_apt() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ "${#missing[@]}" = 0 ] && return 0
  command -v apt-get >/dev/null || die "missing Debian packages: ${missing[*]} (this is not a Debian system)"
  say "installing Debian packages: ${missing[*]}"
  local log="$cache/apt.log"
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1; then
    as_root apt-get update >"$log" 2>&1 || die "apt-get update failed; see $log"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 ||
      die "apt-get install ${missing[*]} failed; see $log"
  fi
}

# fresh NAME FILE... : true when step NAME was last finished with just these files' contents.
fresh() {
  local name="$1"
  shift
  [ -f "$cache/$name.stamp" ] && [ "$(digest "$@")" = "$(cat "$cache/$name.stamp")" ]
}
finished() {
  local name="$1"
  shift
  digest "$@" >"$cache/$name.stamp"
}
digest() { sha256sum "$@" | sha256sum | cut -c1-64; }

case "$(uname -m)" in
  x86_64) runtime_arch=x64 ;;
  aarch64) runtime_arch=arm64 ;;
  *) die "no pinned Node.js for $(uname -m): x86_64 and aarch64 are supported" ;;
esac
runtime="$root/scripts/runtime/node_modules/node-linux-$runtime_arch"

# Node.js and npm at the versions that scripts/runtime pins; the machine's own npm installs them first.
ensure_runtime() {
  if ! { [ -x "$runtime/bin/node" ] && fresh runtime "$root/scripts/runtime/package-lock.json"; }; then
    command -v npm >/dev/null || need_apt npm
    say "installing the pinned Node.js"
    (cd "$root/scripts/runtime" && npm ci --no-audit --no-fund >"$cache/runtime.log" 2>&1) ||
      die "npm ci of the runtime failed; see $cache/runtime.log"
    [ -x "$runtime/bin/node" ] || die "the runtime was not installed; see $cache/runtime.log"
    # One path for the service, whatever the processor.
    ln -sfn "node_modules/node-linux-$runtime_arch/bin/node" "$root/scripts/runtime/node"
    finished runtime "$root/scripts/runtime/package-lock.json"
  fi
  export PATH="$runtime/bin:$root/scripts/runtime/node_modules/.bin:$root/node_modules/.bin:$PATH"
}

ensure_modules() {
  ensure_runtime
  fresh modules "$root/package-lock.json" && [ -d "$root/node_modules" ] && return 0
  # Packages with native code are built here, against the pinned runtime's own headers.
  need_apt g++ make python3
  say "installing npm packages"
  (cd "$root" && env npm_config_nodedir="$runtime" npm ci --no-audit --no-fund >"$cache/modules.log" 2>&1) || die "npm ci failed; see $cache/modules.log"
  finished modules "$root/package-lock.json"
}

native_sources() { find "$root/native" -path "$root/native/build" -prune -o \( -name '*.cc' -o -name '*.h' -o -name 'binding.gyp' \) -print | sort; }

# The addon; dahdi/user.h comes with dahdi-source.
ensure_native() {
  ensure_modules
  need_apt g++ make dahdi-source libtonezone-dev libspandsp-dev
  local sources
  mapfile -t sources < <(native_sources)
  # Two builds at once would break each other.
  local lock
  exec {lock}>"$cache/native.lock"
  flock "$lock"
  [ -f "$root/native/build/Release/node_dahdi.node" ] && fresh native "${sources[@]}" && exec {lock}>&- && return 0
  say "building the addon"
  (cd "$root" && env npm_config_nodedir="$runtime" node-gyp rebuild -C native -j 2 >"$cache/native.log" 2>&1) || die "the addon did not build; see $cache/native.log"
  finished native "${sources[@]}"
  exec {lock}>&-
}

# The server as a box runs it, in dist/.
ensure_server() {
  ensure_modules
  local sources
  mapfile -t sources < <(find "$root/package-lock.json" "$root/scripts/lib/bundle.ts" "$root/native/lib" "$root/src" -path "$root/src/ui" -prune -o \( -name '*.ts' -o -name '*.json' \) -print | sort)
  [ -f "$root/dist/main.js" ] && fresh server "${sources[@]}" && return 0
  say "bundling the server"
  (cd "$root" && node --disable-warning=ExperimentalWarning scripts/lib/bundle.ts >"$cache/server.log" 2>&1) ||
    die "the server could not be bundled; see $cache/server.log"
  finished server "${sources[@]}"
}

# Everything that a box runs.
ensure_appliance() {
  ensure_native
  ensure_server
  ensure_console
}

# The console, built by Vite into dist/ui.
ensure_console() {
  ensure_modules
  local sources
  mapfile -t sources < <(find "$root/src/ui" "$root/src/web/api" -type f | sort)
  [ -d "$root/dist/ui" ] && fresh console "${sources[@]}" && return 0
  say "building the console"
  (cd "$root" && vite build --config src/ui/vite.config.ts >"$cache/console.log" 2>&1) ||
    die "the console did not build; see $cache/console.log"
  finished console "${sources[@]}"
}
