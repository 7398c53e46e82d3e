import type { BrowserContext, Page } from '@playwright/test';

/** The emulator's keys, plain or as a URL carries them. The pages of these tests have no other reason to hold the word. */
const canary = /emulated[-%~]|\bemulated\b/;

/** Looks at everything a page is sent, sends, stores and says, and remembers where a vendor's key was in it. */
export interface KeyWatch {
  /** Where a key was seen; empty when all is well. */
  readonly leaks: string[];
  /** How much was looked at. */
  readonly looks: { requests: number; responses: number; frames: number; sockets: number; sent: number; lines: number };
  /** Looks at what the site sent to a page, and at a line that one of its relays logged. */
  see(where: 'sent' | 'lines', text: string): void;
  /** Looks at what the pages store as well, and waits for the bodies that are still being read. */
  finish(): Promise<void>;
}

/** Runs in the page: all that it keeps, as text. */
async function everythingStored(): Promise<string> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const kept: unknown[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      kept.push(name, store, await answer(objects.getAllKeys()), await answer(objects.getAll()));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      kept.push(request.url, [...request.headers], await (await cache.match(request))?.text());
  }
  return JSON.stringify([
    kept,
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    document.documentElement.outerHTML,
    performance.getEntries().map(({ name }) => name),
  ]);
}

export function watchForKeys(context: BrowserContext): KeyWatch {
  const leaks: string[] = [];
  const looks = { requests: 0, responses: 0, frames: 0, sockets: 0, sent: 0, lines: 0 };
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
    // Bodies that pages read while they arrive are dropped by the browser's tools. `see` is shown them all the same.
    reading.push(read().catch(() => undefined));
  });

  return {
    leaks,
    looks,
    see(where, text) {
      looks[where] += 1;
      look(where, text);
    },
    async finish() {
      for (const page of context.pages()) {
        if (page.url() === 'about:blank') continue;
        look('page', await page.evaluate(everythingStored).catch(() => ''));
      }
      look('cookies', JSON.stringify(await context.cookies()));
      const waited = new Promise((resolve) => setTimeout(resolve, 2_000));
      await Promise.race([Promise.all(reading), waited]);
    },
  };
}
