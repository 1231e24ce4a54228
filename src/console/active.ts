import type { Preference } from './payloads.js';

/** The kinds of answers that can be made active, in the order in which they are shown. */
export type Choice = { readonly example: string } | { readonly status: number } | { readonly fault: string };

export function isChosen(active: Preference | null, choice: Choice): boolean {
  if (active === null) return false;
  if ('example' in choice) return active.example === choice.example;
  if ('status' in choice) return active.status === choice.status && active.example === undefined;
  return active.fault === choice.fault;
}

/** What data can be asked for, in the order in which it is shown. */
const dataLabels: Readonly<Record<NonNullable<Preference['data']>, string>> = {
  empty: 'empty',
  minimal: 'minimal',
  maximal: 'maximal',
  long: 'long texts',
  unicode: 'Unicode',
  rtl: 'right to left',
  many: 'many items',
};
export const dataChoices = Object.entries(dataLabels) as [NonNullable<Preference['data']>, string][];

/** What is active, in few words. */
export function nameOf({ example, status, fault, probability, data, delay }: Preference): string {
  const what = fault ?? example ?? (status === undefined ? null : `status ${status}`);
  const often = probability === undefined || probability >= 1 ? null : `${Math.round(probability * 100)} %`;
  const late = delay === undefined || delay === 0 ? null : `+${delay} ms`;
  return [what, often, data && `${dataLabels[data]} data`, late].filter(Boolean).join(' ') || 'as usual';
}

/** Another choice, with the delay that was set before. */
export function choose(active: Preference | null, choice: Choice): Preference {
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
  active: Preference | null,
  option: { data?: NonNullable<Preference['data']> | null; delay?: number; probability?: number },
): Preference | null {
  const { data, delay = 0, probability = 1, ...choice } = { ...active, ...option };
  const made: Preference = {
    ...choice,
    ...(data && { data }),
    ...(delay > 0 && { delay }),
    ...(probability < 1 && { probability }),
  };
  return Object.keys(made).length === 0 ? null : made;
}
