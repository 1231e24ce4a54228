// Names alone: what lists the formats, such as the table of flags, must not load what writes them.

/** Formats of `--report FORMAT=FILE`: each makes a whole, valid file, be the run at its end or not. */
export const reportFormats = {
  junit: { summary: 'JUnit XML, for CI servers' },
  json: { summary: 'the result as JSON' },
  sarif: { summary: 'SARIF 2.1.0, for code scanning' },
  markdown: { summary: 'Markdown, for a pull request' },
  html: { summary: 'one self-contained page' },
} as const satisfies Record<string, { readonly summary: string }>;

export type ReportFormat = keyof typeof reportFormats;

/** Formats in which the changes between two documents are shown. */
export const diffFormats = ['text', 'markdown', 'json', 'sarif', 'github'] as const;
export type DiffFormat = (typeof diffFormats)[number];
