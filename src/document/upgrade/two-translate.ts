import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import type { Problem } from '../../errors.js';
import { pointerOf, referenceTo } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { below, type Origins, type Place } from '../read/origins.js';
import { setMember } from '../read/plain.js';
import type { OldSchema } from './schemas.js';
import { Boxes } from './two-boxes.js';
import { formBody, withItems } from './two-form.js';
import { type Described, extensions, type Found, isDescribed, type OperationParts } from './two-parts.js';

/** The parts in words of 3.0. */
export interface Translated {
  readonly parameters: readonly Json[];
  readonly requestBody: JsonObject | undefined;
  readonly responses: JsonObject;
}

/** A warning whose place is not looked for before somebody reads it. */
export interface PlacedWarning extends Omit<Problem, 'location'> {
  readonly place: Place;
}

const defaultMediaType = 'application/json';

/** Which formats of lists have a style in OpenAPI 3. */
const collectionFormats: Readonly<Record<string, readonly string[]>> = {
  query: ['csv', 'ssv', 'pipes', 'multi'],
  path: ['csv'],
  header: ['csv'],
};

interface Job {
  readonly operation: JsonObject;
  finish(upgraded: JsonObject): void;
}

/**
 * Gives the upgrader a list of operations without references, names and data, and puts what comes of them
 * where it belongs.
 */
