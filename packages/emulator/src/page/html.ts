/** Text as HTML, whatever it says. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Text that is typed or read by machines. */
export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** A button that copies what it shows. */
export const copied = (text: string): string => `<button type="button" class="copy" data-copy>${code(text)}</button>`;

/** A table with a head; the cells are HTML. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return `<div class="card"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
