#!/bin/bash
# Makes sure that a program of the operating system is there: `.make/system.sh chromium` or `… postgresql`.
# Installs it where that is possible (Debian, as root), and says what to install otherwise.
set -euo pipefail

case "${1:-}" in
    chromium) found() { [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser; } ;;
    postgresql) found() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; } ;;
    *) echo "usage: $0 chromium|postgresql" >&2; exit 2 ;;
esac

found >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need $1; install it and start again (Debian: apt-get install $1)." >&2
    exit 1
fi
echo "Installing $1 ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$1" >/dev/null
found >/dev/null
