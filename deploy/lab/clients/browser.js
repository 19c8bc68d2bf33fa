// Headless Chromium, driven by npm's playwright-core: opens /page and runs what that page can do. Ends with 0 if all of it saw what it should.
//   node browser.js CHROMIUM http[s]://host:port BLOB
const { chromium } = require('playwright-core'), fs = require('fs')
const [executablePath, address, blob] = process.argv.slice(2)
const overH2 = address.startsWith('https')
const expected = { fetch: 'same', streams: 'piece 0;piece 1;piece 2;piece 3;', events: '0 1 2 3 4', socket: '1000 same', ...(overH2 ? { upload: 'same' } : {}) }

async function main () {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], timeout: 20000 })
  try {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    page.setDefaultTimeout(15000)
    await page.goto(address + '/page')
    const protocol = await page.evaluate(() => performance.getEntriesByType('navigation')[0].nextHopProtocol)
    let good = report('protocol', protocol, overH2 ? 'h2' : 'http/1.1')
    for (const [name, wanted] of Object.entries(expected)) {
      const seen = await page.evaluate(name => Promise.race([tests[name](), new Promise(resolve => setTimeout(resolve, 10000, 'nothing in 10 s'))]).catch(String), name)
      good = report(name, seen, wanted) && good
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')])
    const same = fs.readFileSync(await download.path()).equals(fs.readFileSync(blob))
    return report('download', `${download.suggestedFilename()} ${same}`, 'blob.bin true') && good
  } finally {
    await browser.close()
  }
}

function report (name, seen, wanted) {
  console.log(`${name}: ${seen}${seen === wanted ? '' : ` instead of ${wanted}`}`)
  return seen === wanted
}

main().then(good => process.exit(good ? 0 : 1), e => { console.error(e); process.exit(1) })
