import type { ComponentChildren } from 'preact';

/**
 * The part of CommonMark that descriptions use (OpenAPI 3.1, 4.3), as elements and never as HTML: what the
 * document says is text, also where it looks like markup.
 */
export function Markdown({ text }: { text: string }) {
  return <div class="prose">{blocks(text)}</div>;
}

function blocks(text: string): ComponentChildren[] {
  const made: ComponentChildren[] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const fence = /^\s*(```|~~~)/.exec(line)?.[1];
    const take = (belongs: (line: string) => boolean) => {
      const start = at;
      while (at < lines.length && belongs(lines[at] ?? '')) at += 1;
      return lines.slice(start, at);
    };
    if (fence !== undefined) {
      at += 1;
      made.push(<pre>{take((one) => !one.trimStart().startsWith(fence)).join('\n')}</pre>);
      at += 1;
    } else if (line.trim() === '') at += 1;
    else if (isItem(line))
      made.push(
        <ul>
          {take(isItem).map((item) => (
            <li key={item}>{spans(item.replace(itemMark, ''))}</li>
          ))}
        </ul>,
      );
    else if (/^#{1,6} /.test(line)) {
      at += 1;
      made.push(<p class="heading">{spans(line.replace(/^#+ /, ''))}</p>);
    } else made.push(<p>{spans(take(isPlain).join(' '))}</p>);
  }
  return made;
}

const itemMark = /^\s*(?:[-*+]|\d{1,9}[.)]) /;
const isItem = (line: string) => itemMark.test(line);
const isPlain = (line: string) => line.trim() !== '' && !isItem(line) && !/^(#{1,6} |\s*(```|~~~))/.test(line);

/** Code, emphasis and links. Nothing here looks back, so that no text takes long. */
const span = /`([^`]{1,500})`|\*\*([^*]{1,500})\*\*|\[([^\][]{1,300})\]\(([^()\s]{1,1000})\)/g;

function spans(text: string): ComponentChildren[] {
  const made: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(span)) {
    const [whole, code, strong, label, address] = match;
    made.push(text.slice(end, match.index));
    if (code !== undefined) made.push(<code>{code}</code>);
    else if (strong !== undefined) made.push(<strong>{strong}</strong>);
    else made.push(link(label ?? '', address ?? ''));
    end = match.index + whole.length;
  }
  made.push(text.slice(end));
  return made;
}

function link(label: string, address: string): ComponentChildren {
  if (!/^https?:\/\//i.test(address)) return label;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
