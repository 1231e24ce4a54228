import type { Json, JsonObject } from '../text/value.js';

/**
 * Makes what says whether a value fits a schema, for a place where no package can be loaded: its text is written into scripts, so
 * it uses nothing from outside. It heeds the keywords that need no second look, and takes what it does not know for kept:
 * what it accuses is wrong, what it passes need not be right.
 * @param schemas by what a `$ref` says
 */
export function createFits(schemas: Readonly<Record<string, Json>>): (value: Json, schema: Json) => boolean {
  const deepest = 60;
  const isRecord = (value: Json | undefined): value is JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const same = (one: Json | undefined, other: Json | undefined): boolean => {
    if (one === other) return true;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => Object.hasOwn(other, name) && same((one as JsonObject)[name], (other as JsonObject)[name]))
    );
  };
  const patterns: Record<string, RegExp | null> = {};
  const matches = (pattern: string, text: string): boolean | null => {
    if (!Object.hasOwn(patterns, pattern)) {
      try {
        patterns[pattern] = new RegExp(pattern, 'u');
      } catch {
        patterns[pattern] = null;
      }
    }
    return patterns[pattern]?.test(text) ?? null;
  };
  const within = (size: number, least: Json | undefined, most: Json | undefined): boolean =>
    !(typeof least === 'number' && size < least) && !(typeof most === 'number' && size > most);
  const listed = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

  const fitsObject = (value: JsonObject, schema: JsonObject, depth: number): boolean => {
    const names = Object.keys(value);
    const { properties, patternProperties, additionalProperties, propertyNames } = schema;
    if (!within(names.length, schema.minProperties, schema.maxProperties)) return false;
    if (!listed(schema.required).every((name) => Object.hasOwn(value, String(name)))) return false;
    const byPattern = Object.entries(isRecord(patternProperties) ? patternProperties : {});
    return names.every((name) => {
      const member = value[name] as Json;
      const own = isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own !== undefined && !fits(member, own, depth + 1)) return false;
      const matched = byPattern.filter(([pattern]) => matches(pattern, name) !== false);
      if (!matched.every(([pattern, inner]) => matches(pattern, name) === null || fits(member, inner, depth + 1)))
        return false;
      if (propertyNames !== undefined && !fits(name, propertyNames, depth + 1)) return false;
      const isOther = own === undefined && matched.length === 0 && additionalProperties !== undefined;
      return !isOther || fits(member, additionalProperties, depth + 1);
    });
  };

  const fitsArray = (value: readonly Json[], schema: JsonObject, depth: number): boolean => {
    if (!within(value.length, schema.minItems, schema.maxItems)) return false;
    if (
      schema.uniqueItems === true &&
      value.some((item, index) => value.slice(0, index).some((one) => same(one, item)))
    )
      return false;
    const first = listed(schema.prefixItems);
    return value.every((item, index) => {
      const inner = index < first.length ? first[index] : schema.items;
      return inner === undefined || fits(item, inner, depth + 1);
    });
  };

  const isOfType = (value: Json, type: Json | undefined): boolean => {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
    return types.length === 0 || types.some((one) => one === kind || (one === 'integer' && Number.isInteger(value)));
  };

  const isListed = (value: Json, schema: JsonObject): boolean =>
    !('const' in schema && !same(value, schema.const)) &&
    !(Array.isArray(schema.enum) && !schema.enum.some((one) => same(one, value)));

  const fitsBranches = (value: Json, { allOf, anyOf, oneOf, $ref }: JsonObject, depth: number): boolean => {
    const referred = typeof $ref === 'string' ? schemas[$ref] : undefined;
    const all = [...listed(allOf), ...(referred === undefined ? [] : [referred])];
    // Two may seem to fit where one does: what tells them apart need not be looked at here.
    const some = [listed(anyOf), listed(oneOf)].filter(({ length }) => length > 0);
    return (
      all.every((inner) => fits(value, inner, depth + 1)) &&
      some.every((branches) => branches.some((inner) => fits(value, inner, depth + 1)))
    );
  };

  const fitsString = (value: string, { minLength, maxLength, pattern }: JsonObject): boolean =>
    within(Array.from(value).length, minLength, maxLength) &&
    !(typeof pattern === 'string' && matches(pattern, value) === false);

  const fitsNumber = (value: number, schema: JsonObject): boolean => {
    const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
    const isOutside = (typeof above === 'number' && value <= above) || (typeof below === 'number' && value >= below);
    return within(value, minimum, maximum) && !isOutside;
  };

  const fits = (value: Json, schema: Json, depth = 0): boolean => {
    if (schema === false) return false;
    if (!isRecord(schema) || depth > deepest) return true;
    if (!isOfType(value, schema.type) || !isListed(value, schema)) return false;
    if (!fitsBranches(value, schema, depth)) return false;
    if (typeof value === 'string') return fitsString(value, schema);
    if (typeof value === 'number') return fitsNumber(value, schema);
    if (Array.isArray(value)) return fitsArray(value, schema, depth);
    return isRecord(value) ? fitsObject(value, schema, depth) : true;
  };
  return (value, schema) => fits(value, schema);
}
