import type { Place } from '../schema/place.js';
import { isObject } from '../text/value.js';

/** What is said of something, as a comment before it; '' for nothing. */
export function commentOf(lines: readonly string[]): string {
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  const text = said.flatMap((line) => line.split(/\r\n?|\n/)).map((line) => line.trimEnd().replaceAll('*/', '*\\/'));
  if (text.length === 0) return '';
  return text.length === 1
    ? `/** ${text[0]} */\n`
    : `/**\n${text.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/** What a schema says of itself to people. */
export function schemaComment({ value }: Place): string {
  if (!isObject(value)) return '';
  const { description, title, format, deprecated } = value;
  const said = typeof description === 'string' ? description : title;
  return commentOf([
    ...(typeof said === 'string' ? [said] : []),
    ...(typeof format === 'string' ? [`@format ${format}`] : []),
    ...('default' in value ? [`@default ${JSON.stringify(value.default)}`] : []),
    ...(deprecated === true ? ['@deprecated'] : []),
  ]);
}
