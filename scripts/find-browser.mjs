// Finds a Chromium: Playwright's own, else the system's; on Debian as root it installs the package, else it says
// how to install one. Run, it prints the path; imported, `findBrowser()` gives it.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** Names under which systems know it, the likeliest to be plain first. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Where it stands on systems that do not put it on the PATH. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

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
  const candidates = [process.env.CHROMIUM_PATH, ownPath(), ...namesOnPath(), ...places];
  return candidates.find((file) => file && isExecutable(file)) ?? null;
}

/** As `findBrowser`; where there is none, installs Debian's package if it may. */
export function findOrInstallBrowser(say = () => {}) {
  const found = findBrowser();
  if (found !== null || !isDebian() || process.getuid?.() !== 0) return found;
  say('There is no Chromium here; installing the package chromium');
  const run = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 2, 2], env: aptEnvironment });
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium');
  return findBrowser();
}

const aptEnvironment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

function ownPath() {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright has none for this system.
  }
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
