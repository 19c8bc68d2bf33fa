# Sourced by the scripts beside it: a scratch folder, free ports, and a pair in front of an origin on loopback. All of it goes at the end.
# RAILGUNBIN names the folder of the executables; default: out/ of this checkout, published if it is not there.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=${RAILGUNBIN:-$root/out}
scratch=$(mktemp -d)
children=()
listener_env=() # variables for the next listener

clean_up() {
	for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
	wait 2>/dev/null || true
	rm -rf "$scratch"
}
trap clean_up EXIT

background() { # NAME COMMAND…: runs on, its output in $scratch/NAME.log
	local name=$1
	shift
	"$@" >"$scratch/$name.log" 2>&1 &
	children+=($!)
}

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

answers() { # URL: waits up to 20 s until something answers there
	for _ in $(seq 100); do
		curl -s -o /dev/null --max-time 2 "$1" && return 0
		sleep 0.2
	done
	echo "error: nothing answers at $1" >&2
	tail -n 5 "$scratch"/*.log >&2
	return 1
}

start_pair() { # ORIGIN (http://host:port): sets edge, the address that clients ask
	local port link
	[ -x "$bin/railgun-listener" ] || "$root/deploy/publish.sh" --host-only >&2
	port=$(free_port) link=$(free_port)
	local listener="$scratch/listener-$port" sender="$scratch/sender-$port"
	"$bin/railgun-listener" trust "$("$bin/railgun-sender" identity --fingerprint --state "$sender")" --name origin --state "$listener" >&2
	"$bin/railgun-sender" trust "$("$bin/railgun-listener" identity --fingerprint --state "$listener")" --name edge --state "$sender" >&2
	background listener env "${listener_env[@]}" "$bin/railgun-listener" --http "127.0.0.1:$port" --link "127.0.0.1:$link" --admin "127.0.0.1:$(free_port)" --state "$listener"
	background sender "$bin/railgun-sender" --listener "127.0.0.1:$link" --origin "$1" --admin "127.0.0.1:$(free_port)" --state "$sender"
	edge="http://127.0.0.1:$port"
	answers "$edge/"
}
