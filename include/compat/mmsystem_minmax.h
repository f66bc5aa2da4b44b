/* mmsystem_minmax.h: min and max, as macros in C. In C++ they are functions, which do as well, and leave
 * std::min and the standard headers alone; a std::min that a program uses, or one of its own, is preferred. */
#ifndef MMSYSTEM_MINMAX_H
#define MMSYSTEM_MINMAX_H

#ifdef __cplusplus

#if __cplusplus >= 201103L
#define MMSYSTEM_CONSTEXPR constexpr
#else
#define MMSYSTEM_CONSTEXPR inline
#endif

/* (A program may include windows.h where everything is extern "C".) */
extern "C++" {

/* What a ? b : c is of two types. */
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
