/**
 * What src/browser/intl.rs and zone.rs ask of `Intl`, which is much shorter said here: how a language counts, what it
 * calls months and days, and what clocks show in a time zone. Where `Intl` does not know, the answer is empty.
 */

/**
 * Where English is spoken, and clocks have names of their own. English as such names those of the United States alone;
 * London's summer is "BST" in Britain only, and "GMT+1" elsewhere.
 */
const ENGLISH = ["en-GB", "en-US", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-CA"];

/** A language, with what is made for it once. A tag that is none means the reader's own, since a feed may say anything. */
export class Language {
  /** @param {string} tag */
  constructor(tag) {
    this.tags = attempt(() => Intl.getCanonicalLocales(tag)) ?? [];
    /** @type {{ plural?: Intl.PluralRules, number?: Intl.NumberFormat, [relative: string]: any }} */
    this.made = {};
  }

  tag() {
    return this.tags[0] ?? "";
  }

  /** @param {number} number */
  plural(number) {
    return attempt(() => (this.made.plural ??= new Intl.PluralRules(this.tags)).select(number)) ?? "other";
  }

  /** @param {number} number */
  number(number) {
    return attempt(() => (this.made.number ??= new Intl.NumberFormat(this.tags)).format(number)) ?? "";
  }

  /**
   * "5 minutes ago". With numbers always, since "yesterday" may be the day before that; but "now", not "in 0 seconds".
   * @param {number} value
   * @param {string} unit
   * @param {"long" | "short"} style
   */
  relative(value, unit, style) {
    /** @type {Intl.RelativeTimeFormatOptions} */
    const options = value ? { numeric: "always", style } : { numeric: "auto" };
    const format = () => (this.made[value ? style : "now"] ??= new Intl.RelativeTimeFormat(this.tags, options));
    return attempt(() => format().format(value, /** @type {Intl.RelativeTimeFormatUnit} */ (unit))) ?? "";
  }

  /** "Monday, October 5, 2020" @param {number} time */
  date(time) {
    return attempt(() => this.dates({ dateStyle: "full" })?.format(time)) ?? "";
  }

  /** Twelve months and seven weekdays from Monday on, long, then short; the halves of the day. One line each. */
  words() {
    const words = [];
    for (const style of /** @type {const} */ (["long", "short"])) {
      // With its day, a month takes the form that it has in a date ("5 октября"); where that is a mere number
      // ("10月5日"), its own name is meant.
      const dated = this.dates({ month: style, day: "numeric" });
      const alone = this.dates({ month: style });
      for (let month = 0; month < 12; month++) {
        const time = Date.UTC(2024, month, 15);
        const word = part(dated, time, "month");
        words.push(/[^\p{N}]/u.test(word) ? word : (attempt(() => alone?.format(time)) ?? ""));
      }
      const weekdays = this.dates({ weekday: style });
      // January 2024 began with a Monday.
      for (let day = 1; day <= 7; day++) words.push(part(weekdays, Date.UTC(2024, 0, day), "weekday"));
    }
    const halves = this.dates({ hour: "numeric", hourCycle: "h12" });
    for (const hour of [0, 12]) words.push(part(halves, Date.UTC(2024, 0, 1, hour), "dayPeriod"));
    return words.join("\n");
  }

  /**
   * A format of days in UTC, by the calendar in which feeds are dated, whatever the language's own is.
   * @param {Intl.DateTimeFormatOptions} fields
   */
  dates(fields) {
    return attempt(() => new Intl.DateTimeFormat(this.tags, { ...fields, timeZone: "UTC", calendar: "gregory" }));
  }
}

/** A time zone, named in some language: that of its IANA name, else the reader's own. Throws where there is none such. */
export class Zone {
  /**
   * @param {string | undefined} iana
   * @param {Language} language
   */
  constructor(iana, language) {
    /** @param {string[] | string} tags @param {"short" | "longOffset"} timeZoneName */
    this.format = (tags, timeZoneName) => new Intl.DateTimeFormat(tags, { timeZone: iana, timeZoneName });
    this.offsets = this.format("en-US", "longOffset");
    this.names = this.format(language.tags, "short");
    /** Its names elsewhere, asked where the language itself has none. @type {Record<string, Intl.DateTimeFormat>} */
    this.elsewhere = {};
  }

  /** How many minutes its clocks are ahead at that time: "GMT+05:30", "GMT". @param {number} time */
  offset(time) {
    const [, sign, hours, minutes] = /([+−-])(\d+):?(\d*)/.exec(part(this.offsets, time, "timeZoneName")) ?? [];
    const ahead = sign ? Number(hours) * 60 + Number(minutes) : 0;
    return sign === "+" ? ahead : -ahead;
  }

  /** What that is called. @param {number} time */
  name(time) {
    const own = part(this.names, time, "timeZoneName");
    // The same clocks, by the name that readers know.
    return own === "UTC" ? "GMT" : (this.atHome(own, time) ?? own);
  }

  /** Its name where it is at home, if English itself says no more than an offset. @param {string} own @param {number} time */
  atHome(own, time) {
    const isOffset = /\p{N}/u;
    if (!isOffset.test(own) || !/^en\b/.test(this.names.resolvedOptions().locale)) return undefined;
    for (const tag of ENGLISH) {
      // Each is made when it is first asked, which for most zones none is.
      this.elsewhere[tag] ??= this.format(tag, "short");
      const name = part(this.elsewhere[tag], time, "timeZoneName");
      if (!isOffset.test(name)) return name;
    }
    return undefined;
  }
}

/** The IANA name of the reader's own zone. */
export function readerZone() {
  return attempt(() => new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC";
}

/**
 * The part of that type, in what the format makes of the time.
 * @param {Intl.DateTimeFormat | undefined} format
 * @param {number} time
 * @param {Intl.DateTimeFormatPartTypes} type
 */
function part(format, time, type) {
  return attempt(() => format?.formatToParts(time).find((part) => part.type === type)?.value) ?? "";
}

/** What it gives, unless it throws, as all of `Intl` does for a tag or a zone that it does not know. @template T @param {() => T} call */
function attempt(call) {
  try {
    return call();
  } catch {
    return undefined;
  }
}
