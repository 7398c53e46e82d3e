import * as audixa from '@saystream/audixa';
import * as errors from '@saystream/errors';
import * as moknah from '@saystream/moknah';
import * as player from '@saystream/player';
import * as sauti from '@saystream/sauti';
import { expect, test } from 'vitest';

import * as umbrella from './index.ts';

test.each(Object.entries({ audixa, errors, moknah, player, sauti }))(
  'exports each value of @saystream/%s, the same one',
  (_name, members) => {
    expect(umbrella).toMatchObject({ ...members });
  },
);
