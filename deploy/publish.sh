#!/usr/bin/env bash
# Publishes railgun-listener and railgun-sender as single self-contained files.
#
#   deploy/publish.sh               for this machine and, cross-published, for the others of linux-x64, linux-arm64, win-x64
#   deploy/publish.sh --host-only   for this machine only
#   deploy/publish.sh --no-aot      likewise without NativeAOT, as where clang is missing (with either of the above)
#   deploy/publish.sh --cpu NAME    NativeAOT for processors of that kind only, such as x86-64-v3 (AVX2: servers since 2013) or native (this one):
#                                   the delta coder is about a tenth faster; on other processors the executables say what they lack, and end
#
# This machine's executables go to out/, the others' to out/RID/, debug symbols to out/symbols/RID/. Where clang and the zlib headers
# are there, this machine's are NativeAOT (20 MB, start in 40 ms); all others are trimmed, with the runtime inside.
# A warning of the compiler, the trimmer or the AOT compiler is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/out
host_only=false
aot=true
cpu=

while [ $# -gt 0 ]; do
	argument=$1
	shift
	case $argument in
	--host-only) host_only=true ;;
	--no-aot) aot=false ;;
	--cpu)
		if [ $# -eq 0 ]; then
			echo "publish.sh: --cpu wants a name, such as x86-64-v3" >&2
			exit 2
		fi
		cpu=$1
		shift
		;;
	-h | --help)
		sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p;}' "$0"
		exit 0
		;;
	*)
		echo "publish.sh: there is no $argument; see publish.sh --help" >&2
		exit 2
		;;
	esac
done

host_rid() {
	local system machine
	case $(uname -s) in
	Linux) system=linux ;;
	Darwin) system=osx ;;
	*) system=win ;;
	esac
	case $(uname -m) in
	aarch64 | arm64) machine=arm64 ;;
	*) machine=x64 ;;
	esac
	echo "$system-$machine"
}

# The AOT compiler links with clang against zlib.
can_aot() {
	$aot && command -v clang >/dev/null && echo 'int main(void){return 0;}' | clang -x c - -lz -o /dev/null 2>/dev/null
}

# publish PROJECT RID FOLDER KIND: KIND is aot or trimmed.
publish() {
	local project=$1 rid=$2 folder=$3 kind=$4 staged=$out/.stage/$2/$1
	local properties=(-p:TrimmerSingleWarn=false -p:ILLinkTreatWarningsAsErrors=true -p:IlcTreatWarningsAsErrors=true -p:SuppressTrimAnalysisWarnings=false
		-p:IsTransformWebConfigDisabled=true -p:PublishDocumentationFiles=false -p:CopyOutputSymbolsToPublishDirectory=true)
	if [ "$kind" = aot ]; then
		properties+=(-p:PublishAot=true ${cpu:+"-p:IlcInstructionSet=$cpu"})
	else
		properties+=(-p:PublishTrimmed=true -p:TrimMode=full -p:PublishSingleFile=true -p:PublishReadyToRun=true -p:SelfContained=true
			-p:EnableTrimAnalyzer=true -p:IncludeNativeLibrariesForSelfExtract=false)
	fi
	echo "$project for $rid ($kind)"
	rm -rf "$staged"
	# Artifacts of its own, so that the working tree's obj folders stay those of the plain build.
	dotnet publish "$project" -c Release -r "$rid" -o "$staged" --artifacts-path "$out/.build" -v quiet --nologo "${properties[@]}"
	# Windows only: lets IIS load the program, which is none of ours.
	rm -f "$staged/aspnetcorev2_inprocess.dll"
	mkdir -p "$folder" "$out/symbols/$rid"
	find "$staged" -maxdepth 1 -type f \( -name '*.pdb' -o -name '*.dbg' \) -exec mv -f {} "$out/symbols/$rid/" \;
	find "$staged" -maxdepth 1 -type f \( -name railgun-listener -o -name railgun-sender -o -name '*.exe' \) -exec mv -f {} "$folder/" \;
	local left
	left=$(find "$staged" -type f ! -name '*.json' ! -name web.config | head -n 3)
	if [ -n "$left" ]; then
		echo "publish.sh: $project for $rid is more than one file: $left" >&2
		exit 1
	fi
}

host=$(host_rid)
kind=trimmed
if can_aot; then
	kind=aot
fi

for project in Railgun.Listener Railgun.Sender; do
	publish "$project" "$host" "$out" "$kind"
done

if ! $host_only; then
	for rid in linux-x64 linux-arm64 win-x64; do
		if [ "$rid" != "$host" ]; then
			for project in Railgun.Listener Railgun.Sender; do
				publish "$project" "$rid" "$out/$rid" trimmed
			done
		fi
	done
fi

rm -rf "$out/.stage"
find "$out" -type f -name 'railgun-*' ! -path "$out/.build/*" ! -path "$out/symbols/*" -exec ls -l {} + | awk '{ printf "%6.1f MB  %s\n", $5 / 1e6, $9 }'
