import type { HttpRequest } from '../../operation/index.js';
import type { Aspect, Expectation } from '../types.js';
import type { Base } from './base-request.js';
import { isEmptyForm } from './body-writer.js';
import type { Draft, Rank, Varies } from './draft.js';
import { longestTarget, type Plan, writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

export interface DraftWords {
  readonly aspect: Aspect;
  readonly rank: Rank;
  readonly title: string;
  readonly varies: Varies;
}

const longestBody = 500_000;

/**
 * The plan as a case that expects acceptance or refusal, if that is what the document says of its bytes;
 * null where it says otherwise or nothing for certain.
 */
export function judged(bench: Workbench, base: Base, plan: Plan, accepted: boolean, words: DraftWords): Draft | null {
  if (accepted && plan.body !== null && isEmptyForm(plan.body)) return null;
  const request = writeRequest(bench.operation, plan);
  if (request === null || isTooLong(request)) return null;
  if (bench.judge(request) !== (accepted ? 'valid' : 'invalid')) return null;
  return draft(base, request, accepted ? 'accepted' : 'rejected', words);
}

export function draft(base: Base, request: HttpRequest, expectation: Expectation, words: DraftWords): Draft {
  const { in: place, name } = words.varies;
  const { naming } = base;
  // Another value than the one that is known to exist is nobody's word again, and neither is that thing under another value.
  const isFree = (each: Base['parameters'][number]) => each.in === 'path' && !base.listed.has(each.name);
  const isCalled = place === naming?.in && name === naming?.member.at(-1);
  const isOther = isCalled || (place === 'path' && base.parameters.some(isFree));
  return { ...words, expectation, request, authenticated: true, generatedPath: base.generatedPath || isOther };
}

function isTooLong({ target, body }: HttpRequest): boolean {
  return target.length > longestTarget || (body?.length ?? 0) > longestBody;
}
