"""Everything that moves: Redis channels, phone protocols, the feed, frames, Socket.IO, the demo city, replays."""
