import { createGzip, type Gzip } from 'node:zlib';

const megabytes = 200;

/** 200 MiB of spaces in some 200 kB of gzip, made while it is read. */
export function gzipBomb(): Gzip {
  const gzip = createGzip();
  const spaces = Buffer.alloc(1024 * 1024, ' ');
  let left = megabytes;
  const more = (): void => {
    while (left > 0) {
      left -= 1;
      if (!gzip.write(spaces)) return void gzip.once('drain', more);
    }
    gzip.end();
  };
  gzip.on('error', () => undefined);
  more();
  return gzip;
}
