import type { ExplorerElements } from './explorer-elements.ts';
import { questionToHash } from './question-in-hash.ts';
import { isBlank, type Question } from './question.ts';

const tooLong = 'This is too long for a link: it stays in this page until you leave or reload it.';

/** Puts the question into the page's address, where a reload finds it, or says that it is too long for that. */
export function writeAddress(page: ExplorerElements, question: Question): void {
  const isUntouched = question.of === 'audixa' && isBlank(question);
  const hash = isUntouched ? '' : questionToHash(question);
  history.replaceState(history.state, '', hash ? `#${hash}` : location.pathname);
  page.copyLink.disabled = hash === undefined;
  page.linkNote.textContent = hash === undefined ? tooLong : '';
}
