import { isObject, type Json, type JsonObject, setMember } from '../../../text/value.js';
import type { Origins } from '../../read/origins.js';
import { below, type Place, placeIn } from '../../read/origins.js';
import type { File, Link } from '../../refer/reference.js';
import { bodiesOf, isBody, requestBody } from './body.js';
import { createUpgrade, extensions, type Found, inline, type Upgrade } from './found.js';
import { upgradeParameter } from './parameter.js';
import { upgradeResponse } from './response.js';

/** Root members of 2.0 that are elsewhere in 3.x. */
export const renamedMembers: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[] = [
  { from: ['definitions'], to: ['components', 'schemas'] },
  { from: ['securityDefinitions'], to: ['components', 'securitySchemes'] },
  { from: ['parameters'], to: ['components', 'parameters'] },
  { from: ['responses'], to: ['components', 'responses'] },
];

/**
 * Brings the structure of a Swagger 2.0 document to that of OpenAPI 3; what it says of schemas stays in words
 * of 2.0 (`Upgrade.schemas` names those that `references` has not come by).
 */
export function reshapeVersionTwo(
  file: File,
  root: JsonObject,
  links: readonly Link[],
  origins: Origins,
): Upgrade & { readonly root: JsonObject } {
  const upgrade = createUpgrade(file, links, origins);
  return { ...upgrade, root: new Reshaping(file, root, upgrade).run() };
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

class Reshaping {
  readonly #file: File;
  readonly #root: JsonObject;
  readonly #upgrade: Upgrade;
  readonly #consumes: readonly string[] | undefined;
  readonly #produces: readonly string[] | undefined;

  constructor(file: File, root: JsonObject, upgrade: Upgrade) {
    this.#file = file;
    this.#root = root;
    this.#upgrade = upgrade;
    this.#consumes = mediaTypes(root.consumes);
    this.#produces = mediaTypes(root.produces);
  }

  run(): JsonObject {
    const { swagger, host, basePath, schemes, consumes, produces, paths, ...others } = this.#root;
    const { definitions, parameters, responses, securityDefinitions, ...rest } = others;
    const servers = serversOf(this.#root);
    const components: JsonObject = {
      ...(definitions !== undefined && { schemas: definitions }),
      ...this.#parameterComponents(parameters),
      ...this.#responseComponents(responses),
      ...(securityDefinitions !== undefined && { securitySchemes: mapMembers(securityDefinitions, securityScheme) }),
    };
    const { origins } = this.#upgrade;
    if (servers) origins.set(servers, placeIn(this.#file, [typeof host === 'string' ? 'host' : 'basePath']));
    for (const { from, to } of renamedMembers) {
      origins.setMember(components, to[1] as string, placeIn(this.#file, from));
    }
    return {
      openapi: '3.0.4',
      ...rest,
      ...(servers && { servers }),
      ...(paths !== undefined && { paths: this.#paths(paths) }),
      components,
    };
  }

  #paths(written: Json): Json {
    return mapMembers(written, (value, path) => {
      const found = this.#upgrade.follow(value, placeIn(this.#file, ['paths', path]));
      return isObject(found.value) && !path.startsWith('x-') ? this.#pathItem(found.value, found.place) : value;
    });
  }

  #pathItem(written: JsonObject, place: Place): JsonObject {
    const item: JsonObject = { ...written };
    this.#upgrade.origins.set(item, place);
    const shared = this.#parameters(written, place);
    if (Array.isArray(written.parameters)) item.parameters = this.#withoutBodies(shared);
    for (const method of methods) {
      const operation = written[method];
      if (isObject(operation)) item[method] = this.#operation(operation, below(place, method), shared);
    }
    return item;
  }

  /** @param shared the parameters of the path */
  #operation(written: JsonObject, place: Place, shared: readonly Found[]): JsonObject {
    const { consumes, produces, schemes, ...operation } = written;
    const own = this.#parameters(written, place);
    if (Array.isArray(written.parameters)) operation.parameters = this.#withoutBodies(own);
    const body = requestBody(this.#upgrade, bodiesOf(own, shared), mediaTypes(consumes) ?? this.#consumes);
    if (body) operation.requestBody = body;
    const ownProduces = mediaTypes(produces);
    if (isObject(written.responses)) {
      operation.responses = mapMembers(written.responses, (value, status) => {
        if (status.startsWith('x-')) return value;
        const found = this.#upgrade.follow(value, below(place, 'responses', status));
        // A shared response has the media types of the document, so an operation with its own gets a copy.
        return upgradeResponse(this.#upgrade, ownProduces ? inline(found) : found, ownProduces ?? this.#produces);
      });
    }
    return operation;
  }

  #parameters({ parameters }: JsonObject, place: Place): Found[] {
    const list = Array.isArray(parameters) ? parameters : [];
    return list.map((parameter, index) => this.#upgrade.follow(parameter, below(place, 'parameters', String(index))));
  }

  #withoutBodies(parameters: readonly Found[]): Json[] {
    return parameters.filter((found) => !isBody(found)).map((found) => upgradeParameter(this.#upgrade, found));
  }

  /** Shared parameters; those that are bodies are put where they are used, and kept for references into them. */
  #parameterComponents(written: Json | undefined): JsonObject {
    if (written === undefined) return {};
    const requestBodies: JsonObject = {};
    const parameters = mapMembers(written, (value, name) => {
      const found = inline(this.#upgrade.follow(value, placeIn(this.#file, ['parameters', name])));
      if (!isBody(found)) return upgradeParameter(this.#upgrade, found);
      setMember(requestBodies, name, requestBody(this.#upgrade, [found], this.#consumes));
      return undefined;
    });
    return { parameters, requestBodies };
  }

  #responseComponents(written: Json | undefined): JsonObject {
    if (written === undefined) return {};
    const responses = mapMembers(written, (value, name) => {
      const found = inline(this.#upgrade.follow(value, placeIn(this.#file, ['responses', name])));
      return upgradeResponse(this.#upgrade, found, this.#produces);
    });
    return { responses };
  }
}

/** The members of an object, each changed or, by undefined, left out. What is no object is left to the checks. */
function mapMembers(written: Json, change: (value: Json, name: string) => Json | undefined): Json {
  if (!isObject(written)) return written;
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(written)) {
    const changed = change(value, name);
    if (changed !== undefined) setMember(result, name, changed);
  }
  return result;
}

/** The media types of `consumes` or `produces`; an empty list says nothing. */
function mediaTypes(value: Json | undefined): string[] | undefined {
  const types = Array.isArray(value) ? value.filter((type) => typeof type === 'string') : [];
  return types.length > 0 ? types : undefined;
}

/** Host, base path and schemes as Server Objects; undefined where they say no more than that there is a server. */
function serversOf({ host, basePath, schemes }: JsonObject): Json | undefined {
  const path = typeof basePath === 'string' && basePath !== '/' ? basePath : '';
  if (typeof host !== 'string' || host === '') return path === '' ? undefined : [{ url: path }];
  const declared = Array.isArray(schemes) ? schemes.filter((scheme) => typeof scheme === 'string') : [];
  return (declared.length > 0 ? declared : ['http']).map((scheme) => ({ url: `${scheme}://${host}${path}` }));
}

/** What 3.0 calls the flows of OAuth 2. */
const flowNames: ReadonlyMap<Json | undefined, string> = new Map([
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
]);

/** A Security Scheme Object: `basic` is one scheme of `http`, and OAuth 2 may have several flows. */
function securityScheme(written: Json): Json {
  if (!isObject(written)) return written;
  const { type, description, flow, authorizationUrl, tokenUrl, scopes } = written;
  const kept = { ...(description !== undefined && { description }), ...extensions(written) };
  if (type === 'basic') return { type: 'http', scheme: 'basic', ...kept };
  if (type !== 'oauth2') return written;
  const name = flowNames.get(flow) ?? (typeof flow === 'string' && flow !== '' ? flow : 'implicit');
  const members: JsonObject = {
    ...(authorizationUrl && { authorizationUrl }),
    ...(tokenUrl && { tokenUrl }),
    ...(scopes && { scopes }),
  };
  return { type, flows: { [name]: members }, ...kept };
}
