#!/usr/bin/env bash
# What the tests need beyond Python: a browser and fonts. As root it installs them; otherwise it says the command.
set -euo pipefail
needed=()
command -v chromium >/dev/null || needed+=(chromium)
fc-list 2>/dev/null | grep -qi 'noto sans\|dejavu sans' || needed+=(fontconfig fonts-dejavu-core)
[ ${#needed[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Gói Debian cho kiểm thử · Debian packages for the tests: ${needed[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
else
  echo "Thiếu · Missing: ${needed[*]}. Chạy · Run: sudo apt-get install ${needed[*]}"
  echo "Kiểm thử trình duyệt sẽ bị bỏ qua · The browser tests are skipped without them."
fi
