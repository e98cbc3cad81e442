/** What no single line shows of Home Assistant: settings that need it while nothing says where it is, and news of sources that are none. */
import { guess } from '../domain/index.ts';
import { Secret } from '../kernel/index.ts';
import type { HomeAssistantConfig } from './config.ts';
import type { Fault } from './explain.ts';
import type { Path } from './problem.ts';
import type { OwnersFile } from './schema.ts';
import type { Surroundings } from './surroundings.ts';

/** What the Supervisor gives to an App of Home Assistant: a token, and a way through itself. */
export function supervisedHome({ environment }: Surroundings): HomeAssistantConfig | undefined {
  const { SUPERVISOR_TOKEN: token } = environment;
  return token ? { url: new URL('http://supervisor/core'), token: new Secret(token) } : undefined;
}

export function checkHome(written: OwnersFile, supervised: HomeAssistantConfig | undefined): readonly Fault[] {
  const names = written.sources.map(({ name }) => name);
  const strangers = written.tell.flatMap((teller, index) =>
    teller === 'log'
      ? []
      : (teller.sources ?? []).flatMap((name, at) =>
          names.includes(name)
            ? []
            : [{ path: ['tell', index, 'sources', at], sentence: `"${name}" is not one of your sources.${guess(name, names)}` }],
        ),
  );
  if (written['home assistant'] || supervised) return strangers;
  const lacking = placesThatNeedHome(written).map((path) => ({
    path,
    sentence: `"${String(path.at(-1))}" needs Home Assistant: write home assistant: { url: http://homeassistant.local:8123, token: !secret home_assistant_token }`,
  }));
  return [...strangers, ...lacking];
}

function placesThatNeedHome({ sources, albums, tell }: OwnersFile): readonly Path[] {
  const calendarsIn = (written: OwnersFile['albums'], ...above: Path): readonly Path[] =>
    written.flatMap(({ calendar }, index) => (calendar === undefined ? [] : [[...above, 'albums', index, 'calendar']]));
  return [
    ...calendarsIn(albums),
    ...sources.flatMap((source, index) => calendarsIn(source.albums ?? [], 'sources', index)),
    ...sources.flatMap(({ when, 'only while': limit }, index) => [
      ...(typeof when === 'string' || when.schedule !== undefined ? [] : [['sources', index, 'when']]),
      ...(limit ? [['sources', index, 'only while']] : []),
    ]),
    ...tell.flatMap((teller, index) => {
      if (teller === 'log') return [];
      return (['phone', 'speaker'] as const).flatMap((way) => (teller[way] === undefined ? [] : [['tell', index, way]]));
    }),
  ];
}
