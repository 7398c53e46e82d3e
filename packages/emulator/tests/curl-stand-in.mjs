#!/usr/bin/env node
// As much of curl as the emulator's page asks for, where there is none: `-s`, `-H`, `-d`, `-o` and an address.
import { writeFileSync } from 'node:fs';

const headers = {};
let body, file, url;
const rest = process.argv.slice(2);
while (rest.length > 0) {
  const argument = rest.shift();
  if (argument === '-s') continue;
  if (argument === '-H') {
    const [name, ...value] = rest.shift().split(':');
    headers[name] = value.join(':').trim();
  } else if (argument === '-d') body = rest.shift();
  else if (argument === '-o') file = rest.shift();
  else if (argument.startsWith('-')) throw new Error(`curl's ${argument} is not known here`);
  else url = argument;
}
const response = await fetch(url, { method: body === undefined ? 'GET' : 'POST', headers, body });
const bytes = Buffer.from(await response.arrayBuffer());
if (file) writeFileSync(file, bytes);
else process.stdout.write(bytes);
