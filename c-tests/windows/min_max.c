/* min and max. In C++ they do not break the standard library, whichever is included first.
 *
 * Shows docs/differences.md, Headers: "min and max of windows.h". */
#ifdef __cplusplus
extern "C" {
#endif
#include <windows.h>
#ifdef __cplusplus
}
#endif

#include "check.h"

#ifdef __cplusplus

#include <algorithm>
#include <limits>
#include <random>
#include <string>

static void std_min_is_usable(void)
{
    CHECK_EQ(std::min(1, 2), 1);
    CHECK_EQ(std::numeric_limits<short>::max(), 32767);
    CHECK(std::max(std::string("a"), std::string("b")) == "b");
}

static void both_may_be_visible(void)
{
    using namespace std;
    short narrow = 3;
    CHECK_EQ(min(1, 2), 1);
    CHECK_EQ(max(narrow, 2), 3);
    CHECK(max(string("a"), string("b")) == "b");
}

static void sizes_may_be_the_larger_of_two(void)
{
    char room[max(4, 8)];
    CHECK_EQ(sizeof room, 8);
}

#else

static void std_min_is_usable(void)
{
    CHECK_EQ(min(1, 2), 1);
}

static void both_may_be_visible(void)
{
    CHECK_EQ(max(1, 2), 2);
}

static void sizes_may_be_the_larger_of_two(void)
{
    char room[max(4, 8)];
    CHECK_EQ(sizeof room, 8);
}

#endif

int main(void)
{
    std_min_is_usable();
    both_may_be_visible();
    sizes_may_be_the_larger_of_two();
    return report();
}
