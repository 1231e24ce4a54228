import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'counterproof/playwright';
import type { Page } from 'playwright/test';

// Nothing is scripted here: there is a document, and neither a fixture file nor a line of handler code.

test.beforeEach(({ page }) => page.goto('/'));

const status = (page: Page) => page.getByRole('status');
const people = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') });

async function add(page: Page, { name, email, city, role }: Record<'name' | 'email' | 'city' | 'role', string>) {
  await page.getByRole('button', { name: 'Add a member' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a member' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByLabel('City').fill(city);
  await dialog.getByLabel('Role').selectOption(role);
  await dialog.getByRole('button', { name: 'Add' }).click();
}

const ada = { name: 'Ada Byron', email: 'ada@rowing.example', city: 'Bath', role: 'Coxswain' };

test('shows one page after another, and each member once', async ({ page }) => {
  await expect(status(page)).toHaveText('25 people');
  const seen: string[] = [];
  for (const number of [1, 2, 3, 4]) {
    await expect(page.getByText(`Page ${number} of 4`)).toBeVisible();
    seen.push(...(await people(page).allTextContents()));
    if (number < 4) await page.getByRole('button', { name: 'Next' }).click();
  }
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
});

test('searches, filters and sorts', async ({ page }) => {
  await page.getByLabel('Role').selectOption('Coach');
  await page.getByLabel('Order').selectOption('Name, A to Z');
  await expect(status(page)).not.toHaveText('25 people');
  await expect(people(page).filter({ hasNotText: 'Coach' })).toHaveCount(0);
  const names = await page.getByRole('rowheader').allTextContents();
  expect(names.length).toBeGreaterThan(1);
  expect(names).toEqual([...names].sort((one, other) => (one < other ? -1 : 1)));

  const [wanted = ''] = names[0]?.split(' ') ?? [];
  await page.getByLabel('Search').fill(wanted);
  await expect(people(page)).toHaveCount(1);
  await page.getByLabel('Search').fill('nobody is called so');
  await expect(page.getByText('Nobody is found with these filters.')).toBeVisible();
});

test('whoever is added is there, can be found, and stays after a reload', async ({ page, mock }) => {
  await add(page, ada);
  await expect(status(page)).toHaveText('Ada Byron was added. 26 people');
  await expect(people(page).first()).toContainText('Ada Byronada@rowing.exampleCoxswainBath');

  await page.reload();
  await expect(status(page)).toHaveText('26 people');
  await page.getByLabel('Search').fill('rowing.example');
  await expect(people(page)).toHaveCount(1);

  const { collections } = await mock.state();
  expect(collections.map(({ name, changes }) => [name, changes.length])).toEqual([['members', 1]]);
});

test('what is changed shows wherever it is looked at', async ({ page, mock }) => {
  await expect(people(page)).toHaveCount(8);
  const first = people(page).first();
  await first.getByRole('button', { name: /^Edit/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Edit/ });
  await dialog.getByLabel('Name').fill('Grace Murray');
  await dialog.getByLabel('Role').selectOption('Treasurer');
  await dialog.getByRole('button', { name: 'Save' }).click();

  await expect(status(page)).toHaveText('Grace Murray was changed. 25 people');
  await expect(first).toContainText('Grace Murray');
  await page.getByLabel('Role').selectOption('Treasurer');
  await expect(people(page).filter({ hasText: 'Grace Murray' })).toHaveCount(1);
  const [change] = await mock.requests('changeMember');
  expect(change?.request.headers['content-type']).toBe('application/merge-patch+json');
});

test('who is removed is gone, and the others stay', async ({ page }) => {
  const second = await people(page).nth(1).getByRole('rowheader').textContent();
  await people(page)
    .first()
    .getByRole('button', { name: /^Remove/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(status(page)).toContainText('was removed. 24 people');
  await expect(people(page).first()).toContainText(second ?? '');
});

test('an address that somebody else has is refused, and the form stays', async ({ page }) => {
  await add(page, ada);
  await add(page, { ...ada, name: 'Another Ada' });
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await page.getByRole('dialog').getByLabel('E-mail').fill('another@rowing.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect(status(page)).toHaveText('Another Ada was added. 27 people');
});

test('whoever is removed elsewhere cannot be changed', async ({ page, mock }) => {
  await add(page, ada);
  await expect(people(page).first()).toContainText('Ada');
  await page.getByRole('button', { name: 'Edit Ada Byron' }).click();
  await page.evaluate(() => fetch('/api/members/26', { method: 'DELETE' }));
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('deleted');
  await mock.reset();
  await page.reload();
  await expect(status(page)).toHaveText('25 people');
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('axe finds nothing wrong, light or dark', async ({ page }) => {
  await expect(people(page)).toHaveCount(8);
  await page.addScriptTag({ content: axe });
  const wrong = async () => {
    const found: unknown[] = [];
    // Only colours are others in the other theme.
    for (const [colorScheme, options] of [
      ['light', {}],
      ['dark', { runOnly: ['color-contrast'] }],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      const run = `axe.run(${JSON.stringify(options)})`;
      found.push(await page.evaluate(`${run}.then(({ violations }) => violations.map(({ help }) => help))`));
    }
    return found.flat();
  };
  expect(await wrong()).toEqual([]);
  await page.getByRole('button', { name: 'Add a member' }).click();
  expect(await wrong()).toEqual([]);
});
