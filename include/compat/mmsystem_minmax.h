/* mmsystem_minmax.h: min and max: macros in C, functions in C++, which do not break std::min and the standard headers. In
 * overload resolution std::min and functions of the program are preferred. */
#ifndef MMSYSTEM_MINMAX_H
#define MMSYSTEM_MINMAX_H

#ifdef __cplusplus

#if __cplusplus >= 201103L
#define MMSYSTEM_CONSTEXPR constexpr
#else
#define MMSYSTEM_CONSTEXPR inline
#endif

/* A program may include windows.h inside extern "C". */
extern "C++" {

/* The type of `condition ? a : b` for two types. */
template <class A, class B>
struct mmsystem_common {
    typedef __typeof__(true ? *static_cast<A *>(0) : *static_cast<B *>(0)) type;
};

#ifndef min
template <class A, class B>
MMSYSTEM_CONSTEXPR typename mmsystem_common<A, B>::type min(A a, B b)
{
    return a < b ? a : b;
}
#endif

#ifndef max
template <class A, class B>
MMSYSTEM_CONSTEXPR typename mmsystem_common<A, B>::type max(A a, B b)
{
    return a > b ? a : b;
}
#endif

} /* extern "C++" */

#undef MMSYSTEM_CONSTEXPR

#else

#ifndef min
#define min(a, b) ((a) < (b) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) ((a) > (b) ? (a) : (b))
#endif

#endif

#endif /* MMSYSTEM_MINMAX_H */
