/* text.h: the string functions for one character type. The file that includes it defines CHARACTER, LSTR(name) and
 * C_NAME(name). */

/* The code of a character, ASCII letters in lower case. */
static uint32_t folded(CHARACTER character)
{
    uint32_t number = sizeof(CHARACTER) == 1 ? (unsigned char)character : (uint32_t)character;
    return number >= 'A' && number <= 'Z' ? number + ('a' - 'A') : number;
}

static uint32_t code_of(CHARACTER character)
{
    return sizeof(CHARACTER) == 1 ? (unsigned char)character : (uint32_t)character;
}

/* Compares at most `count` characters, by the codes that `number` returns. */
static int compare(const CHARACTER *one, const CHARACTER *other, size_t count, uint32_t (*number)(CHARACTER))
{
    for (; count > 0; count--, one++, other++) {
        uint32_t first = number(*one), second = number(*other);
        if (first != second) {
            return first < second ? -1 : 1;
        }
        if (first == 0) {
            break;
        }
    }
    return 0;
}

static size_t length_of(const CHARACTER *text)
{
    size_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    return length;
}

int WINAPI LSTR(len)(const CHARACTER *text)
{
    size_t length = text == NULL ? 0 : length_of(text);
    return length < INT_MAX ? (int)length : INT_MAX;
}

CHARACTER *WINAPI LSTR(cpy)(CHARACTER *to, const CHARACTER *text)
{
    if (to == NULL || text == NULL) {
        return NULL;
    }
    return memmove(to, text, (length_of(text) + 1) * sizeof(CHARACTER));
}

CHARACTER *WINAPI LSTR(cpyn)(CHARACTER *to, const CHARACTER *text, int count)
{
    int i;
    if (to == NULL || text == NULL || count <= 0) {
        return NULL;
    }
    for (i = 0; i < count - 1 && text[i] != 0; i++) {
        to[i] = text[i];
    }
    to[i] = 0;
    return to;
}

CHARACTER *WINAPI LSTR(cat)(CHARACTER *to, const CHARACTER *text)
{
    if (to == NULL || text == NULL) {
        return NULL;
    }
    memmove(to + length_of(to), text, (length_of(text) + 1) * sizeof(CHARACTER));
    return to;
}

/* NULL is less than any other string. */
static int compare_or_null(const CHARACTER *one, const CHARACTER *other, uint32_t (*number)(CHARACTER))
{
    if (one == NULL || other == NULL) {
        return (one != NULL) - (other != NULL);
    }
    return compare(one, other, SIZE_MAX, number);
}

int WINAPI LSTR(cmp)(const CHARACTER *one, const CHARACTER *other)
{
    return compare_or_null(one, other, code_of);
}

int WINAPI LSTR(cmpi)(const CHARACTER *one, const CHARACTER *other)
{
    return compare_or_null(one, other, folded);
}

int C_NAME(nicmp)(const CHARACTER *one, const CHARACTER *other, size_t count)
{
    if (one == NULL || other == NULL) {
        errno = EINVAL;
        return INT_MAX;
    }
    return compare(one, other, count, folded);
}

int C_NAME(icmp)(const CHARACTER *one, const CHARACTER *other)
{
    return C_NAME(nicmp)(one, other, SIZE_MAX);
}

CHARACTER *C_NAME(dup)(const CHARACTER *text)
{
    size_t size = text == NULL ? 0 : (length_of(text) + 1) * sizeof(CHARACTER);
    CHARACTER *copy = size == 0 ? NULL : malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}
