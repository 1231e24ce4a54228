/**
 * Finds the offset of the value that these reference tokens lead to: of its key where it is a member.
 * `found` says how many of the tokens exist; the offset is then that of the nearest ancestor.
 */
export type Places = (segments: readonly string[]) => { readonly offset: number; readonly found: number };
