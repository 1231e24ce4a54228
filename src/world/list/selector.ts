import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';

/** One thing that labels have to be. */
type Requirement = (labels: Readonly<Record<string, Json>>) => boolean;

/**
 * Whether the labels of a row are as a selector of Kubernetes asks (`app=web,tier in (front,back),!old`).
 * @returns null where it cannot be read
 */
export function selectorTest(text: string): ((row: Json) => boolean) | null {
  const parts = text.match(/[^,(]+(?:\([^)]*\))?/g) ?? [];
  const requirements = parts.map(requirementOf);
  if (parts.length === 0 || parts.join(',') !== text || requirements.includes(null)) return null;
  return (row) => {
    const labels = labelsOf(row);
    return requirements.every((requirement) => requirement?.(labels));
  };
}

function labelsOf(row: Json): Readonly<Record<string, Json>> {
  const around = isObject(row) && isObject(row.metadata) ? row.metadata : row;
  return isObject(around) && isObject(around.labels) ? around.labels : {};
}

function requirementOf(text: string): Requirement | null {
  const [, name, sign, value = ''] = /^\s*([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)\s*$/.exec(text) ?? [];
  if (name !== undefined) return (labels) => (labels[name] === value) === (sign !== '!=');
  const [, member, not, list = ''] = /^\s*([\w./-]+)\s+(not)?in\s*\(([^)]*)\)\s*$/.exec(text) ?? [];
  if (member !== undefined) {
    const values = new Set(list.split(',').map((one) => one.trim()));
    return (labels) => values.has(scalarText(labels[member])) === (not === undefined);
  }
  const [, isNot, there] = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(text) ?? [];
  return there === undefined ? null : (labels) => Object.hasOwn(labels, there) === (isNot === '');
}
