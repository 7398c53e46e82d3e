import { copyText } from '../page/copy-text.ts';
import { findElement } from '../page/find-element.ts';
import type { ExplorerElements } from './explorer-elements.ts';

const shownMs = 2000;
const linkCopied = 'Copied. The link holds all that stands in these fields.';
const linkNotCopied = 'This browser does not let a page copy. The address of this page is the link.';

/** `link` brings the page's address up to date and returns it. */
export function listenToCopyButtons(page: ExplorerElements, link: () => string): void {
  page.copyLink.addEventListener('click', () => {
    void copyText(link()).then((isCopied) => {
      page.linkNote.textContent = isCopied ? linkCopied : linkNotCopied;
      page.spoken.textContent = page.linkNote.textContent;
    });
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
    const code = findElement(button.dataset['copies'] ?? '', HTMLElement);
    button.addEventListener('click', () => {
      void copyText(code.textContent).then((isCopied) => {
        // What cannot be copied by a page can be by its reader.
        if (!isCopied) getSelection()?.selectAllChildren(code);
        button.textContent = isCopied ? 'Copied' : 'Selected';
        page.spoken.textContent = button.textContent;
        setTimeout(() => (button.textContent = 'Copy'), shownMs);
      });
    });
  }
}
