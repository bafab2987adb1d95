/* Stands between the program and the kernel for the files of one folder: writes down what is asked of the disk, lets
   the n-th request fail or kill the process, or counts down the room of a small disk.

   Python loads it with LD_PRELOAD (tests/faults/preload.py) and speaks to it through the faults_* functions at the end.
   One thread at a time, as the vault itself is used. A line of the log is described in tests/faults/recording.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { OPEN = 1, CLOSE, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, LINK, MARK, READ };
enum { NEVER, FAIL_ONCE, FAIL_FROM_THEN_ON, KILL };

#define DESCRIPTORS 4096
static char folder[4096];
static size_t folder_length;
static int ours[DESCRIPTORS]; /* 1 for a file of the folder, 2 for the folder itself */
static int log_descriptor = -1;
static long count, at;
static int armed = NEVER, error_code, came, also_reads;
static int read_only;
static int64_t room = -1; /* bytes that are free on the small disk; -1 when it is not small */

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int watched(const char *path) {
    return folder_length && path && !strncmp(path, folder, folder_length)
        && (path[folder_length] == '/' || path[folder_length] == 0);
}

static int is_ours(int descriptor) { return descriptor >= 0 && descriptor < DESCRIPTORS && ours[descriptor]; }

static void put(const void *bytes, size_t length) {
    while (length) {
        long written = syscall(SYS_write, log_descriptor, bytes, length);
        if (written <= 0) abort();
        bytes = (const char *)bytes + written;
        length -= (size_t)written;
    }
}

static void note(uint8_t kind, int32_t number, uint64_t offset, const void *bytes, size_t length) {
    if (log_descriptor < 0) return;
    uint32_t long_32 = (uint32_t)length;
    char head[17];
    memcpy(head, &kind, 1); memcpy(head + 1, &number, 4); memcpy(head + 5, &offset, 8); memcpy(head + 13, &long_32, 4);
    put(head, sizeof head);
    put(bytes, length);
}

static void note_two(uint8_t kind, const char *from, const char *to) {
    char both[8192];
    size_t first = strlen(from), second = strlen(to);
    if (first + second + 1 > sizeof both) abort();
    memcpy(both, from, first + 1);
    memcpy(both + first + 1, to, second);
    note(kind, 0, 0, both, first + 1 + second);
}

/* Whether this request is to fail. Where it is to kill, `before` of the bytes have been written by the caller. */
static int fails(void) {
    count++;
    if (armed == NEVER) return 0;
    if (count == at || (armed == FAIL_FROM_THEN_ON && count > at)) {
        came++;
        if (armed == KILL) kill(getpid(), SIGKILL);
        return 1;
    }
    return 0;
}

static int is_next_to_kill(void) { return armed == KILL && count + 1 == at; }

static off_t size_of(int descriptor) {
    struct stat found;
    return fstat(descriptor, &found) ? 0 : found.st_size;
}

/* Takes the room that a file grows by; 0 where there is not enough. */
static int takes(int descriptor, off_t end) {
    if (room < 0) return 1;
    off_t more = end - size_of(descriptor);
    if (more <= 0) return 1;
    if (more > room) { came++; return 0; }
    room -= more;
    return 1;
}

static int opened(int descriptor, const char *path, int flags, int existed) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS) return descriptor;
    ours[descriptor] = 1;
    note(OPEN, descriptor, (existed ? 0 : 1) | ((flags & O_TRUNC) ? 2 : 0), path, strlen(path));
    return descriptor;
}

static int open_any(const char *path, int flags, mode_t mode) {
    if (!watched(path)) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (read_only && (flags & (O_WRONLY | O_RDWR | O_CREAT))) { came++; errno = EROFS; return -1; }
    int existed = !faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW);
    if (((flags & O_CREAT) && !existed) || also_reads) {
        if (fails()) { errno = error_code; return -1; }
    }
    if ((flags & O_CREAT) && !existed && room == 0) { came++; errno = ENOSPC; return -1; }
    if ((flags & O_TRUNC) && existed && room >= 0) {
        struct stat found;
        if (!stat(path, &found)) room += found.st_size;
    }
    return opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags, existed);
}

static mode_t mode_of(int flags, va_list more) {
    return (flags & (O_CREAT | O_TMPFILE)) ? (mode_t)va_arg(more, int) : 0;
}

