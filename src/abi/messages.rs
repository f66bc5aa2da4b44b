//! The messages to an I/O procedure. Each comment is a page of the manual. The examples are the cases of one
//! procedure, which begins in the comment of `LPMMIOPROC`; tests/man.rs puts it together and runs it.
#![forbid(unsafe_code)]

use super::UINT;

/// Asks an I/O procedure to read bytes.
///
/// mmioRead sends it with memory of the program if the file is unbuffered, or if the buffer is empty and not
/// larger than the request. Otherwise mmioRead sends it to fill the buffer, and so do mmioAdvance and
/// mmioDescend. mmioSendMessage sends it at the current position.
///
/// Dirty bytes in the buffer of the file are sent as MMIOM_WRITE before. Then MMIOM_SEEK is sent if lDiskOffset
/// is not the position of the first byte. A procedure with buffers of its own also returns the bytes that only
/// they have.
///
/// lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
/// number of bytes read to it. If it does not change lDiskOffset, the library adds the result.
///
/// lParam1: the memory that receives the bytes. It is valid until the procedure returns.
///
/// lParam2: its size in bytes, 1 to 2147483647; from mmioSendMessage any number from 0. The procedure must not
/// write more.
///
/// Returns the number of bytes read; 0 at the end of the file; -1 for an error. Fewer than lParam2 is not an
/// error: the library asks for the rest with another message, until one returns 0. A number above lParam2, or
/// any below 0, is an error like -1.
///
/// Errors, for the program:
/// - MMIOERR_CANNOTREAD: the procedure returned an error. mmioAdvance returns this. mmioRead and
///   mmioSendMessage return -1 and set wErrorRet; but if mmioRead has read some bytes before, it returns their
///   number, and the next call reports the error.
///
/// Source: Microsoft's documentation. That a short result is continued, and which numbers are errors, are rules
/// of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The second fseek is needed
/// because a write may follow.
/// ```c
/// case MMIOM_READ: {
///     size_t count;
///     clearerr(file);
///     if (fseek(file, info->lDiskOffset, SEEK_SET) != 0)
///         return -1;
///     count = fread((void *)lParam1, 1, (size_t)lParam2, file);
///     if (ferror(file))
///         return -1;
///     info->lDiskOffset += (LONG)count;
///     fseek(file, info->lDiskOffset, SEEK_SET);
///     return (LRESULT)count;
/// }
/// ```
pub const MMIOM_READ: UINT = 0x0000;

/// Asks an I/O procedure to write bytes, which it may keep in buffers of its own.
///
/// It is sent if the program has not asked for a flush. mmioWrite sends it when the buffer of the file is full,
/// if the file is unbuffered, and if the buffer is empty and not larger than the request. mmioSeek, mmioRead,
/// mmioAdvance, mmioDescend, mmioAscend and mmioSendMessage send it for dirty bytes, before they move the
/// buffer. mmioSendMessage also sends it for the program, at the current position. mmioFlush, mmioSetBuffer and
/// mmioClose send MMIOM_WRITEFLUSH instead, and so does mmioWrite after mmsys_set_write_through.
///
/// MMIOM_SEEK is sent before, if lDiskOffset is not the position of the first byte. The next flush sends a
/// MMIOM_WRITEFLUSH, of 0 bytes if there is nothing else to send.
///
/// A procedure that knows only MMIOM_WRITEFLUSH returns 0 or -1 for this message. As long as it has taken no
/// byte of a MMIOM_WRITE, the same bytes are then sent again as MMIOM_WRITEFLUSH.
///
/// lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
/// number of bytes that it took to it. If it does not change lDiskOffset, the library adds the result. A
/// procedure that returns -1 must not change it: the same bytes will come again, for the same position.
///
/// lParam1: the bytes, in the buffer of the file or in memory of the program. They are valid until the
/// procedure returns, which must not change them.
///
/// lParam2: the number of bytes, 1 to 2147483647; from mmioSendMessage any number from 0.
///
/// Returns the number of bytes that it took; -1 for an error. Fewer than lParam2 is not an error: the rest is
/// sent with another message. 0 for a count above 0, a number above lParam2, or any below 0, is an error like
/// -1. Then none of the bytes counts as taken.
///
/// Errors, for the program:
/// - MMIOERR_CANNOTWRITE: the procedure returned an error. mmioAdvance, mmioAscend and others return this.
///   mmioWrite returns the number of bytes accepted, or -1 if none was; mmioRead, mmioSeek and mmioSendMessage
///   return -1; the error is in wErrorRet. Bytes that were accepted stay in the buffer of the file, and the
///   next call that must send them tries again.
///
/// Source: Microsoft's documentation. That a short result is continued, that no accepted byte is lost, and the
/// second message are rules of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The bytes may stay in the
/// buffer of the stream.
/// ```c
/// case MMIOM_WRITE: {
///     size_t count;
///     if (ftell(file) != info->lDiskOffset
///         && fseek(file, info->lDiskOffset, SEEK_SET) != 0)
///         return -1;
///     count = fwrite((void *)lParam1, 1, (size_t)lParam2, file);
///     info->lDiskOffset += (LONG)count;
///     return count > 0 || lParam2 == 0 ? (LRESULT)count : -1;
/// }
/// ```
pub const MMIOM_WRITE: UINT = 0x0001;

