import type { Random } from '../../fake/index.js';
import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { memberNamed } from './member-named.js';
import type { Rule } from './rule.js';

/** City, region, country, its codes (ISO 3166-1), currency (ISO 4217), time zone, latitude, longitude, a postal code. */
const cities = [
  ['Berlin', 'Berlin', 'Germany', 'DE', 'DEU', 'EUR', 'Europe/Berlin', 52.52, 13.405, '10115'],
  ['Paris', 'Île-de-France', 'France', 'FR', 'FRA', 'EUR', 'Europe/Paris', 48.8566, 2.3522, '75001'],
  ['London', 'England', 'United Kingdom', 'GB', 'GBR', 'GBP', 'Europe/London', 51.5074, -0.1278, 'SW1A 1AA'],
  ['Madrid', 'Madrid', 'Spain', 'ES', 'ESP', 'EUR', 'Europe/Madrid', 40.4168, -3.7038, '28001'],
  ['Milan', 'Lombardy', 'Italy', 'IT', 'ITA', 'EUR', 'Europe/Rome', 45.4642, 9.19, '20121'],
  ['Amsterdam', 'North Holland', 'Netherlands', 'NL', 'NLD', 'EUR', 'Europe/Amsterdam', 52.3676, 4.9041, '1012'],
  ['Stockholm', 'Stockholm', 'Sweden', 'SE', 'SWE', 'SEK', 'Europe/Stockholm', 59.3293, 18.0686, '11120'],
  ['Warsaw', 'Mazovia', 'Poland', 'PL', 'POL', 'PLN', 'Europe/Warsaw', 52.2297, 21.0122, '00-001'],
  ['Zürich', 'Zürich', 'Switzerland', 'CH', 'CHE', 'CHF', 'Europe/Zurich', 47.3769, 8.5417, '8001'],
  ['Vienna', 'Vienna', 'Austria', 'AT', 'AUT', 'EUR', 'Europe/Vienna', 48.2082, 16.3738, '1010'],
  ['New York', 'New York', 'United States', 'US', 'USA', 'USD', 'America/New_York', 40.7128, -74.006, '10001'],
  ['Chicago', 'Illinois', 'United States', 'US', 'USA', 'USD', 'America/Chicago', 41.8781, -87.6298, '60601'],
  [
    'San Francisco',
    'California',
    'United States',
    'US',
    'USA',
    'USD',
    'America/Los_Angeles',
    37.7749,
    -122.4194,
    '94103',
  ],
  ['Toronto', 'Ontario', 'Canada', 'CA', 'CAN', 'CAD', 'America/Toronto', 43.6532, -79.3832, 'M5H 2N2'],
  ['São Paulo', 'São Paulo', 'Brazil', 'BR', 'BRA', 'BRL', 'America/Sao_Paulo', -23.5505, -46.6333, '01001-000'],
  ['Mexico City', 'Mexico City', 'Mexico', 'MX', 'MEX', 'MXN', 'America/Mexico_City', 19.4326, -99.1332, '06000'],
  ['Tokyo', 'Tokyo', 'Japan', 'JP', 'JPN', 'JPY', 'Asia/Tokyo', 35.6762, 139.6503, '100-0001'],
  ['Seoul', 'Seoul', 'South Korea', 'KR', 'KOR', 'KRW', 'Asia/Seoul', 37.5665, 126.978, '04524'],
  ['Mumbai', 'Maharashtra', 'India', 'IN', 'IND', 'INR', 'Asia/Kolkata', 19.076, 72.8777, '400001'],
  ['Singapore', 'Singapore', 'Singapore', 'SG', 'SGP', 'SGD', 'Asia/Singapore', 1.3521, 103.8198, '018956'],
  ['Sydney', 'New South Wales', 'Australia', 'AU', 'AUS', 'AUD', 'Australia/Sydney', -33.8688, 151.2093, '2000'],
  ['Nairobi', 'Nairobi', 'Kenya', 'KE', 'KEN', 'KES', 'Africa/Nairobi', -1.2921, 36.8219, '00100'],
] as const;

/** Cities that are tried: a country may be one of a list. */
const mostCities = 8;

const cityName = /\b(city|town|locality)( name)?$/;
const countryName = /\bcountry( name)?$/;
const countryCode = /\bcountry (code|iso|alpha ?2)$/;
const currencyName = /\bcurrency( code)?$/;

/** A city lies in its country, which has its currency. */
export const places: Rule = {
  names: [cityName, countryName, countryCode, currencyName],
  fewest: 2,
  apply: inOnePlace,
};

function* inOnePlace(object: JsonObject, random: Random): Generator<JsonObject> {
  const text = (pattern: RegExp) => memberNamed(object, pattern, 'string');
  const number = (pattern: RegExp) => memberNamed(object, pattern, 'number');
  const [city, country] = [text(cityName), text(countryName)];
  const [code, currency] = [text(countryCode), text(currencyName)];
  if ([city, country ?? code, currency].filter(Boolean).length < 2) return;
  const region = text(/\b(state|region|province|county)( name)?$/);
  const postal = text(/\b(postal code|postcode|zip|zip code|zipcode)$/);
  const zone = text(/\b(time ?zone|tz)$/);
  const [latitude, longitude] = [number(/\b(latitude|lat)$/), number(/\b(longitude|lng|lon|long)$/)];
  for (const [name, area, land, alpha2, alpha3, money, hours, north, east, zip] of random
    .shuffled(cities)
    .slice(0, mostCities)) {
    const changed = { ...object };
    const set = (member: string | undefined, value: string | number): void => {
      if (member !== undefined) changed[member] = value;
    };
    const written = country === undefined ? '' : scalarText(object[country]);
    set(country, /^[A-Z]{2}$/.test(written) ? alpha2 : /^[A-Z]{3}$/.test(written) ? alpha3 : land);
    set(code, code !== undefined && scalarText(object[code]).length === 3 ? alpha3 : alpha2);
    set(currency, money);
    if (city !== undefined) {
      set(city, name);
      set(region, area);
      set(postal, zip);
      set(zone, hours);
      set(latitude, north);
      set(longitude, east);
    }
    yield changed;
  }
}
