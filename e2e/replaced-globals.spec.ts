import { expect, test } from './emulated-page.ts';

/** What MooTools 1.4 and Prototype 1.7 do to a page, as far as it concerns us: names of the platform mean something else. */
const replaceGlobals = (): void => {
  class PageRequest {
    readonly options: object;
    constructor(options: object) {
      if (typeof options !== 'object') throw new TypeError('options is not an object');
      this.options = options;
    }
    send(): this {
      return this;
    }
  }
  const page = globalThis as unknown as { Request: unknown; PageRequest: unknown };
  page.Request = PageRequest;
  page.PageRequest = PageRequest;
  // Prototype's ignores the second argument and knows lists only.
  Array.from = ((list: ArrayLike<unknown> | null) => (list ? Array.prototype.slice.call(list) : [])) as typeof Array.from;
};

for (const file of ['script tag', 'module']) {
  test(`the ${file} loads and speaks in a page that replaced Request and Array.from`, async ({ page, site }) => {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(replaceGlobals);
    await page.goto(`${site}/script-tag.html`);
    const answer = await page.evaluate(
      async (modulePath) => {
        type Library = {
          createMoknah(options: object): { voices(): AsyncIterable<unknown> };
        };
        const { saystream, Request, PageRequest } = globalThis as never as Record<string, unknown>;
        const library = (modulePath ? await import(modulePath) : saystream) as Library;
        const urls: unknown[] = [];
        const fetch = async (url: string, init: RequestInit) => {
          urls.push(url);
          return globalThis.fetch(`data:application/json,${encodeURIComponent('[{"voice_id":1,"voice_name":"Sara"}]')}`, {
            signal: init.signal ?? null,
          });
        };
        const moknah = library.createMoknah({ apiKey: 'k', dangerouslyAllowBrowser: true, fetch });
        const voices: unknown[] = [];
        for await (const voice of moknah.voices()) voices.push(voice);
        return { voices, urls, isPages: Request === PageRequest };
      },
      file === 'module' ? '/dist/saystream.browser.js' : '',
    );
    expect(answer).toEqual({
      voices: [{ voiceId: 1, name: 'Sara' }],
      urls: ['https://moknah.io/api/v1/voices/'],
      isPages: true,
    });
    expect(faults).toEqual([]);
  });
}
