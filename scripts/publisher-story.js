/**
 * What the demo's publisher tells: the second day of a mission that does not exist, in order, and after that the
 * routine of a rover, which goes on for as long as anyone watches.
 *
 * @typedef {Record<string, any>} Text an item of JSON Feed without its id and its dates
 */

const larkholm = { name: "Edda Larkholm", url: "https://example.org/newsroom/larkholm" };
const alderwick = { name: "Theo Alderwick", url: "https://example.org/newsroom/alderwick" };

/** The feed without its items, and without what changes from one publication to the next. */
export const opening = {
  version: "https://jsonfeed.org/version/1.1",
  title: "Second day on the Moon: Wren starts to drill, and Pip sets out for the dark rocks",
  description: "A small lander and a smaller rover at work on the Moon, told as it happens.",
  home_page_url: "https://example.org/amaranth/second-day",
  language: "en",
  authors: [larkholm, alderwick],
  _livefeed: {
    status: "live",
    time_zone: "Etc/UTC",
    poll_seconds: 5,
    discussion_url: "https://example.org/amaranth/discussion",
    summary_html: [
      "<p>The lander <strong>Wren</strong> has come through its first night shift on the Moon. Today it lowers its " +
        "drill for the first time, to bring up ground that has not seen the Sun for two billion years.</p>",
      "<p>Meanwhile the rover <em>Pip</em> leaves the lander’s side. Eighty metres to the east there are rocks " +
        "that look darker than anything around them, and nobody knows why.</p>",
      "<p>We report from flight control at Port Elme for as long as there is something to report. New entries " +
        "appear here by themselves; corrected ones say so.</p>",
    ].join("\n"),
    image: {
      url: "../lunar-horizon.svg",
      alt: "The grey plain of the Lake of Patience under a black sky, with the crescent of the Earth over far hills.",
      caption: "The Earth over the Lake of Patience, close to the Moon’s western edge, where it never rises nor sets.",
      credit: "Drawing: livefeed demo",
      width: 1600,
      height: 900,
    },
  },
};

/** @type {(paragraphs: string[], more?: Text) => Text} */
const says = (paragraphs, more = {}) => ({
  content_html: paragraphs.map((text) => (text.startsWith("<") ? text : `<p>${text}</p>`)).join("\n"),
  ...more,
});

/** @type {(title: string, paragraphs: string[], more?: Text) => Text} */
const key = (title, paragraphs, more = {}) => says(paragraphs, { title, _livefeed: { kind: "key" }, ...more });

/** @type {(url: string, title: string, provider: string, image?: string) => Text} */
const shows = (url, title, provider, image) => ({
  _livefeed: { embed: { url, title, provider, ...(image && { image }) } },
});

