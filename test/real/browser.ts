/** A browser without a screen, that somebody has logged in to Home Assistant with. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { RealHomeAssistant } from './home-assistant.ts';

const installed = '/usr/bin/chromium';
const widthPx = 1280;

/** Debian's own, since Playwright's would be fetched from elsewhere. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(installed)) {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-roboto'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  // The sandbox of Chromium is not for root.
  return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] });
}

/** A page of Home Assistant in its light dress, without the bar at its side. */
export async function visit(browser: Browser, home: RealHomeAssistant, path: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: widthPx, height: 900 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const { url, token } = home.started;
  const login = {
    access_token: token,
    token_type: 'Bearer',
    expires_in: 315_360_000,
    hassUrl: url,
    clientId: `${url}/`,
    expires: 9_999_999_999_999,
    refresh_token: '',
  };
  await page.addInitScript((tokens) => {
    localStorage.setItem('hassTokens', tokens);
    localStorage.setItem('dockedSidebar', '"always_hidden"');
  }, JSON.stringify(login));
  await page.goto(url + path);
  return page;
}
