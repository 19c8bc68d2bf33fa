#!/usr/bin/env bash
# The npm package http-cache-tests asked of its own server, straight and through the pair: each case must have the same verdict.
# Needs node, npm, curl. Not part of the quick CI: it takes a minute or two.
set -euo pipefail
# shellcheck source=pair.bash
source "$(dirname "$0")/pair.bash"

cd "$scratch"
npm install --silent --no-audit --no-fund http-cache-tests@0.4.5 >&2
cd node_modules/http-cache-tests

# Its configuration comes from npm's variables; the id must be there, and empty, for all tests to run.
export npm_package_config_protocol=http npm_package_config_id='' npm_package_config_pidfile="$scratch/server.pid"
npm_package_config_port=$(free_port)
export npm_package_config_port
background origin node server/server.mjs
origin="http://127.0.0.1:$npm_package_config_port"
answers "$origin/"
start_pair "$origin"

npm_package_config_base=$origin node --no-warnings cli.mjs >"$scratch/straight.json"
npm_package_config_base=$edge node --no-warnings cli.mjs >"$scratch/through.json"

node - "$scratch/straight.json" "$scratch/through.json" <<'JS'
const [straight, through] = process.argv.slice(2).map(f => JSON.parse(require('fs').readFileSync(f, 'utf8')))
const verdict = result => Array.isArray(result) ? result[0] : String(result)
const ids = [...new Set([...Object.keys(straight), ...Object.keys(through)])].sort()
// Two kinds of cases have no verdict straight. Where the server breaks the connection off instead of answering, a gateway answers 502 in its place (RFC 9110
// section 15.6.3), which is what the case then sees. Where it announces fewer bytes than it sends, node's client refuses the answer; the pair passes what is announced.
const excuses = {
  'the server breaks off: 502 in its place': id => /socket hang up/.test(straight[id]) && /502|comes? from cache|FetchError/.test(JSON.stringify(through[id])),
  'the server sends more than it announces': id => /Parse Error/.test(straight[id]) && /Content-Length/.test(id)
}
const excuseOf = id => verdict(straight[id]) === 'FetchError' && Object.keys(excuses).find(reason => excuses[reason](id))
const unanswered = ids.filter(id => excuseOf(id))
const other = ids.filter(id => verdict(straight[id]) !== verdict(through[id]) && !excuseOf(id))
for (const id of unanswered) console.log(`not counted, ${excuseOf(id)}: ${id}`)
for (const id of other) console.log(`${id}: straight ${JSON.stringify(straight[id])}, through the pair ${JSON.stringify(through[id])}`)
console.log(`${ids.length} cases, ${unanswered.length} of them without an answer from the server itself, ${other.length} with another verdict through the pair`)
process.exitCode = ids.length > 100 && other.length === 0 ? 0 : 1
JS
