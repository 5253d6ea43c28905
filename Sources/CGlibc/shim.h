// What glibc has, but hides from Swift's Glibc module, which does not ask for GNU extensions.
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>

void *memrchr(const void *bytes, int byte, size_t size);
int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path,
              unsigned int flags);

// Lets the disk begin to write a part of a file, without waiting for it.
int sync_file_range(int file, long offset, long size, unsigned int flags);
enum { GLIBC_SYNC_FILE_RANGE_WRITE = 2 };

// Never over what is there; letting the two paths change places in one step.
enum { GLIBC_RENAME_NOREPLACE = 1 << 0, GLIBC_RENAME_EXCHANGE = 1 << 1 };

// Visits every loaded object; of what is told of one these are the first members, in link.h's order.
struct dl_phdr_info {
  uintptr_t dlpi_addr;
  const char *dlpi_name;
};
int dl_iterate_phdr(int (*visit)(struct dl_phdr_info *info, size_t size, void *data), void *data);

// Finds what of a file was never written, with lseek.
enum { GLIBC_SEEK_HOLE = 4 };
