import type { PageElements } from './page-elements.ts';
import { sampleTexts, type SampleLanguage } from './sample-texts.ts';

/** The field with the text to speak. */
export interface TextField {
  /** Puts the sample of a language into the field, unless somebody has written a text of their own. */
  suggest(language: SampleLanguage): void;
}

/** Puts the first sample into the field and offers the others. */
export function prepareText(page: PageElements): TextField {
  const { text, samples, textCount } = page;
  const count = (): void => {
    textCount.textContent = `${text.value.length.toLocaleString('en')} of ${text.maxLength.toLocaleString('en')} characters`;
  };
  const use = (sample: (typeof sampleTexts)[number]): void => {
    text.value = sample.text;
    text.lang = sample.language;
    count();
  };
  for (const sample of sampleTexts) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sample.name;
    button.lang = sample.language;
    button.addEventListener('click', () => use(sample));
    samples.append(button);
  }
  text.addEventListener('input', () => {
    text.removeAttribute('lang');
    count();
  });
  text.value ||= sampleTexts[0].text;
  count();
  return {
    suggest(language) {
      const sample = sampleTexts.find((each) => each.language === language);
      if (sample && sampleTexts.some((each) => each.text === text.value)) use(sample);
    },
  };
}
