// The page in a real browser over a real store. node --test tests/page; SCREENSHOTS=FOLDER keeps what
// it looks like for docs/page.md.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import zlib from 'node:zlib';
import {axe, getJson, launch, missing, root, serve} from './harness.mjs';

const kShots = process.env.SCREENSHOTS;
const kSize = {width: 1440, height: 900};

describe('page', {skip: missing() || false, timeout: 280_000}, () => {
  let server, base, browser, people;
  const contexts = [];
  const foreign = [];

  const open = async (address, options = {}) => {
    const context = await browser.newContext({viewport: kSize, ...options});
    contexts.push(context);
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
    });
    page.problems = [];
    page.on('pageerror', (error) => page.problems.push(error.message));
    await page.goto(base + address);
    return page;
  };
  const close = async () => {
    for (const context of contexts.splice(0)) await context.close();
  };
  const person = (name) => people.find((one) => one.name === name);
  const lineCount = (page) => page.locator('.lines > li').count();
  // Playwright's own waitForFunction needs eval in the page, which the page's policy forbids.
  const until = async (holds, what, ms = 10_000) => {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((wake) => setTimeout(wake, 50))) if (await holds()) return;
    assert.fail(`never: ${what}`);
  };
  const untilLines = (page, n) => until(async () => (await lineCount(page)) === n, `${n} lines`);
  const focusBy = async (page, key, wanted, most = 80) => {
    for (let i = 0; i < most; ++i) {
      await page.keyboard.press(key);
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
    }
    assert.fail(`${key} never came to ${wanted}`);
  };

  before(async () => {
    server = await serve([path.join(root, 'examples'), path.join(root, 'tests/page/rumours.txt')]);
    base = server.base;
    browser = await launch();
    people = (await getJson(`${base}/api/people?limit=200`)).rows;
  });
  after(async () => {
    await close();
    await browser?.close();
    assert.equal(await server?.stop(), 0, 'SIGTERM ends the server cleanly');
  });

  it('is small and asks nobody else', () => {
    const files = fs.readdirSync(path.join(root, 'build/page'), {recursive: true, withFileTypes: true});
    let bytes = 0;
    for (const file of files)
      if (file.isFile()) bytes += zlib.gzipSync(fs.readFileSync(path.join(file.path, file.name))).length;
    assert.ok(bytes > 10_000 && bytes <= 250 * 1024, `${bytes} bytes gzipped`);
  });

  it('finds a person, opens a line and its source, all by keyboard', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('Tessa Oka');
    await page.getByRole('option', {name: /Tessa Okafor/}).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/person=P\d+/);
    await page.getByRole('heading', {level: 1, name: 'Tessa Okafor'}).waitFor();
    await focusBy(page, 'Tab', '[data-line]');
    await page.keyboard.press('ArrowRight');
    const label = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/line=E\d+/);
    const title = await page.locator('.source h2').textContent();
    assert.ok(label.includes(title), `${label} / ${title}`);
    await page.locator('.source .context mark').first().waitFor();
    assert.ok((await page.locator('.source .tellers > li').count()) >= 1);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'source-title');
    await focusBy(page, 'Tab', '.source .source-line a');
    await page.keyboard.press('Enter');
    await page.waitForURL(/article\/\d+\?at=/);
    await page.locator('.article-text mark').first().waitFor();
    await page.goBack();
    await page.locator('.source h2').waitFor();
    assert.deepEqual(page.problems, []);
    await close();
  });

  it('filters by date and by certainty', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    const all = await lineCount(page);
    await page.selectOption('select[name=certainty]', 'certain');
    await page.waitForURL(/certainty=certain/);
    await until(async () => (await lineCount(page)) < all, 'fewer lines');
    assert.equal(await page.locator('.lines > li.hedged').count(), 0);
    await page.fill('input[name=from]', '2023-01-01');
    await page.waitForURL(/from=2023-01-01/);
    const {rows} = await getJson(`${base}/api/timeline?certainty=certain&from=2023-01-01&limit=200`);
    await untilLines(page, rows.length);
    assert.ok(rows.length > 0 && rows.length < all);
    await page.getByRole('button', {name: 'Clear filters'}).click();
    await untilLines(page, all);
    await close();
  });

  it('comes back to a filter that was left before the address had it', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    const all = await lineCount(page);
    // In one go: quicker than a hand, so that nothing is written down between the choice and the click.
    await page.evaluate(() => {
      const field = document.querySelector('select[name=certainty]');
      field.value = 'certain';
      field.dispatchEvent(new Event('change', {bubbles: true}));
      document.querySelector('.masthead a[href="/conflicts"]').click();
    });
    await page.waitForURL(/\/conflicts$/);
    await page.goBack();
    await page.waitForURL(/\/story\?certainty=certain$/);
    await until(async () => (await lineCount(page)) < all && (await lineCount(page)) > 0, 'fewer lines');
    assert.equal(await page.locator('.lines > li.hedged').count(), 0);
    await close();
  });

  it('tells hedged, denied and attributed lines apart in words', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    assert.ok((await page.locator('.lines .badge.said').count()) > 0);
    assert.ok((await page.locator('.lines .badge.hedged, .lines .badge.denied').count()) > 0);
    assert.ok((await page.locator('.legend li').count()) >= 6);
    await close();
  });

  it('splits a wrong merge and undoes it', async () => {
    const tessa = person('Tessa Okafor');
    assert.ok(tessa.articles > 1, 'the store joins Tessa Okafor over articles');
    const articles = (await getJson(`${base}/api/articles?limit=50`)).rows;
    let at = null;
    for (const {article} of articles) {
      const one = await getJson(`${base}/api/articles/${article}`);
      const full = one.rows ? one.rows[0] : one;
      const found = Object.entries(full.identities).find(([, id]) => id === tessa.id);
      if (found) at = {article, entity: found[0]};
    }
    const page = await open(`/article/${at.article}?mark=${at.entity}`);
    const before = tessa.articles;
    const now = async () => {
      const answer = await getJson(`${base}/api/people/${tessa.id}`);
      return (answer.rows ? answer.rows[0] : answer).articles;
    };
    const split = page.getByRole('button', {name: /Split .* off here/});
    await split.waitFor();
    await split.focus();
    await page.keyboard.press('Enter');
    await page.locator('.toast').waitFor();
    assert.equal(await now(), before - 1);
    await page.getByRole('button', {name: 'Undo'}).focus();
    await page.keyboard.press('Enter');
    await until(async () => (await now()) === before, 'undone');
    await close();
  });

  it('takes dropped and pasted articles and shows them', async () => {
    const page = await open('/drop');
    await page.getByRole('heading', {name: 'Add articles'}).waitFor();
    const text = 'date 2024-02-10 Maren Holt opened a bakery in Port Ansel on February 3. “It smells of bread,” he said on Friday.\n';
    const transfer = await page.evaluateHandle((words) => {
      const data = new DataTransfer();
      data.items.add(new File([words], 'bakery.txt', {type: 'text/plain'}));
      return data;
    }, text);
    await page.dispatchEvent('.drop-zone', 'drop', {dataTransfer: transfer});
    await page.locator('.sent .done').waitFor({timeout: 20_000});
    await page.locator('textarea').focus();
    await page.keyboard.type('date 2024-03-01 Maren Holt closed the bakery on Thursday, he said.');
    await focusBy(page, 'Tab', 'button[type=submit]', 8);
    await page.keyboard.press('Enter');
    await until(async () => (await page.locator('.sent .done').count()) === 2, 'both read', 20_000);
    await page.keyboard.press('/');
    await page.keyboard.type('Maren Holt');
    await page.getByRole('option', {name: /^Maren Holt/}).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {level: 1, name: 'Maren Holt'}).waitFor();
    await page.locator('.lines > li').first().waitFor();
    await page.locator('.lines', {hasText: /bakery/i}).waitFor();
    await close();
  });

  it('follows deep links to every state', async () => {
    const {rows} = await getJson(`${base}/api/timeline?limit=200`);
    const line = rows.find((one) => one.people.length > 0 && one.interval?.[0]);
    const page = await open(`/story?person=${line.people[0].id}&line=${line.id}`);
    await page.locator('.source h2').waitFor();
    assert.equal(await page.locator('.source h2').textContent(), line.text);
    await page.goto(`${base}/story?about=nosuchword&line=${line.id}&on=${line.interval[0]}`);
    await page.locator('.source h2').waitFor();
    await page.goto(`${base}/story?q=divorce`);
    await page.locator('.hits mark').first().waitFor();
    await page.goto(`${base}/person/${line.people[0].id}`);
    await page.getByRole('heading', {level: 1, name: line.people[0].name}).waitFor();
    await page.goto(`${base}/person/P999999`);
    await page.getByText('Not in the store').waitFor();
    await page.goto(`${base}/story?about=nosuchword`);
    await page.getByText('No line is left').waitFor();
    await close();
  });

  it('downloads what is on the screen', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    const lines = await lineCount(page);
    const saved = async (name) => {
      const wait = page.waitForEvent('download');
      await page.getByRole('button', {name, exact: true}).click();
      return fs.readFileSync(await (await wait).path(), 'utf8');
    };
    assert.equal((await saved('CSV')).trim().split('\r\n').length - 1 >= lines, true);
    assert.equal(JSON.parse(await saved('JSON')).rows.length, lines);
    assert.ok(JSON.parse(await saved('TimelineJS')).events.length > 0);
    await close();
  });

  it('has no violation of axe on any view, light or dark, narrow or wide, and never scrolls sideways', async () => {
    const {rows} = await getJson(`${base}/api/timeline?person=${person('Tessa Okafor').id}&limit=200`);
    const line = rows[0].id;
    const views = {
      story: ['/story', '.lines > li'],
      line: [`/story?line=${line}`, '.source h2'],
      person: [`/person/${person('Tessa Okafor').id}`, '.quotes blockquote'],
      article: ['/article/1?mark=e1', '.margin h2'],
      conflicts: ['/conflicts', '.conflict-list, .state.empty'],
      drop: ['/drop', '.kept li'],
      search: ['/story?q=divorce', '.hits mark'],
    };
    for (const colorScheme of ['light', 'dark']) {
      const page = await open('/story', {colorScheme, reducedMotion: 'reduce'});
      for (const [name, [address, ready]] of Object.entries(views)) {
        await page.setViewportSize(kSize);
        await page.goto(base + address);
        await page.locator(ready).first().waitFor();
        assert.deepEqual(await axe(page), [], `${name}, ${colorScheme}`);
        if (kShots) await page.screenshot({path: path.join(kShots, `${name}-${colorScheme}.png`)});
        for (const width of [360, 3840]) {
          await page.setViewportSize({width, height: 800});
          await page.waitForTimeout(60);
          const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${name} at ${width}: ${over} px too wide`);
          if (width === 360 && colorScheme === 'light' && ['line', 'person', 'article', 'story'].includes(name)) {
            assert.deepEqual(await axe(page), [], `${name}, 360 px`);
            if (kShots && name === 'story') await page.screenshot({path: path.join(kShots, 'story-narrow.png')});
          }
        }
      }
      assert.deepEqual(page.problems, []);
    }
    await close();
  });

  it('prints a timeline without what is to be pressed', async () => {
    const page = await open('/story');
    await page.locator('.lines > li').first().waitFor();
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.locator('.filters').isVisible(), false);
    assert.equal(await page.locator('.lines > li').first().isVisible(), true);
    await close();
  });

  it('shows hostile articles as text', async () => {
    const bad = '<img src=x onerror="window.hit=1">';
    const script = '<script>window.hit=2</script>';
    const article = {
      id: `x"'><svg onload=window.hit=3>`,
      uri: 'javascript:window.hit=4',
      title: `Ann ${bad} Lee ${script}`,
      publisher: `Wire ${bad}`,
      published: '2024-01-05',
      text: `Ann Lee ${bad} met Bo ${script} Chen on Monday. “${bad} I am glad,” Ann Lee said. She denied on Tuesday that Bo Chen had left ${script}.`,
    };
    const response = await fetch(`${base}/api/articles`, {
      method: 'POST',
      headers: {'Content-Type': 'application/jsonl'},
      body: JSON.stringify(article),
    });
    const {added} = await response.json();
    assert.equal(added.length, 1);
    const page = await open('/story');
    const ids = (await getJson(`${base}/api/people?limit=200`)).rows.filter((one) => /Ann|Bo|img|script/.test(one.name)).map((one) => one.id);
    const addresses = ['/story?from=2024-01-01', '/conflicts', '/drop', '/story?q=glad', `/article/${added[0]}?mark=e1`, ...ids.map((id) => `/person/${id}`), ...ids.map((id) => `/story?person=${id}`), '/story?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E'];
    for (const address of addresses) {
      await page.goto(base + address);
      await page.locator('main h1').first().waitFor();
      await page.waitForTimeout(150);
      const found = await page.evaluate(() => ({
        hit: window.hit,
        elements: document.querySelectorAll('#page img, #page script, #page [onload], #page [onerror], #page a[href^="javascript"]').length,
      }));
      assert.deepEqual(found, {hit: undefined, elements: 0}, address);
    }
    await page.goto(`${base}/article/${added[0]}`);
    await page.getByText('<img src=x onerror').first().waitFor();
    await close();
  });

  it('asked nobody but the program that served it', () => assert.deepEqual(foreign, []));
});
