import { Markdown } from '../markdown.js';
import type { Health } from '../payloads.js';
import { documentLink, shortName } from '../route.js';

/** What is mocked, in the document's own words. */
export function About({ health }: { health: Health | null }) {
  if (health === null) return <p class="quiet">Asking the mock …</p>;
  const { description, document, problems } = health;
  const long = description.length > 300;
  return (
    <div class="about">
      {long ? (
        <details>
          <summary>{summaryOf(description)}</summary>
          <Markdown text={description} />
        </details>
      ) : (
        <Markdown text={description} />
      )}
      <p class="file">
        <a href={documentLink({ file: document, line: 1 })} title={document}>
          {shortName(document)}
        </a>
      </p>
      {problems !== null && (
        <p class="file">
          <a href={documentLink({ file: document, line: 1 })}>{problems}</a>
        </p>
      )}
    </div>
  );
}

/** The first words, without marks. */
function summaryOf(text: string): string {
  const plain = text
    .replace(/[#*`>]|\[([^\]]{0,200})\]\([^)]{0,500}\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 140 ? `${plain.slice(0, 140)}…` : plain;
}
