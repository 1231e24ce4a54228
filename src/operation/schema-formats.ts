import type { Format } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/** `format` is asserted (JSON Schema Validation, 7.2.2). One that is not here is an annotation. */
export const formats: Readonly<Record<string, Format>> = {
  ...(fullFormats as Record<string, Format>),
};
