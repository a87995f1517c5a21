/**
 * The blocks of a live blog from the Guardian's Content API, read as JSON Feed 1.1 with `_livefeed`: what
 * `https://content.guardianapis.com/PATH?show-blocks=all&show-fields=all&show-tags=contributor` answers. Pure: no DOM.
 *
 * @import { Json } from "./parts/members.js"
 */
import { VERSION_OF_FEED, count, first, found, list, moment, objects, present, some, words } from "./parts/members.js";
import { escape, figure, link, quotation } from "./parts/markup.js";

/** The value of the element's `format` attribute. */
export const name = "guardian-blocks";

/** Elements that are played or shown by another site, each with where it says what it is. */
const EMBEDS = /** @type {Record<string, string>} */ ({
  tweet: "tweetTypeData",
  video: "videoTypeData",
  instagram: "instagramTypeData",
  audio: "audioTypeData",
  vine: "vineTypeData",
});

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} input
 * @returns {Json}
 */
export function convert(input) {
  const content = /** @type {Json} */ (input)?.response?.content;
  const blocks = content?.blocks;
  if (typeof blocks !== "object" || blocks === null) {
    const what = typeof content === "object" && content !== null ? content : input;
    throw new Error(
      'this is no live blog of the Content API: expected "response.content.blocks" (ask for it with show-blocks=all), ' +
        `found ${found(what)}`,
    );
  }
  const { fields = {} } = content;
  const contributors = objects(content.tags).filter((tag) => tag.type === "contributor");
  return present({
    version: VERSION_OF_FEED,
    title: words(fields.headline) ?? words(content.webTitle) ?? "",
    home_page_url: words(content.webUrl),
    language: words(fields.lang),
    authors: contributors.map(readContributor).filter(Boolean),
    _livefeed: some({
      status: isTrue(fields.liveBloggingNow) ? "live" : isFalse(fields.liveBloggingNow) ? "ended" : undefined,
      summary_html: words(fields.standfirst) ?? words(fields.trailText),
      image: first(objects(blocks.main?.elements), readImage),
      updated: moment(fields.lastModified),
      total: count(blocks.totalBodyBlocks),
    }),
    items: bodyOf(blocks).map((block) => readBlock(block, words(content.webUrl), contributors)),
  });
}

/** All blocks, or those that were asked for by name (`show-blocks=body:latest:20`), each once. */
function bodyOf(/** @type {Json} */ blocks) {
  const all = [...objects(blocks.body), ...Object.values(blocks.requestedBodyBlocks ?? {}).flatMap(objects)];
  const published = all.filter((block) => !isFalse(block.published) && words(block.id));
  return [...new Map(published.toReversed().map((block) => [block.id, block])).values()].reverse();
}

/**
 * @param {Json} block
 * @param {string | undefined} page
 * @param {Json[]} contributors
 */
function readBlock(block, page, contributors) {
  const elements = objects(block.elements);
  const attributes = block.attributes ?? {};
  const image = first(elements, readImage);
  const embed = first(elements, readEmbed);
  // The body repeats in HTML what the elements say one by one, pictures and players included.
  const html = elements.length > 0 ? elements.map((each) => htmlOf(each, image, embed)).join("") : words(block.bodyHtml);
  const published = moment(block.firstPublishedDate) ?? moment(block.publishedDate) ?? moment(block.createdDate);
  const modified = moment(block.lastModifiedDate);
  const writers = list(block.contributors).map((id) => contributors.find((tag) => tag.id === id) ?? { webTitle: id });
  return present({
    id: block.id,
    url: page && `${page}?page=with:block-${block.id}#block-${block.id}`,
    title: words(block.title) ?? words(attributes.title),
    content_html: words(html),
    date_published: published,
    date_modified: modified === published ? undefined : modified,
    authors: writers.map(readContributor).filter(Boolean),
    _livefeed: some({
      kind: isTrue(attributes.summary) ? "summary" : isTrue(attributes.keyEvent) ? "key" : undefined,
      pinned: isTrue(attributes.pinned),
      image,
      embed,
    }),
  });
}

/**
 * One element as HTML; nothing for the picture and the embed that stand for themselves.
 *
 * @param {Json} element
 * @param {Json | undefined} image
 * @param {Json | undefined} embed
 */
function htmlOf(element, image, embed) {
  const picture = readImage(element);
  if (picture) return picture.url === image?.url ? "" : figure(/** @type {any} */ (picture));
  const card = readEmbed(element);
  if (card) return card.url === embed?.url ? "" : link(card.url, card.title);
  const quote = element.pullquoteTypeData;
  if (words(quote?.html)) return quotation(quote.html, words(quote.attribution));
  const rich = element.richLinkTypeData;
  if (words(rich?.url)) return link(rich.url, words(rich.linkText));
  const code = element.codeTypeData;
  if (words(code?.html)) return `<pre>${escape(code.html)}</pre>`;
  return first(Object.values(element), (data) => words(data?.html)) ?? "";
}

/** Of the sizes that there are, the widest; the original, which may be any size, only where it is the only one. */
function readImage(/** @type {Json} */ element) {
  if (element.type !== "image") return undefined;
  const assets = objects(element.assets).filter((asset) => words(asset.typeData?.secureFile) ?? words(asset.file));
  const sized = assets.filter((asset) => !isTrue(asset.typeData?.isMaster));
  const [widest] = (sized.length > 0 ? sized : assets).sort((a, b) => Number(b.typeData?.width) - Number(a.typeData?.width));
  if (!widest) return undefined;
  const data = element.imageTypeData ?? {};
  return present({
    url: words(widest.typeData?.secureFile) ?? widest.file,
    alt: words(data.alt),
    caption: plain(data.caption),
    credit: isFalse(data.displayCredit) ? undefined : plain(data.credit),
    width: count(widest.typeData?.width),
    height: count(widest.typeData?.height),
  });
}

/** Captions may hold tags, and are shown as text. */
function plain(/** @type {any} */ value) {
  return words(words(value)?.replaceAll(/<[^<>]*>/g, ""));
}

/** @param {Json} element */
function readEmbed(element) {
  const data = element[EMBEDS[element.type]];
  const url = words(data?.originalUrl) ?? words(data?.url);
  if (!url) return undefined;
  return present({
    url,
    title: words(data.title) ?? plain(data.caption),
    image: words(data.stillImageUrl) ?? words(data.thumbnailUrl),
    provider: words(data.source),
  });
}

/** @param {Json} tag */
function readContributor(tag) {
  return some({ name: words(tag.webTitle), url: words(tag.webUrl), avatar: words(tag.bylineImageUrl) });
}

/** Booleans come as such in blocks, and as text in fields. */
function isTrue(/** @type {any} */ value) {
  return value === true || value === "true";
}

function isFalse(/** @type {any} */ value) {
  return value === false || value === "false";
}
