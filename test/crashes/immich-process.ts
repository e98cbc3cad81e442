/** The house's practice Immich as a process of its own, so that it can be killed like any other. */
import { join } from 'node:path';
import type { House } from '../journeys/house.ts';
import type { Program } from '../journeys/program.ts';

export class ImmichProcess {
  readonly #house: House;
  #program: Program | undefined;

  /** It takes over from the one within the test: the same pictures at the same address. */
  constructor(house: House) {
    this.#house = house;
  }

  async start(): Promise<void> {
    await this.#house.server.close();
    const { port } = new URL(this.#house.server.url);
    const words = ['practice-immich', '--port', port, '--data', join(this.#house.folder, 'immich'), '--until-stdin-ends'];
    this.#program = this.#house.start(words, { deadlineMs: 600_000 });
    await this.#program.says('"url"');
  }

  async kill(): Promise<void> {
    await this.#program?.kill('SIGKILL');
    this.#program = undefined;
  }

  /** Back into the test, to be looked into. */
  async giveBack(): Promise<void> {
    await this.kill();
    await this.#house.server.comeBack();
  }
}
