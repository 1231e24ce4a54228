/** Stands in for Ajv (`schema/validate/instance`) in what a built mock runs: where it may run, no code may be made. */
export { createInterpreter as createAjv } from '../../schema/validate/interpret/interpreter.js';
