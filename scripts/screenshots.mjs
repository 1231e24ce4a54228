// npm run screenshots: the pictures of docs/images/, taken of the built mock and of the example in a Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findOrInstallBrowser, launchArguments, remedy } from './find-browser.mjs';
import { readOptions } from './options.mjs';

readOptions(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
/** Larger ones make a page of documentation slow. */
const mostBytes = 200_000;

const executablePath = findOrInstallBrowser(console.error);
if (executablePath === null) {
  console.error(`There is no Chromium here. Install one with:\n  ${remedy}`);
  process.exit(1);
}

/** For the mock, so that pictures differ only where something has changed. */
const noon = 'data:text/javascript,Date.now=()=>Date.UTC(2026,0,1,12)';

/** So that a letter has the same pixels each time. */
const drawAlike = ['--disable-partial-raster', '--font-render-hinting=none'];

const running = [];
const [mockPort, pagePort] = [3000, 3001];
try {
  const example = ['examples/installations-picker', '--configLoader', 'runner'];
  const vite = 'node_modules/vite/bin/vite.js';
  await finished([vite, 'build', ...example, '--logLevel', 'warn']);
  const page = [vite, 'preview', ...example, '--port', String(pagePort), '--strictPort'];
  const { url: pageUrl } = await start(page, { MOCK_URL: `http://localhost:${mockPort}` });

  mkdirSync(images, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: [...launchArguments, ...drawAlike] });
  running.push(browser);
  for (const colorScheme of ['light', 'dark']) {
    const args = [`--import=${noon}`, 'dist/cli/main.js', 'mock', '--port', String(mockPort), '--no-watch'];
    const mock = await start(args, {});
    await takePictures(browser, colorScheme, mock.url, pageUrl);
    mock.child.kill('SIGKILL');
    await once(mock.child, 'close');
  }
} finally {
  for (const one of running.reverse()) await (one.kill?.() ?? one.close());
}

async function takePictures(browser, colorScheme, mockUrl, pageUrl) {
  const options = { colorScheme, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' };
  const picker = await browser.newPage({ ...options, viewport: { width: 640, height: 560 } });
  const mockConsole = await browser.newPage({ ...options, viewport: { width: 1280, height: 800 } });
  await mockConsole.goto(`${mockUrl}/__counterproof/`);
  await picker.clock.install();
  await picker.goto(pageUrl);

  const provider = (name) => picker.getByRole('radio', { name }).check();
  const again = () => picker.getByRole('button', { name: /again/ }).first().click();
  const choose = async (name) => {
    await mockConsole.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
    await mockConsole.getByRole('banner').getByText(name).first().waitFor();
  };
  const reset = async () => {
    await mockConsole.getByRole('button', { name: 'Reset', exact: true }).click();
    await mockConsole.getByText('1 answer is switched').waitFor({ state: 'detached' });
  };
  const shoot = async (name, title) => {
    await picker.getByText(title).first().waitFor();
    await picker.mouse.move(0, 0);
    await picker.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
    await save(picker.locator('main'), `picker-${name}-${colorScheme}`);
  };

  await provider('GitHub');
  await picker.getByRole('radio').nth(5).check();
  await shoot('list', 'on GitHub');
  await choose('no-installations');
  await provider('Bitbucket');
  await shoot('empty', 'No workspaces yet');
  await choose('git-provider-token-missing');
  await again();
  await shoot('401', 'is not connected');
  await reset();
  await fetch(`${mockUrl}/api/user/installations?provider=GITHUB`, { headers: { 'X-Session-API-Key': 'key' } });
  await choose('provider-unknown');
  await provider('GitHub');
  await shoot('422', 'did not understand');
  await mockConsole
    .getByRole('region', { name: /^Requests/ })
    .getByRole('listitem')
    .first()
    .waitFor();
  await mockConsole.locator('.pane-operation').evaluate((pane) => pane.scrollTo(0, 0));
  await mockConsole.getByRole('button', { name: '422', exact: true }).waitFor();
  await save(mockConsole, `console-${colorScheme}`);
  await reset();

  await picker.route('**/api/**', (route) => route.abort());
  await again();
  await shoot('unreachable', 'cannot be reached');
  await picker.unroute('**/api/**');
  // Never answered, so that the picture has all the time it needs.
  await picker.route('**/api/**', () => {});
  await again();
  await picker.clock.runFor(2000);
  await shoot('slow', 'longer than usual');
  await picker.close();
  await mockConsole.close();
}

async function save(what, name) {
  const path = `${images}${name}.png`;
  await what.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > mostBytes) throw new Error(`${path} has ${size} bytes, more than ${mostBytes}`);
  console.log(`docs/images/${name}.png ${size}`);
}

/** Starts a server and gives it with the address that it prints. */
function start(args, env) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1', ...env } });
  running.push(child);
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (text) => {
      printed += text;
      const [url] = printed.match(/http:\/\/localhost:\d+/) ?? [];
      if (url !== undefined) resolve({ url, child });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => reject(new Error(`${args.join(' ')} ended:\n${printed}`)));
  });
}

function finished(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args.join(' ')}: exit code ${code}`))));
  });
}
