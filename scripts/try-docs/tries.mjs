// Each thing that the pages show is put where a reader puts it, and run.
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOrInstallBrowser, launchArguments } from '../find-browser.mjs';
import { address, attempt, bin, folder, options, run, running, sh } from './reader.mjs';
import { commandsOf, elsewhere, fileOf, inLanguage, of, titleOf } from './shown.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Commands: those that go on until they are ended get a free port, so that nothing else on the machine is in their way. */
export async function tryCommands(mock) {
  for (const block of inLanguage('sh')) {
    const commands = commandsOf(block.text).map((command) => command.replaceAll(/http:\/\/localhost:\d+/g, mock));
    const asked = commands.filter((command) => /^(curl|\w+=\S+$)/.test(command));
    if (asked.length > 0) {
      const script = asked.join('\n').replaceAll('curl ', 'curl -sS --max-time 300 ');
      await attempt(titleOf(block), () => void sh(script));
    }
    for (const command of commands) {
      if (asked.includes(command) || elsewhere.test(command) || /^(npx )?counterproof( [a-z]+)? [A-Z]/.test(command))
        continue;
      await attempt(`${titleOf(block)} ${command}`, () =>
        /counterproof (mock|proxy)/.test(command)
          ? running(`${command.replace(' -h 127.0.0.1', '')} --port 0`, /(?:judged on|http:\/\/)/)
          : void sh(command.replace('npx ', 'npx --no ')),
      );
    }
  }
}

/** Snippets of TypeScript: the types hold as strictly as they can be asked, for a bundler and for Node; then those run that may. */
export async function trySnippets() {
  const snippets = inLanguage('ts');
  mkdirSync(join(folder, 'snippets'), { recursive: true });
  for (const block of snippets) writeFileSync(join(folder, 'snippets', `${fileOf(block)}.ts`), block.text);
  for (const [module, moduleResolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ]) {
    const project = {
      compilerOptions: {
        ...{ module, moduleResolution, target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'] },
        ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
        ...{ types: ['node', 'vite/client'], rootDir: 'snippets', outDir: 'out' },
      },
      include: ['snippets'],
    };
    writeFileSync(join(folder, `tsconfig.${module}.json`), JSON.stringify(project));
    await attempt(
      `types under ${moduleResolution}`,
      () => void run(join(bin, 'tsc'), ['-p', `tsconfig.${module}.json`]),
    );
  }
  for (const block of snippets.filter(({ purpose }) => purpose === 'run')) {
    await attempt(`${titleOf(block)} in Node`, () => void run(options.node, [join('out', `${fileOf(block)}.js`)]));
  }
  const tests = snippets
    .filter(({ purpose }) => purpose === 'run')
    .map((block) => `test('${titleOf(block)}', () => import('./snippets/${fileOf(block)}.ts'), 60_000);`);
  writeFileSync(join(folder, 'snippets.test.ts'), `import { test } from 'vitest';\n${tests.join('\n')}\n`);
  await attempt('snippets in Vitest', () => void run(join(bin, 'vitest'), ['run', 'snippets.test.ts']));
}

/** `counterproof types` beside the page's own snippet: the names that it knows hold. */
export async function tryTypes() {
  const [snippet] = inLanguage('ts').filter(({ page }) => page === 'docs/types.md');
  const project = join(folder, 'typed');
  mkdirSync(project, { recursive: true });
  run(join(bin, 'counterproof'), ['types', 'openapi.yaml', '--out', join(project, 'openapi.d.ts')]);
  writeFileSync(join(project, 'right.ts'), snippet.text);
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const check = (file) => run(join(bin, 'tsc'), [...flags, 'openapi.d.ts', file], { cwd: project });
  await attempt(`${titleOf(snippet)} with its types`, () => void check('right.ts'));
  await attempt(`${titleOf(snippet)} with a name that is not there`, () => {
    writeFileSync(join(project, 'wrong.ts'), snippet.text.replace("'no-installations'", "'no-instalations'"));
    try {
      check('wrong.ts');
    } catch (error) {
      if (String(error.message).includes('no-instalations')) return;
      throw error;
    }
    throw new Error('TypeScript takes it');
  });
}

/** The folder of each thing that a page shows as a file beside the document. */
export async function tryFiles() {
  for (const block of of('fixtures')) {
    const name = `${fileOf(block)}.fixtures.yaml`;
    writeFileSync(join(folder, name), block.text);
    await attempt(titleOf(block), () =>
      running(`npx --no counterproof mock openapi.yaml --fixtures ${name} --port 0`, address),
    );
  }
  const [handlers] = inLanguage('ts').filter(({ page }) => page === 'docs/handlers.md');
  mkdirSync(join(folder, 'own-handlers'));
  writeFileSync(join(folder, 'own-handlers', 'installations.ts'), handlers.text);
  await attempt(`${titleOf(handlers)} at its third look`, () =>
    running('npx --no counterproof mock openapi.yaml --handlers own-handlers --port 0', address, async (url) => {
      const looks = [];
      for (let look = 0; look < 3; look += 1) {
        const headers = { 'X-Session-API-Key': 'any' };
        looks.push(await (await fetch(`${url}/api/user/installations?provider=gitlab`, { headers })).text());
      }
      if (looks.slice(0, 2).join() !== '[],[]' || looks[2] === '[]') throw new Error(looks.join('\n'));
    }),
  );
  const [configuration] = inLanguage('ts').filter(({ page }) => page === 'docs/command-line.md');
  writeFileSync(join(folder, 'counterproof.config.ts'), configuration.text);
  await attempt(`${titleOf(configuration)} is read`, () =>
    running('npx --no counterproof mock --port 0', address, (_, printed) => {
      if (!printed().includes('counterproof.config.ts')) throw new Error(printed());
    }),
  );
  rmSync(join(folder, 'counterproof.config.ts'));
}

/** The worker's own snippets, with the file that `build` writes. */
export async function tryWorkers() {
  run(join(bin, 'counterproof'), ['build', 'openapi.yaml', '--out', 'mock.js']);
  const uses = [
    `const { default: host } = await import('./FILE');
     const response = await host.fetch(new Request('https://app.all-hands.dev/api/user/installations'));
     if (response.status !== 401) throw new Error(\`Got \${response.status}\`);`,
    "await import('./FILE');",
  ];
  const snippets = inLanguage('js').filter(
    ({ page, text }) => page === 'docs/workers.md' && !text.includes('setupWorker'),
  );
  mkdirSync(join(folder, 'handlers'), { recursive: true });
  writeFileSync(join(folder, 'handlers', 'bookings.js'), 'export default {};\n');
  for (const block of snippets) {
    const file = `${fileOf(block)}.js`;
    writeFileSync(join(folder, file), block.text);
    const use = uses[block.text.includes('export default') ? 0 : 1].replace('FILE', file);
    writeFileSync(join(folder, `use-${file}`), use);
    await attempt(
      titleOf(block),
      () => void run(options.node, ['--disallow-code-generation-from-strings', `use-${file}`]),
    );
  }
  rmSync(join(folder, 'handlers'), { recursive: true });
}

export async function tryJest() {
  const [configuration, shown] = of('jest');
  const project = join(folder, 'jest');
  mkdirSync(project, { recursive: true });
  symlinkSync('../node_modules', join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), configuration.text);
  writeFileSync(join(project, 'users.test.mjs'), shown.text);
  cpSync(join(folder, 'openapi.yaml'), join(project, 'openapi.yaml'));
  await attempt(`${titleOf(shown)} in Jest`, () => void run('npm', ['test'], { cwd: project }));
}

