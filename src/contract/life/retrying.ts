import { keyOf } from '../../resource/index.js';
import { isSuccess, rowIn } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';

/** A create that is sent again with the key by which a server knows it again makes nothing more. */
export async function checkRetry(life: Life, beside: Made): Promise<void> {
  const { hands, resource } = life;
  const { create } = life.roles;
  if (create?.kind !== 'create' || resource.key === null || !hands.isWanted('retried-once')) return;
  const parameter = life
    .operation(create)
    .parameters.find(({ in: place, name }) => place === 'header' && /^(?:x-)?idempotency-?key$/i.test(name));
  const body = parameter && (await hands.fresh(create, beside.thing));
  if (!parameter || body === null || body === undefined) return;
  const name = parameter.name.toLowerCase();
  const path = hands.pathTo(create, beside.thing);
  // Another run must not be taken for this one.
  const headers = { [name]: crypto.randomUUID() };
  const send = (title: string) => hands.send({ entry: create.entry, path, body, headers, title, mayBeRefused: true });
  const first = await send('create with a key of the request');
  const made = first && isSuccess(first) ? hands.madeBy(first, create) : null;
  if (made === null || first === null) return;
  const again = await send('the same create, with the same key of the request');
  if (again === null) return;
  await hands.hold('retried-once', async () => {
    // A refusal makes nothing either.
    const row = isSuccess(again) ? rowIn(again, create) : null;
    const key = row === null ? undefined : keyOf(resource, row);
    if (key === undefined || key === String(made.thing.key)) return kept(again);
    return broken(again, {
      message: `A create that was sent again with the same ${parameter.name} has made a second thing: ${told(first, made.thing)}, and then ${told(again)}`,
      expected: `the key ${JSON.stringify(made.thing.key)} again`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'a request that was sent again',
    });
  });
}
