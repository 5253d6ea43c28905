/* The calls that the shim stands before: those of the C library that change something in a file system, in all their
   forms, and those that list a folder. shim.c says what it does to them. */
#include "shim.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

typedef char Path[PATH_MAX];
typedef char Text[2 * PATH_MAX + 32];

/* The inode and the mode of what is at a path, for the log; leaves errno alone. */
static const char *self(const char *path, char *text) {
  int error = errno;
  struct stat status = {0};
  if (lstat(path, &status) != 0) status.st_ino = status.st_mode = 0;
  sprintf(text, "%llu %u", (unsigned long long)status.st_ino, (unsigned)status.st_mode & 07777);
  errno = error;
  return text;
}

static void place_of(int descriptor, char *path) { place(descriptor, ".", path); }

/* Opening */

static int open_at(int folder, const char *name, int flags, mode_t mode) {
  __typeof__(&openat) next = REAL(openat);
  struct call call;
  Path path;
  Text text, own;
  place(folder, name, path);
  bool is_anonymous = (flags & O_TMPFILE) == O_TMPFILE;
  bool makes = is_anonymous || ((flags & O_CREAT) && inode(path) == 0);
  bool cuts = !makes && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY;
  if (is_in(path, root)) wait_for("open");
  if (!makes && !cuts) return next(folder, name, flags, mode);
  if (!begin(&call, makes ? "create" : "truncate", path, NULL)) return -1;
  int result = next(folder, name, flags, mode);
  if (result < 0) {
    log_line(&call, -1, "failed");
  } else if (cuts) {
    log_line(&call, 0, "%llu 0", inode_of(result));
  } else if (is_anonymous) {
    log_line(&call, 0, "0 - %llu 384", inode_of(result));
  } else {
    // Where it came to be, if a link led there.
    place_of(result, path);
    log_line(&call, 0, "%s %s", entry(path, text), self(path, own));
  }
  end(&call);
  return result;
}

