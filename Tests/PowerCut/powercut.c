#include "powercut.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A change that is not synced: the bytes before and after, and the size before.
struct change {
  struct file *file;
  sqlite3_int64 offset, size;
  int count;           // of bytes written; -1 where the file was cut to offset
  int before_count;    // of bytes kept of what stood there
  unsigned char *before, *after;
  struct change *previous, *next;
};

struct file {
  sqlite3_file base;
  sqlite3_file *real;
};

static sqlite3_vfs *below;
static struct change *first, *last;
static long left = -1;
static long long room = -1;
static unsigned chance = 1;
static int dark;

static unsigned next_chance(void) {
  chance = chance * 1664525u + 1013904223u;
  return chance >> 16;
}

static sqlite3_file *real(sqlite3_file *file) { return ((struct file *)file)->real; }

static void drop(struct change *change) {
  if (change->previous) change->previous->next = change->next; else first = change->next;
  if (change->next) change->next->previous = change->previous; else last = change->previous;
  free(change->before);
  free(change->after);
  free(change);
}

static void drop_all(struct file *file) {
  for (struct change *change = first, *next; change; change = next) {
    next = change->next;
    if (!file || change->file == file) drop(change);
  }
}

static void write_below(struct change *change, const unsigned char *bytes, int count) {
  if (count > 0) change->file->real->pMethods->xWrite(change->file->real, bytes, count, change->offset);
}

static void cut_below(struct change *change, sqlite3_int64 size) {
  change->file->real->pMethods->xTruncate(change->file->real, size);
}

// Takes back everything that was not synced, and then does some of it again, in whole or in sectors.
static void lose_power(void) {
  dark = 1;
  for (struct change *change = last; change; change = change->previous) {
    write_below(change, change->before, change->before_count);
    cut_below(change, change->size);
  }
  int most = next_chance() % 3;  // nothing, about half, or nearly all reached the disk
  for (struct change *change = first; change; change = change->next) {
    if (most == 0 || next_chance() % 8 >= (most == 1 ? 4u : 7u)) continue;
    if (change->count < 0) { cut_below(change, change->offset); continue; }
    int count = change->count;
    if (next_chance() % 4 == 0) count = count / 512 * 512 / 2;
    write_below(change, change->after, count);
  }
  drop_all(NULL);
}

// Counts an operation; whether the power is gone.
static int is_dark(void) {
  if (!dark && left >= 0 && left-- == 0) lose_power();
  return dark;
}

static int note(struct file *file, const void *bytes, int count, sqlite3_int64 offset) {
  struct change *change = calloc(1, sizeof *change);
  if (!change) return SQLITE_NOMEM;
  change->file = file;
  change->offset = offset;
  change->count = count;
  file->real->pMethods->xFileSize(file->real, &change->size);
  sqlite3_int64 kept = change->size > offset ? change->size - offset : 0;
  if (count >= 0 && kept > count) kept = count;
  change->before_count = (int)kept;
  change->before = malloc(kept ? (size_t)kept : 1);
  change->after = malloc(count > 0 ? (size_t)count : 1);
  if (!change->before || !change->after) abort();
  if (kept) file->real->pMethods->xRead(file->real, change->before, (int)kept, offset);
  if (count > 0) memcpy(change->after, bytes, (size_t)count);
  change->previous = last;
  if (last) last->next = change; else first = change;
  last = change;
  return SQLITE_OK;
}

static int file_close(sqlite3_file *file) {
  drop_all((struct file *)file);
  int code = real(file)->pMethods->xClose(real(file));
  sqlite3_free(((struct file *)file)->real);
  return code;
}
static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
  return dark ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), bytes, count, offset);
}
static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  if (is_dark()) return SQLITE_IOERR_WRITE;
  if (room >= 0) {
    if (room < count) return SQLITE_FULL;
    room -= count;
  }
  int code = note((struct file *)file, bytes, count, offset);
  return code ? code : real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (is_dark()) return SQLITE_IOERR_TRUNCATE;
  int code = note((struct file *)file, NULL, -1, size);
  return code ? code : real(file)->pMethods->xTruncate(real(file), size);
}
static int file_sync(sqlite3_file *file, int flags) {
  if (is_dark()) return SQLITE_IOERR_FSYNC;
  int code = real(file)->pMethods->xSync(real(file), flags);
  if (code == SQLITE_OK) drop_all((struct file *)file);
  return code;
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  return dark ? SQLITE_IOERR_FSTAT : real(file)->pMethods->xFileSize(real(file), size);
}
static int file_lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int file_check_lock(sqlite3_file *file, int *is_reserved) {
  return real(file)->pMethods->xCheckReservedLock(real(file), is_reserved);
}
// What SQLite asks of a file must not go around the log, such as a size to grow to.
static int file_control(sqlite3_file *file, int what, void *value) {
  if (what == SQLITE_FCNTL_SIZE_HINT || what == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_NOTFOUND;
  return real(file)->pMethods->xFileControl(real(file), what, value);
}
static int file_sector_size(sqlite3_file *file) { (void)file; return 512; }
// Nothing is promised of writes that the power interrupts.
static int file_traits(sqlite3_file *file) { (void)file; return 0; }
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int file_shm_unmap(sqlite3_file *file, int delete) {
  return real(file)->pMethods->xShmUnmap(real(file), delete);
}

static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
    file_check_lock, file_control, file_sector_size, file_traits, file_shm_map, file_shm_lock, file_shm_barrier,
    file_shm_unmap, NULL, NULL};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *opened, int flags, int *got) {
  (void)vfs;
  struct file *file = (struct file *)opened;
  memset(file, 0, sizeof *file);
  if (dark) return SQLITE_CANTOPEN;
  file->real = sqlite3_malloc(below->szOsFile);
  if (!file->real) return SQLITE_NOMEM;
  int code = below->xOpen(below, name, file->real, flags, got);
  if (code == SQLITE_OK) {
    file->base.pMethods = &methods;
  } else {
    sqlite3_free(file->real);
  }
  return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs;
  return dark ? SQLITE_IOERR_DELETE : below->xDelete(below, name, sync);
}

void powercut_register(void) {
  static sqlite3_vfs shim;
  if (below) return;
  below = sqlite3_vfs_find(NULL);
  if (!below) return;
  shim = *below;
  shim.zName = "powercut";
  shim.szOsFile = sizeof(struct file);
  shim.pNext = NULL;
  shim.xOpen = open_file;
  shim.xDelete = delete_file;
  sqlite3_vfs_register(&shim, 0);
}

void powercut_after(long operations, unsigned seed) {
  left = operations;
  chance = seed * 2654435761u + 1;
}

void powercut_room(long long bytes) { room = bytes; }
int powercut_is_dark(void) { return dark; }

void powercut_reset(void) {
  drop_all(NULL);
  left = -1;
  room = -1;
  dark = 0;
}