/// Asks an I/O procedure to move to another position.
///
/// It is sent with SEEK_SET before MMIOM_READ, MMIOM_WRITE and MMIOM_WRITEFLUSH if lDiskOffset is not the
/// position of the first byte, but never before a MMIOM_WRITEFLUSH of 0 bytes. mmioSeek, mmioDescend and
/// mmioAscend send it with SEEK_SET for a position that the buffer of the file does not hold. mmioSeek with
/// SEEK_END sends it with SEEK_END and the offset of the program. Dirty bytes in the buffer are sent as
/// MMIOM_WRITE before. mmioSendMessage sends it with any origin; only then can it be SEEK_CUR.
///
/// lpmmioinfo: the MMIOINFO of the file. The procedure sets lDiskOffset to the new position. The library reads
/// lDiskOffset as an unsigned number of 32 bits: positions up to 4294967294 work, and -1 is not a position.
///
/// lParam1: the offset in bytes. With SEEK_SET it is the new position, 0 or more (from mmioSendMessage any
/// number). With SEEK_CUR it is added to lDiskOffset. With SEEK_END its meaning is for the program and the
/// procedure to agree on; for the built-in procedures the new position is the end of the file minus the offset.
///
/// lParam2: the origin: SEEK_SET, SEEK_CUR or SEEK_END.
///
/// Returns the new position; -1 for an error. No other number is an error, and the position is what lDiskOffset
/// says, not the result. But if the procedure does not change lDiskOffset, and returns the requested position
/// for SEEK_SET or SEEK_CUR, the library takes it to be there.
///
/// Errors, for the program:
/// - MMIOERR_CANNOTSEEK: the procedure returned -1, or set lDiskOffset to -1, or, before MMIOM_READ, to another
///   position. mmioAscend returns this; mmioSeek, mmioRead and mmioSendMessage return -1 and set wErrorRet.
/// - MMIOERR_CANNOTWRITE: the same, before MMIOM_WRITE and MMIOM_WRITEFLUSH. The bytes stay in the buffer of
///   the file.
///
/// Source: Microsoft's documentation. That lDiskOffset counts, and that SEEK_END is passed on, are rules of
/// this library: some procedures return 0 for every seek, and several have a wrong SEEK_END.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The other cases move the
/// stream.
/// ```c
/// case MMIOM_SEEK: {
///     LPARAM target = lParam1;
///     if (lParam2 == SEEK_CUR)
///         target += info->lDiskOffset;
///     if (lParam2 == SEEK_END)
///         target = fseek(file, 0, SEEK_END) == 0
///             ? ftell(file) - target : -1;
///     if (target < 0)
///         return -1;
///     return info->lDiskOffset = (LONG)target;
/// }
/// ```
pub const MMIOM_SEEK: UINT = 0x0002;

