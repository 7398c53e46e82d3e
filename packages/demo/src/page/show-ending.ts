import { formatMs } from './format-time.ts';
import type { PageElements } from './page-elements.ts';
import type { TimedStep } from './utterance.ts';
import type { Verdict } from './verdict-words.ts';

export const underWay: Verdict = {
  tone: 'none',
  headline: 'Under way',
  sentence: 'However it ends, this is where it is explained.',
  facts: [],
};

export function showVerdict(page: PageElements, { tone, headline, sentence, advice, facts }: Verdict): void {
  page.verdict.dataset['tone'] = tone;
  page.verdictHeadline.textContent = headline;
  page.verdictSentence.textContent = sentence;
  page.verdictAdvice.textContent = advice ?? '';
  page.verdictAdvice.hidden = !advice;
  page.verdictFacts.replaceChildren(
    ...facts.map(([name, value]) => {
      const fact = document.createElement('div');
      fact.append(element('dt', name), element('dd', value));
      return fact;
    }),
  );
}

export function showSteps(page: PageElements, steps: readonly TimedStep[]): void {
  page.timelineEmpty.hidden = steps.length > 0;
  page.timeline.replaceChildren(
    ...steps.map(({ title, tone, atMs }) => {
      const item = document.createElement('li');
      item.dataset['tone'] = tone;
      item.append(element('time', formatMs(atMs)), element('span', title));
      return item;
    }),
  );
}

function element(name: 'dt' | 'dd' | 'time' | 'span', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
