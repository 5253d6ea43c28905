/* Preloaded into a program, counts its mutating calls below a folder, and kills, fails, delays or records them.

   DRILL_ROOT=FOLDER     only calls on paths in this folder count
   DRILL_KINDS=list      opendir and readdir count, in place of mutating calls
   DRILL_AT=N            the call to disturb, from 1
   DRILL_UNTIL=N         with an error: the last one to disturb; behind the first, those that free room are spared
   DRILL_DO=WHAT         before, after: SIGKILL; short: half a write is done; a number: the call fails with it
   DRILL_LOG=FILE        a line for each call
   DRILL_DATA=1          with the bytes of writes
   DRILL_REFUSE=WHAT     exchange, noreplace, or both with a comma: the file system does not know them (EINVAL)
   DRILL_PIN=PATH:ERRNO  this folder cannot be renamed
   DRILL_WALL=PATH       nothing is renamed or linked over the border of this folder (EXDEV)
   DRILL_DELAY=OP:MS,…   waits before calls of this name; with ~ before the number up to so long

   A line is: number, call, result or -errno, then what the call needs to be done again. Folders and files go by the
   numbers of their inodes, names and bytes are in hexadecimal. Calls are done one at a time, so that the lines are
   in their order. */
#include "shim.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static const char *what, *delays;
static long at, until, number;
static int log_file = -1;
static bool counts_lists, has_data;
const char *root, *wall, *refused;
char pinned[PATH_MAX];
int pin_errno;

void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) _exit(99);
  return found;
}

