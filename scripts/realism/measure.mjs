/** What of some bodies looks like life, and what does not: counted by kind. */

const pairs = [
  [/created|creation|opened|added/, /updated|modified|changed|edited/],
  [/created|creation/, /deleted|closed|archived|completed/],
  [/start|begin|from/, /end|finish|until/],
];
const endings = /[_-]?(at|on|date|time|ts)$/i;
const plainWord = /^[a-z]+$/;
/** What a person would not take for the number of anything but a key, an instant or a size. */
const maximumPlausible = 100_000;
const isLarge =
  /ids?$|since|until|offset|space|seconds|number|time|date|at$|created|updated|stamp|size|bytes|amount|total|price|cost|salary|balance|exp|phone|population|account|value|cents|limit|max|quota|code|gid|seconds/i;
const mayBeNegative = /lat|lng|lon|offset|delta|change|diff|balance|temperature|coord|[xyz]$|min|rotation|angle/i;

const none = () => ({ good: 0, of: 0 });

/**
 * @param bodies `{ body, parameters }`, parsed
 * @param odd by kind of oddness, the places where it was found: added to
 */
export function measure(bodies, odd = new Map()) {
  const counts = {
    datesInOrder: none(),
    totals: none(),
    pathIds: none(),
    integers: none(),
    objects: none(),
    arrays: none(),
    strings: none(),
  };
  const tell = (kind, good, place) => {
    counts[kind].of += 1;
    if (good) counts[kind].good += 1;
    else odd.set(kind, [...(odd.get(kind) ?? []), place]);
  };
  const visit = (value, name, path) => {
    if (Array.isArray(value)) {
      tell('arrays', value.length > 0, path);
      for (const item of value) visit(item, name, path);
    } else if (value !== null && typeof value === 'object') {
      const members = Object.entries(value);
      tell('objects', members.length > 0, path);
      datesOf(value, (good) => tell('datesInOrder', good, path));
      totalsOf(value, (good) => tell('totals', good, path));
      for (const [member, inner] of members) visit(inner, member, `${path}.${member}`);
    } else if (Number.isInteger(value)) {
      const implausible = Math.abs(value) > maximumPlausible && !isLarge.test(name);
      tell('integers', !implausible && (value >= 0 || mayBeNegative.test(name)), `${path}=${value}`);
    } else if (typeof value === 'string') {
      tell('strings', !isAdjectiveNoun(value, name), `${path}=${value}`);
    }
  };
  for (const { body, parameters, target, isOfThing } of bodies) {
    visit(body, '', target ?? '');
    const entries = Object.entries(parameters ?? {});
    const last = entries.at(-1);
    if (last === undefined || body === null || typeof body !== 'object') continue;
    // Else it is only one where the answer has a member of the name, as a parameter that heeds the request would fill.
    const named = membersCalled(body, last[0]);
    if (isOfThing || named.length > 0)
      tell('pathIds', isOfThing ? holds(body, last[1]) : named.some((one) => holds(one, last[1])), target);
  }
  return counts;
}

const fold = (name) => name.toLowerCase().replaceAll(/[^a-z\d]/g, '');

/** What the members of an object say that are called as a parameter of the path is, apart from what separates words. */
function membersCalled(body, parameter) {
  const wanted = fold(parameter);
  if (Array.isArray(body) || ['id', 'key', 'name'].includes(wanted)) return [];
  return Object.entries(body).flatMap(([name, value]) => (fold(name) === wanted ? [value] : []));
}

/** A name of a resource ends with its key (AIP-122). */
const holds = (value, text) =>
  JSON.stringify(value).includes(JSON.stringify(text)) ||
  valuesIn(value).some((one) => one === text || one.endsWith(`/${text}`));

const valuesIn = (value) =>
  value !== null && typeof value === 'object' ? Object.values(value).flatMap(valuesIn) : [String(value)];

/** Shares in per cent, and how many there were. */
export function percentages(counts) {
  const share = ({ good, of }) => (of === 0 ? '-' : `${((100 * good) / of).toFixed(1)} % of ${of}`);
  const missed = ({ good, of }) => (of === 0 ? '-' : `${((100 * (of - good)) / of).toFixed(1)} % of ${of}`);
  return {
    'dates in order': share(counts.datesInOrder),
    'totals right': share(counts.totals),
    'path ids': share(counts.pathIds),
    'odd integers': missed(counts.integers),
    'empty objects': missed(counts.objects),
    'empty arrays': missed(counts.arrays),
    'adjective noun': missed(counts.strings),
  };
}

function instantOf(value) {
  if (typeof value === 'number') return value > 1e11 ? value : value > 1e8 ? value * 1000 : null;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : instant;
}

function datesOf(object, tell) {
  const dates = Object.entries(object).flatMap(([name, value]) => {
    const instant = instantOf(value);
    return instant === null ? [] : [[name.toLowerCase().replace(endings, ''), instant]];
  });
  for (const [before, after] of pairs) {
    const first = dates.find(([name]) => before.test(name));
    const second = dates.find(([name]) => after.test(name));
    if (first && second && first[0] !== second[0]) tell(first[1] <= second[1]);
  }
}

/** `total` and `count` beside one list: equal to its length, or above it where it may be a page, as what stands beside `count` says. */
function totalsOf(object, tell) {
  const lists = Object.values(object).filter(Array.isArray);
  if (lists.length !== 1) return;
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'number' || !/^(total|count|total_?count|totalItems|total_?results)$/i.test(name)) continue;
    const mayBePage = /total/i.test(name) || Object.keys(object).some((other) => /next|prev|page|offset/i.test(other));
    tell(value === lists[0].length || (mayBePage && value > lists[0].length && value < 10_000));
  }
}

const adjectives = /(able|ible|al|ed|ful|ic|ing|ive|less|ous|y|ent|ant|ish|en|er|ct|id|ld|se|te|ng|re|rt|nt)$/;

/** Two lower-case words, or the name of a product, where nothing is sold. */
function isAdjectiveNoun(text, name) {
  if (/^[A-Z][a-z]+ [A-Z][a-z]+ [A-Z][a-z]+$/.test(text)) return !/product|item|title|name/i.test(name);
  const words = text.split(/[ -]/);
  return words.length === 2 && words.every((word) => plainWord.test(word)) && adjectives.test(words[0]);
}
