import { fold } from './words.js';

/** What a query parameter may be called, by its role: without what separates the words. */
const names = {
  size: `limit perpage pagesize pagelimit size count top first last max maxresults maxitems maxcount maxrecords maxsize
    maxperpage take rows num numresults numberofresults n results resultsperpage itemsperpage recordsperpage rpp ps
    batchsize chunksize maxkeys resultlimit limitto pagelength pagelen itemcount resultcount numitems nb hitsperpage
    entriesperpage perpagecount maxresultcount querylimit fetchsize ppage`,
  page: `page pagenumber pageno pagenum pageindex currentpage paged pg p pagepage startpage`,
  offset: `offset skip start startindex startat from begin firstresult pageoffset startoffset startrow startposition
    recordoffset rowoffset skipcount resultoffset firstitem queryoffset`,
  cursor: `cursor startcursor pagetoken nextpagetoken nexttoken paginationtoken continue continuation continuationtoken marker
    nextmarker pagecursor nextcursor bookmark pageinfo scrollid next nextpage iterator searchafter startkey startkeytoken
    paginationcursor pagemarker resumetoken lastevaluatedkey exclusivestartkey nextid position keymarker pagestate pageid`,
  after: `after startingafter pageafter afterid sinceid aftercursor startafter fromid afterkey lastid minid cursorafter since`,
  before: `before endingbefore pagebefore beforeid maxid beforecursor endbefore untilid beforekey cursorbefore`,
  order: `sort order orderby sortby ordering sortfield sortkey orderfield sortcolumn ordercolumn sorting sortproperty sorts
    sortorderby sortedby orderedby sortexpression orderkey sortorder sortdir`,
  direction: `direction dir sort sortdir order sortorder sortdirection orderdir orderdirection ordertype sorttype sortmode desc
    descending asc ascending reverse reversed sortdesc sortasc isdescending isascending sortreverse orderasc orderdesc
    orderdescending orderascending sortdescending sortascending reverseorder`,
  search: `q query search keyword keywords s term text searchterm searchtext searchquery searchstring searchkey fulltext
    searchkeyword querystring phrase needle find freetext qs searchvalue searchfor terms globalfilter match contains like
    autocomplete`,
} as const;

export type PagingWord = keyof typeof names;

const byName = new Map<string, PagingWord[]>();
for (const [role, list] of Object.entries(names) as [PagingWord, string][]) {
  for (const name of list.split(/\s+/)) byName.set(name, [...(byName.get(name) ?? []), role]);
}

/** The roles that the name of a query parameter suggests, whatever it means here: `$top`, `page[size]`, `per_page`. */
export function suggestedRoles(name: string): readonly PagingWord[] {
  return byName.get(fold(name)) ?? [];
}

/** Whether a query parameter of this name most likely asks for a part of a list. */
export function isPagingName(name: string): boolean {
  return suggestedRoles(name).some(
    (role) => role === 'size' || role === 'page' || role === 'offset' || role === 'cursor',
  );
}

/** Parameters that shape the answer and choose no rows, whatever the rows have. */
const leftAlone = new Set(
  `fields field expand include includes embed embedded select populate with view projection exclude excludes omit
  format pretty prettyprint callback jsonp alt dryrun accesstoken apikey key token authtoken apiversion version v
  xapikey includefields excludefields count totalcount includetotal withcount inlinecount metadata envelope fieldmask
  mask attributes preload join relations expands hydrate compact verbose details depth timezone tz userip quotauser
  resourceversion resourceversionmatch timeoutseconds watch allowwatchbookmarks`.split(/\s+/),
);

export function isLeftAlone(name: string): boolean {
  return leftAlone.has(fold(name));
}
