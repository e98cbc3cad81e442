/** Does Home Assistant know whom, and what, the sources wait for? */
import { type Circumstance, everyoneAway, guess, listed } from '../../domain/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { HomeLookedAt } from './home-looked-at.ts';

export function checkCircumstances(home: HomeLookedAt): readonly Finding[] {
  const asked = home.config.sources.flatMap(({ name, when, onlyWhile }) => [
    ...(when.kind === 'circumstance' ? [{ source: name, setting: 'when', circumstance: when.circumstance }] : []),
    ...(onlyWhile ? [{ source: name, setting: 'only while', circumstance: onlyWhile }] : []),
  ]);
  const isHomeAsked = asked.some(({ circumstance }) => circumstance.entity === everyoneAway.entity);
  return [...asked.map((one) => checkOne(one, home)), ...(isHomeAsked ? checkPersons(home) : [])];
}

interface Asked {
  readonly source: string;
  readonly setting: string;
  readonly circumstance: Circumstance;
}

function checkOne({ source, setting, circumstance: { entity, said } }: Asked, { entities }: HomeLookedAt): Finding {
  const found = entities.get(entity);
  if (!found) {
    const domain = entity.slice(0, entity.indexOf('.') + 1);
    const alike = [...entities.keys()].filter((id) => id.startsWith(domain));
    return problem(source, `Home Assistant knows no ${entity}.${guess(entity, alike)}`, `Correct "${setting}".`);
  }
  const sentence = setting === 'when' ? `It is looked through when ${said}` : `Its files go on only while ${said}`;
  if (isKnown(found.state)) return ok(source, `${sentence}; Home Assistant says now: ${entity} is ${found.state}.`);
  return warning(
    source,
    `${sentence}, and Home Assistant does not know that now (${found.state}).`,
    `Look at ${entity} in Home Assistant.`,
  );
}

/** A person that Home Assistant knows nothing of is not at home, as far as it counts. */
function checkPersons({ entities }: HomeLookedAt): readonly Finding[] {
  const about = 'Home Assistant';
  const persons = [...entities].filter(([id]) => id.startsWith('person.'));
  const lost = persons.filter(([, { state }]) => !isKnown(state)).map(([id]) => id);
  const cure = 'Give each person a phone or another tracker there (Settings, People).';
  if (persons.length === lost.length) return [warning(about, 'It knows of nobody where they are: everybody counts as away.', cure)];
  if (lost.length === 0) return [];
  return [warning(about, `It does not know where ${listed(lost)} ${lost.length === 1 ? 'is' : 'are'}, and counts that as away.`, cure)];
}

function isKnown(state: string): boolean {
  return state !== 'unknown' && state !== 'unavailable';
}
