/* Tells thread sanitizer of Mutex what it cannot see. A lock that nobody else wants is taken and given back with atomics in
   our own objects, which are watched. One that others wait for goes through libswiftSynchronization and the kernel, which
   are not: without this, everything that a contended lock guards looks like a race. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

/* _MutexHandle._lockSlow(_:) and _unlockSlow(); the first field of a handle, and its only one, is the word of the lock. */
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK_SLOW);
SWIFT void unlock_slow(SELF void *handle) __asm__(UNLOCK_SLOW);

/* The library's own. */
static void *original(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL)
        abort();
    return function;
}

SWIFT void lock_slow(uint32_t thread, SELF void *handle)
{
    SWIFT void (*lock)(uint32_t, SELF void *);
    *(void **)&lock = original(LOCK_SLOW);
    lock(thread, handle);
    __tsan_acquire(handle);
}

SWIFT void unlock_slow(SELF void *handle)
{
    SWIFT void (*unlock)(SELF void *);
    *(void **)&unlock = original(UNLOCK_SLOW);
    __tsan_release(handle);
    unlock(handle);
}
