// git over HTTP: runs git's own http-backend as CGI.
const { spawn } = require('child_process')

module.exports = (request, response, scratch) => {
  const url = new URL(request.url, 'http://x')
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: scratch + '/repo',
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname.slice(4),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? ''
    }
  })
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
