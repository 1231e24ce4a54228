import type { Content, Operation } from '../operation/index.js';
import type { Role } from './types.js';

/** What the answer that shows the rows of a role is declared as (OpenAPI 3.1, 4.8.14); undefined where none does. */
export function answerContent({ responses }: Operation, { answer }: Pick<Role, 'answer'>): Content | undefined {
  return responses
    .find(({ key }) => key === answer?.response)
    ?.content.find(({ mediaType }) => mediaType === answer?.mediaType);
}
