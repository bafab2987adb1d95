#!/usr/bin/env bash
# Debian 12: one package with the locked libraries beside the project, run by the system's own Python.
# Usage: packaging/build_deb.sh   (after `python3 packaging/dev.py demo` or `test` has made .venv); writes dist/*.deb
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
version=$($python -c 'import importlib.metadata as m; print(m.version("rapportdesk"))')
tag=$($python -c 'import sys; print(f"{sys.version_info.major}.{sys.version_info.minor}")')
next=${tag%.*}.$((${tag#*.} + 1))
architecture=$(dpkg --print-architecture)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage"
library=$stage/usr/lib/rapportdesk
mkdir -p "$library" "$stage/DEBIAN" "$stage/usr/bin" "$stage/usr/share/applications" \
    "$stage/usr/share/icons/hicolor/scalable/apps" "$stage/usr/share/doc/rapportdesk"

# The lock's hashes hold here too, because a constraint carries them; only what the project needs to run is taken.
$python -m pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir "$stage/wheel" .
wheel=$(echo "$stage"/wheel/*.whl)
echo "$wheel --hash=sha256:$(sha256sum "$wheel" | cut -d' ' -f1)" > "$stage/wheel/project.txt"
$python -m pip install --quiet --only-binary :all: --no-compile --target "$library" \
    --require-hashes --requirement "$stage/wheel/project.txt" --constraint packaging/requirements.lock
rm -rf "$stage/wheel" "$library/bin"
$python -m compileall -q -x "[.]tmpl[.]py" --invalidation-mode unchecked-hash -s "$stage" "$library"

cat > "$stage/usr/bin/rapportdesk" <<'LAUNCHER'
#!/bin/sh
# PYTHONPATH, not a changed sys.path: child processes need the libraries too.
PYTHONPATH=/usr/lib/rapportdesk PYTHONNOUSERSITE=1 exec /usr/bin/python3 -P -m ui "$@"
LAUNCHER
chmod 755 "$stage/usr/bin/rapportdesk"
cp packaging/rapportdesk.desktop "$stage/usr/share/applications/"
cp resources/icons/rapportdesk.svg "$stage/usr/share/icons/hicolor/scalable/apps/"
cp LICENSE "$stage/usr/share/doc/rapportdesk/copyright"
$python packaging/bill_of_materials.py "$stage/usr/share/doc/rapportdesk/rapportdesk.cdx.json"

needed=$($python -c 'import sys; sys.path.insert(0, "packaging"); import system_packages as s; print(", ".join(s.QT_PACKAGES))')
cat > "$stage/DEBIAN/control" <<CONTROL
Package: rapportdesk
Version: $version
Section: misc
Priority: optional
Architecture: $architecture
Maintainer: the RapportDesk authors <rapportdesk@localhost>
Depends: python3 (>= $tag), python3 (<< $next), $needed
Recommends: gnome-keyring | kwalletmanager, libcups2
Installed-Size: $(du -sk "$stage/usr" | cut -f1)
Description: a clinic's memory of its patients as people
 What patients want remembered (preferences, boundaries, consent, what may be
 talked about and how), kept encrypted and offline on one workstation, and read
 in thirty seconds before the door opens.
CONTROL
mkdir -p dist
dpkg-deb --root-owner-group --build "$stage" "dist/rapportdesk_${version}_$architecture.deb"
