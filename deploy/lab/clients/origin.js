// The origin of real-clients.sh, by node's http and npm's ws: uploads, event streams, early hints, refusals, git, and the page that the browser opens.
const http = require('http'), crypto = require('crypto'), fs = require('fs'), path = require('path'), { WebSocketServer } = require('ws')
const git = require('./git.js')
const [port, scratch] = process.argv.slice(2)

const answers = {
  '/': (request, response) => response.end('node'),
  '/digest': (request, response) => {
    const hash = crypto.createHash('sha256')
    request.on('data', data => hash.update(data)).on('end', () => response.end(hash.digest('hex')))
  },
  '/events': (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    let n = Number(request.headers['last-event-id'] ?? -1) + 1
    const timer = setInterval(() => { response.write(`retry: 100\nid: ${n}\ndata: ${n++}\n\n`); if (n % 3 === 0) { clearInterval(timer); response.end() } }, 50)
  },
  '/hints': (request, response) => response.writeEarlyHints({ link: '</a.css>; rel=preload' }, () => response.end('after hints')),
  // It goes on reading: closed at once, the connection would be reset, and nginx say 502 whenever it has not read the answer by then.
  '/refuse': (request, response) => { response.writeHead(413); response.end('too much'); request.resume() },
  '/page': (request, response) => { response.setHeader('Content-Type', 'text/html'); fs.createReadStream(path.join(__dirname, 'page.html')).pipe(response) },
  // Each piece waits until the browser has told that it has the one before.
  '/pieces': (request, response) => { response.setHeader('Content-Type', 'text/plain'); pieces = response; response.write('piece 0;') },
  '/next': (request, response) => { const n = Number(new URL(request.url, 'http://x').searchParams.get('n')); n < 4 ? pieces.write(`piece ${n};`) : pieces.end(); response.end() },
  '/download': (request, response) => { response.setHeader('Content-Disposition', 'attachment; filename="blob.bin"'); fs.createReadStream(`${scratch}/site/blob.bin`).pipe(response) }
}
let pieces

const server = http.createServer((request, response) => {
  if (request.url.startsWith('/git/')) return git(request, response, scratch)
  const answer = answers[request.url.split('?')[0]]
  if (answer) return answer(request, response)
  response.statusCode = 404
  response.end()
})
new WebSocketServer({ server }).on('connection', socket => socket.on('message', (data, binary) => socket.send(data, { binary })))
server.listen(port, '127.0.0.1')
