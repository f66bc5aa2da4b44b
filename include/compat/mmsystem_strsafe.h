/* mmsystem_strsafe.h: the functions of strsafe.h for the type MMSYSTEM_CHARACTER, named by MMSYSTEM_FORM. strsafe.h
 * includes it once for each type. */

static __inline__ int MMSYSTEM_FORM(mmsystem_is_size)(size_t count)
{
    return count > 0 && count <= STRSAFE_MAX_CCH;
}

/* Gets the length of a string that ends within a number of characters. */
static __inline__ HRESULT MMSYSTEM_FORM(mmsystem_length)(const MMSYSTEM_CHARACTER *text, size_t most,
                                                         size_t *length)
{
    size_t found = 0;
    int ends = 0;
    if (text != NULL && MMSYSTEM_FORM(mmsystem_is_size)(most)) {
        while (found < most && text[found] != 0)
            found++;
        ends = found < most;
    }
    if (length != NULL)
        *length = ends ? found : 0;
    return ends ? S_OK : STRSAFE_E_INVALID_PARAMETER;
}

/* Copies at most a number of characters of a string. */
static __inline__ HRESULT MMSYSTEM_FORM(mmsystem_copy_some)(MMSYSTEM_CHARACTER *to, size_t count,
                                                            const MMSYSTEM_CHARACTER *from, size_t most)
{
    size_t i;
    if (!MMSYSTEM_FORM(mmsystem_is_size)(count))
        return STRSAFE_E_INVALID_PARAMETER;
    for (i = 0; i < most && from[i] != 0; i++) {
        if (i + 1 == count) {
            to[i] = 0;
            return STRSAFE_E_INSUFFICIENT_BUFFER;
        }
        to[i] = from[i];
    }
    to[i] = 0;
    return S_OK;
}

/* Copies a string. */
static __inline__ HRESULT MMSYSTEM_FORM(mmsystem_copy)(MMSYSTEM_CHARACTER *to, size_t count,
                                                       const MMSYSTEM_CHARACTER *from)
{
    return MMSYSTEM_FORM(mmsystem_copy_some)(to, count, from, STRSAFE_MAX_CCH);
}

/* Appends a string to the one in the buffer. */
static __inline__ HRESULT MMSYSTEM_FORM(mmsystem_append)(MMSYSTEM_CHARACTER *to, size_t count,
                                                         const MMSYSTEM_CHARACTER *from)
{
    size_t length;
    if (FAILED(MMSYSTEM_FORM(mmsystem_length)(to, count, &length)))
        return STRSAFE_E_INVALID_PARAMETER;
    return MMSYSTEM_FORM(mmsystem_copy)(to + length, count - length, from);
}
