import { upgrade } from '@scalar/openapi-upgrader';
import { isObject } from './describe.js';
import { below, type Origins, type Place, placeIn } from './origins.js';
import { setMember } from './plain.js';
import { pointerOf, referenceTo } from './pointer.js';
import type { File, Link, Target } from './references.js';
import type { Json, JsonObject } from './types.js';
import type { OldSchema } from './upgrade-schemas.js';
import { formBody, withItems } from './upgrade-two-form.js';

/** A Swagger 2.0 document in the shape of OpenAPI 3, its schemas as they were. */
export interface Reshaped {
  readonly root: JsonObject;
  /** Schemas that stood in parameters and headers, still in words of 2.0. */
  readonly schemas: readonly OldSchema[];
}

/** Root members of 2.0 that are elsewhere in 3.x. */
export const renamedMembers: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[] = [
  { from: ['definitions'], to: ['components', 'schemas'] },
  { from: ['securityDefinitions'], to: ['components', 'securitySchemes'] },
  { from: ['parameters'], to: ['components', 'parameters'] },
  { from: ['responses'], to: ['components', 'responses'] },
];

/**
 * Brings the structure of OpenAPI 2.0 to 3.0. The upgrader is given a list of operations without
 * references, names and data, since it mistakes those for what it translates; the results are put
 * where the operations stood.
 */
