/* What the calls of shim_calls.c need of shim.c. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* The function of this name that the program would call without the shim. */
#define REAL(name) ((__typeof__(&name))real(#name))
void *real(const char *name);

struct call {
  const char *name;
  bool is_counted;
  long number;
};

extern const char *root, *wall, *refused;
extern char pinned[PATH_MAX];
extern int pin_errno;

/* Whether the path is the folder or in it. */
bool is_in(const char *path, const char *folder);
/* Makes a path absolute and takes out "//", "/." and "/..", without looking at links. */
void place(int folder, const char *name, char *path);
unsigned long long inode(const char *path);
unsigned long long inode_of(int descriptor);
/* A path as the inode of its folder and its name in hexadecimal, for the log. Needs 2 * PATH_MAX + 32 bytes. */
const char *entry(char *path, char *text);

/* Waits where calls of this name are to. */
void wait_for(const char *name);
/* Begins a call on one or two paths. False where it is to fail, with errno set; otherwise `end` must follow. */
bool begin(struct call *call, const char *name, const char *path, const char *other);
void end(struct call *call);
/* Whether it is the one of which half is to be done. */
bool is_short(const struct call *call);
void log_line(const struct call *call, long result, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Records what stands in a file now where something was written to it. */
void log_write(const struct call *call, int descriptor, ssize_t result, off_t offset);
