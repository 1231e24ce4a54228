import { outcomeWordOf } from '../text/outcome-words.js';
import { remembering } from '../text/words.js';
import { fold } from './words.js';

/** What a member beside the rows may be called, by its role: without what separates the words. */
export const envelopeNames = {
  total: `total totalcount totalitems totalresults totalelements totalrecords totalrows totalhits totalsize totalnumber
    totalentries totalobjects totalmatches totalavailable totalcounts countall overallcount fullcount maxcount numfound
    filtercount filteredcount recordsfiltered totalfiltered filteredtotal recordstotal itemstotal rowstotal elementstotal hitstotal entriestotal found foundcount resultcount resultscount resultstotal itemcount itemscount itemtotal recordcount
    recordscount rowcount rowscount hitcount nbhits hits matches odatacount paginationcount collectionsize`,
  count: `count returned returnedcount numberofelements numresults numberofresults numberofitems length currentsize
    pagesizeactual currentcount currentitemcount countonpage itemsonpage resultsreturned subtotal`,
  size: `limit perpage pagesize size pagelimit pagelen itemsperpage resultsperpage recordsperpage maxresults
    requestedsize requestedcount pagecapacity`,
  page: `page currentpage pagenumber pageindex pageno pagenum thispage activepage currentpagenumber`,
  remaining: `remainingitemcount remainingitems remainingcount remainingresults remainingrecords itemsremaining`,
  pages: `pages totalpages totalpage pagecount pagestotal pagescount numpages numberofpages lastpage lastpagenumber
    maxpage maxpages totalpagecount`,
  offset: `offset skip start startindex startat startoffset begin firstresult currentoffset`,
  'has-more': `hasmore hasnext hasnextpage more moreresults hasmoreresults hasmorepages hasmoreitems hasmoredata truncated
    istruncated morerecords moreavailable morepages nextexists ismore`,
  'has-previous': `hasprevious hasprev hasprevpage haspreviouspage hasless`,
  'is-empty': `empty isempty`,
  'is-first': `isfirst isfirstpage firstpage`,
  'is-paged': `paged`,
  'is-unpaged': `unpaged`,
  'is-sorted': `sorted`,
  'is-unsorted': `unsorted`,
  'is-last': `islast islastpage end isend isdone done finished iscomplete`,
  from: `from fromitem fromrow firstitem firstrow rangestart`,
  to: `to toitem torow lastitem lastrow rangeend`,
  'next-page': `nextpage nextpagenumber`,
  'previous-page': `prevpage previouspage prevpagenumber previouspagenumber`,
  'next-cursor': `nextcursor cursor cursornext endcursor nextpagetoken nextpagecursor nexttoken nextmarker continuation
    continuationtoken continue continuetoken nextcontinuationtoken pagetoken paginationtoken bookmark nextpageid nextid
    nextkey nextoffset nextstart scrollid lastevaluatedkey nextpagekey nextpageparam aftercursor cursorafter iterator
    searchafter nextbookmark marker after since`,
  'previous-cursor': `prevoffset previousoffset prevcursor previouscursor cursorprevious cursorprev startcursor prevpagetoken previouspagetoken
    prevtoken previoustoken beforecursor cursorbefore before`,
  'self-url': `self selfurl selflink url currenturl currenturi currentlink currentpageurl`,
  'next-url': `next nexturl nexturi nextlink nexthref nextpageurl nextpageuri nextpagelink linknext odatanextlink nextlinkurl`,
  'previous-url': `previous prev previousurl prevurl previousuri prevuri previouslink prevlink prevpageurl previouspageurl
    prevpagelink previouspagelink linkprev`,
  'first-url': `first firsturl firstpageurl firstlink firstpagelink linkfirst`,
  'last-url': `last lasturl lastpageurl lastlink lastpagelink linklast`,
} as const;

type EnvelopeName = keyof typeof envelopeNames;

const roleByName = new Map(
  Object.entries(envelopeNames).flatMap(([role, names]) =>
    names.split(/\s+/).map((name) => [name, role as EnvelopeName] as const),
  ),
);

/** The role that a name alone suggests, without regard to what stands there. */
export function suggestedRole(name: string): EnvelopeName | undefined {
  return roleByName.get(fold(name));
}

const containers =
  /^(?:_?meta(?:data)?|_?links|cursors?|result_?info|info|response_?metadata)$|pag(?:e|ing|inat)|cursor/i;

/** Whether an object of this name says something of a whole answer. */
export function isEnvelopeContainer(name: string): boolean {
  return containers.test(name);
}

/** Whether an object of this name says in which order a list is: `{ "sorted": true, "empty": false }`. */
export const isOrder = (name: string): boolean => fold(name) === 'sort';

const otherNames = new Set(
  `object kind apiversion success successful status statuscode httpstatus message messages msg code error errors warning
  warnings included jsonapi timestamp time date requestid version etag url uri href type query took duration elapsed
  facets aggregations aggs ok request response debug filters filter sort sorting order orderby description expires
  reset quota querytime schema context id_ returncode responsecode errormessage errorcode errordescription trace traceid
  correlationid resulttype resultstatus notices deprecated parameters params criteria fields copyright generated
  generatedat updated updatedat lastupdated lastmodified`.split(/\s+/),
);

/** Whether a member of this name stands beside rows rather than inside of one. */
export const isEnvelopeName: (name: string) => boolean = remembering((name) => {
  if (/^[@$_]/.test(name) && !/^_?id$/.test(name)) return true;
  return (
    suggestedRole(name) !== undefined ||
    isEnvelopeContainer(name) ||
    outcomeWordOf(name) !== null ||
    otherNames.has(fold(name))
  );
});
