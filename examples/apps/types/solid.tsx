/** @jsxImportSource solid-js */
import type {} from "livefeed/solid";

export const feed = (
  <live-feed src="feed.json" order="oldest" page-size={20} on:live-feed-update={(event) => console.log(event.detail.added.length)}>
    <p slot="header">Live</p>
  </live-feed>
);

// @ts-expect-error there is no such order
export const wrong = <live-feed order="sideways" />;
