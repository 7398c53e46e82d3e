import type { SpeechError } from 'saystream';

import { reproducingSnippet, usingSnippet } from './code-snippet.ts';
import { explainedError, noFailure, nothingAsked, type Explanation } from './explanation-words.ts';
import type { ExplorerElements } from './explorer-elements.ts';
import { isBlank, type Question } from './question.ts';

/** Fills the right half of the page; everything of a stranger goes in as text. Returns what is to be spoken of it. */
export function showExplanation(page: ExplorerElements, question: Question, error: SpeechError | undefined): string {
  const isAsked = !isBlank(question);
  const explanation = isAsked ? (error ? explainedError(error) : noFailure) : nothingAsked;
  showVerdict(page, explanation);
  page.using.textContent = usingSnippet(question);
  showListing(page.jsonPart, page.json, isAsked && error ? JSON.stringify(error, undefined, 2) : undefined);
  showListing(page.reproducingPart, page.reproducing, isAsked ? reproducingSnippet(question) : undefined);
  return isAsked ? `${explanation.headline}. ${explanation.sentence}` : '';
}

function showVerdict(page: ExplorerElements, { tone, headline, sentence, advice, facts, fields }: Explanation): void {
  page.verdict.dataset['tone'] = tone;
  page.headline.textContent = headline;
  page.sentence.textContent = sentence;
  page.advice.textContent = advice;
  page.advice.hidden = !advice;
  page.facts.replaceChildren(
    ...facts.map(([name, member, value]) =>
      element('div', element('dt', name, element('code', member)), element('dd', ...breakable(value))),
    ),
  );
  page.fieldsPart.hidden = fields.length === 0;
  page.fields.replaceChildren(
    ...fields.map(({ path, message }) => element('li', ...(path ? [element('code', path)] : []), message)),
  );
}

function showListing(part: HTMLElement, code: HTMLElement, text: string | undefined): void {
  part.hidden = text === undefined;
  code.textContent = text ?? '';
}

/** Codes of vendors are long; they may break after an underscore. */
const breakable = (code: string): (Node | string)[] =>
  code.split('_').flatMap((word, index) => (index === 0 ? [word] : ['_', document.createElement('wbr'), word]));

/** Texts stay texts: `append` makes no markup of them. */
function element(name: 'div' | 'dt' | 'dd' | 'li' | 'code', ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
