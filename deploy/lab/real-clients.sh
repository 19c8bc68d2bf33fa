#!/usr/bin/env bash
# Clients and servers that nobody here wrote, on loopback through the pair: curl, nginx, node's http and ws, git over HTTP.
# Needs node, npm, curl, git, nginx. Not part of the quick CI. Ends with 0 only if every check holds.
set -euo pipefail
# shellcheck source=pair.bash
source "$(dirname "$0")/pair.bash"

passed=0 failed=0
check() { # WHAT COMMAND…
	local what=$1
	shift
	if "$@" >"$scratch/check.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok      $what"
	else
		failed=$((failed + 1))
		echo "FAILED  $what"
		tail -n 5 "$scratch/check.log"
	fi
}

cd "$scratch"
npm install --silent --no-audit --no-fund ws@8 >&2
mkdir -p site repo && head -c 300000 /dev/urandom >site/blob.bin && seq 20000 >site/numbers.txt
git init -q --bare repo/site.git && git -C repo/site.git config http.receivepack true
nginx_port=$(free_port) node_port=$(free_port)

# Its worker reads the scratch folder, which is ours alone.
cat >nginx.conf <<CONF
$([ "$(id -u)" -eq 0 ] && echo 'user root;')
worker_processes 1; daemon off; pid $scratch/nginx.pid; error_log $scratch/nginx-errors.log;
events { worker_connections 256; }
http {
  access_log off; client_body_temp_path $scratch/body; proxy_temp_path $scratch/proxy; fastcgi_temp_path $scratch/f; uwsgi_temp_path $scratch/u; scgi_temp_path $scratch/s;
  client_max_body_size 0; types { text/plain txt; application/octet-stream bin; } gzip on; gzip_types text/plain; gzip_min_length 1000;
  server {
    listen 127.0.0.1:$nginx_port; root $scratch/site;
    location /node/ { proxy_pass http://127.0.0.1:$node_port/; proxy_http_version 1.1; proxy_request_buffering off; proxy_buffering off;
      proxy_set_header Upgrade \$http_upgrade; proxy_set_header Connection \$http_connection; }
    location /git/ { proxy_pass http://127.0.0.1:$node_port; proxy_request_buffering off; proxy_http_version 1.1; }
  }
}
CONF

cat >origin.js <<'JS'
const http = require('http'), crypto = require('crypto'), { spawn } = require('child_process'), { WebSocketServer } = require('ws')
const [port, scratch] = process.argv.slice(2)
const server = http.createServer((request, response) => {
  if (request.url.startsWith('/git/')) return git(request, response)
  if (request.url === '/digest') {
    const hash = crypto.createHash('sha256')
    request.on('data', d => hash.update(d)).on('end', () => response.end(hash.digest('hex')))
  } else if (request.url === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    let n = 0
    const timer = setInterval(() => { response.write(`data: ${n++}\n\n`); if (n === 3) { clearInterval(timer); response.end() } }, 50)
  } else if (request.url === '/hints') {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('after hints'))
  } else if (request.url === '/refuse') {
    response.writeHead(413, { Connection: 'close' }); response.end('too much')
  } else response.end('node')
})
function git (request, response) {
  const url = new URL(request.url, 'http://x')
  const env = { ...process.env, GIT_PROJECT_ROOT: scratch + '/repo', GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: url.pathname.slice(4), QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '', GIT_PROTOCOL: request.headers['git-protocol'] ?? '' }
  const child = spawn('git', ['http-backend'], { env })
  request.pipe(child.stdin)
  let head = Buffer.alloc(0), begun = false
  child.stdout.on('data', data => {
    if (begun) return response.write(data)
    head = Buffer.concat([head, data])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    begun = true
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const [name, value] = line.split(': ')
      if (name === 'Status') response.statusCode = parseInt(value); else response.appendHeader(name, value)
    }
    response.write(head.subarray(end + 4))
  }).on('end', () => response.end())
}
new WebSocketServer({ server }).on('connection', socket => socket.on('message', (data, binary) => socket.send(data, { binary })))
server.listen(port, '127.0.0.1')
JS

