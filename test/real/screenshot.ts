/** `npm run screenshot:home`: draws docs/home-assistant-device.png, the device page of a Homeroll with real pictures in a real Home Assistant. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, visit } from './browser.ts';
import { RealHomeAssistant } from './home-assistant.ts';
import { Homeroll } from './homeroll.ts';
import { waitFor } from './wait-for.ts';

const path = join(import.meta.dirname, '..', '..', 'docs', 'home-assistant-device.png');
const marginPx = 24;

await using home = await RealHomeAssistant.start();
const sources = [{ name: "Anna's phone" }, { name: 'Scanner' }];
await using homeroll = await Homeroll.at(home, { topic: 'homeroll', sources, mqtt: { picture: true } });
await homeroll.putSamples("Anna's phone");
// The first news come when the entity for them is there.
await homeroll.house.server.close();
homeroll.run();
await homeroll.entity('event');
await homeroll.shows('immich', 'off');
await homeroll.house.server.comeBack();
await homeroll.shows('event', ({ attributes }) => attributes.event_type === 'batch_safe');
await homeroll.shows('waiting', '0');
await homeroll.shows('working', 'off');

const device = (await home.devices()).find(({ name }) => name === 'Homeroll');
await using browser = await openBrowser();
const page = await visit(browser, home, `/config/devices/device/${device?.id}`);
await page.getByText('Immich version').waitFor();
const height = await waitFor('the page is drawn', () => heightOf(page));
await page.setViewportSize({ width: 1280, height });
await waitFor('the page is drawn anew', async () => (await heightOf(page)) === height);
await page.screenshot({ path });
console.log(`${path}: 1280 × ${height}`);

/** How far down the cards reach, once they stand still. */
async function heightOf(page: Page): Promise<number | undefined> {
  const bottom = async (): Promise<number> => {
    const boxes = await Promise.all((await page.locator('ha-card').all()).map((card) => card.boundingBox()));
    return Math.ceil(Math.max(0, ...boxes.map((box) => (box ? box.y + box.height : 0)))) + marginPx;
  };
  const before = await bottom();
  await page.waitForTimeout(500);
  return (await bottom()) === before ? before : undefined;
}
