import { type Asked, json, type Reply } from './implementation.js';

const providers = ['github', 'gitlab', 'bitbucket', 'enterprise_sso'];

/** The installations API of the built-in document as a FastAPI application would serve it: by hand, and right. */
export function installations(key: string | null = null) {
  return ({ method, path, parameters, headers, query }: Asked): Reply => {
    if (path !== '/api/user/installations') return json(404, { detail: 'Not Found' });
    if (method === 'OPTIONS') return { status: 204, headers: { Allow: 'GET, HEAD, OPTIONS' }, body: null };
    if (method !== 'GET' && method !== 'HEAD') return json(405, { detail: 'Method Not Allowed' }, { Allow: 'GET' });
    const given = headers['x-session-api-key'];
    if (!given || (key !== null && given !== key)) return json(401, { detail: 'Not authenticated' });
    const provider = parameters.getAll('provider').at(-1);
    if (provider === undefined) return invalid('missing', 'Field required', null);
    const isBroken = /%(?![0-9a-f]{2})/i.test(query);
    if (!providers.includes(provider) || isBroken) {
      return invalid('enum', "Input should be 'github', 'gitlab', 'bitbucket' or 'enterprise_sso'", provider);
    }
    return json(200, [`${provider}-1`, `${provider}-2`]);
  };
}

export function invalid(type: string, msg: string, input: unknown): Reply {
  return json(422, { detail: [{ type, loc: ['query', 'provider'], msg, input }] });
}
