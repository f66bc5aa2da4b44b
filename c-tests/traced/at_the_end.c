/* Calls in a function that runs when the process ends.
 *
 * Shows docs/contract.md, 8. Tracing: "a line for each API call". */
#include <mmsystem_ext.h>

__attribute__((destructor)) static void AtTheEnd(void)
{
    mmsys_version();
}

int main(void)
{
    mmsys_error_text(0);
    return 0;
}