export class Translator {
  /** Schemas that stood in parameters and headers, still in words of 2.0. */
  readonly schemas: OldSchema[] = [];
  readonly warnings: PlacedWarning[] = [];
  readonly #origins: Origins;
  readonly #boxes = new Boxes();
  readonly #jobs: Job[] = [];

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  /** @param done is called when all have been translated */
  add(parts: OperationParts, done: (translated: Translated) => void): void {
    const { parameters = [], bodies = [], responses = {}, consumes, produces } = parts;
    const body = this.#body(bodies, consumes ?? []);
    const plain = parameters.filter(isDescribed).filter(isTranslatable);
    const answers = Object.values(responses).map((found) =>
      isDescribed(found) ? this.#hideResponse(found.value) : {},
    );
    const operation = {
      parameters: [...plain.map((found) => this.#hideParameter(found)), ...(body ? [body.parameter] : [])],
      responses: Object.fromEntries(answers.map((answer, index) => [`${index}`, answer])),
      consumes: [...(body?.mediaTypes ?? [])],
      produces: [...(produces ?? [defaultMediaType])],
    };
    const finish = (upgraded: JsonObject): void => {
      const translated = (upgraded.parameters ?? []) as JsonObject[];
      const finished: JsonObject = {};
      for (const [index, [status, found]] of Object.entries(responses).entries()) {
        const response = (upgraded.responses as JsonObject)[index] as JsonObject;
        setMember(finished, status, this.#finishResponse(found, response));
      }
      done({
        parameters: parameters.map((found) =>
          this.#finishParameter(found, translated[plain.indexOf(found as Described)]),
        ),
        requestBody: body && isObject(upgraded.requestBody) ? body.finish(upgraded.requestBody) : undefined,
        responses: finished,
      });
    };
    this.#jobs.push({ operation, finish });
  }

  /** Translates all that was added, with the members of the root that the upgrader reads. */
  run(root: JsonObject): { readonly servers: Json | undefined; readonly securitySchemes: JsonObject } {
    const { host, basePath, schemes, securityDefinitions } = root;
    const definitions = Object.entries(isObject(securityDefinitions) ? securityDefinitions : {});
    const hidden = definitions.map(([, scheme]) => (isObject(scheme) ? this.#boxes.boxMembers(scheme) : {}));
    const skeleton = {
      swagger: '2.0',
      info: {},
      ...(typeof host === 'string' && host !== '' && { host }),
      ...(typeof basePath === 'string' && basePath !== '/' && { basePath }),
      ...(Array.isArray(schemes) && { schemes: schemes.filter((scheme) => typeof scheme === 'string') }),
      securityDefinitions: Object.fromEntries(hidden.map((scheme, index) => [`${index}`, scheme])),
      paths: Object.fromEntries(this.#jobs.map(({ operation }, index) => [`/${index}`, { get: operation }])),
    };
    const upgraded = upgradeFromTwoToThree(skeleton) as unknown as {
      servers?: Json;
      paths: Record<string, { get: JsonObject }>;
      components: { securitySchemes: JsonObject };
    };
    for (const [index, job] of this.#jobs.entries()) {
      job.finish(this.#boxes.unbox((upgraded.paths[`/${index}`] as { get: JsonObject }).get) as JsonObject);
    }
    const securitySchemes: JsonObject = {};
    for (const [index, [name, before]] of definitions.entries()) {
      const after = this.#boxes.unbox(upgraded.components.securitySchemes[index] ?? {}) as JsonObject;
      setMember(securitySchemes, name, isObject(before) ? { ...kept(before), ...after } : before);
    }
    return { servers: upgraded.servers, securitySchemes };
  }

  #hideParameter({ value, place }: Described): JsonObject {
    const { in: location, type, collectionFormat } = value;
    const hidden = this.#boxes.boxMembers(value);
    const formats = collectionFormats[location as string];
    if (type === 'array' && typeof collectionFormat === 'string' && formats && !formats.includes(collectionFormat)) {
      this.warnings.push({
        place: below(place, 'collectionFormat'),
        message: `A list in ${location} cannot be written as ${JSON.stringify(collectionFormat)} in OpenAPI 3, and is read as csv`,
        expected: formats.join(', '),
      });
      hidden.collectionFormat = 'csv';
    }
    return hidden;
  }

  #finishParameter(found: Found, upgraded: JsonObject | undefined): Json {
    if (found.name !== null && isObject(found.value)) return reference('parameters', found.name);
    if (upgraded === undefined || !isDescribed(found)) return found.value ?? null;
    const parameter = { ...upgraded, ...extensions(found.value) };
    this.#finishSchema(parameter, found);
    return parameter;
  }

  /** A parameter or header whose keywords have become its schema. */
  #finishSchema(holder: JsonObject, { value, place }: Found): void {
    this.#origins.set(holder, place);
    delete holder.collectionFormat;
    const { schema } = holder;
    if (!isObject(schema) || (isObject(value) && 'schema' in value)) return;
    if (typeof holder['x-nullable'] === 'boolean') {
      schema['x-nullable'] = holder['x-nullable'];
      delete holder['x-nullable'];
    }
    this.#origins.set(schema, place);
    this.schemas.push(...withItems({ value: schema, place }));
  }

  /** A body parameter, or the form fields together, as the one body parameter that the upgrader translates. */
  #body(bodies: readonly Found[], consumes: readonly string[]) {
    const described = bodies.filter((found): found is Described => isObject(found.value));
    const whole = described.find(({ value }) => value.in === 'body');
    if (whole !== undefined) {
      const { value, place } = whole;
      return {
        parameter: this.#boxes.boxMembers(value),
        mediaTypes: consumes.length > 0 ? consumes : [defaultMediaType],
        finish: (requestBody: JsonObject): JsonObject => {
          const finished = { ...requestBody, ...extensions(value) };
          this.#origins.set(finished, place);
          this.#origins.set(value.schema ?? null, below(place, 'schema'));
          return finished;
        },
      };
    }
    const [first] = described;
    if (first === undefined) return undefined;
    const form = formBody(described, consumes, this.#origins);
    this.schemas.push(...form.schemas);
    return {
      parameter: { in: 'body', name: 'body', required: form.required, schema: this.#boxes.box(form.schema) },
      mediaTypes: form.mediaTypes,
      finish: (requestBody: JsonObject): JsonObject => {
        this.#origins.set(requestBody, first.place);
        for (const mediaType of Object.values(requestBody.content as Record<string, JsonObject>)) {
          Object.assign(mediaType, form.encoding && { encoding: form.encoding });
        }
        return requestBody;
      },
    };
  }

  #hideResponse({ headers, examples, schema, description }: JsonObject): JsonObject {
    const list = isObject(headers) ? Object.values(headers) : [];
    const hidden = list.map((header) => (isObject(header) ? this.#boxes.boxMembers(header) : {}));
    return {
      ...(typeof description === 'string' && { description }),
      ...(isObject(schema) && { schema: this.#boxes.box(schema) }),
      ...(isObject(examples) && { examples: this.#boxes.boxMembers(examples) }),
      headers: Object.fromEntries(hidden.map((header, index) => [`${index}`, header])),
    };
  }

  #finishResponse(found: Found, upgraded: JsonObject): Json {
    const { value, place, name } = found;
    if (!isObject(value)) return value ?? null;
    if (name !== null) return reference('responses', name);
    const { headers: translated, content, ...response } = upgraded;
    if (isObject(value.headers)) response.headers = this.#finishHeaders(value.headers, translated as JsonObject, found);
    if (isObject(content)) response.content = isObject(value.schema) ? withSchema(content, value.schema) : content;
    this.#origins.set(value.schema ?? null, below(place, 'schema'));
    const finished = { ...response, ...extensions(value) };
    this.#origins.set(finished, place);
    return finished;
  }

  #finishHeaders(written: JsonObject, translated: JsonObject, { place }: Found): JsonObject {
    const headers: JsonObject = {};
    for (const [index, [name, value]] of Object.entries(written).entries()) {
      const header = isObject(value) ? { ...(translated[index] as JsonObject), ...extensions(value) } : value;
      if (isObject(header)) this.#finishSchema(header, { value, place: below(place, 'headers', name), name: null });
      setMember(headers, name, header);
    }
    return headers;
  }
}

/** The upgrader refuses a parameter that does not say where it is; the checks find it. */
function isTranslatable({ value }: Described): boolean {
  return typeof value.in === 'string' && value.in !== '' && !('$ref' in value);
}

function reference(section: 'parameters' | 'responses', name: string): JsonObject {
  return { $ref: referenceTo(pointerOf('components', section, name)) };
}

/** What a security scheme says besides its type, and the upgrader forgets. */
function kept(scheme: JsonObject): JsonObject {
  const { description } = scheme;
  return { ...extensions(scheme), ...(description !== undefined && { description }) };
}

/**
 * The media types of a response with a schema. An example of a media type that is not produced has that
 * schema all the same; and a file has no JSON form, so that `application/json` is not meant where no
 * media type is declared.
 */
function withSchema(content: JsonObject, schema: JsonObject): JsonObject {
  for (const mediaType of Object.values(content) as JsonObject[]) mediaType.schema ??= schema;
  const isUndeclaredFile = schema.type === 'file' && Object.keys(content).join() === defaultMediaType;
  return isUndeclaredFile ? { 'application/octet-stream': content[defaultMediaType] as Json } : content;
}
