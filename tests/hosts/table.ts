/** The hosts of the behaviour suite. */
export type HostName = 'node' | 'fetch' | 'msw' | 'msw3' | 'vite' | 'playwright' | 'worker' | 'built' | 'page';

/** A request of the suite, in what can be handed to a page. */
export interface Wanted {
  readonly method?: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes, or a text. */
  readonly body?: string | readonly number[];
  /** A page may wait so long for an answer, in milliseconds (5000). */
  readonly patience?: number;
}

/** What is wanted of an answer. */
export interface Expected {
  /** A status; a request that fails; one that is not answered in time; one that is not the mock's. */
  readonly outcome: number | 'network error' | 'no answer' | 'not the mock';
  /** Header fields, by name in lower case. */
  readonly fields?: Readonly<Record<string, string | RegExp>>;
  /** Milliseconds that it takes at least. */
  readonly atLeast?: number;
  /** What the text of the body holds. */
  readonly holds?: string;
}

export interface Behaviour extends Wanted, Expected {
  readonly title: string;
  /** What the same request gets after that, one after the other. */
  readonly after?: readonly Expected[];
  readonly outcomes?: Partial<Record<HostName, Expected['outcome']>>;
  /** Why a host cannot show it. */
  readonly not?: Partial<Record<HostName, string>>;
}

const key = { 'x-session-api-key': 'k' };
const path = '/api/user/installations';
const valid = { target: `${path}?provider=github`, headers: key };
const allBytes = Array.from({ length: 256 }, (_, byte) => byte);
const invalid = (title: string, query: string, holds: string): Behaviour => ({
  title,
  target: `${path}${query}`,
  headers: key,
  outcome: 422,
  holds,
});

const inState = (state: string, id = 1): Expected => ({ outcome: 200, holds: JSON.stringify({ id, state }) });

const ofAPage = 'a browser sends preflights by itself, and Playwright answers them';

