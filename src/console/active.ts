import type { Active } from './payloads.js';

/** The kinds of answers that can be made active, in the order in which they are shown. */
export type Choice = { readonly example: string } | { readonly status: number } | { readonly fault: string };

export function isChosen(active: Active | null, choice: Choice): boolean {
  if (active === null) return false;
  if ('example' in choice) return active.example === choice.example;
  if ('status' in choice) return active.status === choice.status && active.example === undefined;
  return active.fault === choice.fault;
}

/** What data can be asked for, in the order in which it is shown. */
const dataLabels: Readonly<Record<NonNullable<Active['data']>, string>> = {
  empty: 'empty',
  minimal: 'minimal',
  maximal: 'maximal',
  long: 'long texts',
  unicode: 'Unicode',
  rtl: 'right to left',
  many: 'many items',
};
export const dataChoices = Object.entries(dataLabels) as [NonNullable<Active['data']>, string][];

/** What is active, in few words. */
export function nameOf({ then, ...active }: Active): string {
  const { example, status, fault, probability, data, delay, body, merge, headers, times } = active;
  const what = fault ?? example ?? (status === undefined ? null : `status ${status}`);
  const own = body !== undefined ? 'own body' : merge !== undefined ? 'changed body' : headers && 'own headers';
  const often = probability === undefined || probability >= 1 ? null : `${Math.round(probability * 100)} %`;
  const late = delay === undefined || delay === 0 ? null : `+${delay} ms`;
  const step = [what, own, often, data && `${dataLabels[data]} data`, late, times && `× ${times}`];
  const first = step.filter(Boolean).join(' ') || 'as usual';
  return [first, ...(then ?? []).map(nameOf)].join(', then ');
}

/** Another choice, with the delay that was set before. */
export function choose(active: Active | null, choice: Choice): Active {
  const { data, delay, probability } = active ?? {};
  return {
    ...choice,
    ...(data !== undefined && !('fault' in choice) && { data }),
    ...(delay !== undefined && { delay }),
    ...('fault' in choice && probability !== undefined && { probability }),
  };
}

/** Null where nothing is left of it. */
export function withOption(
  active: Active | null,
  option: { data?: NonNullable<Active['data']> | null; delay?: number; probability?: number },
): Active | null {
  const { data, delay = 0, probability = 1, ...choice } = { ...active, ...option };
  const made: Active = {
    ...choice,
    ...(data && { data }),
    ...(delay > 0 && { delay }),
    ...(probability < 1 && { probability }),
  };
  return Object.keys(made).length === 0 ? null : made;
}
