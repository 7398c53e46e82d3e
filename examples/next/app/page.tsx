import { Suspense } from 'react';

import { Generated } from './generated';
import { Speak } from './speak';

export default function Page() {
  return (
    <main>
      <Speak />
      <Suspense fallback={<p>Generating…</p>}>
        <Generated />
      </Suspense>
    </main>
  );
}
