import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { globProblem, pathGlob, textGlob } from './glob.ts';

describe('a pattern for paths', () => {
  for (const [glob, path, matches] of [
    ['*.gif', 'A.GIF', true],
    ['*.gif', '2024/July/a.gif', true],
    ['*.gif', 'a.gif.jpg', false],
    ['.*', '2024/.hidden.jpg', true],
    ['DCIM/*.jpg', 'dcim/IMG_1.JPG', true],
    ['DCIM/*.jpg', 'DCIM/100/IMG_1.JPG', false],
    ['DCIM/**', 'DCIM/100/IMG_1.JPG', true],
    ['**/.trash/**', '.trash/a.jpg', true],
    ['**/.trash/**', 'x/y/.trash/z/a.jpg', true],
    ['**/.trash/**', 'x/trash/a.jpg', false],
    ['IMG_{0001,0002}.*', 'IMG_0002.heic', true],
    ['IMG_[0-4]*', 'a/IMG_3.heic', true],
    ['Pictures (old)/**', 'Pictures (old)/a.jpg', true],
    ['Pictures (old)/**', 'Pictures old/a.jpg', false],
    ['* (1).jpg', 'x/IMG (1).jpg', true],
    ['x!odd@(a|b)+/*', 'x!odd@(a|b)+/x.jpg', true],
    ['C++ #1 50% $off^/**', 'C++ #1 50% $off^/x', true],
    ['WhatsApp Images/**', 'WhatsApp Images/ä ö/1.jpg', true],
    ['M\u00fcller/**', 'Mu\u0308ller/1.jpg', true],
    ['Mu\u0308ller/**', 'M\u00fcller/1.jpg', true],
  ] as const) {
    it(`${glob} ${matches ? 'takes' : 'leaves'} ${path}`, () => assert.equal(pathGlob(glob).matches(path), matches));
  }
});

it('a pattern for a text takes "/" for a letter', () => {
  assert.equal(textGlob('GoPro*').matches('GOPRO HERO9/Black'), true);
  assert.equal(textGlob('GoPro').matches('GoPro HERO9'), false);
});

describe('a pattern that cannot mean anything', () => {
  for (const [glob, problem] of [
    ['', 'a pattern must not be empty'],
    ['/DCIM/*', 'a pattern is relative to the folder: leave out the "/" it begins with'],
    ['../x/*', 'a pattern is relative to the folder and has no "./" or "../"'],
    ['!*.jpg', 'a pattern cannot be turned round with "!": use include for what is wanted and skip for what is not'],
    ['DCIM\\100\\x', 'folders are divided by "/", not by "\\"'],
    ['DCIM/', 'a pattern for all in a folder ends in "/**": "DCIM/**"'],
    ['IMG_[0-9', 'a bracket is not closed'],
    ['IMG_{a,b', 'a bracket is not closed'],
  ] as const) {
    it(`is told: "${glob}"`, () => assert.equal(globProblem(glob), problem));
  }
  for (const glob of ['*.gif', '**/.trash/**', 'a{b,c}', 'Pictures (old)/**', 'odd \\[name\\]*']) {
    it(`is not ${glob}`, () => assert.equal(globProblem(glob), undefined));
  }
});
