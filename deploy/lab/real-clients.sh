#!/usr/bin/env bash
# Clients and servers that nobody here wrote, on loopback through the pair: curl, nginx, Apache, node's http and ws, git over HTTP, Chromium.
# Needs node, npm, curl, git, openssl; nginx, apache2 and chromium are left out where they are not installed. Ends with 0 only if every check holds,
# with 77 if it can't begin.
set -euo pipefail
# shellcheck source=pair.bash
source "$(dirname "$0")/pair.bash"
clients=$root/deploy/lab/clients
PATH=$PATH:/usr/sbin # where Debian has its web servers

passed=0 failed=0 skipped=0
check() { # WHAT COMMAND…
	local what=$1
	shift
	if "$@" >"$scratch/check.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok      $what"
	else
		failed=$((failed + 1))
		echo "FAILED  $what"
		tail -n 15 "$scratch/check.log"
	fi
}

skip() { # WHAT WHY
	skipped=$((skipped + 1))
	echo "skipped $1: $2"
}

same() { curl -sf "${@:3}" "$edge$2" >through && curl -sf "${@:3}" "$1$2" >straight && cmp through straight; } # ORIGIN PATH …
holds() { curl -s "${@:2}" >"$scratch/held" && grep -q -- "$1" "$scratch/held" || { head -c 600 "$scratch/held"; return 1; }; }
digest() { [ "$(curl -sf "${@:2}" --data-binary @site/blob.bin "$edge$1")" = "$(sha256sum <site/blob.bin | cut -d' ' -f1)" ]; } # PATH …
clone() { rm -rf work && git clone -q "$edge/git/site.git" work; }
push() { (cd work && cp ../site/* . && git add . && git -c user.name=a -c user.email=a@b commit -qm one && git push -q origin HEAD:main); }
fetched() { rm -rf again && git clone -q -b main "$edge/git/site.git" again && cmp again/blob.bin site/blob.bin; }
since() { date -uR -r site/blob.bin | sed 's/+0000/GMT/'; }

check_files() { # NAME ORIGIN: what each web server does with files
	check "$1: a file" same "$2" /blob.bin
	check "$1: text, which it would compress" same "$2" /numbers.txt
	check "$1: the same text, compressed" same "$2" /numbers.txt --compressed
	check "$1: a range" same "$2" /blob.bin -r 1000-1999
	check "$1: several ranges" holds 'multipart/byteranges' -D - -o /dev/null -r 0-9,20-29 "$edge/blob.bin"
	check "$1: a condition that holds" holds '^HTTP/1.1 304' -D - -o /dev/null -H "If-Modified-Since: $(since)" "$edge/blob.bin"
	local tag
	tag=$(curl -s --compressed -D - -o /dev/null "$edge/numbers.txt" | sed -n 's/^etag: \(.*\)\r$/\1/Ip')
	check "$1: the tag of a compressed answer" holds '^HTTP/1.1 304' --compressed -D - -o /dev/null -H "If-None-Match: $tag" "$edge/numbers.txt"
	check "$1: an upload with a length, 100-continue" digest /node/digest -H 'Expect: 100-continue'
	check "$1: an upload without a length" digest /node/digest -H 'Transfer-Encoding: chunked'
	check "$1: an event stream" holds 'data: 2' -N "$edge/node/events"
	check "$1: WebSocket" node "$clients/talk.js" "$edge/node/"
}

for tool in node npm curl git openssl; do
	command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed" >&2; exit 77; }
done
cd "$scratch"
timeout 90 npm install --silent --no-audit --no-fund ws@8 playwright-core >&2 || { echo 'skipped: npm can not install ws and playwright-core' >&2; exit 77; }
export NODE_PATH=$scratch/node_modules
# Nothing waits for ever: curl by its own file, git by its own variables; the node programs have their limits in them.
echo 'max-time = 30' >.curlrc
export CURL_HOME=$scratch GIT_HTTP_LOW_SPEED_LIMIT=1 GIT_HTTP_LOW_SPEED_TIME=30
# Apache's workers are another user: they may read the site, and nothing else here.
chmod 711 "$scratch"
mkdir -p site repo && head -c 300000 /dev/urandom >site/blob.bin && seq 20000 >site/numbers.txt
git init -q --bare repo/site.git && git -C repo/site.git config http.receivepack true
node_port=$(free_port)
background node node "$clients/origin.js" "$node_port" "$scratch"
answers "http://127.0.0.1:$node_port/"

if command -v nginx >/dev/null; then
	nginx_port=$(free_port)
	# shellcheck source=clients/nginx.bash
	source "$clients/nginx.bash"
	nginx_conf >nginx.conf
	background nginx nginx -c "$scratch/nginx.conf" -p "$scratch"
	answers "http://127.0.0.1:$nginx_port/numbers.txt"
	start_pair "http://127.0.0.1:$nginx_port"
	check_files nginx "http://127.0.0.1:$nginx_port"
	check 'curl: an upload that nginx sees refused early' holds 'too much' --data-binary @site/blob.bin "$edge/node/refuse"
	check 'git: clone of nothing' clone
	check 'git: push' push
	check 'git: clone of what was pushed' fetched
else
	skip nginx 'not installed (apt-get install nginx-light)'
fi

if command -v apache2 >/dev/null; then
	apache_port=$(free_port)
	# shellcheck source=clients/apache.bash
	source "$clients/apache.bash"
	apache_conf >apache.conf
	background apache apache2 -DFOREGROUND -f "$scratch/apache.conf"
	answers "http://127.0.0.1:$apache_port/numbers.txt"
	start_pair "http://127.0.0.1:$apache_port"
	check_files Apache "http://127.0.0.1:$apache_port"
else
	skip Apache 'not installed (apt-get install apache2)'
fi

# The node server without another between, in HTTP/1.1 and over TLS in HTTP/2.
secure=$(free_port)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout tls.key -out tls.pem 2>/dev/null
cat tls.key >>tls.pem
listener_env=("RAILGUN_HTTPS=127.0.0.1:$secure" "RAILGUN_TLS__CERTIFICATE=$scratch/tls.pem")
start_pair "http://127.0.0.1:$node_port"
check 'node: WebSocket' node "$clients/talk.js" "$edge/"
check 'node: early hints' holds '^HTTP/1.1 103' -D - -o /dev/null "$edge/hints"
check 'node: an upload without a length' digest /digest -H 'Transfer-Encoding: chunked'
check 'curl: an upload over HTTP/2' test "$(curl -skf --http2 -T site/blob.bin "https://127.0.0.1:$secure/digest")" = "$(sha256sum <site/blob.bin | cut -d' ' -f1)"
if browser=$(command -v chromium || command -v chromium-browser); then
	check 'Chromium, HTTP/1.1: fetch, streams, EventSource, WebSocket, a download' node "$clients/browser.js" "$browser" "$edge" site/blob.bin
	check 'Chromium, HTTP/2: the same, and a streamed upload' node "$clients/browser.js" "$browser" "https://127.0.0.1:$secure" site/blob.bin
else
	skip Chromium 'not installed (apt-get install chromium)'
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
