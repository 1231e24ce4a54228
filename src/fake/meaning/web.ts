import { formats } from '../text/realistic.js';
import { paragraph, sentence, slug, word } from './phrases.js';
import { type Draw, digits, type Meaning, oneOf } from './row.js';

const { email, uri, hostname, ipv4, ipv6, uuid, password } = formats;

/** An account of a chain of blocks, as Ethereum and those like it write it. */
function onChain(faker: Parameters<Draw>[0]): string {
  return faker.finance.ethereumAddress();
}

/** Addresses, pictures, identifiers and files. */
export const web: readonly Meaning[] = [
  { words: /\b(e ?mails?)( address(es)?)?$/, string: email },
  { words: /\b(recipients?|cc|bcc|reply to|replyto)$/, string: email },
  { words: /\b(to|from|sender)$/, beside: /\b(subject|bcc|cc|html|reply to)\b/, string: email },
  {
    words: /\b(to|from|caller|callee|called)$/,
    beside: /\b(body|sms|num segments|call|caller|direction|ring)\b/,
    string: (faker) => faker.phone.number({ style: 'international' }),
  },
  { words: /\b(cmd|command|script)$/, string: oneOf('npm run build', 'make all', 'node server.js') },
  { words: /\b(mac)( address)?$/, string: (faker) => faker.internet.mac() },
  { words: /\b(ip( address)?|ipv4|remote addr|client ip)$/, string: ipv4 },
  { words: /\bipv6( address)?$/, string: ipv6 },
  {
    words:
      /\b(wallet|contract|signer|safe|token|deployer|eth|ethereum|crypto|validator|smart account) address(es)?$|\bwallets?\b[^:]*: address(es)?$/,
    string: onChain,
  },
  {
    words: /\b(from |to |owner |sender |recipient )?address(es)?$/,
    beside: /\b(chain id|blockchain|(tx|transaction) hash|gas (price|limit)|block number|wei)\b/,
    string: onChain,
  },
  { words: /\bcidr( block)?$/, string: (faker) => `10.${faker.number.int({ min: 0, max: 255 })}.0.0/16` },
  {
    words: /\bimage$/,
    beside: /\b(command|container|entrypoint|ports|registry|pull policy)\b/,
    string: oneOf('nginx:1.27', 'redis:7', 'node:22'),
  },
  {
    words:
      /\b(avatar|image|images|photo|picture|icon|logo|thumbnail|thumb|screenshot|cover|banner|poster|favicon|artwork|gravatar|img|pic|portrait|backdrop)s?( (\w+ )?(ur[il]s?|src|href|link|image|small|medium|large|full|original|thumb))?$/,
    string: (_, { image }) => image(),
  },
  {
    words:
      /\b(image|images|photo|picture|icon|logo|thumbnail|avatar|cover|banner|poster|artwork)s?\b[^:]*: (ur[il]|src|href|link|source|small|medium|large|full|original|thumb|raw|regular|standard|high|maxres)$/,
    string: (_, { image }) => image(),
  },
  { words: /\b(links?|ur[il]s?|href)s?: (self|next|prev|previous|first|last)$/, string: uri },
  {
    words:
      /\b(ur[il]|links?|href|website|homepage|home page|webhook|endpoint|callback|redirect|permalink|webpage|web ?site|blog|domain url|location header)s?$|\b(ur[il])\b[^:]*$/,
    string: uri,
  },
  {
    words: /\b(host ?name|domains?|domain alias(es)?|(custom|email) domain|host|subdomain|fqdn|domain name)$/,
    string: hostname,
  },
  { words: /\b(user agent)$/, string: (faker) => faker.internet.userAgent() },
  { words: /\b(browser)( name)?$/, string: oneOf('Chrome', 'Firefox', 'Safari', 'Edge') },
  { words: /\b(os|operating system|platform)( name)?$/, string: oneOf('linux', 'macos', 'windows', 'ios', 'android') },
  { words: /\bdevice( type)?$/, string: oneOf('desktop', 'mobile', 'tablet') },
  { words: /\b(http )?method$|\bverb$/, string: oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE') },
  { words: /\b(protocol|scheme)$/, string: oneOf('https', 'http') },
  { words: /\b(http )?status code$|\bresponse code$/, integer: [200, 204], string: oneOf('200', '201', '204') },
  { words: /\berror code$/, string: oneOf('not_found', 'invalid_request', 'rate_limited'), integer: [400, 499] },
  {
    words: /\berrors?( message)?$|\berror (description|detail)$/,
    string: oneOf(
      'The request could not be completed.',
      'The value is not allowed here.',
      'It took too long to answer.',
    ),
  },
  { words: /\bport$/, integer: [1024, 49_151] },
  { words: /\b(uuid|guid)s?$/, string: uuid },
  {
    words: /\b(etag)$/,
    string: (faker) => `"${faker.string.hexadecimal({ length: 16, prefix: '', casing: 'lower' })}"`,
  },
  {
    words:
      /\b(sha|sha1|commit|commit id|digest|checksum|hash|blob|revision hash|fingerprint|md5|sha256)( (id|hash|sha))?$/,
    string: (faker) => faker.git.commitSha(),
  },
  {
    words:
      /\b(bearer |access |refresh |id |auth )?(token|secret|api ?key|access key|private key|credential|signature|nonce|session|cookie|jwt)s?$/,
    string: (faker) => faker.string.alphanumeric(32),
  },
  {
    words: /\b(next |previous |prev |start(ing)? |end )?(cursor|marker|continuation|page token)s?$/,
    string: (faker) => faker.string.alphanumeric(16),
  },
  { words: /\bpassword$/, string: password },
  { words: /\b(otp|pin|passcode|verification code|code)$/, beside: /\b(phone|otp|verification)\b/, string: digits(6) },
  {
    words: /\b(scopes?|permissions?)$/,
    string: oneOf('read', 'write', 'users:read', 'users:write', 'orders:read', 'reports:read'),
  },
  { words: /\bslugs?$/, string: slug },
  {
    words: /\b(branch)( name)?$|\b(branch|branches)\b[^:]*: name$/,
    string: oneOf('main', 'develop', 'release-2', 'fix-login', 'add-search'),
  },
  // What SCIM names has its address beside its value (RFC 7643, 2.4).
  { words: /\bref$/, beside: /^value$/, string: (faker) => faker.internet.url({ appendSlash: false }) },
  { words: /\bref$/, string: oneOf('refs/heads/main', 'refs/heads/develop', 'refs/tags/v1.2.0') },
  {
    words:
      /\b(repo|repository|package|bucket|dataset|environment|cluster|namespace|pipeline|image|container|volume|network|service|deployment|tool|server|queue|stream|table|schema|index|plugin|extension|module|library)s?\b[^:]*: name$|\b(repo|repository|package|bucket|dataset|namespace|cluster)( name)?$/,
    string: slug,
  },
  {
    words: /\b(models?)( name)?$/,
    beside: /\b(tokens?|temperature|prompt|llm|provider)\b/,
    string: oneOf('small-2', 'medium-3', 'large-3'),
  },
  {
    words:
      /\b(permission|scope|role|feature|flag|topic|label|tag|categor(y|ie)|genre|hashtag|keyword|group|segment|collection|channel|list|queue|folder)s?\b[^:]*: name$/,
    string: word,
  },
  { words: /\b(\w+ )?version( number| name)?$/, string: (faker) => faker.system.semver(), integer: [1, 12] },
  { words: /\bfiles?\b[^:]*: name$|\b(file ?names?|attachment|original name)$/, string: fileName },
  {
    words: /\b(file ?path|path|directory|folder|dir|pathname)$/,
    string: (faker, context) => `/documents/${fileName(faker, context)}`,
  },
  { words: /\b(file )?(extension|file type)$/, string: oneOf('pdf', 'png', 'csv', 'txt') },
  {
    words: /\b(mime|(mime|media|content) ?type)$/,
    string: oneOf('application/json', 'text/plain', 'image/png', 'application/pdf'),
  },
  { words: /\bencoding$/, string: oneOf('utf-8', 'base64', 'gzip') },
  {
    words: /\b(html)( (body|content|text))?$|\bbody html$/,
    string: (faker, context) => `<p>${sentence(faker, context)}</p>`,
  },
  { words: /\bmarkdown$/, string: (faker, context) => `**${word(faker, context)}**: ${sentence(faker, context)}` },
  { words: /\b(readme|article|post|story|lyrics|abstract)( text| body| content)?$/, string: paragraph },
];

function fileName(faker: Parameters<typeof word>[0], context: Parameters<typeof word>[1]): string {
  return `${slug(faker, context)}.pdf`;
}
