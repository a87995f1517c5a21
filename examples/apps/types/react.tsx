/** @jsxImportSource react */
import type {} from "livefeed/react";

export const feed = (
  <live-feed
    src="feed.json"
    order="oldest"
    page-size={20}
    className="updates"
    json-ld
    onlive-feed-update={(event) => console.log(event.detail.added.length)}
    ref={(element) => void element?.refresh()}
  >
    <p slot="header">Live</p>
  </live-feed>
);

// @ts-expect-error there is no such order
export const wrong = <live-feed order="sideways" />;