/** @type {Text[]} */
export const story = [
  says(
    [
      "Good morning from Port Elme. The second day begins with a look at the batteries: full. The lander spent the " +
        "night, which for it is no night at all, in bright sunshine, and had to turn its array away so as not to " +
        "get too warm.",
    ],
    { authors: [larkholm] },
  ),
  says([
    "Here is the plan. First the drill, half a metre down if the ground lets it. Then the oven. In the afternoon " +
      "the rover’s first real drive, eighty metres to the east, with a stop at every tenth.",
  ]),
  shows(
    "https://www.youtube.com/watch?v=wrenLIVE002",
    "Flight control at Port Elme, live, second day",
    "YouTube",
    "../poster-control.svg",
  ),
  says(
    [
      "What readers ask most this morning is what became of the leg that reported so late. Pip took eleven " +
        "pictures of it. It stands as straight as the other three, so the switch is to blame, and the switch has " +
        "done its work.",
    ],
    { tags: ["questions"] },
  ),
  says([
    "Handover in flight control. The night shift leaves a list of four open points and a cake with three pieces " +
      "missing.",
  ]),
  says([
    "The drill has been told to warm up. Its motor is built for cold ground, but grease is grease, and nobody " +
      "wants to start it stiff. It takes forty minutes.",
  ]),
  key(
    "The drill is turning",
    [
      "The tip has touched the ground, and it is turning: slowly, twelve times a minute. The first centimetres are " +
        "loose dust and offer no resistance at all.",
      "“Like stirring flour,” says the drilling desk.",
    ],
    { authors: [alderwick] },
  ),
  says([
    "Five centimetres. The motor draws no more current than it did in the air. The dust that comes up is a shade " +
      "darker than what lies on top.",
  ]),
  says(
    [
      "A word on why this is done so slowly. A fast drill heats what it cuts, and heat drives out the very gases " +
        "that the oven is meant to find. Patience is cheaper than a second mission.",
    ],
    { tags: ["background"] },
  ),
  shows(
    "https://x.com/amaranth_mission/status/1313430000000000001",
    "“Ten centimetres. Nobody has ever looked this deep in this place.”",
    "X",
  ),
  says([
    "Twelve centimetres, and the first pause. The drill is drawn back a little, so that loose grains can fall out " +
      "of the thread. All as planned.",
  ]),
  says(
    [
      "In the hall, a school class is following the depth on a strip of paper along the wall, in full size. The " +
        "strip has room for half a metre. Somebody has drawn a treasure chest at the bottom.",
    ],
    { authors: [larkholm] },
  ),

  says([
    "Fifteen centimetres. The motor has begun to work: the current has doubled within a minute, which means that " +
      "the loose layer has ended. From here on the ground is packed, as it has been for a very long time.",
  ]),
  {
    title: "The plan for today",
    content_html:
      "<p>So far everything is on time.</p>\n<ul><li><strong>Morning:</strong> drill to half a " +
      "metre</li><li><strong>Noon:</strong> first grains into the oven</li><li><strong>Afternoon:</strong> Pip " +
      "drives to the dark rocks</li><li><strong>Evening:</strong> results, if the oven is willing</li></ul>",
    _livefeed: { kind: "summary", pinned: true },
  },
  says([
    "Pip is awake as well. Its battery is at 92 per cent, and its six wheels have been turned a little forwards " +
      "and a little backwards, like a runner’s feet before the start.",
  ]),
  {
    _livefeed: {
      image: {
        url: "../first-picture.svg",
        alt: "A grey plain, the shadow of a lander’s leg, and a thin crescent Earth.",
        caption: "Seen again in this morning’s light: the plain to the east, across which Pip will drive.",
        credit: "Drawing: livefeed demo",
        width: 1200,
        height: 800,
      },
    },
  },
  key(
    "The drill is stuck",
    [
      "At 27 centimetres the drill has stopped by itself. The motor was pulling harder than it is allowed to, and " +
        "so it let go. Nothing is broken; this is what it is meant to do.",
      "There is probably a stone under the tip. The team has a page for that in the handbook. It is headed " +
        "<em>Stone</em>.",
    ],
    { authors: [alderwick], _livefeed: { kind: "breaking" } },
  ),
  says([
    "The page headed <em>Stone</em> says: back by one centimetre, wait a minute, turn the other way, try again. " +
      "They are waiting the minute now.",
  ]),
  shows("https://t.me/amaranth_mission/2027", "The sound of the motor, made audible: listen for the stone", "Telegram"),
  says([
    "First attempt: the drill came to the same depth and stopped again. Second attempt in five minutes, with the " +
      "hammer switched on.",
  ]),
  says(
    [
      "While we wait: the hammer is a spring with a weight of 300 grams. On the Moon that weighs as much as 50 " +
        "grams do here, about as much as an egg. But it strikes with its mass and not with its weight, so it has " +
        "not lost a thing.",
    ],
    { tags: ["background"] },
  ),
  key(
    "The drill is free",
    [
      "Through. After forty blows of the hammer the tip gave a jerk, went down by four millimetres at once, and " +
        "has been turning freely since then. There was no cheering, but there were several long breaths.",
    ],
    { authors: [alderwick] },
  ),
  says([
    "Thirty-one centimetres. The stone has left its mark: a fine bright powder among the dark grains, which the " +
      "camera can see quite clearly. The geologists would like to have it too.",
  ]),
  says(
    [
      "<blockquote><p>We came for the dust and got a piece of the rock for nothing. I shall not complain about " +
        "that stone again.</p></blockquote>",
      "So the head of the geology team, on the way from one screen to another.",
    ],
    { authors: [larkholm] },
  ),
  shows(
    "https://vimeo.com/990051343",
    "Forty blows in twenty seconds: the hammer at work",
    "Vimeo",
    "../poster-descent.svg",
  ),
  says([
    "Thirty-eight centimetres, and no further surprise. The temperature at the tip is minus 21 degrees, and it " +
      "hardly changes any more. Up here in the sunshine, half a metre above, it is plus 60.",
  ]),
  says([
    "The rover team has been given its permission. Pip may leave as soon as the drill stands still, because both " +
      "of them together would use more current than the array delivers.",
  ]),
  key(
    "Half a metre",
    [
      "The drill has arrived. It stands at 50 centimetres and 2 millimetres, and the strip of paper in the hall " +
        "has come to its end. The treasure chest has been reached.",
    ],
    { authors: [alderwick] },
  ),
  says(
    [
      "Here are the figures of the morning, as flight control gives them.",
      "<table><thead><tr><th>Depth</th><th>Ground</th><th>Temperature</th></tr></thead><tbody><tr><td>0–14 " +
        "cm</td><td>loose dust</td><td>+12 °C</td></tr><tr><td>14–27 cm</td><td>packed grains</td><td>−9 " +
        "°C</td></tr><tr><td>27–29 cm</td><td>a stone</td><td>−14 °C</td></tr><tr><td>29–50 cm</td><td>packed " +
        "grains</td><td>−21 °C</td></tr></tbody></table>",
    ],
    { tags: ["figures"] },
  ),
  says([
    "The drill is being drawn up, with about a thimbleful of ground in its thread. It will take twenty minutes, so " +
      "that nothing is lost on the way.",
  ]),
  says([
    "The first grains are in the oven. The lid is shut, which was tested twice. Over the next hours it is heated " +
      "in eleven steps to 900 degrees, and at each of them a nose listens for gases.",
  ]),
  key(
    "Pip sets out",
    [
      "The rover is on its way. It went round the lander in a half circle, stopped for a look back, and has taken " +
        "the course for the dark rocks. It has eighty metres to go, and makes one every two minutes.",
    ],
    { authors: [larkholm] },
  ),
  shows(
    "https://www.youtube.com/watch?v=wrenDRIVE02",
    "The drive, as the lander’s mast sees it",
    "YouTube",
    "../poster-rover.svg",
  ),
  says([
    "Ten metres. The wheels sink in by eight millimetres and slip hardly at all. The rover took a picture of its " +
      "own track, and it looks as if drawn with a ruler.",
  ]),
  says([
    "The oven has reached 100 degrees. The nose smells nothing, which was expected. Water that is only frozen " +
      "would have shown up by now; what is bound in the grains needs more heat.",
  ]),
  says(["Thirty metres. “It drives like a careful aunt,” says the driver, who does not drive but may say stop."]),
  says(
    [
      "The oven is at 300 degrees, and there is a first signal: a trace of helium, as the solar wind leaves it " +
        "behind. It is weak, but three sensors agree on it.",
    ],
    { authors: [alderwick] },
  ),
  says([
    "Half of the way is done, and a pause has been ordered. The motors of the wheels have become warmer than " +
      "calculated, though not too warm. A quarter of an hour in the rover’s own shade ought to do.",
  ]),
];

