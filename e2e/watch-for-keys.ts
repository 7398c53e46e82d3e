import type { BrowserContext, Page } from '@playwright/test';

/** The emulator's keys, plain or as a URL carries them. The pages of these tests have no other reason to hold the word. */
const canary = /emulated[-%~]|\bemulated\b/;

/** Looks at everything a page is sent, sends, stores and says, and remembers where a vendor's key was in it. */
export interface KeyWatch {
  /** Where a key was seen; empty when all is well. */
  readonly leaks: string[];
  /** How much was looked at. */
  readonly looks: { requests: number; responses: number; frames: number; sockets: number };
  /** Looks at what the pages store as well, and waits for the bodies that are still being read. */
  finish(): Promise<void>;
}

export function watchForKeys(context: BrowserContext): KeyWatch {
  const leaks: string[] = [];
  const looks = { requests: 0, responses: 0, frames: 0, sockets: 0 };
  const reading: Promise<void>[] = [];
  const look = (where: string, text: string | null | undefined): void => {
    if (text && canary.test(text)) leaks.push(`${where}: ${canary.exec(text)?.input.slice(0, 200)}`);
  };

  function watchSockets(page: Page): void {
    page.on('websocket', (socket) => {
      looks.sockets += 1;
      look('socket address', socket.url());
      const onFrame = ({ payload }: { readonly payload: string | Buffer }): void => {
        looks.frames += 1;
        look('frame', typeof payload === 'string' ? payload : payload.toString('latin1'));
      };
      socket.on('framesent', onFrame).on('framereceived', onFrame);
    });
    page.on('console', (message) => look('console', message.text()));
  }

  context.on('page', watchSockets);
  context.on('request', (request) => {
    looks.requests += 1;
    look('request', request.url());
    look('request body', request.postData());
    reading.push(
      request.allHeaders().then(
        (headers) => look('request headers', JSON.stringify(headers)),
        () => undefined,
      ),
    );
  });
  context.on('response', (response) => {
    looks.responses += 1;
    const read = async (): Promise<void> => {
      look('response headers', JSON.stringify(await response.allHeaders()));
      look(`response ${response.url()}`, (await response.body()).toString('latin1'));
    };
    // A body that was never read to its end, or went with its page, cannot be read here either.
    reading.push(read().catch(() => undefined));
  });

  return {
    leaks,
    looks,
    async finish() {
      for (const page of context.pages()) {
        if (page.url() === 'about:blank') continue;
        const stored = page.evaluate(async () =>
          JSON.stringify([
            { ...localStorage },
            { ...sessionStorage },
            document.cookie,
            document.documentElement.outerHTML,
            await indexedDB.databases(),
            performance.getEntries().map(({ name }) => name),
          ]),
        );
        look('page', await stored.catch(() => ''));
      }
      look('cookies', JSON.stringify(await context.cookies()));
      const waited = new Promise((resolve) => setTimeout(resolve, 2_000));
      await Promise.race([Promise.all(reading), waited]);
    },
  };
}
