import { phraseOf, remembering } from './words.js';

/** Members of an answer that say how it went, and not anything of what was asked for. */
export type OutcomeWord =
  /** Whether it went well: `ok`, `isSuccess`. */
  | 'success'
  /** Whether it did not: `hasErrors`, `failed`. */
  | 'failure'
  /** By a number, or a word for it: `code`, `errno`, `statusCode`. */
  | 'code'
  /** In words: `message`, `msg`. */
  | 'message'
  /** What went wrong: `error`, `errorMessage`. */
  | 'error'
  /** What HTTP calls it (RFC 9110, 15): `statusText`. */
  | 'phrase';

const words: Readonly<Record<OutcomeWord, RegExp>> = {
  success: /^(?:(?:is|was|has) )?(?:ok|success|succeeded|successful)$/,
  failure: /^(?:(?:is|was|has) )?(?:failed|failure)$|^(?:is|has) errors?$/,
  code: /^(?:(?:err|error|ret|return|result|response|status|http status|http|biz|sub) )?(?:code|no)$|^(?:errno|errcode|retcode|ret|http status)$/,
  message: /^(?:(?:ret|return|result|response|status) )?(?:msg|message)s?$/,
  error:
    /^(?:errors?|err|exceptions?|stack ?trace|fail(?:ure)? reason)$|^(?:err|error|exception|validation) (?:msg|message|text|desc|description|detail|info|summary|type|title|name|list|error|reason|stack)s?$|^errmsg$/,
  phrase: /^(?:status |http |http status |reason )(?:text|phrase|description)$|^phrase$/,
};

/** What a member says of how an answer went, by its name; null: nothing. */
export const outcomeWordOf: (name: string) => OutcomeWord | null = remembering((name) => {
  const phrase = phraseOf(name);
  return (Object.keys(words) as OutcomeWord[]).find((word) => words[word].test(phrase)) ?? null;
});
