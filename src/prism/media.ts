import type { Content } from '../operation/index.js';

interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: readonly string[];
  readonly quality: number;
}

function rangeOf(text: string): MediaRange | null {
  const [name = '', ...rest] = text.split(';').map((part) => part.trim());
  const [type, subtype] = name.toLowerCase().split('/');
  if (!type || !subtype) return null;
  const weight = rest.find((parameter) => /^q=/i.test(parameter));
  const parameters = rest.filter((parameter) => parameter !== '' && parameter !== weight).map(normalized);
  return { type, subtype, parameters, quality: weight === undefined ? 1 : Number(weight.slice(2)) };
}

const normalized = (parameter: string): string => parameter.replace(/"/g, '').toLowerCase();

/** How closely a range names a media type: 0 where it does not. */
function closeness(range: MediaRange, offered: MediaRange): number {
  if (range.type !== '*' && range.type !== offered.type) return 0;
  if (range.subtype !== '*' && range.subtype !== offered.subtype) return 0;
  if (range.parameters.some((parameter) => parameter !== '*' && !offered.parameters.includes(parameter))) return 0;
  return 1 + (range.type === '*' ? 0 : 4) + (range.subtype === '*' ? 0 : 2) + (range.parameters.length > 0 ? 1 : 0);
}

/**
 * The content that a client would rather have: the highest weight, then the closest name, then what the client named
 * first, then the first of the document. Parameters of what is accepted are left aside where they fit nothing.
 */
export function bestContent(contents: readonly Content[], accepted: readonly string[]): Content | undefined {
  const ranges = accepted.flatMap((text) => rangeOf(text) ?? []);
  const chosen = chosenContent(contents, ranges);
  if (chosen !== undefined) return chosen;
  const bare = ranges.filter(({ parameters }) => parameters.length > 0).map((range) => ({ ...range, parameters: [] }));
  return bare.length > 0 ? chosenContent(contents, bare) : undefined;
}

function chosenContent(contents: readonly Content[], ranges: readonly MediaRange[]): Content | undefined {
  const rated = contents.flatMap((content) => {
    const offered = rangeOf(content.mediaType);
    if (offered === null) return [];
    const [closest] = ranges
      .map((range, order) => ({ content, order, quality: range.quality, close: closeness(range, offered) }))
      .filter(({ close }) => close > 0)
      .sort((a, b) => b.close - a.close);
    return closest === undefined || closest.quality === 0 ? [] : [closest];
  });
  return rated.sort((a, b) => b.quality - a.quality || b.close - a.close || a.order - b.order)[0]?.content;
}

/** Whether a media type is one that the document names, which may be a range; suffixes are left aside. */
export function isCovered(mediaType: string, declared: string): boolean {
  const [given, wanted] = [bare(mediaType), bare(declared)];
  if (given === null || wanted === null) return false;
  return (
    (given.type === wanted.type || wanted.type === '*') && (given.subtype === wanted.subtype || wanted.subtype === '*')
  );
}

function bare(mediaType: string): { type: string; subtype: string } | null {
  const [, type = '', subtype = ''] = /^([^/;]+)\/(?:[^;]*\+)?([^;+]+)/.exec(mediaType.trim().toLowerCase()) ?? [];
  return type === '' ? null : { type, subtype: subtype.trim() };
}
