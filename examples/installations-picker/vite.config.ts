import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import counterproof from 'counterproof/vite';
import { defineConfig } from 'vite';

/** MOCK_URL is a mock that runs elsewhere, such as the one of `npm start`. Without it the Vite server is the mock. */
const { MOCK_URL } = process.env;
const proxy = { '/api': { target: MOCK_URL ?? '', changeOrigin: true } };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    react(),
    MOCK_URL === undefined &&
      counterproof({
        document: '../../spec/openhands-installations.yaml',
        fixtures: '../../fixtures/openhands-installations.yaml',
      }),
  ],
  ...(MOCK_URL !== undefined && { server: { proxy }, preview: { proxy } }),
});
