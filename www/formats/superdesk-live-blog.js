/**
 * The posts of a Superdesk Live Blog, read as JSON Feed 1.1 with `_livefeed`: what
 * `/api/client_blogs/BLOG/posts` and `/api/v2/client_blogs/BLOG/posts` answer. Pure: no DOM.
 *
 * @import { Json } from "./parts/members.js"
 */
import { TAG, VERSION_OF_FEED, count, first, found, moment, objects, present, some, words } from "./parts/members.js";
import { escape, figure, link, quotation } from "./parts/markup.js";

/** The value of the element's `format` attribute. */
export const name = "superdesk-live-blog";

/** The pictures of an image, from the one that fits a column to what was uploaded. */
const RENDITIONS = ["viewImage", "baseImage", "original", "thumbnail"];

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} input
 * @param {{ url?: string }} [options] `url`: where it came from, by which the next page is named
 * @returns {Json}
 */
export function convert(input, { url } = {}) {
  const json = /** @type {Json} */ (input);
  if (!Array.isArray(json?._items)) {
    throw new Error(`these are no posts of a Live Blog: expected an object with a list of "_items", found ${found(input)}`);
  }
  const posts = objects(json._items);
  return present({
    version: VERSION_OF_FEED,
    // JSON Feed asks for one, and the posts come without: a host writes it above, or in the header slot.
    title: "",
    next_url: nextPage(json._meta, url),
    _livefeed: some({ total: count(json._meta?.total), updated: moment(json._meta?.last_updated_post?._updated) }),
    items: posts.map(readPost).filter(Boolean),
  });
}

/** @param {Json} post */
function readPost(post) {
  const id = words(post._id);
  const published = moment(post.published_date) ?? moment(post._created);
  const modified = moment(post.content_updated_date) ?? moment(post._updated);
  // What went back to the desk is no longer there for readers.
  const withdrawn = post.deleted === true || !["open", undefined, null].includes(post.post_status);
  if (withdrawn) return { id, date_modified: modified, _livefeed: { deleted: true } };
  const parts = itemsOf(post);
  // Advertisements are the host's own affair.
  if (parts.some((part) => /^advertisement/i.test(part.item_type))) return undefined;
  const images = parts.filter((part) => part.item_type === "image").map(readImage);
  const image = images.find(Boolean);
  const embeds = parts.map(readEmbed).filter(Boolean);
  const html = parts.map((part) => bodyOf(part, image, embeds[0])).join("");
  return present({
    id,
    title: words(post.headline),
    content_html: words(html),
    date_published: published,
    date_modified: modified === published ? undefined : modified,
    authors: authorsOf(post, parts),
    tags: (Array.isArray(post.tags) ? post.tags : []).map(words).filter(Boolean),
    _livefeed: some({
      kind: post.lb_highlight === true ? "key" : undefined,
      pinned: post.sticky === true,
      image,
      embed: embeds[0],
    }),
  });
}

/** A post's parts: in a group of references, or, in the second version of the interface, as they are. */
function itemsOf(/** @type {Json} */ post) {
  const grouped = objects(post.groups).filter((group) => group.id === "main");
  return objects([...grouped.flatMap((group) => objects(group.refs).map((ref) => ref.item)), ...objects(post.items)]);
}

/**
 * What a part says, as HTML; nothing for the picture and the embed that stand for themselves.
 *
 * @param {Json} part
 * @param {Json | undefined} image
 * @param {Json | undefined} embed
 */
function bodyOf(part, image, embed) {
  const meta = part.meta ?? {};
  const text = words(part.text);
  if (part.item_type === "image") {
    const picture = readImage(part);
    return picture && picture.url !== image?.url ? figure(/** @type {any} */ (picture)) : "";
  }
  if (part.item_type === "quote") {
    return quotation(paragraphs(words(meta.quote) ?? text ?? ""), words(meta.credit));
  }
  if (part.item_type === "poll") return poll(part.poll_body ?? {});
  const card = readEmbed(part);
  if (!card) return paragraphs(text ?? "");
  const words_ = words(meta.description);
  const below = words_ ? paragraphs(words_) : "";
  return card.url === embed?.url ? below : link(card.url, card.title) + below;
}

/** @param {string} text */
function paragraphs(text) {
  return text === "" || TAG.test(text) ? text : `<p>${escape(text)}</p>`;
}

/** @param {Json} body */
function poll({ question, answers }) {
  const options = objects(answers).map(({ option }) => words(option)).filter((option) => option !== undefined);
  return `<p><strong>${escape(words(question) ?? "")}</strong></p><ul>${options.map((option) => `<li>${escape(option)}</li>`).join("")}</ul>`;
}

/** @param {Json} part */
function readImage(part) {
  const renditions = part.renditions ?? part.meta?.media?.renditions ?? {};
  const picture = first(RENDITIONS, (name) => (words(renditions[name]?.href) ? renditions[name] : undefined));
  if (!picture) return undefined;
  const caption = words(part.meta?.caption);
  return present({
    url: picture.href,
    alt: words(part.meta?.alt_text) ?? words(part.meta?.media?.alt_text),
    caption,
    credit: words(part.meta?.credit),
    width: count(picture.width),
    height: count(picture.height),
  });
}

/** @param {Json} part */
function readEmbed(part) {
  const { meta } = part;
  const url = words(meta?.original_url) ?? words(meta?.url);
  if (!url || !/^(embed|video)/i.test(part.item_type)) return undefined;
  return present({
    url,
    title: words(meta.title),
    image: words(meta.thumbnail_url),
    provider: words(meta.provider_name),
  });
}

/**
 * Whoever commented, else who published or wrote the post.
 *
 * @param {Json} post
 * @param {Json[]} parts
 */
function authorsOf(post, parts) {
  const commenter = words(first(parts, (part) => words(part.commenter)));
  if (commenter) return [{ name: commenter }];
  const person = first([post.syndicated_creator, post.original_creator, post.publisher], (who) =>
    words(who?.byline) || words(who?.display_name) ? who : undefined,
  );
  if (!person) return [];
  return [present({ name: words(person.byline) ?? person.display_name, avatar: words(person.picture_url) })];
}

/** The next page has the next number: `?page=2`. @param {any} meta @param {string | undefined} url */
function nextPage(meta, url) {
  const here = count(meta?.page);
  const each = count(meta?.max_results);
  if (!here || !each || !url || !URL.canParse(url) || !(here * each < Number(meta.total))) return undefined;
  const next = new URL(url);
  next.searchParams.set("page", String(here + 1));
  return next.href;
}
