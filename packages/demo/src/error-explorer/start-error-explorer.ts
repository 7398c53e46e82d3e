import { listenToCopyButtons } from './copy-buttons.ts';
import { explainQuestion } from './explain-question.ts';
import { findExplorerElements } from './explorer-elements.ts';
import { FailurePicker } from './failure-picker.ts';
import { writeAddress } from './page-address.ts';
import { leadToVerdict } from './lead-to-verdict.ts';
import { limitLengths, readQuestion, settleFields, showFieldNotes, writeQuestion } from './question-fields.ts';
import { questionFromHash } from './question-in-hash.ts';
import { blankQuestion, type Question } from './question.ts';
import { showExplanation } from './show-explanation.ts';

/** Browsers refuse a page that changes its address with every key, and nobody wants to hear of every key. */
const settledAfterMs = 250;

/** Makes error-explorer/index.html explain. Its fields are the state; the address and all that is shown follow from them. */
export function startErrorExplorer(): void {
  const page = findExplorerElements();
  const picker = new FailurePicker(page.listed);
  let settling: ReturnType<typeof setTimeout> | undefined;

  function explain(): void {
    const question = readQuestion(page);
    showFieldNotes(page, question);
    picker.show(question);
    const spoken = showExplanation(page, question, explainQuestion(question, Date.now()));
    clearTimeout(settling);
    settling = setTimeout(() => {
      page.spoken.textContent = spoken;
      writeAddress(page, question);
    }, settledAfterMs);
  }
  function ask(question: Question): void {
    writeQuestion(page, question);
    explain();
  }
  function askAsAddressed(): void {
    // Some browsers bring back what stood in the fields before a reload.
    for (const of of ['audixa-stream', 'audixa'] as const) writeQuestion(page, blankQuestion(of));
    ask(questionFromHash(location.hash) ?? blankQuestion('audixa'));
  }

  limitLengths(page);
  askAsAddressed();
  addEventListener('hashchange', askAsAddressed);
  document.addEventListener('input', ({ target }) => {
    const picked = target === page.listed ? picker.picked(readQuestion(page)) : undefined;
    if (picked) return ask(picked);
    settleFields(page, target);
    explain();
  });
  page.startOver.addEventListener('click', () => {
    ask(blankQuestion(readQuestion(page).of));
    page.listed.focus();
  });
  leadToVerdict(page);
  listenToCopyButtons(page, () => {
    writeAddress(page, readQuestion(page));
    return location.href;
  });
  void picker.load().then(explain);
}
