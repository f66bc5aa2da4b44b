/* poppack.h: ends the effect of pshpack1.h, pshpack2.h, pshpack4.h or pshpack8.h, the last that was included. */
#pragma pack(pop)