export function reshapeVersionTwo(file: File, root: JsonObject, links: readonly Link[], origins: Origins): Reshaped {
  return new Reshaping(file, root, links, origins).run();
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;
const defaultMediaType = 'application/json';

/** A Parameter, Response or Path Item Object, references followed. */
interface Found {
  readonly value: Json | undefined;
  readonly place: Place;
  /** The name in the root's `parameters` or `responses` that the reference leads to. */
  readonly name: string | null;
}

/** One operation for the upgrader, and what to do with what becomes of it. */
interface Job {
  readonly operation: JsonObject;
  finish(upgraded: JsonObject): void;
}

class Reshaping {
  readonly #file: File;
  readonly #root: JsonObject;
  readonly #origins: Origins;
  readonly #targets: Map<JsonObject, Target>;
  readonly #jobs: Job[] = [];
  readonly #boxes: Json[] = [];
  readonly #schemas: OldSchema[] = [];

  constructor(file: File, root: JsonObject, links: readonly Link[], origins: Origins) {
    this.#file = file;
    this.#root = root;
    this.#origins = origins;
    this.#targets = new Map(links.map(({ site, target }) => [site.holder, target]));
  }

  run(): Reshaped {
    const { swagger, host, basePath, schemes, consumes, produces, ...rest } = this.#root;
    const { definitions, parameters, responses, securityDefinitions, paths, ...kept } = rest;
    const components: JsonObject = {};
    const root: JsonObject = { openapi: '3.0.4', ...kept };
    if (paths !== undefined) {
      root.paths = isObject(paths) ? this.#paths(paths) : paths;
    }
    if (definitions !== undefined) {
      components.schemas = definitions;
    }
    this.#addParameters(parameters, components);
    this.#addResponses(responses, components);
    const securityNames = isObject(securityDefinitions) ? Object.keys(securityDefinitions) : [];
    const upgraded = this.#upgrade(securityNames);
    if (upgraded.servers !== undefined) {
      root.servers = upgraded.servers;
      this.#origins.set(root.servers, placeIn(this.#file, [typeof host === 'string' ? 'host' : 'basePath']));
    }
    if (securityDefinitions !== undefined) {
      components.securitySchemes = this.#securitySchemes(securityDefinitions, upgraded);
    }
    root.components = components;
    for (const { from, to } of renamedMembers) {
      this.#origins.set(components[to[1] as string] ?? null, placeIn(this.#file, from));
    }
    return { root, schemas: this.#schemas };
  }

  #upgrade(securityNames: readonly string[]): JsonObject {
    const { host, basePath, schemes, securityDefinitions } = this.#root;
    const schemesByIndex = securityNames.map((name, index): [string, Json] => {
      const { 'x-nullable': _, ...scheme } = Object((securityDefinitions as JsonObject)[name]) as JsonObject;
      return [`scheme${index}`, this.#boxMembers(scheme)];
    });
    const skeleton = {
      swagger: '2.0',
      info: {},
      ...(typeof host === 'string' && host !== '' && { host }),
      ...(typeof basePath === 'string' && basePath !== '' && { basePath: basePath === '/' ? '' : basePath }),
      ...(Array.isArray(schemes) && { schemes: schemes.filter((scheme) => typeof scheme === 'string') }),
      securityDefinitions: Object.fromEntries(schemesByIndex),
      paths: Object.fromEntries(this.#jobs.map(({ operation }, index) => [`/${index}`, { get: operation }])),
    };
    const upgraded = upgrade(skeleton, '3.0') as unknown as JsonObject;
    const paths = upgraded.paths as Record<string, { get: JsonObject }>;
    for (const [index, job] of this.#jobs.entries()) {
      job.finish(this.#unbox(paths[`/${index}`]?.get as JsonObject) as JsonObject);
    }
    return upgraded;
  }

  #securitySchemes(written: Json, upgraded: JsonObject): Json {
    if (!isObject(written)) {
      return written;
    }
    const { securitySchemes } = upgraded.components as Record<string, JsonObject>;
    const result: JsonObject = {};
    for (const [index, name] of Object.keys(written).entries()) {
      const before = written[name] as Json;
      const after = this.#unbox(securitySchemes?.[`scheme${index}`] ?? null);
      setMember(
        result,
        name,
        isObject(before) && isObject(after) ? { ...extensions(before), ...describing(before), ...after } : before,
      );
      this.#origins.set(result[name] as Json, placeIn(this.#file, ['securityDefinitions', name]));
    }
    return result;
  }

  #paths(paths: JsonObject): JsonObject {
    const result: JsonObject = {};
    for (const [path, written] of Object.entries(paths)) {
      const { value, place } = this.#follow(written, placeIn(this.#file, ['paths', path]));
      setMember(
        result,
        path,
        isObject(value) && !path.startsWith('x-') ? this.#pathItem(value, place) : (written as Json),
      );
    }
    return result;
  }

  #pathItem(written: JsonObject, place: Place): JsonObject {
    const item: JsonObject = { ...written };
    this.#origins.set(item, place);
    const shared = this.#parameterList(written.parameters, below(place, 'parameters'));
    const bodies = shared?.filter(isBody) ?? [];
    if (shared !== undefined) {
      this.#jobs.push(
        this.#job(
          shared.filter((parameter) => !isBody(parameter)),
          [],
          {},
          place,
          (upgraded) => {
            item.parameters = upgraded.parameters ?? [];
          },
        ),
      );
    }
    for (const method of methods) {
      const operation = written[method];
      if (isObject(operation)) {
        item[method] = this.#operation(operation, below(place, method), bodies);
      }
    }
    return item;
  }

  #operation(written: JsonObject, place: Place, sharedBodies: readonly Found[]): JsonObject {
    const { consumes: _, produces: __, schemes: ___, ...operation } = written;
    const own = this.#parameterList(written.parameters, below(place, 'parameters')) ?? [];
    const bodies = overridden(own.filter(isBody), sharedBodies);
    const plain = own.filter((parameter) => !isBody(parameter));
    this.#jobs.push(
      this.#job(plain, bodies, written, place, ({ parameters, requestBody, responses }) => {
        if (Array.isArray(written.parameters)) {
          operation.parameters = parameters ?? [];
        }
        if (requestBody !== undefined) {
          operation.requestBody = requestBody;
        }
        if (responses !== undefined) {
          operation.responses = responses;
        }
      }),
    );
    return operation;
  }

  /** Parameters and responses that the root names, each as an operation that has nothing else. */
  #addParameters(written: Json | undefined, components: JsonObject): void {
    if (!isObject(written)) {
      if (written !== undefined) {
        components.parameters = written;
      }
      return;
    }
    const parameters: JsonObject = {};
    const requestBodies: JsonObject = {};
    for (const [name, value] of Object.entries(written)) {
      const place = placeIn(this.#file, ['parameters', name]);
      const found = this.#inline(this.#follow(value, place));
      const [plain, bodies] = isBody(found) ? [[], [found]] : [[found], []];
      this.#jobs.push(
        this.#job(plain, bodies, {}, place, (upgraded) => {
          const [parameter] = (upgraded.parameters ?? []) as Json[];
          setMember(isBody(found) ? requestBodies : parameters, name, parameter ?? upgraded.requestBody ?? value);
        }),
      );
    }
    components.parameters = parameters;
    components.requestBodies = requestBodies;
  }

  #addResponses(written: Json | undefined, components: JsonObject): void {
    if (!isObject(written)) {
      if (written !== undefined) {
        components.responses = written;
      }
      return;
    }
    const responses: JsonObject = {};
    const inlined = Object.fromEntries(
      Object.entries(written).map(([name, value]) => [
        name,
        this.#inline(this.#follow(value, placeIn(this.#file, ['responses', name]))),
      ]),
    );
    const place = placeIn(this.#file, []);
    for (const [name, found] of Object.entries(inlined)) {
      const operation = { responses: { 200: found.value ?? null } };
      this.#jobs.push(
        this.#job([], [], operation, place, (upgraded) => {
          setMember(responses, name, (upgraded.responses as JsonObject)[200] ?? null);
          this.#origins.set(responses[name] as Json, found.place);
        }),
      );
    }
    components.responses = responses;
  }

  #parameterList(written: Json | undefined, place: Place): Found[] | undefined {
    return Array.isArray(written)
      ? written.map((parameter, index) => this.#follow(parameter, below(place, String(index))))
      : undefined;
  }

  /** Follows references to the root's own parameters and responses, and to those of other files. */
  #follow(written: Json | undefined, place: Place): Found {
    let found: Found = { value: written, place, name: null };
    const seen = new Set<Json | undefined>();
    while (isObject(found.value) && !seen.has(found.value)) {
      seen.add(found.value);
      const target = this.#targets.get(found.value);
      if (target === undefined) {
        break;
      }
      const { file, segments, value } = target;
      const isNamed =
        file === this.#file && segments.length === 2 && /^(?:parameters|responses)$/.test(segments[0] as string);
      found = { value, place: placeIn(file, segments), name: isNamed ? (segments[1] as string) : null };
    }
    return found;
  }

  #inline(found: Found): Found {
    return { ...found, name: null };
  }

  #job(
    plain: readonly Found[],
    bodies: readonly Found[],
    written: JsonObject,
    place: Place,
    done: (upgraded: JsonObject) => void,
  ): Job {
    const consumes = mediaTypes(written.consumes) ?? mediaTypes(this.#root.consumes);
    const body = this.#body(bodies, consumes ?? []);
    const translated = plain.filter(isTranslated);
    const responses = isObject(written.responses) ? written.responses : {};
    const keys = Object.keys(responses);
    const found = keys.map((key) => this.#response(responses[key] as Json, below(place, 'responses', key), written));
    const answers = found.map(({ value, name }, index): [string, Json] => [
      `${index}`,
      isObject(value) && name === null ? this.#responseSkeleton(value) : {},
    ]);
    return {
      operation: {
        parameters: [
          ...translated.map(({ value }) => this.#boxMembers(value as JsonObject)),
          ...(body ? [body.parameter] : []),
        ],
        responses: Object.fromEntries(answers),
        consumes: body?.consumes ?? consumes ?? [defaultMediaType],
        produces: mediaTypes(written.produces) ?? mediaTypes(this.#root.produces) ?? [defaultMediaType],
      },
      finish: (upgraded) => {
        const parameters = this.#finishParameters(plain, translated, (upgraded.parameters ?? []) as JsonObject[]);
        const requestBody = body && isObject(upgraded.requestBody) ? body.finish(upgraded.requestBody) : undefined;
        const finished: JsonObject = {};
        for (const [index, key] of keys.entries()) {
          const response = (upgraded.responses as JsonObject)[index] as JsonObject;
          setMember(finished, key, this.#finishResponse(found[index] as Found, response));
        }
        done({
          ...(parameters.length > 0 && { parameters }),
          ...(requestBody && { requestBody }),
          ...(written.responses !== undefined && {
            responses: isObject(written.responses) ? finished : written.responses,
          }),
        });
      },
    };
  }

  #finishParameters(all: readonly Found[], translated: readonly Found[], upgraded: readonly JsonObject[]): Json[] {
    return all.map((found) => {
      if (found.name !== null && isObject(found.value)) {
        return reference('parameters', found.name);
      }
      const index = translated.indexOf(found);
      if (index === -1) {
        return found.value ?? null;
      }
      const parameter = { ...(upgraded[index] as JsonObject), ...extensions(found.value as JsonObject) };
      this.#finishSchema(parameter, found);
      return parameter;
    });
  }

  /** A parameter or header whose keywords have become its schema. */
  #finishSchema(holder: JsonObject, { value, place }: Found): void {
    this.#origins.set(holder, place);
    delete holder.collectionFormat;
    const { schema } = holder;
    if (!isObject(schema) || (isObject(value) && 'schema' in value)) {
      return;
    }
    if (typeof holder['x-nullable'] === 'boolean') {
      schema['x-nullable'] = holder['x-nullable'];
      delete holder['x-nullable'];
    }
    this.#origins.set(schema, place);
    this.#schemas.push(...withItems({ value: schema, place }));
  }

  /** A body parameter, or the form fields together, as the one body parameter that the upgrader translates. */
  #body(bodies: readonly Found[], consumes: readonly string[]) {
    const fields = bodies.filter(({ value }) => isObject(value) && value.in === 'formData') as (Found & {
      value: JsonObject;
    })[];
    const whole = bodies.find(({ value }) => isObject(value) && value.in === 'body');
    if (whole !== undefined) {
      const { value, place } = whole as Found & { value: JsonObject };
      return {
        parameter: this.#boxMembers(value),
        consumes: consumes.length > 0 ? [...consumes] : [defaultMediaType],
        finish: (requestBody: JsonObject): JsonObject => {
          const finished = { ...requestBody, ...extensions(value) };
          this.#origins.set(finished, place);
          this.#origins.set(value.schema ?? null, below(place, 'schema'));
          return finished;
        },
      };
    }
    const [first] = fields;
    if (first === undefined) {
      return undefined;
    }
    const { schema, encoding, required, mediaTypes, schemas } = formBody(fields, consumes, this.#origins);
    this.#schemas.push(...schemas);
    return {
      parameter: { in: 'body', name: 'body', required, schema: this.#box(schema) },
      consumes: [...mediaTypes],
      finish: (requestBody: JsonObject): JsonObject => {
        this.#origins.set(requestBody, first.place);
        for (const mediaType of Object.values(requestBody.content as Record<string, JsonObject>)) {
          if (encoding !== null) {
            mediaType.encoding = encoding;
          }
        }
        return requestBody;
      },
    };
  }

  /** A shared response has the media types of the document, so an operation with its own gets a copy. */
  #response(written: Json, place: Place, operation: JsonObject): Found {
    const found = this.#follow(written, place);
    return mediaTypes(operation.produces) === undefined ? found : this.#inline(found);
  }

  #responseSkeleton(value: JsonObject): JsonObject {
    const { headers, examples, schema, description } = value;
    const headerList = isObject(headers) ? Object.values(headers) : [];
    return {
      ...(typeof description === 'string' && { description }),
      ...(isObject(schema) && { schema: this.#box(schema) }),
      ...(isObject(examples) && { examples: this.#boxMembers(examples) }),
      headers: Object.fromEntries(
        headerList.map((header, index) => [`header${index}`, isObject(header) ? this.#boxMembers(header) : {}]),
      ),
    };
  }

  #finishResponse({ value, place, name }: Found, upgraded: JsonObject): Json {
    if (!isObject(value)) {
      return value ?? null;
    }
    if (name !== null) {
      return reference('responses', name);
    }
    const { headers: upgradedHeaders, content, ...response } = upgraded;
    const { headers: written, schema } = value;
    if (isObject(written)) {
      const headers: JsonObject = {};
      for (const [index, headerName] of Object.keys(written).entries()) {
        const before = written[headerName] as Json;
        const header = isObject(before)
          ? { ...((upgradedHeaders as JsonObject)[`header${index}`] as JsonObject), ...extensions(before) }
          : before;
        if (isObject(header)) {
          this.#finishSchema(header, { value: before, place: below(place, 'headers', headerName), name: null });
        }
        setMember(headers, headerName, header);
      }
      response.headers = headers;
    }
    if (isObject(content)) {
      response.content = isObject(schema) && schema.type === 'file' ? withBinary(content) : content;
      // An example of a media type that is not produced has the schema of the response all the same.
      for (const mediaType of isObject(schema) ? (Object.values(content) as JsonObject[]) : []) {
        mediaType.schema ??= schema as JsonObject;
      }
    }
    this.#origins.set(schema ?? null, below(place, 'schema'));
    const finished = { ...response, ...extensions(value) };
    this.#origins.set(finished, place);
    return finished;
  }

  /** Hides a value from the upgrader behind a reference that no document has. */
  #box(value: Json): JsonObject {
    this.#boxes.push(value);
    return { $ref: `box:${this.#boxes.length - 1}` };
  }

  /** What is not a scalar, and every extension, the upgrader need not see. */
  #boxMembers(value: JsonObject): JsonObject {
    const result: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      if (!name.startsWith('x-')) {
        setMember(result, name, typeof member === 'object' && member !== null ? this.#box(member) : member);
      }
    }
    return result;
  }

  #unbox(value: Json): Json {
    if (Array.isArray(value)) {
      return value.map((item) => this.#unbox(item));
    }
    if (!isObject(value)) {
      return value;
    }
    const box = typeof value.$ref === 'string' ? /^box:(\d+)$/.exec(value.$ref) : null;
    if (box) {
      return this.#boxes[Number(box[1])] as Json;
    }
    const result: JsonObject = {};
    for (const [name, member] of Object.entries(value)) {
      if (member !== undefined) {
        setMember(result, name, this.#unbox(member));
      }
    }
    return result;
  }
}

function isBody({ value }: Found): boolean {
  return isObject(value) && (value.in === 'body' || value.in === 'formData');
}

/** The upgrader refuses a parameter that does not say where it is; the checks find it. */
function isTranslated({ value, name }: Found): boolean {
  return isObject(value) && name === null && typeof value.in === 'string' && value.in !== '' && !('$ref' in value);
}

/** An operation's own body or field takes the place of the path's. */
function overridden(own: readonly Found[], shared: readonly Found[]): Found[] {
  const hasBody = own.some(({ value }) => (value as JsonObject).in === 'body');
  const names = new Set(own.map(({ value }) => (value as JsonObject).name));
  const kept = shared.filter(({ value }) => {
    const isWhole = (value as JsonObject).in === 'body';
    return isWhole ? own.length === 0 : !hasBody && !names.has((value as JsonObject).name as Json);
  });
  return [...own, ...kept];
}

function mediaTypes(value: Json | undefined): string[] | undefined {
  const types = Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
  return types.length > 0 ? types : undefined;
}

function reference(section: 'parameters' | 'responses', name: string): JsonObject {
  return { $ref: referenceTo(pointerOf('components', section, name)) };
}

function extensions(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name.startsWith('x-')));
}

function describing({ description }: JsonObject): JsonObject {
  return description === undefined ? {} : { description };
}

/** A file has no JSON form, so the type that stands for "none declared" is not meant. */
function withBinary(content: Json): Json {
  if (!isObject(content) || Object.keys(content).join() !== defaultMediaType) {
    return content;
  }
  return { 'application/octet-stream': content[defaultMediaType] as Json };
}
