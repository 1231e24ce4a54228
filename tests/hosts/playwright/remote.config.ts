import type { CounterproofTestOptions } from 'counterproof/playwright';
import { defineConfig } from 'playwright/test';
import config from './server.config.js';

/** The same, with a document that has path templates, several files and a server of its own. */
export default defineConfig<CounterproofTestOptions>(config as object, { testMatch: '*.remote.ts' });
