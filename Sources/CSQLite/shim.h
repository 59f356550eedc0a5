#include <sqlite3.h>

// Swift cannot call a function of as many arguments as one likes.
static inline int csqlite_defend(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
