import { describe, expect, it } from 'vitest';

import { detectLanguage } from './detect-language.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'Hello from a web page.'],
    ['en', 'Banana, gorilla, koala.'],
    ['en', 'I am on safari in Kenya with my rafiki and a simba.'],
    ['en', '42'],
    ['en', ''],
    ['sw', 'Habari ya asubuhi, karibu sana nyumbani kwetu.'],
    ['sw', 'Habari'],
    ['sw', 'Hakuna matata!'],
    ['sw', 'KARIBU SANA'],
    ['ar', 'مرحبا بالعالم، كيف حالك اليوم؟'],
    ['ar', 'مَرْحَبًا'],
    ['ar', 'هذا النص يذكر Audixa مرة واحدة'],
  ] as const)('answers %s for %j', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('takes the fallback for a sentence that says nothing about its language', () => {
    expect(detectLanguage('Amina Juma.', 'sw')).toBe('sw');
    expect(detectLanguage('1, 2, 3', 'ar')).toBe('ar');
  });

  it('never reads Latin letters as Arabic, even inside an Arabic text', () => {
    expect(detectLanguage('Audixa.', 'ar')).toBe('en');
  });
});