/// Asks an I/O procedure to open a file, or to delete one.
///
/// mmioOpen sends it. It is the first message about a file, and no other is sent while the file is opened. If
/// the result is 0, the file is open, and exactly one MMIOM_CLOSE will follow; after an error none does.
/// mmioSendMessage does not send it.
///
/// If dwFlags has MMIO_DELETE, the procedure deletes the file of that name and opens nothing. hmmio is NULL
/// then, mmsys_set_context fails, and no MMIOM_CLOSE follows. For MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP
/// nothing is sent.
///
/// lpmmioinfo: the MMIOINFO of the file, at the same address until the file is closed. dwFlags has the flags
/// given to mmioOpen, adwInfo what the program put there, and the buffer is set. lDiskOffset is 0. The
/// procedure may set it to another position, which is then the first position of the program.
///
/// lParam1: the name that was given to mmioOpen, with a `+` and what follows it; a string that ends with NUL,
/// or NULL if mmioOpen was given NULL. It is in bytes, or in WCHAR for a procedure that was installed with
/// mmioInstallIOProcW; for one that was given as pIOProc it is in the encoding of the function that was called.
/// It is valid until the procedure returns.
///
/// lParam2: 0.
///
/// Returns 0 or an error, which mmioOpen stores in wErrorRet. Any number above 0 is passed on; one below 0
/// becomes MMIOERR_CANNOTOPEN.
///
/// Errors, from the procedure:
/// - MMIOERR_FILENOTFOUND: there is no file of that name.
/// - MMIOERR_ACCESSDENIED: it cannot be opened with these flags.
/// - MMIOERR_OUTOFMEMORY: there is no memory.
/// - MMIOERR_INVALIDFILE: the name is NULL or not valid, or the file is of another kind.
/// - MMIOERR_CANNOTOPEN: any other reason.
///
/// Source: Microsoft's documentation. The contents of the structure, and that nothing else is sent, were
/// verified on Windows. What becomes of results below 0 is a rule of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
/// ```c
/// case MMIOM_OPEN: {
///     const char *name = (const char *)lParam1;
///     if (name == NULL)
///         return MMIOERR_INVALIDFILE;
///     if (info->dwFlags & MMIO_DELETE)
///         return remove(name) == 0 ? 0 : MMIOERR_FILENOTFOUND;
///     file = fopen(name,
///         info->dwFlags & MMIO_CREATE ? "w+b" : "r+b");
///     if (file == NULL)
///         return MMIOERR_FILENOTFOUND;
///     mmsys_set_context(info, file);
///     return 0;
/// }
/// ```
pub const MMIOM_OPEN: UINT = 0x0003;

/// Asks an I/O procedure to close its file.
///
/// It is the last message about a file, and is sent exactly once for each MMIOM_OPEN that returned 0.
/// mmioSendMessage does not send it.
///
/// mmioClose flushes first: it sends dirty bytes as MMIOM_WRITEFLUSH, or a MMIOM_WRITEFLUSH of 0 bytes if bytes
/// were sent as MMIOM_WRITE since the last one. If that fails, mmioClose returns MMIOERR_CANNOTWRITE,
/// MMIOM_CLOSE is not sent, and the file stays open. mmsys_discard sends MMIOM_CLOSE without a flush.
///
/// After mmsys_discard, or if it does not know MMIOM_WRITEFLUSH, the procedure may still have bytes in buffers
/// of its own. It may write them, and returns an error if that fails. It must in any case release all that it
/// has for the file.
///
/// lpmmioinfo: the MMIOINFO of the file, valid until the procedure returns. lDiskOffset is as the last message
/// left it, and need not be set.
///
/// lParam1: the flags given to mmioClose: 0, or MMIO_FHOPEN to leave a descriptor open that belongs to the
/// program. From mmsys_discard it is 0.
///
/// lParam2: 0.
///
/// Returns 0 or an error, which mmioClose or mmsys_discard returns. The file is closed in either case. Any
/// number above 0 is passed on; one below 0 becomes MMIOERR_CANNOTCLOSE.
///
/// Errors, from the procedure:
/// - MMIOERR_CANNOTWRITE: bytes in buffers of its own could not be written, and are lost.
/// - MMIOERR_CANNOTCLOSE: any other reason.
///
/// Source: Microsoft's documentation. That there is exactly one, and that none is sent after a failed flush,
/// are rules of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
/// ```c
/// case MMIOM_CLOSE:
///     return fclose(file) == 0 ? 0 : MMIOERR_CANNOTCLOSE;
/// ```
pub const MMIOM_CLOSE: UINT = 0x0004;

