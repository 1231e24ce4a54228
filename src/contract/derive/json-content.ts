import { type Content, isJson, type Operation } from '../../operation/index.js';

/** The JSON body that an operation takes, or else its first. */
export function jsonContent({ requestBody }: Operation): Content | undefined {
  const content = requestBody?.content ?? [];
  return content.find(({ mediaType }) => isJson(mediaType)) ?? content[0];
}
