import type { PageElements } from './page-elements.ts';
import { sampleTexts } from './sample-texts.ts';

/** Puts the first sample into the field and offers the others. */
export function prepareText(page: PageElements): void {
  const { text, samples, textCount } = page;
  const count = (): void => {
    textCount.textContent = `${text.value.length.toLocaleString('en')} of ${text.maxLength.toLocaleString('en')} characters`;
  };
  for (const sample of sampleTexts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sample.name;
    button.lang = sample.language;
    button.addEventListener('click', () => {
      text.value = sample.text;
      text.lang = sample.language;
      count();
    });
    samples.append(button);
  }
  text.addEventListener('input', () => {
    text.removeAttribute('lang');
    count();
  });
  text.value ||= sampleTexts[0].text;
  count();
}
