import { fileURLToPath } from 'node:url';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createFetchHost } from '../../dist/node/fetch.js';
import { createHandlers } from '../../dist/node/msw.js';
import { median } from './command.mjs';
import { ratioText, spreadOf, verdict } from './rounds.mjs';

const roundCount = 9;
const requestCount = 1000;
const document = fileURLToPath(new URL('../../spec/openhands-installations.yaml', import.meta.url));
const url = 'http://localhost:3000/api/user/installations?provider=github';
const headers = { 'X-Session-API-Key': 'bench' };

/** A thousand requests in the process of a test, beside MSW with one handler that was written by hand. */
export async function inTests() {
  const host = await createFetchHost({ document });
  const { handlers } = await createHandlers({ document });
  const first = await host.fetch(new Request(url, { headers }));
  const body = await first.json();
  const byHand = http.get('*/api/user/installations', () => HttpResponse.json(body));
  const asks = {
    'MSW, one handler by hand': () => withServer([byHand], () => fetch(url, { headers })),
    'counterproof/msw': () => withServer(handlers, () => fetch(url, { headers })),
    'counterproof/fetch': () => thousand(() => host.fetch(new Request(url, { headers }))),
  };
  const times = Object.fromEntries(Object.keys(asks).map((name) => [name, []]));
  for (let round = 0; round <= roundCount; round++) {
    for (const [name, ask] of Object.entries(asks)) {
      const taken = await ask();
      if (round > 0) times[name].push(taken);
    }
  }
  const base = times['MSW, one handler by hand'];
  return Object.entries(times).map(([subject, own], index) => {
    const spread = spreadOf(own, base);
    return {
      workload: 'in tests: a thousand requests',
      subject,
      measured: `${median(own).toFixed(0)} ms`,
      ratio: ratioText(spread),
      processor: '',
      bar: index === 0 ? '' : '≤ 1.3 × MSW by hand',
      verdict: index === 0 ? '' : verdict(spread, (ratio) => ratio <= 1.3),
    };
  });
}

async function withServer(handlers, ask) {
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  try {
    return await thousand(ask);
  } finally {
    server.close();
  }
}

async function thousand(ask) {
  const began = performance.now();
  for (let index = 0; index < requestCount; index++) {
    const response = await ask();
    if (response.status !== 200) throw new Error(`answered with ${response.status}`);
    await response.json();
  }
  return performance.now() - began;
}
