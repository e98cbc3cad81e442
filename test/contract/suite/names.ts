/** How a file gets its name in Immich: from the part's `filename`, or from the field of that name. */
import type { ContractCase } from './kit/contract-case.ts';
import { answers, pick } from './kit/expect.ts';
import { filePart, textParts } from './kit/form.ts';
import type { World } from './kit/world.ts';

/** What stands between the quotes of the part, and the name it becomes. */
const partNames = [
  { says: 'UTF-8 as it is', sent: 'hr-contract-Grüße 日本 😀.jpg' },
  { says: 'decomposed letters as they are', sent: 'hr-contract-a\u0308.jpg' },
  { says: '%22 as it is', sent: 'hr-contract-a%22b.jpg' },
  { says: 'a quote behind a backslash', sent: 'hr-contract-a\\"b.jpg', kept: 'hr-contract-a"b.jpg' },
  { says: 'semicolons and percent signs', sent: 'hr-contract-a;b%20c.jpg' },
  { says: 'the case of letters', sent: 'hr-contract-UPPER.JPG' },
  { says: 'two extensions', sent: 'hr-contract-double.txt.jpg' },
  { says: 'a dot at its beginning', sent: '.hr-contract-hidden.jpg' },
  { says: '260 characters', sent: `hr-contract-${'n'.repeat(244)}.jpg` },
  { says: 'the name only of a path', sent: '../../hr-contract-path.jpg', kept: 'hr-contract-path.jpg' },
  { says: 'the name only of a Windows path', sent: 'C:\\fakepath\\hr-contract-win.jpg', kept: 'hr-contract-win.jpg' },
];

interface Naming {
  readonly part: string;
  readonly field: string;
  readonly fieldLast?: boolean;
}

/** Uploads a photo that bears two names, and says what came. */
async function uploadNamed(world: World, { part, field, fieldLast = false }: Naming) {
  const file = filePart(world.picture('photo'), part);
  const name = { name: 'filename', value: field };
  const parts = fieldLast ? [...textParts(), file, name] : [...textParts(), name, file];
  return await world.anna.send({ method: 'POST', path: '/api/assets', parts, ownConnection: true });
}

function fieldCase(
  name: string,
  source: string,
  naming: Naming & { readonly becomes?: string; readonly refusedAs?: string },
): ContractCase {
  return {
    name,
    source,
    async run(world) {
      const answer = await uploadNamed(world, naming);
      if (naming.refusedAs !== undefined) return world.refuses(answer, 400, `Unsupported file type ${naming.refusedAs}`);
      answers(answer, 201, { status: 'created' });
      await world.assetIs(String(pick(answer.json, 'id')), { originalFileName: naming.becomes ?? '' });
    },
  };
}

export const cases: readonly ContractCase[] = [
  ...partNames.map(
    ({ says, sent, kept = sent }): ContractCase => ({
      name: `keeps ${says}`,
      source: 'facts/immich.md §4; transcript upload-name-*',
      async run({ anna, picture, assetIs }) {
        const parts = [...textParts(), filePart(picture('photo'), sent)];
        const answer = await anna.send({ method: 'POST', path: '/api/assets', parts });
        answers(answer, 201, { status: 'created' });
        await assetIs(String(pick(answer.json, 'id')), { originalFileName: kept });
      },
    }),
  ),
  fieldCase('takes the field filename over the name of the part', 'facts/immich.md §4; transcript upload-name-field', {
    part: 'hr-contract-part.jpg',
    field: 'hr-contract-field ä"b.jpg',
    becomes: 'hr-contract-field ä"b.jpg',
  }),
  fieldCase('takes the field filename even when it comes last', 'transcript upload-name-field-after', {
    part: 'hr-contract-part.jpg',
    field: 'hr-contract-late.jpg',
    fieldLast: true,
    becomes: 'hr-contract-late.jpg',
  }),
  fieldCase('looks for the extension in the field, if that came first', 'facts/immich.md §4; transcript upload-name-field-ext-rescue', {
    part: 'blob',
    field: 'hr-contract-rescue.jpg',
    becomes: 'hr-contract-rescue.jpg',
  }),
  fieldCase('does not see the extension of a field that comes last', 'facts/immich.md §4; transcript upload-name-field-ext-rescue-late', {
    part: 'blob',
    field: 'hr-contract-rescue.jpg',
    fieldLast: true,
    refusedAs: 'blob',
  }),
  fieldCase('refuses a bad extension in a field that came first', 'transcript upload-name-field-ext-bad', {
    part: 'hr-contract-good.jpg',
    field: 'hr-contract-bad.txt',
    refusedAs: 'hr-contract-bad.txt',
  }),
  fieldCase('lets a bad extension in when its field comes last', 'transcript upload-name-field-ext-bad-late', {
    part: 'hr-contract-good.jpg',
    field: 'hr-contract-bad.txt',
    fieldLast: true,
    becomes: 'hr-contract-bad.txt',
  }),
  fieldCase('passes over an empty field filename', 'transcript upload-name-field-empty', {
    part: 'hr-contract-part.jpg',
    field: '',
    becomes: 'hr-contract-part.jpg',
  }),
  fieldCase('keeps a path in the field filename', 'transcript upload-name-field-path', {
    part: 'hr-contract-part.jpg',
    field: 'holiday/hr-contract-sub.jpg',
    becomes: 'holiday/hr-contract-sub.jpg',
  }),
];