export const behaviours: readonly Behaviour[] = [
  ...['github', 'gitlab', 'bitbucket', 'enterprise_sso'].map((provider) => ({
    title: `${provider} is answered`,
    target: `${path}?provider=${provider}`,
    headers: key,
    outcome: 200,
    fields: { 'content-type': /^application\/json/, counterproof: /source=fake/ },
  })),
  invalid('a missing provider is refused', '', '"type":"missing"'),
  invalid('an empty provider is refused', '?provider=', '"input":""'),
  invalid('an unknown provider is refused', '?provider=gitea', '"input":"gitea"'),
  invalid('a provider of the wrong case is refused', '?provider=GITHUB', '"input":"GITHUB"'),
  invalid('what is percent-encoded is decoded', '?provider=%C3%A9%20%2B', '"input":"é +"'),
  { title: 'who has no key is refused', target: `${path}?provider=github`, outcome: 401 },
  {
    title: 'a path that the document does not have',
    target: '/api/nothing',
    headers: key,
    outcome: 404,
    outcomes: {
      msw: 'not the mock',
      msw3: 'not the mock',
      vite: 'not the mock',
      playwright: 'not the mock',
      worker: 'not the mock',
    },
  },
  {
    title: 'a method that the path does not have is refused',
    method: 'DELETE',
    ...valid,
    outcome: 405,
    fields: { allow: 'GET, HEAD, OPTIONS' },
  },
  {
    title: 'what is not to be had is refused',
    target: valid.target,
    headers: { ...key, accept: 'text/csv' },
    outcome: 406,
  },
  { title: 'a HEAD has no body', method: 'HEAD', ...valid, outcome: 200, holds: '' },
  {
    title: 'OPTIONS says what is allowed',
    method: 'OPTIONS',
    ...valid,
    outcome: 204,
    fields: { allow: /GET/ },
    not: { vite: 'its own CORS middleware answers every OPTIONS' },
  },
  {
    title: 'a preflight is answered',
    method: 'OPTIONS',
    target: valid.target,
    headers: {
      origin: 'http://localhost:9999',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'x-session-api-key',
    },
    outcome: 204,
    fields: {
      'access-control-allow-origin': 'http://localhost:9999',
      'access-control-allow-headers': /x-session-api-key/i,
    },
    not: {
      playwright: ofAPage,
      worker: 'a browser sends preflights by itself, and not through a worker',
      page: 'a browser lets no page write the fields of a preflight',
    },
  },
  {
    title: 'Prefer: code',
    target: valid.target,
    headers: { ...key, prefer: 'code=422' },
    outcome: 422,
    fields: { 'preference-applied': 'code=422' },
  },
  {
    title: 'Prefer: example',
    target: valid.target,
    headers: { ...key, prefer: 'example=no-installations' },
    outcome: 200,
    fields: { counterproof: /source=case, name="no-installations"/ },
    holds: '[]',
  },
  { title: 'Prefer: validate=off', target: path, headers: { prefer: 'validate=off' }, outcome: 200 },
  {
    title: 'Prefer: fault',
    target: valid.target,
    headers: { ...key, prefer: 'fault=status-server-error' },
    outcome: 500,
  },
  {
    title: 'Prefer: delay',
    target: valid.target,
    headers: { ...key, prefer: 'delay=250' },
    outcome: 200,
    atLeast: 240,
  },
  { title: 'a reset', target: valid.target, headers: { ...key, prefer: 'fault=reset' }, outcome: 'network error' },
  {
    title: 'a body that ends too early',
    target: valid.target,
    headers: { ...key, prefer: 'fault=encoding-truncated-transfer' },
    outcome: 'network error',
  },
  {
    title: 'a hang',
    target: valid.target,
    headers: { ...key, prefer: 'fault=hang' },
    patience: 300,
    outcome: 'no answer',
  },
  {
    title: 'JSON with characters of every kind arrives',
    method: 'POST',
    target: '/things',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"naïve ☃"}',
    outcome: 201,
  },
  {
    title: 'JSON that is wrong is refused',
    method: 'POST',
    target: '/things',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"naive"}',
    outcome: 422,
  },
  ...[256, 257].map((levels) => ({
    title: `JSON of ${levels} levels is ${levels > 256 ? 'not read' : 'judged'}`,
    method: 'POST',
    target: '/things',
    headers: { 'content-type': 'application/json' },
    body: `${'['.repeat(levels)}${']'.repeat(levels)}`,
    outcome: levels > 256 ? 413 : 422,
  })),
  ...[100_000, 100_001].map((members) => ({
    title: `JSON of ${members} items is ${members > 100_000 ? 'not read' : 'judged'}`,
    method: 'POST',
    target: '/things',
    headers: { 'content-type': 'application/json' },
    body: `[${Array.from({ length: members }, () => 1)}]`,
    outcome: members > 100_000 ? 413 : 422,
  })),
  {
    title: 'another media type is refused',
    method: 'POST',
    target: '/things',
    headers: { 'content-type': 'text/plain' },
    body: 'name',
    outcome: 415,
  },
  { title: 'a body that is missing is refused', method: 'POST', target: '/things', outcome: 422 },
  { title: 'a 204 has no body', method: 'DELETE', target: '/things/1', outcome: 204, holds: '' },
  {
    title: 'a case is answered so often, and then what follows it',
    target: '/jobs/1',
    ...inState('running'),
    after: [inState('running'), inState('done'), inState('done')],
  },
  {
    title: 'a function answers, and remembers',
    target: '/tickets/7',
    ...inState('open', 7),
    after: [inState('open', 7), inState('closed', 7)],
  },
  { title: 'a function answers with another status', target: '/tickets/404', outcome: 404 },
  {
    title: 'what a function answers is held against the document',
    target: '/tickets/500',
    outcome: 500,
    holds: "/state must be 'open' or 'closed'",
  },
  {
    title: 'a function is not asked for a request that the document does not allow',
    target: '/tickets/x',
    outcome: 422,
  },
  { title: 'bytes are given', target: '/files', outcome: 200, fields: { 'content-type': 'application/octet-stream' } },
  {
    title: 'bytes are taken',
    method: 'PUT',
    target: '/files',
    headers: { 'content-type': 'application/octet-stream' },
    body: allBytes,
    outcome: 204,
  },
];
