/** Land borders between the countries of the table of cities, each once. */
const borders = [
  'DE-FR DE-NL DE-BE DE-CH DE-AT DE-PL DE-CZ DE-DK FR-ES FR-IT FR-BE FR-CH GB-IE NL-BE IT-CH IT-AT CH-AT AT-CZ AT-HU',
  'PL-CZ PL-UA PL-RU ES-PT ES-MA SE-NO SE-FI NO-FI NO-RU FI-RU GR-BG GR-TR RO-HU RO-BG RO-UA HU-UA BG-TR UA-RU IL-EG',
  'AE-SA US-CA US-MX BR-AR BR-CO BR-PE AR-CL CL-PE CO-PE IN-PK IN-BD IN-CN PK-CN CN-HK CN-VN CN-RU MY-TH MY-SG MY-ID',
];

const pairs = new Set(borders.flatMap((line) => line.split(' ')));

export function areNeighbours(a: string, b: string): boolean {
  return pairs.has(`${a}-${b}`) || pairs.has(`${b}-${a}`);
}
