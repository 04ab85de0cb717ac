import { describe, expect, it } from 'vitest';
import { attributionHtml } from '../../../src/renderer/map/attribution-html.ts';

describe('the attribution in the corner of the map', () => {
  it('joins the sentences of the databases, short and linked', () => {
    expect(
      attributionHtml(['IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0; data were repacked.']),
    ).toBe(
      'IP Geolocation by <a href="https://db-ip.com" target="_blank" rel="noopener noreferrer">DB-IP</a>, CC BY 4.0' +
        ' · Map: <a href="https://www.naturalearthdata.com" target="_blank" rel="noopener noreferrer">Natural Earth</a>',
    );
  });

  it('keeps what an imported database says of itself from becoming markup or another kind of address', () => {
    const html = attributionHtml(['<img src=x onerror=alert(1)> by Evil (javascript:alert(1))']);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('href="javascript');
  });
});
