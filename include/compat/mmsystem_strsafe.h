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

/* Returns a copy of a Windows format in the form of the C library, to be freed; NULL if there is no memory. Wide strings
 * and characters get the prefix l, narrow ones none; I64, I32 and I become ll, nothing and z. */
static __inline__ MMSYSTEM_CHARACTER *MMSYSTEM_FORM(mmsystem_format)(const MMSYSTEM_CHARACTER *from)
{
    int is_wide = sizeof(MMSYSTEM_CHARACTER) > 1;
    MMSYSTEM_CHARACTER *made, *to;
    size_t length = 0;
    while (from[length] != 0)
        length++;
    /* Each character becomes at most two. */
    made = to = (MMSYSTEM_CHARACTER *)malloc((length * 2 + 1) * sizeof(MMSYSTEM_CHARACTER));
    if (made == NULL)
        return NULL;
    while (*from != 0) {
        MMSYSTEM_CHARACTER prefix = 0, kind;
        *to++ = *from;
        if (*from++ != '%')
            continue;
        while ((*from >= '0' && *from <= '9') || *from == '-' || *from == '+' || *from == ' ' || *from == '#' ||
               *from == '.' || *from == '*')
            *to++ = *from++;
        if (*from == 'h' || *from == 'l' || *from == 'w')
            prefix = *from;
        kind = from[prefix != 0];
        if (kind == 's' || kind == 'S' || kind == 'c' || kind == 'C') {
            int is_capital = kind == 'S' || kind == 'C';
            if (prefix != 0 ? prefix != 'h' : is_wide != is_capital)
                *to++ = 'l';
            *to++ = kind == 's' || kind == 'S' ? 's' : 'c';
            from += prefix != 0 ? 2 : 1;
        } else if (kind == '%') {
            *to++ = kind;
            from += prefix != 0 ? 2 : 1;
        } else if (*from == 'I') {
            int is_64 = from[1] == '6' && from[2] == '4', is_32 = from[1] == '3' && from[2] == '2';
            *to++ = is_64 ? 'l' : 'z';
            if (is_64)
                *to++ = 'l';
            else if (is_32)
                to--;
            from += is_64 || is_32 ? 3 : 1;
        }
    }
    *to = 0;
    return made;
}
