import { type Meaning, oneOf } from './row.js';

/** Where something is. */
export const places: readonly Meaning[] = [
  {
    words:
      /\b(city|cities|towns?)\b[^:]*: name$|\b(city|town|locality|place of \w+|municipality|admin area 2)( name)?$/,
    string: (faker) => faker.location.city(),
  },
  {
    words:
      /\b(country|countries|markets?|nationality|region) ?(iso ?)?codes?( ?(alpha ?)?2)?$|\b(iso|alpha) ?(code )?2$|\bcountry( iso| of \w+ code)$|\biso country$/,
    string: (faker) => faker.location.countryCode('alpha-2'),
  },
  { words: /\bcountry code ?(alpha ?)?3$/, string: (faker) => faker.location.countryCode('alpha-3') },
  { words: /\b(available |supported |target )?markets?$/, string: (faker) => faker.location.countryCode('alpha-2') },
  {
    words: /\bcountry$/,
    beside: /\b(line ?1|address|postal code|zip)/,
    string: (faker) => faker.location.countryCode('alpha-2'),
  },
  {
    words: /\b(country|countries)\b[^:]*: name$|\b(country|countries)( name)?s?$/,
    string: (faker) => faker.location.country(),
  },
  {
    words: /\b(state|province|region|county|admin area 1)( (code|name))?$/,
    beside: /\b(city|town|locality|zip|postal|country|street|address|line ?1)/,
    string: (faker) => faker.location.state(),
  },
  {
    words:
      /\b(address|location|billing|shipping)\b[^:]*: (state|region)$|\b(address state|state province|province|county)$/,
    string: (faker) => faker.location.state(),
  },
  { words: /\b(continent)$/, string: (faker) => faker.location.continent() },
  {
    words: /\b(aws |cloud |data ?center |deployment )?regions?$/,
    string: oneOf('eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2', 'eu-west-1'),
  },
  { words: /\b(zip|postal|post)( ?code)?$/, string: (faker) => faker.location.zipCode() },
  {
    words: /\b(address( line)? ?2|line ?2|street ?2|secondary address|suite)$/,
    string: (faker) => faker.location.secondaryAddress(),
  },
  {
    words: /\b(street|road)( name)?$/,
    beside: /\b(house|street|building) ?(number|no)/,
    string: (faker) => faker.location.street(),
  },
  {
    words: /\b(house|building|street) ?(number|no)$/,
    string: (faker) => faker.location.buildingNumber(),
    integer: [1, 199],
  },
  {
    words: /\b(formatted|full|complete) address$/,
    string: (faker) => `${faker.location.streetAddress()}, ${faker.location.zipCode()} ${faker.location.city()}`,
  },
  {
    words:
      /\b(street|address|address( line)? ?1|line ?1|street ?1|street address|(shipping|billing|home|mailing|delivery|postal) address|lines)$/,
    string: (faker) => faker.location.streetAddress(),
  },
  { words: /\b(addresses|shipping|billing): address( ?1)?$/, string: (faker) => faker.location.streetAddress() },
  { words: /\b(location|place|venue|destination|origin)( name)?$/, string: (faker) => faker.location.city() },
  { words: /\b(latitude|lat)\d?$/, number: [-55, 70, 0.0001] },
  { words: /\b(longitude|lng|lon|long)\d?$/, number: [-170, 170, 0.0001] },
  { words: /\b(altitude|elevation)$/, integer: [0, 2500] },
  {
    words: /\b(heading|bearing|azimuth|direction|rotation|angle)$/,
    integer: [0, 359],
    string: oneOf('north', 'east', 'south', 'west'),
  },
  { words: /\b(distance|radius|range km|miles|kilometers|km)$/, number: [0.5, 50, 0.1] },
  { words: /\b(locale)( code)?$/, string: oneOf('en-US', 'de-DE', 'fr-FR', 'es-ES', 'ja-JP', 'en-GB') },
  { words: /\b(language|lang)( name)$/, string: oneOf('English', 'German', 'French', 'Spanish', 'Japanese') },
  { words: /\b(languages?|lang)( code)?$/, string: oneOf('en', 'de', 'fr', 'es', 'ja') },
];
