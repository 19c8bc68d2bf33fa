#!/usr/bin/env bash
# Shows Railgun at work on this machine: builds both programs and the demonstration, then runs it. See --help.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
project=$root/deploy/try/Railgun.Try.csproj
program=$root/deploy/try/bin/Release/net10.0/railgun-try

if ! command -v dotnet >/dev/null; then
	echo "This needs the .NET 10 SDK: https://dotnet.microsoft.com/download" >&2
	exit 1
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
echo "Building (the first time takes a minute or so) ..." >&2
if ! log=$(dotnet build "$project" -c Release -v q -nologo 2>&1); then
	echo "$log" >&2
	exit 1
fi
exec "$program" "$@"
