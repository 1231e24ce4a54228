/**
 * Whether a text writes a number as a program does: `19.5`, not `+49123`, `007` or `1e5`, which are texts that happen to have
 * digits.
 */
export const isPlainNumber = (text: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);

const formats = /^(?:big-?)?(?:decimal|num(?:ber|eric)|money|float|double|u?int(?:eger)?\d*)$/i;

/** Whether a `format` says of texts that they write out numbers. */
export const saysNumber = (format: unknown): boolean => typeof format === 'string' && formats.test(format);
