# Sourced by run.sh and screenshots.sh: Node, its packages and Chromium, or a
# plain word on what is missing. Sets STAYWISE_NODE and CHROMIUM.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
browser_tests="$root/tests/browser"

if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null; then
  echo "The browser tests need Node 20 or newer." >&2
  exit 1
fi

# Node's packages lie outside the clone and are put there anew when the lock changes.
STAYWISE_NODE="${STAYWISE_NODE:-${XDG_CACHE_HOME:-$HOME/.cache}/staywise/node}"
export STAYWISE_NODE
if ! cmp -s "$browser_tests/package-lock.json" "$STAYWISE_NODE/installed-lock.json"; then
  mkdir -p "$STAYWISE_NODE"
  cp "$browser_tests/package.json" "$browser_tests/package-lock.json" "$STAYWISE_NODE/"
  (cd "$STAYWISE_NODE" && npm ci --loglevel=error --no-audit --no-fund) || {
    echo "The browser tests could not install their Node packages." >&2
    exit 1
  }
  cp "$browser_tests/package-lock.json" "$STAYWISE_NODE/installed-lock.json"
fi

if [ -z "${CHROMIUM:-}" ]; then
  for name in chromium chromium-browser google-chrome; do
    CHROMIUM="$(command -v "$name" || true)"
    [ -n "$CHROMIUM" ] && break
  done
fi
if [ -z "${CHROMIUM:-}" ]; then
  "$root/.ci/need" chromium chromium
  CHROMIUM="$(command -v chromium)"
fi
export CHROMIUM