/** What is added to an entry when it is edited; each reads well after any of them. */
export const corrections = [
  "Update: flight control has since confirmed this.",
  "Correction: an earlier version gave the time as a minute too early.",
  "Update: the team has asked us to add that all of this is well within the limits.",
  "We have made the wording of this entry clearer.",
];

/** What a rover’s routine sounds like; the number is how many there were before. */
const ROUTINE = [
  (/** @type {number} */ n) =>
    says([
      `Stop number ${n + 1} of the drive. Pip looks round once, sends home what it sees, and waits for ` +
        "the word to go on. It usually comes within two minutes.",
    ]),
  (/** @type {number} */ n) =>
    says([
      `The battery stands at ${90 - ((n * 7) % 40)} per cent. Driving uses more than the panel delivers, ` +
        "standing less, and so the day is a change of both.",
    ]),
  (/** @type {number} */ n) =>
    says([
      `The oven has been heated by another step. The nose has now taken ${12 + n * 3} samples, and each of ` +
        "them will be compared with an empty oven, measured before the start.",
    ]),
  (/** @type {number} */ n) =>
    shows(
      `https://x.com/amaranth_mission/status/13134300000000${10000 + n}`,
      `“Picture ${40 + n}: more of the plain. We do not tire of it.”`,
      "X",
    ),
  (/** @type {number} */ n) =>
    says([
      `Another ${4 + (n % 5)} metres. The track behind the rover is still straight, and there is still nobody ` +
        "to cross it.",
    ]),
  (/** @type {number} */ n) =>
    says(
      [
        "The camera has found a stone that is darker than its neighbours, about as large as a loaf of bread. The " +
          "rover turns towards it, to have a look from nearby.",
      ],
      { title: `Rock number ${1 + Math.floor(n / 6)}` },
    ),
];

/**
 * The routine after the story: one more each time, for ever.
 *
 * @param {number} n how many there were before
 * @returns {Text}
 */
export function routine(n) {
  return ROUTINE[n % ROUTINE.length](n);
}