int open(const char *path, int flags, ...) {
    va_list more; va_start(more, flags); mode_t mode = mode_of(flags, more); va_end(more);
    return open_any(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list more; va_start(more, flags); mode_t mode = mode_of(flags, more); va_end(more);
    return open_any(path, flags | O_LARGEFILE, mode);
}

int close(int descriptor) {
    if (is_ours(descriptor)) { ours[descriptor] = 0; note(CLOSE, descriptor, 0, "", 0); }
    return (int)syscall(SYS_close, descriptor);
}

static ssize_t write_at(int descriptor, const void *bytes, size_t length, off_t offset, int moves) {
    if (is_ours(descriptor)) {
        off_t where = moves ? lseek(descriptor, 0, SEEK_CUR) : offset;
        if (is_next_to_kill()) /* the half of it that the kernel already has */
            syscall(SYS_pwrite64, descriptor, bytes, length / 2, where);
        if (fails()) { errno = error_code; return -1; }
        if (!takes(descriptor, where + (off_t)length)) { errno = ENOSPC; return -1; }
        ssize_t written = moves ? syscall(SYS_write, descriptor, bytes, length)
                                : syscall(SYS_pwrite64, descriptor, bytes, length, offset);
        if (written > 0) note(WRITE, descriptor, (uint64_t)where, bytes, (size_t)written);
        return written;
    }
    return moves ? syscall(SYS_write, descriptor, bytes, length)
                 : syscall(SYS_pwrite64, descriptor, bytes, length, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t length) { return write_at(descriptor, bytes, length, 0, 1); }
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) { return write_at(descriptor, bytes, length, offset, 0); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) { return write_at(descriptor, bytes, length, offset, 0); }

static ssize_t read_at(int descriptor, void *bytes, size_t length, off_t offset, int moves) {
    if (also_reads && is_ours(descriptor) && fails()) { errno = error_code; return -1; }
    return moves ? syscall(SYS_read, descriptor, bytes, length) : syscall(SYS_pread64, descriptor, bytes, length, offset);
}

ssize_t read(int descriptor, void *bytes, size_t length) { return read_at(descriptor, bytes, length, 0, 1); }
ssize_t pread(int descriptor, void *bytes, size_t length, off_t offset) { return read_at(descriptor, bytes, length, offset, 0); }
ssize_t pread64(int descriptor, void *bytes, size_t length, off64_t offset) { return read_at(descriptor, bytes, length, offset, 0); }

static int sync_any(int descriptor, long number) {
    if (is_ours(descriptor)) {
        if (fails()) { errno = error_code; return -1; }
        int done = (int)syscall(number, descriptor);
        if (!done) note(SYNC, descriptor, 0, "", 0);
        return done;
    }
    return (int)syscall(number, descriptor);
}

int fsync(int descriptor) { return sync_any(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_any(descriptor, SYS_fdatasync); }

static int truncate_any(int descriptor, off_t size) {
    if (is_ours(descriptor)) {
        if (fails()) { errno = error_code; return -1; }
        off_t before = size_of(descriptor);
        int done = (int)syscall(SYS_ftruncate, descriptor, size);
        if (!done && room >= 0 && size < before) room += before - size; /* growing so takes no room */
        if (!done) note(TRUNCATE, descriptor, (uint64_t)size, "", 0);
        return done;
    }
    return (int)syscall(SYS_ftruncate, descriptor, size);
}

int ftruncate(int descriptor, off_t size) { return truncate_any(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) { return truncate_any(descriptor, size); }

int truncate(const char *path, off_t size) {
    if (!watched(path)) return (int)syscall(SYS_truncate, path, size);
    int descriptor = open_any(path, O_WRONLY, 0);
    if (descriptor < 0) return -1;
    int done = truncate_any(descriptor, size), error = errno;
    close(descriptor);
    errno = error;
    return done;
}

int truncate64(const char *path, off64_t size) { return truncate(path, size); }

static int allocate(int descriptor, off_t offset, off_t length) {
    REAL(int, "posix_fallocate", int, off_t, off_t);
    if (is_ours(descriptor)) {
        if (fails()) return error_code;
        if (!takes(descriptor, offset + length)) return ENOSPC;
        if (size_of(descriptor) < offset + length) note(TRUNCATE, descriptor, (uint64_t)(offset + length), "", 0);
    }
    return real(descriptor, offset, length);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) { return allocate(descriptor, offset, length); }
int posix_fallocate64(int descriptor, off64_t offset, off64_t length) { return allocate(descriptor, offset, length); }

int unlink(const char *path) {
    if (watched(path)) {
    if (read_only && watched(path)) { came++; errno = EROFS; return -1; }
        struct stat found;
        int there = !lstat(path, &found);
        if (there && fails()) { errno = error_code; return -1; }
        int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
        if (!done && room >= 0 && there && found.st_nlink == 1) room += found.st_size;
        if (!done) note(UNLINK, 0, 0, path, strlen(path));
        return done;
    }
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int rename(const char *from, const char *to) {
    if (read_only && watched(from)) { came++; errno = EROFS; return -1; }
    if ((watched(from) || watched(to)) && fails()) { errno = error_code; return -1; }
    int done = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!done && watched(from)) note_two(RENAME, from, to);
    return done;
}

int link(const char *from, const char *to) {
    if (read_only && watched(from)) { came++; errno = EROFS; return -1; }
    if (watched(from) && fails()) { errno = error_code; return -1; }
    int done = (int)syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!done && watched(from)) note_two(LINK, from, to);
    return done;
}

static int room_of(const char *path, struct statvfs *found) {
    REAL(int, "statvfs", const char *, struct statvfs *);
    int done = real(path, found);
    if (!done && room >= 0 && watched(path)) found->f_bavail = found->f_bfree = (fsblkcnt_t)room / found->f_frsize;
    return done;
}

int statvfs(const char *path, struct statvfs *found) { return room_of(path, found); }
int statvfs64(const char *path, struct statvfs64 *found) { return room_of(path, (struct statvfs *)found); }

/* What Python calls. */

void faults_watch(const char *path) {
    strncpy(folder, path, sizeof folder - 1);
    folder_length = strlen(folder);
    memset(ours, 0, sizeof ours);
}

void faults_record(const char *log) {
    if (log_descriptor >= 0) syscall(SYS_close, log_descriptor);
    log_descriptor = *log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0600) : -1;
}

void faults_mark(const char *text) { note(MARK, 0, 0, text, strlen(text)); }

void faults_arm(int how, long number, int error, int reads) {
    armed = how; at = number; error_code = error; also_reads = reads; count = 0; came = 0;
}

long faults_count(void) { return count; }
int faults_came(void) { return came; }
void faults_read_only(int on) { read_only = on; came = 0; }
void faults_room(long bytes) { room = bytes; came = 0; }
long faults_room_left(void) { return (long)room; }
