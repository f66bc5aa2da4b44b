/* Does nothing: once linked with the library and once without, it tells what loading the library costs. */
int main(void)
{
    return 0;
}
