import { expect, test } from 'playwright/test';

// Without the fixture: here the Vite server is the mock, and a person switches it in the console.

test('what is chosen in the console is what the page shows, and both are in the journal as they happen', async ({
  context,
}) => {
  const picker = await context.newPage();
  const mockConsole = await context.newPage();
  // What an earlier run chose and asked for is not this one's.
  expect(await context.request.post('/__counterproof/api/reset')).toBeOK();
  await picker.goto('/');
  await mockConsole.goto('/__counterproof/');
  await mockConsole.getByRole('button', { name: /^provider-unknown/ }).click();
  await expect(mockConsole.getByRole('banner')).toContainText('provider-unknown');

  await picker.getByRole('radio', { name: 'GitHub' }).check();
  await expect(picker.getByRole('alert')).toContainText("Input should be 'github', 'gitlab'");
  const requests = mockConsole.getByRole('region', { name: /^Requests/ }).getByRole('listitem');
  await expect(requests).toHaveCount(1);
  await expect(requests.first()).toContainText('422');

  await mockConsole.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(mockConsole.getByRole('banner')).not.toContainText('provider-unknown');
  await picker.getByRole('button', { name: 'Try again' }).click();
  await expect(picker.getByRole('status')).toContainText('installations on GitHub');
  await expect(requests).toHaveCount(2);
  await expect(requests.filter({ hasText: '200' })).toHaveCount(1);
});
