import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { below, type Origins, type Place, placeIn } from '../read/origins.js';
import { setMember } from '../read/plain.js';
import type { File, Link } from '../refer/reference.js';
import type { OldSchema } from './schemas.js';
import { bodiesOf, createFollower, type Found, inline, isBody, mediaTypes } from './two-parts.js';
import { type PlacedWarning, Translator } from './two-translate.js';

/** A Swagger 2.0 document in the shape of OpenAPI 3, its schemas as they were. */
export interface Reshaped {
  readonly root: JsonObject;
  /** Schemas that stood in parameters and headers, still in words of 2.0. */
  readonly schemas: readonly OldSchema[];
  readonly warnings: readonly PlacedWarning[];
}

/** Root members of 2.0 that are elsewhere in 3.x. */
export const renamedMembers: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[] = [
  { from: ['definitions'], to: ['components', 'schemas'] },
  { from: ['securityDefinitions'], to: ['components', 'securitySchemes'] },
  { from: ['parameters'], to: ['components', 'parameters'] },
  { from: ['responses'], to: ['components', 'responses'] },
];

/** Brings the structure of OpenAPI 2.0 to 3.0. */
export function reshapeVersionTwo(file: File, root: JsonObject, links: readonly Link[], origins: Origins): Reshaped {
  return new Reshaping(file, root, links, origins).run();
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

class Reshaping {
  readonly #file: File;
  readonly #root: JsonObject;
  readonly #origins: Origins;
  readonly #translator: Translator;
  readonly #follow: (value: Json | undefined, place: Place) => Found;
  readonly #consumes: readonly string[] | undefined;
  readonly #produces: readonly string[] | undefined;

  constructor(file: File, root: JsonObject, links: readonly Link[], origins: Origins) {
    this.#file = file;
    this.#root = root;
    this.#origins = origins;
    this.#translator = new Translator(origins);
    this.#follow = createFollower(file, links);
    this.#consumes = mediaTypes(root.consumes);
    this.#produces = mediaTypes(root.produces);
  }

  run(): Reshaped {
    const { swagger, host, basePath, schemes, consumes, produces, paths, ...others } = this.#root;
    const { definitions, parameters, responses, securityDefinitions, ...rest } = others;
    const root: JsonObject = { openapi: '3.0.4', ...rest };
    const components: JsonObject = { ...(definitions !== undefined && { schemas: definitions }) };
    this.#addPaths(paths, root);
    this.#addParameters(parameters, components);
    this.#addResponses(responses, components);
    const { servers, securitySchemes } = this.#translator.run(this.#root);
    if (servers !== undefined) {
      root.servers = servers;
      this.#origins.set(servers, placeIn(this.#file, [typeof host === 'string' ? 'host' : 'basePath']));
    }
    if (securityDefinitions !== undefined) {
      components.securitySchemes = isObject(securityDefinitions) ? securitySchemes : securityDefinitions;
    }
    root.components = components;
    for (const { from, to } of renamedMembers) {
      this.#origins.set(components[to[1] as string] ?? null, placeIn(this.#file, from));
    }
    return { root, schemas: this.#translator.schemas, warnings: this.#translator.warnings };
  }

  #addPaths(written: Json | undefined, root: JsonObject): void {
    if (written === undefined) return;
    root.paths = isObject(written) ? {} : written;
    for (const [path, value] of isObject(written) ? Object.entries(written) : []) {
      const found = this.#follow(value, placeIn(this.#file, ['paths', path]));
      const isItem = isObject(found.value) && !path.startsWith('x-');
      setMember(
        root.paths as JsonObject,
        path,
        isItem ? this.#pathItem(found.value as JsonObject, found.place) : value,
      );
    }
  }

  #pathItem(written: JsonObject, place: Place): JsonObject {
    const item: JsonObject = { ...written };
    this.#origins.set(item, place);
    const shared = this.#parameters(written, place);
    if (Array.isArray(written.parameters)) {
      const parameters = shared.filter((found) => !isBody(found));
      this.#translator.add({ parameters }, (translated) => {
        item.parameters = [...translated.parameters];
      });
    }
    for (const method of methods) {
      const operation = written[method];
      if (isObject(operation)) item[method] = this.#operation(operation, below(place, method), shared.filter(isBody));
    }
    return item;
  }

  #operation(written: JsonObject, place: Place, sharedBodies: readonly Found[]): JsonObject {
    const { consumes, produces, schemes, ...operation } = written;
    const own = this.#parameters(written, place);
    const parts = {
      parameters: own.filter((found) => !isBody(found)),
      bodies: bodiesOf(own.filter(isBody), sharedBodies),
      responses: this.#responses(written, place),
      consumes: mediaTypes(consumes) ?? this.#consumes,
      produces: mediaTypes(produces) ?? this.#produces,
    };
    this.#translator.add(parts, ({ parameters, requestBody, responses }) => {
      Object.assign(
        operation,
        Array.isArray(written.parameters) && { parameters },
        requestBody && { requestBody },
        isObject(written.responses) && { responses },
      );
    });
    return operation;
  }

  #parameters({ parameters }: JsonObject, place: Place): Found[] {
    const list = Array.isArray(parameters) ? parameters : [];
    return list.map((parameter, index) => this.#follow(parameter, below(place, 'parameters', String(index))));
  }

  /** A shared response has the media types of the document, so an operation with its own gets a copy. */
  #responses({ responses, produces }: JsonObject, place: Place): Record<string, Found> {
    const found = Object.entries(isObject(responses) ? responses : {}).map(([status, value]): [string, Found] => {
      const response = this.#follow(value, below(place, 'responses', status));
      return [status, mediaTypes(produces) === undefined || status.startsWith('x-') ? response : inline(response)];
    });
    return Object.fromEntries(found);
  }

  /** Shared parameters; those that are bodies are put where they are used, and kept for references into them. */
  #addParameters(written: Json | undefined, components: JsonObject): void {
    if (!isObject(written)) {
      Object.assign(components, written !== undefined && { parameters: written });
      return;
    }
    const sections: Record<string, JsonObject> = { parameters: {}, requestBodies: {} };
    for (const [name, value] of Object.entries(written)) {
      const found = inline(this.#follow(value, placeIn(this.#file, ['parameters', name])));
      const parts = isBody(found) ? { bodies: [found], consumes: this.#consumes } : { parameters: [found] };
      this.#translator.add(parts, ({ parameters, requestBody }) => {
        const section = sections[requestBody ? 'requestBodies' : 'parameters'] as JsonObject;
        setMember(section, name, requestBody ?? parameters[0] ?? null);
      });
    }
    Object.assign(components, sections);
  }

  #addResponses(written: Json | undefined, components: JsonObject): void {
    if (!isObject(written)) {
      Object.assign(components, written !== undefined && { responses: written });
      return;
    }
    const found = Object.entries(written).map(([name, value]): [string, Found] => [
      name,
      inline(this.#follow(value, placeIn(this.#file, ['responses', name]))),
    ]);
    const parts = { responses: Object.fromEntries(found), produces: this.#produces };
    this.#translator.add(parts, ({ responses }) => {
      components.responses = responses;
    });
  }
}
