/* pshpack1.h: structures are packed to 1 byte until poppack.h is included. Each inclusion has this effect. */

/* clang warns of each header that changes the packing; Microsoft's headers turn such a warning off too. */
#ifdef __clang__
#pragma clang diagnostic ignored "-Wpragma-pack"
#endif
#pragma pack(push, 1)