/** The example page, served by Vite with the plugin as the page shows it, and tested by the test that is shown. */
export async function tryPage() {
  const [playwright, test] = inLanguage('ts').filter(({ page }) => page === 'docs/playwright.md');
  const [vite] = inLanguage('ts').filter(({ text }) => text.includes("from 'counterproof/vite'"));
  for (const name of ['index.html', 'src']) {
    cpSync(join(root, 'examples/installations-picker', name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'vite.config.ts'), vite.text);
  const started = (work) => running('vite --host 127.0.0.1 --port 0', /Local: +(http:\/\/127\.0\.0\.1:\d+)/, work);
  await attempt(`${titleOf(vite)} in Vite`, () =>
    started(async (url, printed) => {
      const response = await fetch(`${url}/api/user/installations?provider=github`, {
        headers: { 'X-Session-API-Key': 'any' },
      });
      if (response.status !== 200) throw new Error(`Got ${response.status}`);
      if (!/➜ {2}Mock:/.test(printed())) throw new Error(printed());
    }),
  );
  mkdirSync(join(folder, 'tests'), { recursive: true });
  writeFileSync(join(folder, 'tests', 'picker.spec.ts'), test.text);
  await attempt(`${titleOf(test)} in Playwright`, () =>
    started((url) => {
      // Where the browser stands, and where the page is, depends on the machine.
      const launchOptions = JSON.stringify({
        executablePath: findOrInstallBrowser(console.error),
        args: launchArguments,
      });
      const text = playwright.text
        .replace('http://localhost:5173', url)
        .replace(
          'use: {',
          `testDir: 'tests', timeout: 120_000, expect: { timeout: 60_000 }, use: { launchOptions: ${launchOptions},`,
        );
      writeFileSync(join(folder, 'playwright.config.ts'), text);
      run(join(bin, 'playwright'), ['test']);
    }),
  );
}
