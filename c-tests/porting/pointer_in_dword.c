/* says: cast from pointer to integer of different size | cast to smaller integer type */
/* Shows docs/porting.md, What changes size: "pointer_in_dword.c". */
#include <windows.h>

int main(void)
{
    char bytes[4] = "abc", *again;
    MMIOINFO info;
#ifdef PORTED
    char *p = bytes;
    memcpy(info.adwInfo, &p, sizeof(p));
    memcpy(&again, info.adwInfo, sizeof(again));
#else
    info.adwInfo[0] = (DWORD)bytes;
    again = (char *)(size_t)info.adwInfo[0];
#endif
    return again != bytes;
}
