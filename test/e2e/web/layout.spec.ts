import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

/** A laptop with a bar at each side of the screen: the smallest that an analyst should have to bear. */
const SMALL = { width: 1024, height: 700 };

test('cuts nothing without saying so, on a small screen and on a large one', async ({ emptyApp: app }) => {
  const { page } = app;
  await page.getByRole('button', { name: /demo company/ }).click();
  await expect(page.getByText('critical incidents')).toBeVisible();

  for (const size of [SMALL, { width: 1440, height: 900 }]) {
    await page.setViewportSize(size);
    for (const path of ['/sessions', '/incidents', '/findings', '/timeline', '/audit', '/sources']) {
      await app.go(path);
      expect(await cutOff(page)).toEqual([]);
      if (path === '/sources') continue;
      await page.getByRole('grid').getByRole('row').nth(1).click();
      await expect(page.getByRole('complementary').or(page.getByText('About this user'))).toBeVisible();
      expect(await cutOff(page)).toEqual([]);
      if (path === '/incidents' || path === '/findings') expect(await sideways(page)).toBe(0);
    }
    await app.go('/timeline');
    await page.getByText('Several accounts', { exact: true }).click();
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await page.getByRole('button', { name: 'About this user' }).click();
    await expect(page.getByText(/^Also/)).toBeVisible();
    await app.picture(`timeline-${size.width}`);
    expect(await cutOff(page)).toEqual([]);
    const chart = await page.getByText('Events', { exact: true }).boundingBox();
    expect(chart?.y).toBeLessThan(size.height / 3);
    // Beside a panel, too, there is time to be seen, and every date is whole.
    const axis = page.getByRole('img', { name: 'Time axis and events' });
    const box = await axis.boundingBox();
    expect(box?.width).toBeGreaterThan(340);
    const panel = await page.getByRole('complementary').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
    const dates = await axis.locator('text').all();
    expect(dates.length).toBeGreaterThan(1);
    for (const date of await Promise.all(dates.map((each) => each.boundingBox()))) {
      expect(date?.x).toBeGreaterThanOrEqual(box?.x ?? 0);
      expect((date?.x ?? 0) + (date?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
    }
  }
});

test('has help and the makers of the map readable on a small dark screen', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize(SMALL);
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.go('/map');
  await expect(page.getByRole('link', { name: 'Natural Earth' })).toHaveCSS('color', 'rgb(133, 189, 208)');
  await page.keyboard.press('?');
  const words = await page.getByText('user names that start with ana').boundingBox();
  expect(words?.width).toBeGreaterThan(150);
});

/** How far the table would have to be scrolled sideways, in pixels. */
async function sideways(page: Page): Promise<number> {
  return page
    .getByRole('grid')
    .locator('..')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
}

/**
 * What is drawn beyond the cell or the button it is in, or is a word broken by letters: text that ends in an ellipsis has a box
 * that ends in time.
 */
async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const right = (element: Element) => element.getBoundingClientRect().right;
    const cells = [...document.querySelectorAll('[role=gridcell], [role=columnheader]')];
    const beyondTheirCell = cells.flatMap((cell) =>
      [...cell.querySelectorAll('*')]
        .filter((part) => right(part) > right(cell) + 1 && part.parentElement?.closest('.ellipsis') === null)
        .map((part) => `beyond its cell: ${part.textContent}`),
    );
    const untold = cells
      .filter(
        (cell) => cell.scrollWidth > cell.clientWidth && getComputedStyle(cell).textOverflow !== 'ellipsis',
      )
      .map((cell) => `cut without an ellipsis: ${cell.textContent}`);
    const squeezed = [...document.querySelectorAll('main button, main label')]
      .filter((button) => button.scrollWidth > button.clientWidth + 1)
      .map((button) => `squeezed: ${button.textContent}`);
    const beyondTheScreen = [...document.querySelectorAll('main button:not([role=grid] button)')]
      .filter((button) => right(button) > innerWidth)
      .map((button) => `beyond the screen: ${button.textContent}`);
    return [...beyondTheirCell, ...untold, ...squeezed, ...beyondTheScreen];
  });
}
