/* mmsyscom.h: the errors and types that all parts of winmm share.
 *
 * Generated from the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSCOM_H
#define MMSYSCOM_H

#include "mmsystem_types.h"

#include "mmsystem_results.h"

#pragma pack(push, 1)
#define MMSYSTEM_PACKED_COMMON

/**
 * A time in hours, minutes, seconds and frames.
 */
#ifndef _MMTIME_SMPTE
struct MMSYSTEM_PACKED_COMMON _MMTIME_SMPTE {
  BYTE hour;
  BYTE min;
  BYTE sec;
  BYTE frame;
  BYTE fps;
  BYTE dummy;
  BYTE pad[2];
};
#endif

/**
 * A position in a MIDI song.
 */
#ifndef _MMTIME_MIDI
struct MMSYSTEM_PACKED_COMMON _MMTIME_MIDI {
  DWORD songptrpos;
};
#endif

/**
 * The value of an MMTIME, in the format that its wType names.
 */
#ifndef _MMTIME_U
union MMSYSTEM_PACKED_COMMON _MMTIME_U {
  DWORD ms;
  DWORD sample;
  DWORD cb;
  DWORD ticks;
  struct _MMTIME_SMPTE smpte;
  struct _MMTIME_MIDI midi;
};
#endif

/**
 * A time in one of several formats.
 *
 * timeGetSystemTime returns one in milliseconds. The other formats are there for programs that exchange times
 * among themselves.
 */
#ifndef _MMTIME
struct MMSYSTEM_PACKED_COMMON _MMTIME {
  /**
   * The format: TIME_MS, TIME_SAMPLES, TIME_BYTES, TIME_SMPTE, TIME_MIDI or TIME_TICKS.
   */
  UINT wType;
  /**
   * The time: u.ms in milliseconds (TIME_MS), u.sample (TIME_SAMPLES), u.cb in bytes (TIME_BYTES),
   * u.smpte, u.midi or u.ticks.
   */
  union _MMTIME_U u;
};
#endif

#ifndef MMTIME
typedef struct _MMTIME MMTIME;
#endif

#ifndef PMMTIME
typedef struct _MMTIME *PMMTIME;
#endif

#ifndef NPMMTIME
typedef struct _MMTIME *NPMMTIME;
#endif

#ifndef LPMMTIME
typedef struct _MMTIME *LPMMTIME;
#endif

#ifndef TIMERR_BASE
#define TIMERR_BASE 96
#endif

#ifndef TIME_MS
#define TIME_MS 0x00000001
#endif

#ifndef TIME_SAMPLES
#define TIME_SAMPLES 0x00000002
#endif

#ifndef TIME_BYTES
#define TIME_BYTES 0x00000004
#endif

#ifndef TIME_SMPTE
#define TIME_SMPTE 0x00000008
#endif

#ifndef TIME_MIDI
#define TIME_MIDI 0x00000010
#endif

#ifndef TIME_TICKS
#define TIME_TICKS 0x00000020
#endif

#endif  /* MMSYSCOM_H */

#ifdef MMSYSTEM_PACKED_COMMON
#undef MMSYSTEM_PACKED_COMMON
#pragma pack(pop)
#include "mmsystem_assert.h"
MMSYSTEM_SIZE(MMTIME, 12);
#endif
