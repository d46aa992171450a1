// The pure parts of the page, without a browser: bundled as Vite would and called.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {before, describe, it} from 'node:test';
import {root} from './harness.mjs';

const require = createRequire(path.join(root, 'web/package.json'));

async function load(...modules) {
  const {build} = createRequire(require.resolve('vite'))('esbuild');
  const out = await build({
    stdin: {contents: modules.map((one) => `export * from './src/${one}';`).join('\n'), resolveDir: path.join(root, 'web'), loader: 'ts'},
    bundle: true, write: false, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], logLevel: 'silent',
  });
  return import(`data:text/javascript;base64,${Buffer.from(out.outputFiles[0].contents).toString('base64')}`);
}

const line = (id, interval, changes = {}) => ({
  id, interval, grain: 'day', label: 'some day', text: `Line ${id} of the story`, class: null, polarity: 'positive', certainty: 'certain',
  attributed: null, people: [], publishers: 1, retracted: false, tellers: [], ...changes,
});
const ann = {id: 'P1', name: 'Ann Bell', kind: 'PERSON'};
const bo = {id: 'P2', name: 'Bo Chen', kind: 'PERSON'};

describe('page, pure parts', {skip: fs.existsSync(path.join(root, 'web/node_modules')) ? false : 'no web/node_modules'}, () => {
  let m;
  before(async () => {
    m = await load('text.ts', 'words.ts', 'route.ts', 'story/layout.ts', 'story/download.ts');
  });

  it('cuts text at the edges of marks, by code points', () => {
    const text = new m.CodePoints('🎻🎻 Ann said 🍲');
    assert.equal(text.slice(3, 6), 'Ann');
    const pieces = m.cut(0, text.length, [[3, 6], [5, 10]]);
    assert.deepEqual(pieces.map(({span, over}) => [text.slice(...span), over]), [['🎻🎻 ', []], ['An', [0]], ['n', [0, 1]], [' sai', [1]], ['d 🍲', []]].map(([words, over]) => [words, over]).filter(([words]) => words));
    assert.equal(pieces.map(({span}) => text.slice(...span)).join(''), text.text);
  });

  it('says intervals as they are known', () => {
    assert.equal(m.intervalWords(['2022-11-16', '2022-11-17']), '16 Nov 2022');
    assert.equal(m.intervalWords(['2022-02-01', '2022-03-01']), '1 Feb 2022 – 28 Feb 2022');
    assert.equal(m.intervalWords([null, '2022-03-01']), 'before 1 Mar 2022');
    assert.equal(m.intervalWords(['2022-03-01', null]), 'since 1 Mar 2022');
    assert.equal(m.intervalWords([null, null]), 'at an unknown time');
  });

  it('says every reservation in a word', () => {
    const told = {polarity: 'negative', certainty: 'possible', attributed: {speaker: null, person: null, kind: 'unnamed'}, retracted: true};
    assert.deepEqual(m.reservations(told).map(({word}) => word), ['retracted', 'denied', 'possible', 'says an unnamed source']);
    assert.deepEqual(m.reservations({polarity: 'positive', certainty: 'certain', attributed: null}), []);
  });

  it('knows its addresses', () => {
    assert.equal(m.parse('/person/P12', '').id, 'P12');
    assert.equal(m.parse('/story', '?line=E1').query.get('line'), 'E1');
    for (const path of ['/person/', '/person/P1/x', '/article/x', '/api/people', '/nothing']) assert.equal(m.parse(path, ''), null, path);
  });

  it('places nothing on top of another in a lane', () => {
    const lines = [];
    for (let i = 0; i < 120; ++i) {
      const day = new Date(Date.UTC(2022, 0, 1 + ((i * 37) % 300))).toISOString().slice(0, 10);
      const end = new Date(Date.parse(day) + 86400000 * (1 + (i % 40))).toISOString().slice(0, 10);
      lines.push(line(`E${i}`, [day, i % 11 ? end : null], {people: i % 3 ? [ann] : [ann, bo]}));
    }
    const layout = m.layOut(lines, [ann, bo], m.extents(lines).all, 900);
    for (const lane of layout.lanes) {
      const rows = new Map();
      for (const mark of lane.marks) {
        assert.ok(mark.y >= lane.y && mark.y <= lane.y + lane.height);
        for (const other of rows.get(mark.y) ?? []) assert.ok(mark.x0 >= other.x1 || mark.x1 <= other.x0, `${mark.line.id} / ${other.line.id}`);
        rows.set(mark.y, [...(rows.get(mark.y) ?? []), mark]);
      }
    }
    assert.equal(layout.lanes.flatMap((lane) => lane.marks).filter((mark) => mark.home).length, 120);
  });

  it('counts what lies outside the window and what has no date', () => {
    const lines = [line('E1', ['1974-01-01', '1975-01-01']), line('E2', ['2022-05-01', '2022-05-02']), line('E3', [null, null]), line('E4', ['2030-01-01', '2030-01-02'])];
    const layout = m.layOut(lines, [], m.parseWindow('2022-01-01..2023-01-01'), 800);
    assert.deepEqual([layout.earlier, layout.later, layout.undated], [1, 1, 1]);
  });

  it('does not let one old line squeeze the rest', () => {
    const lines = [line('E0', ['1974-01-01', '1975-01-01'])];
    for (let i = 1; i < 30; ++i) lines.push(line(`E${i}`, [`2022-05-${String(i).padStart(2, '0')}`, `2022-05-${String(i + 1).padStart(2, '0')}`]));
    assert.ok(new Date(m.extents(lines).fit[0]).getUTCFullYear() >= 2022);
    assert.ok(new Date(m.extents(lines).all[0]).getUTCFullYear() <= 1974);
  });

  it('writes CSV that no sheet takes for a formula, and TimelineJS without markup', () => {
    const evil = line('E1', ['2022-05-01', '2022-05-02'], {text: '=HYPERLINK("x"), <img src=x>'});
    assert.match(m.asCsv([evil]).split('\r\n')[1], /"'=HYPERLINK\(""x""\), <img src=x>"/);
    const {events} = JSON.parse(m.asTimelineJs([evil, line('E2', [null, null])]));
    assert.equal(events.length, 1);
    assert.ok(!events[0].text.headline.includes('<'));
    assert.deepEqual(events[0].start_date, {year: 2022, month: 5, day: 1});
  });
});
