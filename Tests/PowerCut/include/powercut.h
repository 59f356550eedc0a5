// A way for SQLite to reach files that loses its power when it is told to: what was not synced by then is on the disk in
// parts or not at all, and nothing can be read or written any more. It can also run out of room. For tests; one thread.
#pragma once

// Makes it known to SQLite as "powercut".
void powercut_register(void);
// Loses its power at a write, sync or cut of a file, after so many of them; chance says what is left. Negative: never.
void powercut_after(long operations, unsigned seed);
// Has room for so many more bytes of writes; negative: as many as one likes.
void powercut_room(long long bytes);
// Whether its power is lost.
int powercut_is_dark(void);
// Begins anew, with power and room.
void powercut_reset(void);
