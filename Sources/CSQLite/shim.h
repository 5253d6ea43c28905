#include <sqlite3.h>

// Whatever a database holds, it may run nothing and change nothing but rows. (Swift imports no function
// with a variable number of arguments.)
static inline int sqlite3_defend(sqlite3 *database) {
  static const int options[][2] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
  };
  int status = SQLITE_OK;
  for (unsigned index = 0; index < sizeof options / sizeof *options && status == SQLITE_OK; index++)
    status = sqlite3_db_config(database, options[index][0], options[index][1], (int *)0);
  return status;
}

// Reads the beginning of a database's file, and no more. To open and close it beside SQLite would undo all locks that
// the process has on it.
static inline int sqlite3_read_header(sqlite3 *database, void *bytes, int count) {
  sqlite3_file *file = 0;
  int status = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (status != SQLITE_OK) return status;
  if (!file || !file->pMethods) return SQLITE_CANTOPEN;
  status = file->pMethods->xRead(file, bytes, count, 0);
  return status == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : status;
}
