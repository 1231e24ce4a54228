/** `counterproof/suggest`: an overlay that makes a document true of what was seen. */
export { Evidence } from './evidence.js';
export { suggestOverlay } from './suggest.js';
export { suggestionText } from './text.js';
