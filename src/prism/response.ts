import { checkResponse, type Operation, responseFor } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { type Diagnostic, diagnosticOf, inOrder } from './diagnostic.js';
import { isCovered } from './media.js';

/** An answer as it is judged: its body still as data. */
export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string | null;
  readonly body: Json | undefined;
}

/** What Prism finds wrong with an answer. An example is held against its schema like anything else. */
export function responseDiagnostics(operation: Operation, { status, headers, mediaType, body }: Given): Diagnostic[] {
  const declared = responseFor(operation, status);
  if (declared === undefined) return [undeclared(operation, status)];
  const { content: contents } = declared;
  const content = contents.find((each) => mediaType !== null && isCovered(mediaType, each.mediaType)) ?? contents[0];
  const schema = content?.schema?.problem === null ? content.schema : null;
  const media =
    contents.length === 0 || contents.some((each) => mediaType !== null && isCovered(mediaType, each.mediaType))
      ? []
      : [
          {
            message: `The received media type "${mediaType ?? ''}" does not match the one${contents.length > 1 ? 's' : ''} specified in the current response: ${contents.map((each) => each.mediaType).join(', ')}`,
            severity: 'Error' as const,
          },
        ];
  const ofBody = schema?.validate(body, 'body') ?? [];
  const ofHeaders = checkResponse(operation, { status, headers, body: null }).filter((each) => each.in === 'header');
  return [
    ...media,
    ...inOrder(ofBody).flatMap((violation) => diagnosticOf(violation, 'Response', 'body')),
    ...ofHeaders.flatMap((violation) => diagnosticOf(violation, 'Response', 'header')),
  ];
}

function undeclared({ responses }: Operation, status: number): Diagnostic {
  const keys = responses.map(({ key }) => key).join(',');
  return {
    message: `Unable to match the returned status code with those defined in the document: ${keys}`,
    severity: status >= 200 && status < 300 ? 'Error' : 'Warning',
  };
}
