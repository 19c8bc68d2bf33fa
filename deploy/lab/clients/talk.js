// A WebSocket conversation by npm's ws: text, a big message, an empty one, a ping. Ends with 0 if each came back as it was sent.
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
