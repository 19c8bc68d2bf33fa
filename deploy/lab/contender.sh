#!/usr/bin/env bash
# Railgun as one contender of a side-by-side over an emulated line: stays in the foreground until SIGTERM.
#
#   contender.sh edge     the listener: serves plain HTTP on EDGE_PORT, takes the link on EDGE_IP:WAN_PORT
#   contender.sh origin   the sender: dials EDGE_IP:WAN_PORT, asks ORIGIN (host:port)
#
# RUN is a scratch folder of this side; both sides' folders lie in one folder, in which the two are paired before either starts.
# RAILGUNBIN names the folder of the executables; default: out/ of this checkout, published if it is not there.
# RAILGUN_LISTENER_ARGS and RAILGUN_SENDER_ARGS are added to the command lines.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=${RAILGUNBIN:-$root/out}
keys=$(dirname "${RUN:-.}")/railgun-keys

# Whichever side comes first makes and pairs both keys; the other waits for the lock.
pair() {
	mkdir -p "$keys"
	exec 9>"$keys/lock"
	flock 9
	if [ ! -x "$bin/railgun-listener" ] || [ ! -x "$bin/railgun-sender" ]; then
		"$root/deploy/publish.sh" --host-only >&2
	fi
	if [ ! -e "$keys/paired" ]; then
		local listener sender
		listener=$("$bin/railgun-listener" identity --fingerprint --state "$keys/listener")
		sender=$("$bin/railgun-sender" identity --fingerprint --state "$keys/sender")
		"$bin/railgun-listener" trust "$sender" --name origin --state "$keys/listener" >&2
		"$bin/railgun-sender" trust "$listener" --name edge --state "$keys/sender" >&2
		touch "$keys/paired"
	fi
	exec 9>&-
}

case ${1:-} in
edge)
	pair
	# shellcheck disable=SC2086 # words on purpose
	exec "$bin/railgun-listener" --http "0.0.0.0:$EDGE_PORT" --link "$EDGE_IP:$WAN_PORT" --state "$keys/listener" ${RAILGUN_LISTENER_ARGS:-}
	;;
origin)
	pair
	# shellcheck disable=SC2086
	exec "$bin/railgun-sender" --listener "$EDGE_IP:$WAN_PORT" --origin "http://$ORIGIN" --state "$keys/sender" ${RAILGUN_SENDER_ARGS:-}
	;;
*)
	sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p;}' "$0"
	exit 2
	;;
esac
