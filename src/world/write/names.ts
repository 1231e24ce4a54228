/** What may name a row in a path, or for another one, besides its key. */
export const otherNames = ['slug', 'name', 'login', 'username', 'handle', 'code', 'key'];
