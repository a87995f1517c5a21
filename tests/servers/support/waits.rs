//! Says how long readers of a stream wait before they connect again: the very code that runs in a page, for tests with
//! many readers. A line in, "7 opened 12000" or "7 broke 72000 0.25" (which reader, what happened, when in milliseconds,
//! the random number from 0 up to 1); for each that broke, a line out: "7 8750".

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, Write as _};

use livefeed::feed::{Feed, Hub};
use livefeed::push::Push;
use livefeed::time::from_millis;

fn main() -> io::Result<()> {
    let mut readers: BTreeMap<String, Push> = BTreeMap::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let mut words = line.split(' ');
        let (name, what) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let now = from_millis(number(words.next())?);
        let reader = readers.entry(name.to_owned()).or_insert_with(connected);
        if what == "opened" {
            reader.opened(now);
            continue;
        }
        reader.failed(now, number(words.next())?);
        if let Some(next) = reader.next(true) {
            writeln!(io::stdout(), "{name} {}", (next - now).num_milliseconds())?;
        }
    }
    Ok(())
}

/// A reader of a feed that names a hub.
fn connected() -> Push {
    let hub = Hub { kind: "EventSource".to_owned(), url: "updates".to_owned() };
    let mut push = Push::default();
    push.wanted = true;
    push.aim(&Feed { hubs: vec![hub], ..Feed::default() });
    push
}

fn number<N: std::str::FromStr>(word: Option<&str>) -> io::Result<N> {
    word.and_then(|word| word.parse().ok()).ok_or_else(|| io::ErrorKind::InvalidInput.into())
}
