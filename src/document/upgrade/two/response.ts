import { pointerOf, referenceTo } from '../../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../../text/value.js';
import { below, type Place } from '../../read/origins.js';
import { extensions, type Found, type Upgrade } from './found.js';
import { describeBySchema } from './parameter.js';

/**
 * A Response Object, its schema in every media type that is produced.
 * @param produces the media types that the operation declares, if it does
 */
export function upgradeResponse(upgrade: Upgrade, found: Found, produces: readonly string[] | undefined): Json {
  const { value, place, name } = found;
  if (!isObject(value)) return value ?? null;
  if (name !== null) return { $ref: referenceTo(pointerOf('components', 'responses', name)) };
  const { description, headers } = value;
  const response: JsonObject = {
    ...(description !== undefined && { description }),
    ...(isObject(headers) && { headers: upgradeHeaders(upgrade, headers, below(place, 'headers')) }),
    ...contentOf(value, produces ?? ['application/json']),
    ...extensions(value),
  };
  upgrade.origins.set(response, place);
  upgrade.origins.set(value.schema ?? null, below(place, 'schema'));
  return response;
}

function upgradeHeaders(upgrade: Upgrade, written: JsonObject, place: Place): JsonObject {
  const headers: JsonObject = {};
  for (const [name, header] of Object.entries(written)) {
    const isDescribed = isObject(header) && !('$ref' in header);
    setMember(headers, name, isDescribed ? describeBySchema(upgrade, header, below(place, name)) : header);
  }
  return headers;
}

/**
 * The media types of a response. An example has the media type that it is named by, else the first; and
 * the schema holds for that too, though it be none that is produced. A file has no JSON form, so that
 * `application/json` alone is not meant.
 */
function contentOf({ schema, examples }: JsonObject, produces: readonly string[]): { readonly content?: JsonObject } {
  const isFile = isObject(schema) && schema.type === 'file' && produces.join() === 'application/json';
  const [first = 'application/json', ...others] = isFile ? ['application/octet-stream'] : produces;
  const content: JsonObject = {};
  const mediaType = (name: string): JsonObject => {
    if (!Object.hasOwn(content, name)) setMember(content, name, isObject(schema) ? { schema } : {});
    return content[name] as JsonObject;
  };
  if (isObject(schema)) for (const name of [first, ...others]) mediaType(name);
  for (const [name, value] of Object.entries(isObject(examples) ? examples : {})) {
    if (/^[^\s/]+\/[^\s/]+/.test(name)) {
      mediaType(name).example = value;
    } else {
      const holder = mediaType(first);
      const named = isObject(holder.examples) ? holder.examples : {};
      setMember(named, name, { value });
      holder.examples = named;
    }
  }
  return Object.keys(content).length > 0 ? { content } : {};
}
