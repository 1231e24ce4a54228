import type { CounterproofTestOptions } from 'counterproof/playwright';
import { defineConfig } from 'playwright/test';
import config from './playwright.config.js';

/** The same, with a mock that runs elsewhere. */
export default defineConfig<CounterproofTestOptions>(config as object, {
  testMatch: '*.server.ts',
  use: { baseURL: process.env.PAGE_URL ?? '', counterproof: { url: process.env.MOCK_URL ?? '', token: 'secret' } },
});