__attribute__((constructor)) static void start(void) {
  const char *value;
  root = getenv("DRILL_ROOT");
  what = getenv("DRILL_DO");
  refused = getenv("DRILL_REFUSE");
  wall = getenv("DRILL_WALL");
  delays = getenv("DRILL_DELAY");
  counts_lists = getenv("DRILL_KINDS") != NULL;
  has_data = getenv("DRILL_DATA") != NULL;
  if ((value = getenv("DRILL_AT"))) at = until = atol(value);
  if ((value = getenv("DRILL_UNTIL"))) until = atol(value);
  if ((value = getenv("DRILL_PIN"))) {
    snprintf(pinned, sizeof pinned, "%s", value);
    char *colon = strrchr(pinned, ':');
    if (!colon) _exit(98);
    *colon = 0;
    pin_errno = atoi(colon + 1);
  }
  if ((value = getenv("DRILL_LOG")))
    log_file = syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

/* Paths */

bool is_in(const char *path, const char *folder) {
  size_t length = folder ? strlen(folder) : 0;
  return length && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

void place(int folder, const char *name, char *path) {
  char whole[2 * PATH_MAX], link[64];
  size_t length = 0;
  *path = 0;
  if (!name) return;
  if (*name != '/') {
    if (folder == AT_FDCWD) {
      if (!getcwd(whole, PATH_MAX)) return;
      length = strlen(whole);
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      ssize_t count = readlink(link, whole, PATH_MAX - 1);
      if (count < 0) return;
      length = count;
    }
    whole[length++] = '/';
  }
  snprintf(whole + length, sizeof whole - length, "%s", name);
  size_t end = 0;
  for (char *part = whole; *part;) {
    size_t size = strcspn(part, "/");
    if (size == 2 && part[0] == '.' && part[1] == '.') {
      while (end && path[--end] != '/') {}
    } else if (size && !(size == 1 && *part == '.') && end + size + 2 < PATH_MAX) {
      path[end++] = '/';
      memcpy(path + end, part, size);
      end += size;
    }
    part += size + (part[size] == '/');
  }
  path[end] = 0;
}

unsigned long long inode(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0 ? status.st_ino : 0;
}

unsigned long long inode_of(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 ? status.st_ino : 0;
}

static char *hex(const void *bytes, size_t count, char *text) {
  const unsigned char *from = bytes;
  for (size_t n = 0; n < count; n++) {
    text[2 * n] = "0123456789abcdef"[from[n] >> 4];
    text[2 * n + 1] = "0123456789abcdef"[from[n] & 15];
  }
  text[2 * count] = 0;
  return text;
}

const char *entry(char *path, char *text) {
  char *slash = strrchr(path, '/');
  if (!slash) return "0 -";
  struct stat status;
  *slash = 0;
  unsigned long long folder = stat(*path ? path : "/", &status) == 0 ? status.st_ino : 0;
  *slash = '/';
  int count = sprintf(text, "%llu ", folder);
  hex(slash + 1, strlen(slash + 1), text + count);
  return text;
}

/* Calls */

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

void wait_for(const char *name) {
  size_t length = strlen(name);
  for (const char *next = delays; next && *next; next = strchr(next, ',') ? strchr(next, ',') + 1 : "") {
    if (strncmp(next, name, length) != 0 || next[length] != ':') continue;
    bool is_random = next[length + 1] == '~';
    long most = atol(next + length + 1 + is_random) * 1000;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long time = is_random ? now.tv_nsec / 7 % (most + 1) : most;
    nanosleep(&(struct timespec){time / 1000000, time % 1000000 * 1000}, NULL);
  }
}

/* Whether a full disk still lets it pass. */
static bool frees(const char *name) {
  return strcmp(name, "unlink") == 0 || strcmp(name, "rmdir") == 0 || strcmp(name, "rename") == 0;
}

bool begin(struct call *call, const char *name, const char *path, const char *other) {
  bool is_in_root = is_in(path, root) || (other && is_in(other, root));
  *call = (struct call){name, is_in_root && (strcmp(name, "list") == 0) == counts_lists, 0};
  if (is_in_root) wait_for(name);
  if (!call->is_counted) return true;
  pthread_mutex_lock(&mutex);
  call->number = ++number;
  if (!what || number < at || number > until) return true;
  if (strcmp(what, "before") == 0) die();
  int error = atoi(what);
  if (error == 0 || (number > at && frees(name))) return true;
  errno = error;
  log_line(call, -1, "disturbed");
  pthread_mutex_unlock(&mutex);
  errno = error;
  return false;
}

void end(struct call *call) {
  if (!call->is_counted) return;
  int error = errno;
  if (what && call->number == at && strcmp(what, "after") == 0) die();
  pthread_mutex_unlock(&mutex);
  errno = error;
}

bool is_short(const struct call *call) {
  return call->is_counted && what && call->number == at && strcmp(what, "short") == 0;
}

static void log_bytes(const char *bytes, size_t count) {
  for (size_t done = 0; done < count;) {
    ssize_t written = syscall(SYS_write, log_file, bytes + done, count - done);
    if (written < 0) _exit(97);
    done += written;
  }
}

void log_line(const struct call *call, long result, const char *format, ...) {
  if (log_file < 0 || !call->is_counted) return;
  int error = errno;
  char line[5 * PATH_MAX];
  int count = sprintf(line, "%ld %s %ld ", call->number, call->name, result < 0 ? -(long)error : result);
  va_list list;
  va_start(list, format);
  count += vsnprintf(line + count, sizeof line - count - 1, format, list);
  va_end(list);
  line[count++] = '\n';
  log_bytes(line, count);
  errno = error;
}

void log_write(const struct call *call, int descriptor, ssize_t result, off_t offset) {
  if (result <= 0 || !has_data || log_file < 0 || !call->is_counted) {
    log_line(call, result, "%llu %lld", inode_of(descriptor), (long long)offset);
    return;
  }
  int error = errno;
  char link[64], *bytes = malloc(result), *text = malloc(2 * result + 128);
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  int again = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
  if (!bytes || !text || again < 0 || pread(again, bytes, result, offset) != result) _exit(97);
  int count = sprintf(
    text, "%ld %s %zd %llu %lld ", call->number, call->name, result, inode_of(descriptor), (long long)offset);
  hex(bytes, result, text + count);
  count += 2 * result;
  text[count++] = '\n';
  log_bytes(text, count);
  close(again);
  free(bytes);
  free(text);
  errno = error;
}
