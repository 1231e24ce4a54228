// Finds a Chromium: Playwright's own, else the system's; on Debian as root it installs the package, else it says
// how to install one. Run, it prints the path; imported, `findBrowser()` gives it. The headless shell is preferred to
// a whole browser: a page of it costs a third of the processor's time (0.6 s against 2.2 s), and shows the same.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Debian's package of the headless shell, and the name of what it installs. */
const shell = 'chromium-headless-shell';

/** Names under which systems know it, the likeliest to be plain first. */
const names = [
  shell,
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/** Where it stands on systems that do not put it on the PATH. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** How Playwright names the file of its headless shell, by system. */
const ownShells = ['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe'];

/** A mirror that does not answer must not hold the tests; one that is slow must not fail them. */
const maximumInstallMilliseconds = 600_000;

/** A mirror that fails once is asked again, one that falls silent is given up, and another apt is waited for (seconds). */
const aptOptions = ['Acquire::Retries=3', 'Acquire::http::Timeout=30', 'DPkg::Lock::Timeout=300'].flatMap((option) => [
  '-o',
  option,
]);

/** What a person runs where there is none. */
export const remedy = 'npx playwright install --with-deps --only-shell chromium';

/**
 * Arguments with which it runs headless where it otherwise would not: as root there is no sandbox, and containers
 * often have a small /dev/shm. A graphics processor that is imitated makes each page a fifth dearer, and draws it alike.
 */
export const launchArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-software-rasterizer',
];

/** The path of a Chromium that is there, or null. CHROMIUM_PATH outranks what is found. */
export function findBrowser() {
  const candidates = [process.env.CHROMIUM_PATH, ...ownPaths(), ...namesOnPath(), ...places];
  return candidates.find((file) => file && isExecutable(file)) ?? null;
}

/**
 * As `findBrowser`; where there is none, installs Debian's package if it may. In CI it does so too where there is a
 * whole browser alone, and is content with that when the package cannot be had.
 */
export function findOrInstallBrowser(say = () => {}) {
  const found = findBrowser();
  const isEnough =
    found !== null && (process.env.CI === undefined || isShell(found) || found === process.env.CHROMIUM_PATH);
  if (isEnough || !isDebian() || process.getuid?.() !== 0) return found;
  const why = found === null ? 'There is no Chromium here' : `${found} is slow in tests`;
  // The lists are those of the last update where they cannot be had anew: what they name is often still there.
  attempt('the lists of packages', ['update']);
  for (const name of found === null ? [shell, 'chromium'] : [shell]) {
    say(`${why}; installing the package ${name}`);
    if (attempt(`the package ${name}`, ['install', '-y', '--no-install-recommends', name])) break;
  }
  return findBrowser();

  /** Whether apt-get did it; why not is said, and what is found without it decides. */
  function attempt(what, args) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      const options = { stdio: ['ignore', 2, 2], env: environment, timeout: maximumInstallMilliseconds };
      execFileSync('apt-get', [...aptOptions, ...args], options);
      return true;
    } catch (error) {
      say(`${what} could not be had: ${error.message}`);
      return false;
    }
  }
}

const isShell = (file) => /headless[-_]shell/.test(basename(file));

/** Where Playwright puts what it downloads: the headless shell stands in a folder beside that of the whole browser. */
function ownPaths() {
  let whole;
  try {
    whole = chromium.executablePath();
  } catch {
    return []; // Playwright has none for this system.
  }
  const browsers = dirname(dirname(dirname(whole)));
  const revision = /chromium-(\d+)/.exec(whole)?.[1];
  const folder = join(browsers, `chromium_headless_shell-${revision}`);
  const shells = existsSync(folder)
    ? readdirSync(folder).flatMap((name) => ownShells.map((file) => join(folder, name, file)))
    : [];
  return [...shells, whole];
}

function namesOnPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const found = findOrInstallBrowser((text) => console.error(text));
  if (found === null) {
    console.error(`There is no Chromium here. Install one with:\n  ${remedy}`);
    process.exitCode = 1;
  } else console.log(found);
}
