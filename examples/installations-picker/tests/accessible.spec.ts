import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'counterproof/playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A scripted case or a fault, and what the page shows of it. */
const states = {
  list: null,
  'no-installations': 'No groups yet',
  'git-provider-token-missing': 'GitLab is not connected',
  'several-errors': 'The server did not understand the request',
  slow: null,
};

for (const [state, title] of Object.entries(states)) {
  test(`axe finds nothing wrong with ${state}, light or dark`, async ({ page, mock }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    if (title !== null) await mock.use(state);
    if (state === 'slow') await mock.fault('hang');
    await page.getByRole('radio', { name: 'GitLab' }).check();
    const seen = title === null ? page.getByRole('button') : page.getByRole('heading', { name: title });
    await expect(seen.first()).toBeVisible();

    await page.addScriptTag({ content: axe });
    // Only colours are others in the other theme.
    for (const [colorScheme, options] of [
      ['light', {}],
      ['dark', { runOnly: ['color-contrast'] }],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const run = `axe.run(${JSON.stringify(options)})`;
      const violations = await page.evaluate(`${run}.then(({ violations }) => violations.map(({ help }) => help))`);
      expect(violations, colorScheme).toEqual([]);
    }
  });
}
