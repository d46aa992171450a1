// usage: DATELINE_PROGRAM=… DATELINE_MODEL=… node bench/page_bench.mjs STORE [ROUNDS]
// How long a person waits, measured in the browser over a real store: from asking for the page until
// its lines can be read, and from a changed filter until the lines are drawn anew. Milliseconds, one
// line of JSON.
import {launch, missing, serveStore} from '../tests/page/harness.mjs';

const [store, rounds = '7'] = process.argv.slice(2);
if (!store || missing()) {
  console.error(missing() || 'which store?');
  process.exit(2);
}

// In the page: the time at which `ready` first holds, the frame that shows it being painted. Changes
// are watched, not looked for frame by frame: asking for frames would draw frames.
const watch = (ready) =>
  new Promise((resolve) => {
    const started = performance.now();
    const end = (took) => {
      observer.disconnect();
      clearTimeout(given_up);
      resolve(took);
    };
    const look = () => {
      if (!ready()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => end(performance.now() - started)));
    };
    const observer = new MutationObserver(look);
    const given_up = setTimeout(() => end(-1), 20_000);
    observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    look();
  });

const kFrom = '2019-06-01'; // a day in the middle of what bench/store_bench writes
const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await serveStore(store);
const browser = await launch();
const first = [];
const filter = [];
try {
  for (let i = 0; i < Number(rounds); ++i) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const page = await context.newPage();
    await page.addInitScript(`globalThis.shown = (${watch})(() => document.querySelector('.lines > li') && document.querySelector('.chart svg [data-line]'))`);
    await page.goto(`${server.base}/story`, {waitUntil: 'commit'});
    await page.waitForSelector('.lines > li');
    first.push(await page.evaluate(() => globalThis.shown));
    await page.waitForLoadState('networkidle'); // nobody reads and chooses within the first half second
    filter.push(
      await page.evaluate(`(async () => {
        const field = document.querySelector('input[name=from]');
        const before = document.querySelector('.lines');
        const seen = before.textContent;
        field.value = '${kFrom}';
        const done = (${watch})(() => !document.querySelector('[aria-busy=true]') && document.querySelector('.lines')?.textContent !== seen);
        field.dispatchEvent(new Event('input', {bubbles: true}));
        return done;
      })()`),
    );
    await context.close();
  }
  const status = await (await fetch(`${server.base}/api/status`)).json();
  const round = (values) => values.map((value) => Math.round(value));
  console.log(JSON.stringify({articles: status.articles, events: status.events, first_view_ms: Math.round(middle([...first])), worst_first_view_ms: Math.max(...round(first)), filter_ms: Math.round(middle([...filter])), worst_filter_ms: Math.max(...round(filter))}));
} finally {
  await browser.close();
  await server.stop();
}
