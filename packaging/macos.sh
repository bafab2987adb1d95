#!/usr/bin/env bash
# macOS: sign PyInstaller's RapportDesk.app and wrap it in a disk image.
# Usage: IDENTITY="Developer ID Application: ..." PROFILE=notary-profile packaging/macos.sh
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(.venv/bin/python -c 'import importlib.metadata as m; print(m.version("rapportdesk"))')
app=dist/RapportDesk.app
image=dist/RapportDesk-$version.dmg
codesign --force --deep --options runtime --timestamp --sign "$IDENTITY" "$app"
codesign --verify --strict "$app"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname RapportDesk -srcfolder "$staging" -ov -format UDZO "$image"
xcrun notarytool submit "$image" --keychain-profile "$PROFILE" --wait
xcrun stapler staple "$image"
