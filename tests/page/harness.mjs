// What the tests of the page share: a store made from examples/, the program serving it, a browser.
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(path.join(root, 'web/package.json'));
const {chromium} = require('playwright-core');
export const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const kProgram = process.env.DATELINE_PROGRAM;
const kChromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => fs.existsSync(file));

// Why the tests cannot run here; "" where they can.
export function missing() {
  if (!kProgram) return 'DATELINE_PROGRAM is not set';
  if (!process.env.DATELINE_MODEL) return 'DATELINE_MODEL is not set';
  if (!kChromium) return 'no chromium';
  return '';
}

// Serves a new store with `inputs` in it. Ends with stop().
export async function serve(inputs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dateline-page-'));
  const store = path.join(folder, 'story.db');
  const added = spawnSync(kProgram, ['add', store, ...inputs], {encoding: 'utf8'});
  if (added.status !== 0) throw new Error(`dateline add: ${added.stderr}`);
  const server = await serveStore(store);
  return {
    base: server.base,
    stop: async () => {
      const code = await server.stop();
      fs.rmSync(folder, {recursive: true, force: true});
      return code;
    },
  };
}

// Serves a store that is there.
export async function serveStore(store) {
  const server = spawn(kProgram, ['serve', store, '--port', '0'], {stdio: ['ignore', 'ignore', 'pipe']});
  const base = await new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (data) => {
      said += data;
      const match = /(http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (match) resolve(match[1]);
    });
    server.on('exit', () => reject(new Error(`dateline serve: ${said}`)));
  });
  return {
    base,
    stop: async () => {
      const ended = new Promise((resolve) => server.on('exit', (code) => resolve(code)));
      server.kill('SIGTERM');
      return ended;
    },
  };
}

export function launch() {
  // Tests run as root in containers, where Chromium's own sandbox cannot.
  return chromium.launch({executablePath: kChromium, args: ['--no-sandbox', '--force-color-profile=srgb']});
}

export async function getJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

export async function axe(page) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}),
  );
  return result.violations.map(
    (one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} [${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}]`).join(' | ')}`,
  );
}
