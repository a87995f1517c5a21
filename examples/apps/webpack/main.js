import "livefeed";
