import { styleText } from 'node:util';

const colors = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'] as const;

/** Makes text stand out at a terminal, or leaves it as it is. */
export type Paint = { readonly [Color in (typeof colors)[number]]: (text: string) => string };

/** @param colored whether whoever reads it wants colours: decided by the caller, and not by the environment again */
export function createPaint(colored: boolean): Paint {
  const paint = (color: (typeof colors)[number]) => (text: string) =>
    colored ? styleText(color, text, { validateStream: false }) : text;
  return Object.fromEntries(colors.map((color) => [color, paint(color)])) as Paint;
}