/// Asks an I/O procedure to write bytes, and then to empty its own buffers.
///
/// A procedure without buffers of its own handles it as MMIOM_WRITE: one case serves both. A procedure with
/// buffers takes the bytes as those of a MMIOM_WRITE, and then writes all that its buffers hold before it
/// returns.
///
/// When mmioFlush (with MMIO_EMPTYBUF or without), mmioSetBuffer or mmioClose has returned 0, the procedure has
/// been given every byte that the library accepted, and the last write message was a MMIOM_WRITEFLUSH.
///
/// mmioFlush, mmioSetBuffer and mmioClose send it for dirty bytes in the buffer of the file. MMIOM_SEEK is sent
/// before, if lDiskOffset is not the position of the first byte. After mmsys_set_write_through mmioWrite sends
/// it too, for each request. mmioSeek, mmioRead, mmioAdvance, mmioDescend and mmioAscend send MMIOM_WRITE for
/// dirty bytes. mmsys_discard sends neither.
///
/// It may have 0 bytes. mmioFlush, mmioSetBuffer and mmioClose send it so if nothing in the buffer of the file
/// is dirty, but bytes were sent as MMIOM_WRITE since the last MMIOM_WRITEFLUSH: those of a full buffer, of an
/// unbuffered file, of a seek, or of mmioSendMessage. The procedure then only empties its own buffers. No
/// MMIOM_SEEK is sent before. If no bytes were sent as MMIOM_WRITE since the last one, nothing is sent.
///
/// mmioSendMessage sends it for the program: bytes at the current position, or 0 bytes wherever the procedure
/// is. Dirty bytes in the buffer of the file are sent as MMIOM_WRITE before.
///
/// A procedure may know only one of MMIOM_WRITE and MMIOM_WRITEFLUSH. If it has never taken a byte of a
/// message, returns 0 or -1 to it for a count above 0, and moves neither lDiskOffset nor the file, the same
/// bytes are sent again as the other message. This is not permanent: from the next flush on the procedure is
/// sent the refused message again. Once it has taken a byte of a message, 0 or -1 to that message is an error.
///
/// The built-in procedure for disk files passes the bytes of both messages to the operating system at once. It
/// is sent 0 bytes only for durability (see mmsys_set_durable). The one for memory files has nothing to empty,
/// and is never sent 0 bytes.
///
/// lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
/// number of bytes that it took to it. If it does not change lDiskOffset, the library adds the result. With 0
/// bytes, and if it returns -1, the procedure must not change it: after -1 the same bytes will come again, for
/// the same position.
///
/// lParam1: the bytes, in the buffer of the file or in memory of the program. They are valid until the
/// procedure returns, which must not change them. With 0 bytes it is a valid pointer too, with nothing to read
/// there; from mmioSendMessage it is what the program gave.
///
/// lParam2: the number of bytes, 0 to 2147483647; from mmioSendMessage any number from 0.
///
/// Returns the number of bytes that it took, when its own buffers are empty; for 0 bytes that is 0, which is
/// success. -1 is an error: bytes of this message, or of the procedure's buffers, could not be written. Then
/// none of this message counts as taken, and those in the buffers stay there. For 0 bytes the best error is
/// MMIOERR_CANNOTWRITE (see ERRORS). Fewer than lParam2 is not an error: the rest is sent with another
/// MMIOM_WRITEFLUSH. 0 for a count above 0, a number above lParam2, or any below 0, is an error like -1.
///
/// Errors, for the program:
/// - MMIOERR_CANNOTWRITE: the procedure returned an error. mmioFlush, mmioSetBuffer and mmioClose return this,
///   and mmioSendMessage returns -1. The bytes stay in the buffer of the file, the file stays open, and the
///   next flush sends what this one could not. But -1 for 0 bytes, from a procedure that has never taken a
///   MMIOM_WRITEFLUSH (neither a byte of one, nor one of 0 bytes with the result 0), is not an error: it may
///   not know the message. The flush then succeeds, and the next one tries again. A procedure whose very first
///   flush fails returns MMIOERR_CANNOTWRITE for 0 bytes, which is always an error.
///
/// Source: Microsoft's documentation. It does not say when a flush reaches the procedure: 0 bytes, and the
/// second message, are rules of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. Each stream has a buffer,
/// which fflush empties. After a failure the same bytes come again: the stream is then past lDiskOffset, and is
/// moved back.
/// ```c
/// case MMIOM_WRITEFLUSH: {
///     size_t count = (size_t)lParam2;
///     if (count > 0 && ftell(file) != info->lDiskOffset
///         && fseek(file, info->lDiskOffset, SEEK_SET) != 0)
///         return -1;
///     if (fwrite((void *)lParam1, 1, count, file) < count
///         || fflush(file) != 0)
///         return count > 0 ? -1 : MMIOERR_CANNOTWRITE;
///     info->lDiskOffset += (LONG)count;
///     return (LRESULT)count;
/// }
/// ```
pub const MMIOM_WRITEFLUSH: UINT = 0x0005;

