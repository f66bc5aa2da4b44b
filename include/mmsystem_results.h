/* mmsystem_results.h: the errors that all parts of winmm share. Included by mmsystem.h and mmsyscom.h.
 *
 * Generated from the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSTEM_RESULTS_H
#define MMSYSTEM_RESULTS_H



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

#endif  /* MMSYSTEM_RESULTS_H */
