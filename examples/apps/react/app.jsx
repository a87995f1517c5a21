/** Says in the title which entry is on top. React gives a listener to an element that it makes, but not to one that a
    server has made: there it is added by hand. */
function listen(element) {
  const tell = (event) => (document.title = event.detail.order);
  element.addEventListener("live-feed-order", tell);
  return () => element.removeEventListener("live-feed-order", tell);
}

/** A page with a feed. `inside` is what the server has rendered; in the browser it stands there already. */
export function App({ inside = "" }) {
  return (
    <main>
      <h1>The new harbour bridge</h1>
      <live-feed
        src="/feed.json"
        ref={listen}
        suppressHydrationWarning
        dangerouslySetInnerHTML={{ __html: inside }}
      />
    </main>
  );
}
