/* mmsyscom.h: what all parts of winmm share: the errors, and a time in one of several formats.
 *
 * Made of the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSCOM_H
#define MMSYSCOM_H

#include "mmsystem_types.h"

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
 * The time, by its format.
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
 * A time, in one of several formats.
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

#ifndef MMSYSERR_BASE
#define MMSYSERR_BASE 0
#endif

#ifndef MMSYSERR_NOERROR
#define MMSYSERR_NOERROR 0
#endif

#ifndef MMSYSERR_ERROR
#define MMSYSERR_ERROR 1
#endif

#ifndef MMSYSERR_BADDEVICEID
#define MMSYSERR_BADDEVICEID 2
#endif

#ifndef MMSYSERR_NOTENABLED
#define MMSYSERR_NOTENABLED 3
#endif

#ifndef MMSYSERR_ALLOCATED
#define MMSYSERR_ALLOCATED 4
#endif

#ifndef MMSYSERR_INVALHANDLE
#define MMSYSERR_INVALHANDLE 5
#endif

#ifndef MMSYSERR_NODRIVER
#define MMSYSERR_NODRIVER 6
#endif

#ifndef MMSYSERR_NOMEM
#define MMSYSERR_NOMEM 7
#endif

#ifndef MMSYSERR_NOTSUPPORTED
#define MMSYSERR_NOTSUPPORTED 8
#endif

#ifndef MMSYSERR_BADERRNUM
#define MMSYSERR_BADERRNUM 9
#endif

#ifndef MMSYSERR_INVALFLAG
#define MMSYSERR_INVALFLAG 10
#endif

#ifndef MMSYSERR_INVALPARAM
#define MMSYSERR_INVALPARAM 11
#endif

#ifndef MMSYSERR_HANDLEBUSY
#define MMSYSERR_HANDLEBUSY 12
#endif

#ifndef MMSYSERR_INVALIDALIAS
#define MMSYSERR_INVALIDALIAS 13
#endif

#ifndef MMSYSERR_BADDB
#define MMSYSERR_BADDB 14
#endif

#ifndef MMSYSERR_KEYNOTFOUND
#define MMSYSERR_KEYNOTFOUND 15
#endif

#ifndef MMSYSERR_READERROR
#define MMSYSERR_READERROR 16
#endif

#ifndef MMSYSERR_WRITEERROR
#define MMSYSERR_WRITEERROR 17
#endif

#ifndef MMSYSERR_DELETEERROR
#define MMSYSERR_DELETEERROR 18
#endif

#ifndef MMSYSERR_VALNOTFOUND
#define MMSYSERR_VALNOTFOUND 19
#endif

#ifndef MMSYSERR_NODRIVERCB
#define MMSYSERR_NODRIVERCB 20
#endif

#ifndef MMSYSERR_MOREDATA
#define MMSYSERR_MOREDATA 21
#endif

#ifndef MMSYSERR_LASTERROR
#define MMSYSERR_LASTERROR 21
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
