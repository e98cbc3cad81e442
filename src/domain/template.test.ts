import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fill, type Pictured, parseTemplate, templateProblem } from './template.ts';

const picture: Pictured = {
  takenAt: { local: '2024-07-14T23:59:59', epochMs: Date.UTC(2024, 6, 14, 21, 59, 59), from: 'EXIF' },
  path: 'Holidays/Italy/IMG_1.jpg',
  source: 'Scanner',
  camera: 'Canon EOS 5D',
};

describe('a template', () => {
  for (const [text, name, difference] of [
    ['{year}/{month-name}', '2024/July', {}],
    ['{year}-{month}-{day}', '2024-07-14', {}],
    ['Scans', 'Scans', {}],
    ['{folder}', 'Italy', {}],
    ['{folder}', 'Scanner', { path: 'IMG_1.jpg' }],
    ['{folder:1}: {folder:2}', 'Holidays: Italy', {}],
    ['{folder:3}', undefined, {}],
    ['{folder:1}', undefined, { path: 'IMG_1.jpg' }],
    ['{source} {camera}', 'Scanner Canon EOS 5D', {}],
    ['Camera {camera}', undefined, { camera: ' ' }],
  ] as const) {
    it(`${text} becomes ${name ?? 'nothing'}`, () => assert.equal(fill(parseTemplate(text), { ...picture, ...difference }, 'en'), name));
  }
  it('names months in the language asked for', () => assert.equal(fill(parseTemplate('{month-name}'), picture, 'de'), 'Juli'));
});

describe('a template that cannot be filled in', () => {
  for (const [text, problem] of [
    ['', 'a name must not be empty'],
    ['{yeer}', '"{yeer}" is not known. Did you mean "{year}"?'],
    ['{month_name}', '"{month_name}" is not known. Did you mean "{month-name}"?'],
    ['{place}', '"{place}" is not known. There is {year} {month} {month-name} {day} {folder} {folder:1} {source} {camera}.'],
    ['{year', 'a "{" and its "}" do not match'],
    ['year}', 'a "{" and its "}" do not match'],
  ] as const) {
    it(`is told: ${text}`, () => assert.equal(templateProblem(text), problem));
  }
});