cat >talk.js <<'JS'
const { WebSocket } = require('ws'), crypto = require('crypto')
const socket = new WebSocket(process.argv[2].replace('http', 'ws'))
const messages = ['hello', crypto.randomBytes(1_000_000), '', crypto.randomBytes(70_000)]
let next = 0, ponged = false
socket.on('open', () => { socket.ping('hi'); socket.send(messages[0]) }).on('pong', () => { ponged = true })
socket.on('message', (data, binary) => {
  if (!data.equals(Buffer.from(messages[next]))) process.exit(1)
  if (++next === messages.length) socket.close(1000, 'bye'); else socket.send(messages[next])
}).on('close', code => process.exit(ponged && code === 1000 ? 0 : 1)).on('error', e => { console.error(e); process.exit(1) })
setTimeout(() => process.exit(2), 20000)
JS

background nginx nginx -c "$scratch/nginx.conf" -p "$scratch"
background node node origin.js "$node_port" "$scratch"
answers "http://127.0.0.1:$nginx_port/numbers.txt"
answers "http://127.0.0.1:$node_port/"
start_pair "http://127.0.0.1:$nginx_port"

same() { curl -sf "${@:2}" "$edge$1" >through && curl -sf "${@:2}" "http://127.0.0.1:$nginx_port$1" >straight && cmp through straight; }
holds() { curl -s "${@:2}" >"$scratch/held" && grep -q -- "$1" "$scratch/held" || { head -c 600 "$scratch/held"; return 1; }; }
digest() { [ "$(curl -sf "$@" --data-binary @site/blob.bin "$edge/node/digest")" = "$(sha256sum <site/blob.bin | cut -d' ' -f1)" ]; }
clone() { rm -rf work && git clone -q "$edge/git/site.git" work; }
push() { (cd work && cp ../site/* . && git add . && git -c user.name=a -c user.email=a@b commit -qm one && git push -q origin HEAD:main); }
fetched() { rm -rf again && git clone -q -b main "$edge/git/site.git" again && cmp again/blob.bin site/blob.bin; }

check 'curl: a file from nginx' same /blob.bin
check 'curl: text from nginx, which would compress it' same /numbers.txt
check 'curl: the same text, compressed' same /numbers.txt --compressed
check 'curl: a range' same /blob.bin -r 1000-1999
check 'curl: several ranges' holds 'multipart/byteranges' -D - -o /dev/null -r 0-9,20-29 "$edge/blob.bin"
check 'curl: a condition that holds' holds '^HTTP/1.1 304' -D - -o /dev/null -H "If-Modified-Since: $(date -uR -r site/blob.bin | sed 's/+0000/GMT/')" "$edge/blob.bin"
check 'curl: an upload with a length, 100-continue' digest -H 'Expect: 100-continue'
check 'curl: an upload without a length' digest -H 'Transfer-Encoding: chunked'
check 'curl: an upload that is refused early' holds 'too much' --data-binary @site/blob.bin "$edge/node/refuse"
check 'curl: an event stream' holds 'data: 2' -N "$edge/node/events"
check 'node: WebSocket with ws, through nginx' node talk.js "$edge/node/"
check 'git: clone of nothing' clone
check 'git: push' push
check 'git: clone of what was pushed' fetched

# The same node server without nginx between.
start_pair "http://127.0.0.1:$node_port"
check 'node: WebSocket with ws' node talk.js "$edge/"
check 'node: early hints' holds '^HTTP/1.1 103' -D - -o /dev/null "$edge/hints"
check 'node: an upload without a length' test "$(curl -sf -H 'Transfer-Encoding: chunked' --data-binary @site/blob.bin "$edge/digest")" = "$(sha256sum <site/blob.bin | cut -d' ' -f1)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
