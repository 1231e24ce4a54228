import type { Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { type Plan, settled } from '../draw.js';
import type { Random } from '../random.js';

const valueNames = /^(?:value|code|key|id|type)$/;
const labelNames = /^(?:label|name|text|title|display|display name|description)$/;

/** A value and its label, each one of as many: the one says the other, since a document lists both in the same order. */
export function labelled(plans: ReadonlyMap<string, Plan>, random: Random): ReadonlyMap<string, Plan> {
  const listed = [...plans].filter(([, plan]) => Array.isArray(plan.enum) && plan.enum.length > 1);
  const value = listed.find(([name]) => valueNames.test(phraseOf(name)));
  const label = listed.find(([name]) => labelNames.test(phraseOf(name)));
  if (value === undefined || label === undefined) return plans;
  const [values, labels] = [value[1].enum as Json[], label[1].enum as Json[]];
  if (values.length !== labels.length) return plans;
  const place = random.child('labelled').integer(0, values.length - 1);
  return new Map([...plans, [value[0], settled(values[place] as Json)], [label[0], settled(labels[place] as Json)]]);
}