/// Asks an I/O procedure to rename a file.
///
/// mmioRename sends it to the procedure that would open the old name. No file is open: no other message comes
/// before or after. mmioSendMessage passes it on unchanged, with any parameters, to the procedure of an open
/// file.
///
/// lpmmioinfo: an MMIOINFO without a file: hmmio is NULL, lDiskOffset has no meaning and need not be set, and
/// mmsys_context returns NULL. adwInfo has what the program put there.
///
/// lParam1: the old name, never NULL, in the form that MMIOM_OPEN has.
///
/// lParam2: the new name, never NULL, in the same form.
///
/// Returns 0 or an error, which mmioRename returns. Any number above 0 is passed on; one below 0 becomes
/// MMIOERR_ACCESSDENIED.
///
/// Errors, from the procedure:
/// - MMIOERR_FILENOTFOUND: there is no file of the old name.
/// - MMIOERR_ACCESSDENIED: there is a file of the new name, or permission is denied.
/// - MMSYSERR_NOTSUPPORTED: files of its kind have no names.
///
/// Source: Microsoft's documentation. What becomes of results below 0 is a rule of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
/// ```c
/// case MMIOM_RENAME: {
///     const char *from = (const char *)lParam1;
///     const char *to = (const char *)lParam2;
///     return rename(from, to) == 0 ? 0 : MMIOERR_FILENOTFOUND;
/// }
/// ```
pub const MMIOM_RENAME: UINT = 0x0006;

/// Is the first message number that is free for programs.
///
/// A program and its I/O procedure may agree on any messages from MMIOM_USER up to 4294967295. The library
/// sends none of its own accord. mmioSendMessage passes them on unchanged, and also numbers below MMIOM_USER
/// that are not messages.
///
/// Dirty bytes in the buffer of the file are not sent before: call mmioFlush if the procedure needs them.
///
/// lpmmioinfo: the MMIOINFO of the file. A procedure that moves to another position sets lDiskOffset. The
/// position of the program does not change, and MMIOM_SEEK is sent before the next transfer.
///
/// lParam1, lParam2: what the program and the procedure agreed on. The library does not use them.
///
/// Returns what they agreed on, which mmioSendMessage returns. For a message that it does not know a procedure
/// returns 0.
///
/// Source: Microsoft's documentation. That the buffer does not change is a rule of this library.
///
/// Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio: it returns the length of
/// the file. The second piece of code is the call.
/// ```c
/// case MMIOM_USER:
///     if (fseek(file, 0, SEEK_END) != 0)
///         return -1;
///     *(LONG *)lParam1 = (LONG)ftell(file);
///     return 0;
/// ```
///
/// ```c
/// LONG size;
/// if (mmioFlush(hmmio, 0) != MMSYSERR_NOERROR
///     || mmioSendMessage(hmmio, MMIOM_USER, (LPARAM)&size, 0) != 0)
///     return 1;
/// ```
pub const MMIOM_USER: UINT = 0x8000;