#define MODE \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }
int open(const char *name, int flags, ...) { MODE return open_at(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return open_at(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE return open_at(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE return open_at(folder, name, flags, mode); }
int creat(const char *name, mode_t mode) { return open_at(AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, mode); }

/* Writing */

/* An offset of -1 is the descriptor's own. */
static ssize_t write_to(int descriptor, const struct iovec *parts, int count, off_t offset) {
  struct call call;
  Path path;
  place_of(descriptor, path);
  if (!begin(&call, "write", path, NULL)) return -1;
  struct iovec half;
  if (is_short(&call) && count > 0 && parts->iov_len > 1) {
    half = (struct iovec){parts->iov_base, parts->iov_len / 2};
    parts = &half;
    count = 1;
  }
  ssize_t result =
    offset < 0 ? REAL(writev)(descriptor, parts, count) : REAL(pwritev)(descriptor, parts, count, offset);
  int error = errno;
  if (offset < 0 && call.is_counted) offset = lseek(descriptor, 0, SEEK_CUR) - (result > 0 ? result : 0);
  errno = error;
  log_write(&call, descriptor, result, offset);
  end(&call);
  return result;
}

#define PART struct iovec part = {(void *)bytes, count}
ssize_t write(int to, const void *bytes, size_t count) { PART; return write_to(to, &part, 1, -1); }
ssize_t pwrite(int to, const void *bytes, size_t count, off_t offset) { PART; return write_to(to, &part, 1, offset); }
ssize_t pwrite64(int to, const void *bytes, size_t count, off_t offset) { PART; return write_to(to, &part, 1, offset); }
ssize_t writev(int to, const struct iovec *parts, int count) { return write_to(to, parts, count, -1); }
ssize_t pwritev(int to, const struct iovec *parts, int count, off_t at) { return write_to(to, parts, count, at); }
ssize_t pwritev64(int to, const struct iovec *parts, int count, off_t at) { return write_to(to, parts, count, at); }

/* What is copied from one file to another inside the kernel is written, too. */
#define COPY(to, at, copy) \
  struct call call; \
  Path path; \
  place_of(to, path); \
  if (!begin(&call, "write", path, NULL)) return -1; \
  off_t start = (at) ? *(at) : lseek(to, 0, SEEK_CUR); \
  ssize_t result = copy; \
  log_write(&call, to, result, start); \
  end(&call); \
  return result
ssize_t sendfile(int to, int from, off_t *at, size_t count) {
  COPY(to, (off_t *)NULL, REAL(sendfile)(to, from, at, count));
}
ssize_t sendfile64(int to, int from, off_t *at, size_t count) {
  COPY(to, (off_t *)NULL, REAL(sendfile64)(to, from, at, count));
}
ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t count, unsigned flags) {
  COPY(to, to_at, REAL(copy_file_range)(from, from_at, to, to_at, count, flags));
}

/* Calls on a descriptor: the log has its inode and a number. */
#define ON_DESCRIPTOR(name, descriptor, value, real_call) \
  struct call call; \
  Path path; \
  place_of(descriptor, path); \
  if (!begin(&call, name, path, NULL)) return -1; \
  int result = real_call; \
  log_line(&call, result, "%llu %lld", inode_of(descriptor), (long long)(value)); \
  end(&call); \
  return result

int ftruncate(int to, off_t size) { ON_DESCRIPTOR("truncate", to, size, REAL(ftruncate)(to, size)); }
int ftruncate64(int to, off_t size) { ON_DESCRIPTOR("truncate", to, size, REAL(ftruncate64)(to, size)); }
int fallocate(int to, int mode, off_t at, off_t size) {
  ON_DESCRIPTOR("allocate", to, mode == 0 ? at + size : 0, REAL(fallocate)(to, mode, at, size));
}
int fallocate64(int to, int mode, off_t at, off_t size) { return fallocate(to, mode, at, size); }
/* Gives its error back, and leaves errno alone. */
int posix_fallocate(int to, off_t at, off_t size) { return fallocate(to, 0, at, size) == 0 ? 0 : errno; }
int posix_fallocate64(int to, off_t at, off_t size) { return posix_fallocate(to, at, size); }
int fsync(int of) { ON_DESCRIPTOR("sync", of, 0, REAL(fsync)(of)); }
int fdatasync(int of) { ON_DESCRIPTOR("sync", of, 0, REAL(fdatasync)(of)); }
int syncfs(int of) { ON_DESCRIPTOR("syncfs", of, 0, REAL(syncfs)(of)); }
int sync_file_range(int of, off_t at, off_t size, unsigned flags) {
  ON_DESCRIPTOR("range", of, flags, REAL(sync_file_range)(of, at, size, flags));
}
int fchmod(int of, mode_t mode) { ON_DESCRIPTOR("mode", of, mode, REAL(fchmod)(of, mode)); }
int fchown(int of, uid_t user, gid_t group) { ON_DESCRIPTOR("owner", of, user, REAL(fchown)(of, user, group)); }
int futimens(int of, const struct timespec times[2]) { ON_DESCRIPTOR("times", of, 0, REAL(futimens)(of, times)); }

/* Calls on a path: the log has its folder's inode, its name, its own inode, after the call or, where it is gone
   then, 0, and its mode. */
#define ON_PATH(name, folder, file, real_call) \
  struct call call; \
  Path path; \
  Text text, own; \
  place(folder, file, path); \
  if (!begin(&call, name, path, NULL)) return -1; \
  const char *at = entry(path, text); \
  int result = real_call; \
  log_line(&call, result, "%s %s", at, self(path, own)); \
  end(&call); \
  return result

int mkdirat(int folder, const char *name, mode_t mode) {
  ON_PATH("mkdir", folder, name, REAL(mkdirat)(folder, name, mode));
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
int unlinkat(int folder, const char *name, int flags) {
  ON_PATH(flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, name, REAL(unlinkat)(folder, name, flags));
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name) {
  return unlink(name) == 0 || (errno == EISDIR && rmdir(name) == 0) ? 0 : -1;
}
int truncate(const char *name, off_t size) {
  int descriptor = open(name, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  int result = ftruncate(descriptor, size), error = errno;
  close(descriptor);
  errno = error;
  return result;
}
int truncate64(const char *name, off_t size) { return truncate(name, size); }
int fchmodat(int folder, const char *name, mode_t mode, int flags) {
  ON_PATH("mode", folder, name, REAL(fchmodat)(folder, name, mode, flags));
}
int chmod(const char *name, mode_t mode) { return fchmodat(AT_FDCWD, name, mode, 0); }
int fchownat(int folder, const char *name, uid_t user, gid_t group, int flags) {
  ON_PATH("owner", folder, name, REAL(fchownat)(folder, name, user, group, flags));
}
int chown(const char *name, uid_t user, gid_t group) { return fchownat(AT_FDCWD, name, user, group, 0); }
int lchown(const char *name, uid_t user, gid_t group) {
  return fchownat(AT_FDCWD, name, user, group, AT_SYMLINK_NOFOLLOW);
}
int utimensat(int folder, const char *name, const struct timespec times[2], int flags) {
  ON_PATH("times", folder, name, REAL(utimensat)(folder, name, times, flags));
}
int utimes(const char *name, const struct timeval times[2]) {
  ON_PATH("times", AT_FDCWD, name, REAL(utimes)(name, times));
}
int utime(const char *name, const struct utimbuf *times) {
  ON_PATH("times", AT_FDCWD, name, REAL(utime)(name, times));
}

int symlinkat(const char *target, int folder, const char *name) {
  struct call call;
  Path path;
  Text at, own, aim;
  place(folder, name, path);
  if (!begin(&call, "symlink", path, NULL)) return -1;
  int result = REAL(symlinkat)(target, folder, name);
  int count = 0;
  for (const char *byte = target; *byte; byte++) count += sprintf(aim + count, "%02x", (unsigned char)*byte);
  log_line(&call, result, "%s %s %s", entry(path, at), self(path, own), aim);
  end(&call);
  return result;
}
int symlink(const char *target, const char *name) { return symlinkat(target, AT_FDCWD, name); }

/* Calls on two paths */

static bool is_over_wall(const char *from, const char *to) {
  bool is_from = is_in(from, wall) && strcmp(from, wall) != 0;
  bool is_to = is_in(to, wall) && strcmp(to, wall) != 0;
  return is_from != is_to;
}

/* What the file system that is played says against a renaming: 0, or an error. */
static int objection(const char *from, const char *to, unsigned flags) {
  if (refused && (flags & RENAME_EXCHANGE) && strstr(refused, "exchange")) return EINVAL;
  if (refused && (flags & RENAME_NOREPLACE) && strstr(refused, "noreplace")) return EINVAL;
  if (*pinned && (strcmp(from, pinned) == 0 || strcmp(to, pinned) == 0) && inode(pinned)) return pin_errno;
  return is_over_wall(from, to) ? EXDEV : 0;
}

int renameat2(int old, const char *from, int new, const char *to, unsigned flags) {
  struct call call;
  Path from_path, to_path;
  Text from_text, to_text;
  place(old, from, from_path);
  place(new, to, to_path);
  if (!begin(&call, "rename", from_path, to_path)) return -1;
  const char *source = entry(from_path, from_text), *target = entry(to_path, to_text);
  int result = -1;
  errno = objection(from_path, to_path, flags);
  if (errno == 0) result = REAL(renameat2)(old, from, new, to, flags);
  log_line(&call, result, "%s %s %u", source, target, flags);
  end(&call);
  return result;
}
int renameat(int old, const char *from, int new, const char *to) { return renameat2(old, from, new, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int old, const char *from, int new, const char *to, int flags) {
  struct call call;
  Path from_path, to_path;
  Text text, own;
  place(old, from, from_path);
  place(new, to, to_path);
  if (!begin(&call, "link", from_path, to_path)) return -1;
  int result = -1;
  errno = is_over_wall(from_path, to_path) ? EXDEV : 0;
  if (errno == 0) result = REAL(linkat)(old, from, new, to, flags);
  log_line(&call, result, "%s %s", entry(to_path, text), self(to_path, own));
  end(&call);
  return result;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

/* Listing, and locking, which is delayed only */

DIR *opendir(const char *name) {
  struct call call;
  Path path;
  Text text;
  place(AT_FDCWD, name, path);
  if (!begin(&call, "list", path, NULL)) return NULL;
  DIR *result = REAL(opendir)(name);
  log_line(&call, result ? 0 : -1, "%s", entry(path, text));
  end(&call);
  return result;
}
#define READ_FOLDER(type, name) \
  type *name(DIR *stream) { \
    struct call call; \
    Path path; \
    Text text; \
    place_of(dirfd(stream), path); \
    if (!begin(&call, "list", path, NULL)) return NULL; \
    type *result = REAL(name)(stream); \
    log_line(&call, 0, "%s", entry(path, text)); \
    end(&call); \
    return result; \
  }
READ_FOLDER(struct dirent, readdir)
READ_FOLDER(struct dirent64, readdir64)

int flock(int of, int operation) {
  Path path;
  place_of(of, path);
  if (is_in(path, root) && operation != LOCK_UN) wait_for("flock");
  return REAL(flock)(of, operation);
}
